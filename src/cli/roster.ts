import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, Option } from "commander";
import { type IntervalGrid, localTimeOf, minuteIso } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { agentCodes, withAgentCodes } from "../domain/plan/agent-codes.ts";
import type { Plan, PlanDocument } from "../domain/plan/plan.ts";
import { takenKeys } from "../domain/plan/published-roster.ts";
import type { Roster, RosteringSettings } from "../domain/plan/roster.ts";
import { publishRoster } from "../domain/plan/roster-changes.ts";
import { cxoneScheduleCsv } from "../files/cxone-schedule.ts";
import { ledgerCsv, readLedgerCsv } from "../files/ledger-csv.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { scheduleCsv } from "../files/schedule-csv.ts";
import { loadHighs } from "../optimising/highs-adapter.ts";
import {
  agentShares,
  type FairnessFigures,
  fairnessFigures,
  type Spread,
} from "../rostering/agent-shares.ts";
import { assignRoster } from "../rostering/assign-roster.ts";
import { type GivenShifts, type OpenShiftsReport, reportOpenShifts } from "../rostering/open-shift-fixes.ts";
import { attendanceOf } from "../rostering/place-meetings.ts";
import { namedAssignments, readCurtoisQu } from "../rostering/problem/problem-from-curtois-qu.ts";
import { problemFromPlan } from "../rostering/problem/problem-from-plan.ts";
import { asWorked, type RosterInput, rosterSource } from "../rostering/problem/roster-input.ts";
import type { RosterProblem, Tour } from "../rostering/problem/roster-problem.ts";
import { rosterFigures } from "../rostering/roster-figures.ts";
import { judgeRoster } from "../rostering/rules/curtois-qu-check.ts";
import { unfoldEverybody } from "../rostering/search/horizon-spans.ts";
import { hasTour, relaxPerson } from "../rostering/search/relax-infeasible.ts";
import { type RosterHooks, type RosterSolution, solveRoster } from "../rostering/search/solve-roster.ts";
import type { TourGraph } from "../rostering/search/tour-graph.ts";
import { stageInputKey } from "../stages/freshness.ts";
import { personDaysMoved, rosterOfDays } from "../stages/only-days.ts";
import { meetingsOf, rosterStage } from "../stages/roster.ts";
import { inputOf } from "../stages/stage.ts";
import { readInput, readText, usable, writeCsv, writeJson } from "./io.ts";
import { addJudgedRosterOptions, type JudgedRosterOptions, withGoalsKept } from "./judged-roster.ts";
import { goalOptionNames, goalRows, refuseUnread } from "./judged-schedule.ts";
import { localDates, positive, wholeFrom } from "./option-values.ts";

interface RosterOptions extends JudgedRosterOptions {
  readonly only?: readonly string[];
  readonly format: "plan" | "curtois-qu";
  readonly seconds?: number;
  readonly seed: number;
  readonly json: boolean;
  readonly from?: "schedule" | "requirement";
  readonly selfRostering?: "seniority" | "lottery";
  readonly ledger?: string;
  readonly ledgerOut?: string;
  readonly out?: string;
  readonly publish?: string;
  readonly codes: boolean;
  readonly explain: boolean;
  readonly layout: "long" | "nice-cxone";
  readonly partner: boolean;
}

/** Without `--seconds`: a fixed amount of work, so that the answer repeats. */
const defaultNeighbourhoods = 100;
/** Instances of about so many arcs are proved within a minute. */
const provableArcs = 20_000;

