import { type Command, InvalidArgumentError, Option } from "commander";
import { dayOfDate, intervalStartIso } from "../domain/calendar/interval-grid.ts";
import { fail, type Outcome, type Progress, succeed } from "../domain/outcome.ts";
import { isOn } from "../domain/plan/days.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { type AgentGroup, agentGroupSchema } from "../domain/plan/queue.ts";
import {
  activityRuleSchema,
  type HoursPoint,
  premiumSchema,
  type Schedule,
  type Shift,
  type ShiftTemplate,
  shiftTemplateSchema,
  tourRuleSchema,
} from "../domain/plan/shift.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { readIntervalTable } from "../files/interval-table.ts";
import { presentScheduleSchema } from "../files/result-schemas.ts";
import { scheduleCsv } from "../files/schedule-csv.ts";
import { csvText } from "../files/table-writer.ts";
import { hoursCurve } from "../scheduling/hours-curve.ts";
import { heldOutside, withDays } from "../scheduling/only-days.ts";
import { optimiseShifts } from "../scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../scheduling/problem/shift-block.ts";
import { readText, usable, writeJson } from "./io.ts";
import {
  addJudgedOptions,
  goalOptionNames,
  type JudgedScheduleOptions,
  refuseUnread,
  writeJudgedSchedule,
} from "./judged-schedule.ts";
import { localDates, positive, share, timeZone } from "./option-values.ts";

interface ScheduleOptions {
  readonly judge: "requirement" | "simulation";
  readonly templates?: string;
  readonly groups?: string;
  readonly tours?: string;
  readonly solver: Plan["scheduling"]["solver"];
  readonly seconds?: number;
  readonly gap?: number;
  readonly costPerHourShort: number;
  readonly costPerHourOver: number;
  readonly minimumAgents: number;
  readonly premiums?: string;
  readonly activities?: string;
  readonly shortageStep: readonly { readonly beyondShare: number; readonly factor: number }[];
  readonly budgetHours?: number;
  readonly hoursCurve: boolean;
  readonly present?: string;
  readonly only?: readonly string[];
  readonly changePrice?: number;
  readonly breaksOnly: boolean;
  readonly timeZone?: string;
  readonly seed: number;
  readonly json: boolean;
}

/** Work and gap where neither is asked for: the answer repeats to the byte. */
const defaultSeconds = 20;
const defaultGap = 0.01;

