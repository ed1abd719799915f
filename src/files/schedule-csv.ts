import { isLocalDate } from "../domain/calendar/clock.ts";
import {
  type IntervalGrid,
  intervalCount,
  minuteIso,
  minuteOfInstant,
} from "../domain/calendar/interval-grid.ts";
import { type Outcome, succeed } from "../domain/outcome.ts";
import { agentCodes } from "../domain/plan/agent-codes.ts";
import { renamedExtra } from "../domain/plan/agent-ids.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Assignment, Roster } from "../domain/plan/roster.ts";
import { type Activity, activityKinds, type Schedule, type Shift } from "../domain/plan/shift.ts";
import { clockReader } from "./clock-cells.ts";
import { nameLookup } from "./name-lookup.ts";
import { readTable, type Table, type TableRow } from "./table-reader.ts";
import { type CsvCell, csvText } from "./table-writer.ts";

const header = [
  "date",
  "agent_id",
  "agent_name",
  "shift_id",
  "activity",
  "start",
  "end",
  "paid",
  "queues",
] as const;
/** What a roster that comes back must have: names and queues are for people to read. */
const required = header.filter((column) => column !== "agent_name" && column !== "queues");

/**
 * Own long layout: one row per shift and activity, ordered by start of shift and id; local ISO times with offset;
 * `paid` is `true` or `false`; queues joined by `|`. Shifts that nobody has yet leave the agent empty: all of a bare
 * schedule, and the unassigned ones of a roster.
 */