export function addRosterCommand(program: Command): void {
  addJudgedRosterOptions(program.command("roster"))
    .description("Named agents for the shifts of a plan, or for an instance of a public benchmark")
    .argument("<file>", "plan file or instance, or - for standard input")
    .addOption(
      new Option("--format <name>", "what the file is").choices(["plan", "curtois-qu"]).default("plan"),
    )
    .option("--seconds <seconds>", "wall time, on two processes; absent: a fixed amount of work", positive)
    .option("--seed <number>", "seed of the search", wholeFrom(0), 1)
    .addOption(
      new Option(
        "--from <source>",
        "give out the schedule's shifts, or choose shifts and people together from the requirement",
      ).choices(["schedule", "requirement"]),
    )
    .addOption(
      new Option("--self-rostering <order>", "shift bidding: grant wishes first, in this order").choices([
        "seniority",
        "lottery",
      ]),
    )
    .option("--ledger <csv>", "what agents carry over from earlier periods, as --ledger-out writes it")
    .option("--ledger-out <csv>", "write the ledger with this roster's counts added")
    .option("--out <plan>", "write the plan with this roster (.gz: gzipped)")
    .option("--publish <note>", "publish the roster in --out as the next version, now")
    .option(
      "--explain",
      "why shifts stay open and what would close most of them, in place of the roster",
      false,
    )
    .option(
      "--only <dates...>",
      "people of these dates (2026-11-27 …) given out again, everybody's other days kept as they are",
      localDates,
    )
    .option("--codes", "codes instead of names and ids in what is written", false)
    .addOption(new Option("--layout <name>", "CSV layout").choices(["long", "nice-cxone"]).default("long"))
    .option("--json", "JSON instead of CSV", false)
    .addOption(new Option("--partner", "work for another process").hideHelp().default(false))
    .action(async (path: string, options: RosterOptions, command: Command) => {
      if (options.publish !== undefined && options.out === undefined)
        command.error("error: --publish publishes the roster in a plan: say which with --out");
      refuseUnread(command, options.judge, goalOptionNames, null);
      if (options.format === "curtois-qu") await rosterInstance(path, options);
      else await rosterPlan(path, options);
    });
}