export function addScheduleCommand(program: Command): void {
  addJudgedOptions(program.command("schedule"))
    .description("Shifts with breaks for a requirement, and how far from the best possible they are")
    .argument(
      "<file>",
      "requirement, CSV as `require` writes it; with --judge simulation a plan file, which says templates, groups, prices and seed; or - for standard input",
    )
    .option("--templates <file>", "shift templates, JSON as in sample-data/templates.json")
    .option(
      "--groups <file>",
      "agent groups, JSON: [{id, name, queueIds}]; absent: one group for each queue, named like it",
    )
    .option(
      "--tours <file>",
      "rules for weeks, JSON: [{id, name, templateIds, daysPerWeek, daysOffTogether, startBandMinutes}]",
    )
    .addOption(
      new Option("--solver <name>", "who solves the linear programs")
        .choices(["auto", "highs", "javascript-lp-solver"])
        .default("auto"),
    )
    .option(
      "--seconds <seconds>",
      "wall time; absent: a fixed amount of work, so that the answer repeats",
      positive,
    )
    .option("--gap <share>", "enough when this close to the bound; default 0.01, and 0 with --seconds", share)
    .option("--cost-per-hour-short <money>", "price of an agent-hour short", positive, 60)
    .option("--cost-per-hour-over <money>", "price of an agent-hour over", positive, 12)
    .option("--minimum-agents <count>", "hard minimum per queue wherever agents are required", positive, 0)
    .option(
      "--shortage-step <beyond:factor>",
      "beyond this share of the demand a missing agent costs so many times as much, such as 0.1:3; may be repeated",
      shortageStep,
      [],
    )
    .option(
      "--premiums <file>",
      "pay on top, JSON: [{kind: clock, id, name, share, weekdays, fromMinute, toMinute} or {kind: overtime, id, name, share, afterMinutes}]",
    )
    .option(
      "--activities <file>",
      "training and meetings to place, JSON: [{id, name, kind, lengthMinutes, sessions, peopleTogether, groupIds, weekdays, fromMinute, toMinute}]",
    )
    .option("--budget-hours <hours>", "at most so many paid hours", positive)
    .option("--hours-curve", "instead of a schedule: what each hour of budget buys", false)
    .option("--present <file>", "schedule to start from, JSON as this command writes it with --json")
    .option("--change-price <money>", "price of each shift dropped from --present, and each added", positive)
    .option("--breaks-only", "keep every shift of --present and move only the breaks", false)
    .option(
      "--only <dates...>",
      "shifts of these dates (2026-11-27 …) made again, those of --present on all others kept as they are",
      localDates,
    )
    .option("--time-zone <zone>", "IANA name, where the requirement's own offsets do not settle it", timeZone)
    .option("--seed <number>", "seed of the search", positive, 1)
    .option("--json", "JSON instead of CSV", false)
    .action(async (path: string, options: ScheduleOptions & JudgedScheduleOptions, command: Command) => {
      refuseUnread(command, options.judge, [...goalOptionNames, "out", "reserves"], ["json"]);
      if (options.judge === "simulation") return writeJudgedSchedule(path, options);
      if (options.templates === undefined)
        program.error("error: required option '--templates <file>' not specified");
      const requirement = requirementOf(path, options.timeZone);
      const templates = usable(readTemplates(options.templates));
      const present = options.present === undefined ? null : usable(readPresent(options.present));
      if (present === null && (options.breaksOnly || options.changePrice !== undefined))
        program.error("error: --breaks-only and --change-price need a schedule in --present FILE");
      if (options.only !== undefined && present === null)
        program.error("error: --only keeps the other days of a schedule: say which with --present FILE");
      const groups =
        options.groups === undefined ? groupPerQueue(requirement) : usable(readGroups(options.groups));
      const input: ShiftsInput = {
        requirement,
        queues: queuesOf(requirement, options.minimumAgents),
        groups,
        templates,
        settings: {
          solver: options.solver,
          seconds: options.seconds ?? defaultSeconds,
          gap: options.gap ?? (options.seconds === undefined ? defaultGap : 0),
          costPerHourShort: options.costPerHourShort,
          costPerHourOver: options.costPerHourOver,
          ...(options.tours === undefined
            ? {}
            : { tours: usable(readList(options.tours, tourRuleSchema.array())) }),
          ...(options.premiums === undefined
            ? {}
            : { premiums: usable(readList(options.premiums, premiumSchema.array())) }),
          ...(options.activities === undefined
            ? {}
            : { activities: usable(readList(options.activities, activityRuleSchema.array())) }),
          ...(options.shortageStep.length === 0 ? {} : { shortageSteps: [...options.shortageStep] }),
          ...(options.budgetHours === undefined ? {} : { budgetHours: options.budgetHours }),
          ...(options.changePrice === undefined ? {} : { changePrice: options.changePrice }),
        },
        pinned: present?.shifts.filter(({ pinned }) => pinned) ?? [],
        ...(present === null ? {} : { present }),
        ...(options.breaksOnly ? { breaksOnly: true } : {}),
        seed: options.seed,
        timeLimitSeconds: options.seconds ?? null,
      };
      if (options.hoursCurve) {
        const points = usable(
          await hoursCurve(input, ({ phase, completed, total }) => {
            process.stderr.write(`${phase} ${completed}/${total}\n`);
          }),
        );
        writeCurve(points, options.json);
        return;
      }
      const schedule =
        options.only === undefined || present === null
          ? usable(await optimiseShifts(input, reportProgress))
          : await ofDays(input, present.shifts, options.only);
      if (!options.json) {
        process.stdout.write(scheduleCsv({ groups: [...groups], agents: [] }, schedule));
        return;
      }
      writeJson(asJson(schedule, options.seconds !== undefined));
    });
}

/** Shifts of some dates made again, the present ones of all others kept. */
async function ofDays(
  input: ShiftsInput,
  present: readonly Shift[],
  dates: readonly string[],
): Promise<Schedule> {
  const { grid } = input.requirement;
  const outside = dates.filter((date) => dayOfDate(grid, date) === null);
  if (outside.length > 0)
    usable(fail({ code: "run.daysOutside", severity: "error", values: { dates: outside.join(", ") } }));
  if ((input.settings.tours ?? []).length > 0) usable(fail({ code: "run.daysOfTours", severity: "error" }));
  const days = new Set(dates.flatMap((date) => dayOfDate(grid, date) ?? []));
  const held = heldOutside(input, present, days);
  const solved = usable(
    await optimiseShifts(
      {
        ...input,
        requirement: held.requirement,
        pinned: held.shifts.filter(({ pinned }) => pinned),
        present: { shifts: held.shifts },
      },
      reportProgress,
    ),
  );
  const schedule = withDays(input, present, solved, days);
  const moved = schedule.shifts.filter((shift) => isOn(grid, shift, days)).length;
  process.stderr.write(
    `${moved} shifts made again on ${dates.join(", ")}; ${schedule.shifts.length - moved} kept\n`,
  );
  return schedule;
}