export function scheduleCsv(plan: Pick<Plan, "groups" | "agents">, source: Schedule | Roster): string {
  const queuesOfGroup = new Map(plan.groups.map((group) => [group.id, group.queueIds.join("|")]));
  const nameOfAgent = new Map(plan.agents.map((agent) => [agent.id, agent.name]));
  const shifts: { readonly shift: Shift; readonly agentId: string }[] =
    "assignments" in source
      ? [
          ...source.assignments.map(({ shift, agentId }) => ({ shift, agentId })),
          ...source.unassigned.map((shift) => ({ shift, agentId: "" })),
        ]
      : source.shifts.map((shift) => ({ shift, agentId: "" }));
  shifts.sort(
    (a, b) =>
      a.shift.startMinute - b.shift.startMinute ||
      compare(a.shift.id, b.shift.id) ||
      compare(a.agentId, b.agentId),
  );
  const rows = shifts.flatMap(({ shift, agentId }) =>
    shift.activities.map((activity): CsvCell[] => [
      shift.date,
      agentId,
      nameOfAgent.get(agentId) ?? "",
      shift.id,
      activity.kind,
      minuteIso(source.grid, activity.startMinute),
      minuteIso(source.grid, activity.endMinute),
      String(activity.paid),
      queuesOfGroup.get(shift.groupId) ?? "",
    ]),
  );
  return csvText(header, rows);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A roster that went out as `scheduleCsv` and was edited elsewhere. Rows with an agent (by id, code or name) become
 * assignments; a shift that is as it was keeps its identity and its pin, an edited or new one takes its times from the
 * file and its template from the shift of that id, or else from the plan's first. Rows without an agent are shifts
 * nobody has.
 *
 * Issues: `rosterFile.missingColumn`; `unknownAgent`, `badDate`, `unparsableTime`, `badActivity`, `outsidePlan`
 * with line and column:
 * a faulty row takes its shift with it; `nothing` when no assignment is left.
 *
 * @param present the roster that the file would replace
 */
export function readRosterCsv(
  text: string,
  name: string,
  plan: Pick<Plan, "agents" | "templates">,
  present: Roster,
): Outcome<readonly Assignment[]> {
  const outcome = readTable(text, name, { prefix: "rosterFile", required });
  if (!outcome.ok) return outcome;
  const table = outcome.value;
  const presentOf = new Map(present.assignments.map((assignment) => [assignment.shift.id, assignment]));
  const shifts = new Map(
    [...present.unassigned, ...present.assignments.map(({ shift }) => shift)].map((shift) => [
      shift.id,
      shift,
    ]),
  );
  const groups = new Map(plan.agents.map(({ id, groupId }) => [id, groupId]));
  const taken = new Set<string>();
  const assignments = shiftsRead(table, plan, present.grid).map((read): Assignment => {
    const { agentId, shiftId, date } = read;
    const model = shifts.get(shiftId);
    // A table does not say which meeting an activity is: one that stands where it stood is that one.
    const activities = [...read.activities]
      .sort((a, b) => a.startMinute - b.startMinute)
      .map((activity) => model?.activities.find((known) => isSameStretch(known, activity)) ?? activity);
    let id = shiftId === "" ? `extra-${date}-${agentId}` : shiftId;
    while (taken.has(id)) id += "+";
    taken.add(id);
    const edited: Shift = {
      id,
      templateId: model?.templateId ?? plan.templates[0]?.id ?? "",
      groupId: model?.groupId ?? groups.get(agentId) ?? "",
      date,
      startMinute: activities[0].startMinute,
      endMinute: activities[activities.length - 1].endMinute,
      activities,
      pinned: model?.pinned ?? false,
    };
    const isUnchanged =
      model !== undefined &&
      id === model.id &&
      JSON.stringify(model.activities) === JSON.stringify(activities);
    const former = presentOf.get(shiftId);
    const pinned = former?.agentId === agentId && former.pinned;
    return { agentId, shift: isUnchanged ? model : edited, pinned };
  });
  return assignments.length > 0 ? succeed(assignments, table.issues()) : table.failure("nothing");
}

function isSameStretch(a: Activity, b: Activity): boolean {
  return (
    a.kind === b.kind && a.startMinute === b.startMinute && a.endMinute === b.endMinute && a.paid === b.paid
  );
}

/** The rows of one agent, shift and date. */
interface ShiftRead {
  readonly agentId: string;
  readonly shiftId: string;
  readonly date: string;
  readonly activities: Activity[];
}

/** Shifts with an agent, in the order of the file, but for those with a faulty row. */
function shiftsRead(table: Table, plan: Pick<Plan, "agents">, grid: IntervalGrid): ShiftRead[] {
  const codes = agentCodes(plan.agents);
  const agentOf = nameLookup(
    plan.agents,
    ({ id }) => id,
    ({ id }) => codes.get(id)!,
    ({ name }) => name,
  );
  const idOfCode = new Map([...codes].map(([id, code]) => [code, id]));
  const minuteOf = minuteReader(grid);
  const faulty = new Set<string>();
  const shifts = new Map<string, ShiftRead>();
  for (const row of table.rows) {
    if (row.cell("agent_id") === "") continue;
    const agentId = agentOf(row.text("agent_id"))?.id;
    if (agentId === undefined) row.refuse("unknownAgent", "agent_id");
    const shiftId = renamedExtra(row.text("shift_id"), (text) =>
      codes.has(text) ? text : (idOfCode.get(text) ?? text),
    );
    const date = row.cell("date");
    if (!isLocalDate(date)) row.refuse("badDate", "date");
    const key = JSON.stringify([agentId ?? row.cell("agent_id"), shiftId, date]);
    const activity = activityOf(row, minuteOf, intervalCount(grid) * grid.intervalMinutes);
    if (agentId === undefined || activity === null || !isLocalDate(date)) {
      faulty.add(key);
      continue;
    }
    const shift = shifts.get(key) ?? { agentId, shiftId, date, activities: [] };
    shift.activities.push(activity);
    shifts.set(key, shift);
  }
  return [...shifts].filter(([key]) => !faulty.has(key)).map(([, shift]) => shift);
}

type MinuteReader = (row: TableRow, column: "start" | "end") => number | null;

/** Minutes since the start of the grid; null: refused, because a time of a roster must name its offset. */
function minuteReader(grid: IntervalGrid): MinuteReader {
  const clock = clockReader("ymd");
  return (row, column) => {
    const reading = clock(row.cell(column), null);
    if (reading !== null && reading.offsetMinutes !== null && reading.secondOfDay % 60 === 0) {
      const { day, secondOfDay, offsetMinutes } = reading;
      return minuteOfInstant(grid, day * 86_400 + secondOfDay - offsetMinutes * 60);
    }
    row.refuse("unparsableTime", column);
    return null;
  };
}

/** null: the row is faulty, and was refused. */
function activityOf(row: TableRow, minuteOf: MinuteReader, planMinutes: number): Activity | null {
  const startMinute = minuteOf(row, "start");
  const endMinute = minuteOf(row, "end");
  const kind = activityKinds.find((one) => one === row.cell("activity").toLowerCase());
  if (kind === undefined) row.refuse("badActivity", "activity");
  if (kind === undefined || startMinute === null || endMinute === null) return null;
  if (startMinute >= 0 && startMinute < endMinute && startMinute < planMinutes)
    return { kind, startMinute, endMinute, paid: row.cell("paid").toLowerCase() === "true" };
  row.refuse("outsidePlan", "start");
  return null;
}