async function rosterPlan(path: string, options: RosterOptions): Promise<void> {
  const read = usable(readPlanFile(readInput(path)), path);
  const { plan, results } = read;
  const ledger =
    options.ledger === undefined
      ? plan.ledger
      : [...usable(readLedgerCsv(readText(options.ledger), options.ledger, plan.agents))];
  const settings = { ...plan, ledger, rostering: rosteringOf(plan, options) };
  const asked = { ...read, plan: settings };
  const part = options.only === undefined ? null : usable(rosterOfDays(asked, options.only));
  const whole = inputOf(rosterStage, part?.document ?? asked);
  const input: RosterInput = {
    ...usable(whole === null ? fail({ code: "roster.noShifts", severity: "error" }) : succeed(whole)),
    seconds: options.seconds ?? null,
    timed: options.seconds !== undefined,
    seed: options.seed,
  };
  const isJudged = options.judge === "simulation";
  const madeAt = new Date().toISOString();
  const inputKey = stageInputKey("roster", asked) ?? "";
  const withRosterMade = async (): Promise<PlanDocument> => {
    const solved = usable(await assignRoster(input));
    const made = { value: part?.whole(solved) ?? solved, madeAt, inputKey };
    return { ...asked, results: { ...results, roster: made } };
  };
  const planned = isJudged && results.roster !== null ? asked : await withRosterMade();
  const document = isJudged ? await withGoalsKept(planned, path, options) : planned;
  const roster = document.results.roster!.value;
  if (part !== null && results.roster !== null)
    process.stderr.write(`person-days that move: ${personDaysMoved(results.roster.value, roster)}\n`);
  const { objective, bound, status } = roster;
  const worked = roster.assignments.map(({ shift }) => shift);
  const problem = problemFromPlan(asWorked(rosterSource(input), worked), worked);
  const figures = rosterFigures(problem, roster);
  const fairness = fairnessFigures(agentShares(problem, roster.assignments));
  process.stderr.write(
    `wishes granted ${figures.wishesGranted} of ${figures.wishes}, hard violations ${figures.hardViolations}, shifts taken ${(100 * figures.coverShare).toFixed(1)} %\n` +
      `per agent, mean ± deviation (least–most): ${fairnessText(fairness)}\n`,
  );
  if (options.out !== undefined) {
    const { publish: note } = options;
    const text = planFileText(
      note === undefined ? document : usable(publishRoster(document, { publishedAt: madeAt, note })),
    );
    writeFileSync(options.out, options.out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
  }
  const shown = options.codes ? withAgentCodes(document) : document;
  const told = shown.results.roster!.value;
  for (const line of meetingLines(shown.plan, told)) process.stderr.write(`${line}\n`);
  if (options.ledgerOut !== undefined)
    writeFileSync(options.ledgerOut, ledgerCsv(shown.plan.agents, told.ledger ?? []));
  if (options.goals) {
    writeJson(goalRows(roster.grid, roster.judgement?.goals ?? []));
    return;
  }
  if (options.explain) {
    const codes = options.codes ? agentCodes(plan.agents) : new Map<string, string>();
    const nameOf = (agentId: string) => codes.get(agentId) ?? agentId;
    const takenIds = takenKeys(plan.agents, read.published);
    writeReport(plan, roster, reportOpenShifts({ input, roster, takenIds }), {
      asJson: options.json,
      nameOf,
    });
    return;
  }
  if (!options.json) {
    const layouts = { long: scheduleCsv, "nice-cxone": cxoneScheduleCsv };
    process.stdout.write(layouts[options.layout](shown.plan, told));
    return;
  }
  const gap = bound === null || objective <= 0 ? null : Math.max(0, objective - bound) / objective;
  writeJson({
    status,
    objective,
    bound,
    gap,
    seconds: roster.seconds,
    ...figures,
    fairness,
    violations: told.violations,
    ledger: told.ledger,
    ...(told.awards ? { awards: told.awards } : {}),
    assignments: told.assignments.map(({ agentId, shift, pinned }) => ({
      agentId,
      date: shift.date,
      shiftId: shift.id,
      templateId: shift.templateId,
      start: minuteIso(roster.grid, shift.startMinute),
      end: minuteIso(roster.grid, shift.endMinute),
      pinned,
    })),
  });
}

/** Open shifts, a row each, and the fixes on standard error; as JSON all of it. */
function writeReport(
  plan: Plan,
  roster: Roster,
  { open, fixes, already }: OpenShiftsReport,
  { asJson, nameOf }: { readonly asJson: boolean; readonly nameOf: (agentId: string) => string },
): void {
  const queuesOf = new Map(plan.groups.map(({ id, queueIds }) => [id, queueIds]));
  const rows = open.map(({ shift, cause, able, near, counts }) => ({
    date: shift.date,
    start: minuteIso(roster.grid, shift.startMinute),
    end: minuteIso(roster.grid, shift.endMinute),
    shiftId: shift.id,
    templateId: shift.templateId,
    queues: queuesOf.get(shift.groupId) ?? [],
    cause,
    able,
    counts,
    near: near.map(({ agentId, obstacles, isBorder }) => ({
      agentId: nameOf(agentId),
      obstacle: obstacles[0] ?? null,
      isBorder,
    })),
  }));
  const withNames = ({ closes, given }: GivenShifts) => ({
    closes,
    given: given.map(({ agentId, shiftId }) => ({ agentId: nameOf(agentId), shiftId })),
  });
  const named = fixes.map(({ fix, ...shifts }) => ({
    ...fix,
    ...("agentId" in fix ? { agentId: nameOf(fix.agentId) } : {}),
    ...withNames(shifts),
  }));
  if (asJson) {
    writeJson({ open: rows, already: withNames(already), fixes: named });
    return;
  }
  if (already.closes > 0)
    process.stderr.write(
      `as things stand: closes ${already.closes} of ${open.length}: ${withNames(already)
        .given.map(({ agentId, shiftId }) => `${agentId} ${shiftId}`)
        .join(", ")}\n`,
    );
  for (const { kind, closes, given: _, ...rest } of named)
    process.stderr.write(
      `${[kind, ...Object.values(rest).flat()].join(" ")}: closes ${closes} of ${open.length}\n`,
    );
  writeCsv(
    [
      "date",
      "start",
      "end",
      "shift_id",
      "template",
      "queues",
      "cause",
      "people_with_skill",
      "if_one_gave_way",
    ],
    rows.map(({ date, start, end, shiftId, templateId, queues, cause, able, near }) => [
      date,
      start,
      end,
      shiftId,
      templateId,
      queues.join("|"),
      cause,
      able,
      near
        .filter(({ obstacle }) => obstacle !== "working")
        .map(({ agentId, obstacle }) => `${agentId}:${obstacle ?? "free"}`)
        .join("|"),
    ]),
  );
}

/** The plan's settings as the options change them; undefined where neither says anything. */
function rosteringOf(plan: Plan, { from, selfRostering }: RosterOptions): RosteringSettings | undefined {
  if (from === undefined && selfRostering === undefined) return plan.rostering;
  return {
    changePrice: 0,
    ...plan.rostering,
    ...(from ? { buildFrom: from } : {}),
    ...(selfRostering ? { selfRostering: { order: selfRostering } } : {}),
  };
}

function fairnessText({ weekends, lates, nights, wishesGranted }: FairnessFigures): string {
  const text = (name: string, { mean, deviation, least, most }: Spread, scale = 1, unit = "") =>
    `${name} ${(scale * mean).toFixed(1)} ± ${(scale * deviation).toFixed(1)} (${Math.round(scale * least)}–${Math.round(scale * most)})${unit}`;
  return [
    text("weekends", weekends),
    text("lates", lates),
    text("nights", nights),
    text("wishes granted", wishesGranted, 100, " %"),
  ].join(", ");
}

async function rosterInstance(path: string, options: RosterOptions): Promise<void> {
  const began = performance.now();
  const text = options.partner ? await textFromParent() : readText(path);
  const { problem, graphs } = usable(toursOfEverybody(usable(readCurtoisQu(text), path)));
  const solver = await loadHighs();
  const team = options.partner
    ? partnerOf(process)
    : options.seconds === undefined
      ? null
      : partnerOf(startPartner(path, options, text));
  const left = options.seconds === undefined ? null : options.seconds - (performance.now() - began) / 1000;
  const solution = await solveRoster(
    problem,
    graphs,
    solver,
    {
      searchStepsPerPerson: 60,
      boundSteps: 0,
      relaxationRounds: 1000,
      // The partner goes on searching meanwhile.
      proofArcs: options.partner ? 0 : provableArcs,
      neighbourhoods: options.seconds === undefined ? defaultNeighbourhoods : Number.MAX_SAFE_INTEGER,
      seconds: left === null ? null : Math.max(0.5, left - 0.5),
    },
    options.seed,
    null,
    team?.hooks() ?? {},
  );
  team?.end();
  if (options.partner) return;
  const final = team?.better(solution) ?? solution;
  const assignments = namedAssignments(problem, final.tours);
  const { faults, objective } = judgeRoster(text, assignments);
  if (faults.length > 0 || objective !== final.price)
    throw new RangeError(`the checker refuses the roster: ${faults[0] ?? `${objective} for ${final.price}`}`);
  const seconds = options.seconds === undefined ? null : (performance.now() - began) / 1000;
  usable(succeed(null));
  if (options.json) writeJson({ status: final.status, objective, bound: final.bound, seconds, assignments });
  else
    writeCsv(
      ["employee", "day", "shift"],
      assignments.map(({ employee, day, shift }) => [employee, day, shift]),
    );
}

/** Everybody's tours, or for each person without one the rules and days in conflict. */
function toursOfEverybody(read: RosterProblem): Outcome<{ problem: RosterProblem; graphs: TourGraph[] }> {
  const { problem, graphs, isWhole } = unfoldEverybody(read);
  const issues: Issue[] = problem.people.flatMap((person, index) => {
    if (hasTour(problem, person, graphs[index])) return [];
    // Over a long horizon only shares of the limits were tried: that none fits names no rule.
    const conflicts = isWhole ? relaxPerson(problem, person, graphs[index]).conflicts : [];
    const told = conflicts.length > 0 ? conflicts : [{ rules: ["minimumMinutes"], days: [] as number[] }];
    return told.map(({ rules, days }) => ({
      code: "roster.noTour",
      severity: "error" as const,
      values: { agent: person.id, rules: rules.join(", "), days: days.join(", ") },
    }));
  });
  if (issues.length > 0) return fail(...issues);
  return succeed({ problem, graphs: graphs as TourGraph[] });
}

/** What two processes on one problem tell each other. */
interface PartnerMessage {
  readonly tours: readonly (readonly number[])[];
  readonly price: number;
  readonly bound: number | null;
}

/** A second process on the same instance with a seed of its own. */
function startPartner(path: string, options: RosterOptions, text: string): ChildProcess {
  const child = fork(
    process.argv[1],
    [
      "roster",
      path,
      "--format",
      options.format,
      "--partner",
      "--seed",
      String(options.seed + 1_000_003),
      "--seconds",
      String(options.seconds),
    ],
    { stdio: ["ignore", "ignore", "inherit", "ipc"] },
  );
  child.send(text);
  return child;
}

function textFromParent(): Promise<string> {
  return new Promise((resolve) => process.once("message", (text) => resolve(String(text))));
}

/** Sends own improvements to the other process and keeps the best that came from there. */
function partnerOf(other: ChildProcess | NodeJS.Process) {
  let theirs: PartnerMessage | null = null;
  let told = Infinity;
  other.on("message", (message: unknown) => {
    if (typeof message === "object" && message !== null) theirs = message as PartnerMessage;
  });
  const channel = other as ChildProcess;
  return {
    hooks: (): RosterHooks => ({
      onNews({ tours, price, bound }) {
        if (price >= told || !channel.connected) return;
        told = price;
        // The other may end between the question and the sending: then nobody is left to be told.
        channel.send?.({ tours: tours.map((tour) => [...tour]), price, bound }, () => {});
      },
      fromOutside: async () => theirs?.tours.map((tour) => Int16Array.from(tour)) ?? null,
    }),
    better(own: RosterSolution): RosterSolution {
      if (!theirs || theirs.price >= own.price) return own;
      const status = own.bound !== null && theirs.price <= own.bound + 1e-6 ? "optimal" : own.status;
      return {
        ...own,
        tours: theirs.tours.map((tour): Tour => Int16Array.from(tour)),
        price: theirs.price,
        status,
      };
    },
    end() {
      if ("kill" in channel && channel.pid !== process.pid) channel.kill("SIGKILL");
      else process.disconnect?.();
    },
  };
}

/** Who comes to which meeting: a line for each, and for each week where it is held weekly. */
function meetingLines({ meetings = [], agents }: Plan, { grid, assignments }: Roster): string[] {
  const attendance = attendanceOf(grid, meetingsOf(meetings, agents), assignments);
  const nameOf = new Map(agents.map(({ id, name }) => [id, name]));
  return meetings.flatMap(({ id, name }) => {
    const ofMeeting = attendance.filter(({ meetingId }) => meetingId === id);
    return [...new Set(ofMeeting.map(({ week }) => week))].map((week) => {
      const people = ofMeeting.filter((one) => one.week === week);
      const held = people.filter(({ startMinute }) => startMinute !== null);
      const starts = [...new Set(held.map(({ startMinute }) => startMinute!))].sort((a, b) => a - b);
      const missing = people.filter(({ startMinute }) => startMinute === null);
      const when = starts.map((minute) => instantText(grid, minute)).join(", ");
      const absent = missing.map(({ agentId }) => nameOf.get(agentId) ?? agentId).join(", ");
      return `${name}: ${held.length} of ${people.length} come${when === "" ? "" : `, ${when}`}${absent === "" ? "" : `; missing ${absent}`}`;
    });
  });
}

function instantText(grid: IntervalGrid, minute: number): string {
  const { date, minuteOfDay } = localTimeOf(grid, Math.floor(minute / grid.intervalMinutes));
  const clock = minuteOfDay + (minute % grid.intervalMinutes);
  return `${date} ${String(Math.floor(clock / 60)).padStart(2, "0")}:${String(clock % 60).padStart(2, "0")}`;
}