function shortageStep(
  text: string,
  before: readonly { readonly beyondShare: number; readonly factor: number }[],
) {
  const [beyondShare, factor] = text.split(":").map(Number);
  if (!(beyondShare >= 0 && beyondShare < 1 && factor >= 1))
    throw new InvalidArgumentError("two numbers such as 0.1:3: a share below 1, and a factor of 1 or more");
  return [...before, { beyondShare, factor }];
}

/** What so many paid hours get, a row each. */
function writeCurve(points: readonly HoursPoint[], asJson: boolean): void {
  const rows = points.map(({ paidHours, cost, understaffedHours, overstaffedHours }) => ({
    paidHours,
    cost,
    understaffedHours,
    overstaffedHours,
  }));
  if (asJson) writeJson(rows);
  else
    process.stdout.write(
      csvText(
        ["paid_hours", "cost", "short_hours", "over_hours"],
        rows.map((row) => Object.values(row).map((value) => Math.round(value * 100) / 100)),
      ),
    );
}

function reportProgress({ phase, completed, total, best, bound }: Progress<Schedule>): void {
  const figures = `best ${best?.toFixed(2) ?? "-"} bound ${bound?.toFixed(2) ?? "-"}`;
  process.stderr.write(`${phase} ${completed}/${total ?? "?"} ${figures}\n`);
}

/** Typed arrays as lists; `seconds` only where a time was asked for, because it never repeats. */
function asJson({ grid, coverage, seconds, ...rest }: Schedule, timed: boolean) {
  return {
    ...rest,
    seconds: timed ? seconds : null,
    gridStart: intervalStartIso(grid, 0),
    intervalMinutes: grid.intervalMinutes,
    coverage: coverage.map(({ queueId, asked, staffed }) => ({
      queue: queueId,
      asked: [...asked],
      staffed: [...staffed],
    })),
  };
}

function requirementOf(path: string, timeZone: string | undefined): Requirement {
  const table = usable(
    readIntervalTable(readText(path), path, ["scheduled_agents"], ["required_agents"], timeZone),
  );
  return {
    grid: table.grid,
    queues: table.queues.map(({ queueId, values }) => {
      const unknown = new Float64Array(values.scheduled_agents.length);
      const required = values.required_agents.some((value) => value > 0)
        ? values.required_agents
        : values.scheduled_agents;
      return {
        queueId,
        offered: unknown,
        ahtSeconds: unknown,
        requiredAgents: required,
        scheduledAgents: values.scheduled_agents,
        serviceLevel: unknown,
        asaSeconds: unknown,
        abandonmentRate: unknown,
        occupancy: unknown,
      };
    }),
  };
}

function groupPerQueue(requirement: Requirement): AgentGroup[] {
  return requirement.queues.map(({ queueId }) => ({ id: queueId, name: queueId, queueIds: [queueId] }));
}

function queuesOf(requirement: Requirement, minimumAgents: number): Plan["queues"] {
  return requirement.queues.map(({ queueId }) => ({
    id: queueId,
    name: queueId,
    channel: "voice",
    goal: {
      serviceLevel: null,
      answerWithinSeconds: 0,
      serviceLevelRule: "offered",
      maxAsaSeconds: null,
      maxAbandonment: null,
      maxOccupancy: null,
    },
    patienceSeconds: null,
    defaultAhtSeconds: null,
    concurrency: null,
    openingHours: null,
    minimumAgents,
  }));
}

/** A schedule as this command writes it with --json. */
function readPresent(path: string): Outcome<Pick<Schedule, "shifts" | "tours">> {
  return readList(path, presentScheduleSchema) as Outcome<Pick<Schedule, "shifts" | "tours">>;
}

function readTemplates(path: string): Outcome<ShiftTemplate[]> {
  return readList(path, shiftTemplateSchema.array());
}

function readGroups(path: string): Outcome<AgentGroup[]> {
  return readList(path, agentGroupSchema.array());
}

interface ListSchema<T> {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

function readList<T>(path: string, schema: ListSchema<T>): Outcome<T> {
  let value: unknown;
  try {
    value = JSON.parse(readText(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({ code: "file.notJson", severity: "error", table: path, values: { reason } });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return succeed(parsed.data);
  return fail(
    ...parsed.error.issues.map((issue) => ({
      code: "file.wrongShape",
      severity: "error" as const,
      table: path,
      column: issue.path.map(String).join("."),
      values: { reason: issue.message },
    })),
  );
}
