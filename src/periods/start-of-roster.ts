import { addDays, daysBetween, type LocalDate } from "../domain/calendar/clock.ts";
import { createIntervalGrid, dateOfDay, type IntervalGrid } from "../domain/calendar/interval-grid.ts";
import { type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { Made, Plan } from "../domain/plan/plan.ts";
import type { Assignment, Roster } from "../domain/plan/roster.ts";
import { withRotationDays } from "../domain/plan/rotation.ts";
import { judgeAssignments } from "../rostering/judge-assignments.ts";
import { nextLedger } from "../rostering/next-ledger.ts";
import { movedShift } from "../rostering/problem/assigned-tours.ts";
import { clockMinuteFrom } from "../rostering/problem/plan-days.ts";
import { problemFromPlan } from "../rostering/problem/problem-from-plan.ts";
import { shiftOfTemplate } from "../rostering/problem/shift-candidates.ts";

/** What the next roster begins with: nothing, the last one moved on by whole weeks, or the plan's rotations. */
export const rosterStarts = ["empty", "copy", "rotate"] as const;
export type RosterStart = (typeof rosterStarts)[number];

/**
 * The roster that the next period begins with, to be gone on with by hand or by a run, which starts from it; null: none.
 *
 * `copy` takes each day from the same weekday a whole number of weeks before: so many weeks that the former roster's
 * first week falls on the first of the next, and from its beginning again where the next period is longer. Nothing is
 * pinned. `rotate` gives everybody in a rotation its shifts, at the start and length that the person, or else the
 * template, mostly had in the former roster. A shift is left out where its person, its template or its time in the template is no longer there, or where a
 * hard rule says no: leave, availability, rest (also over the border), runs of days, hours and weekends.
 *
 * Issues: `nextPeriod.noRosterToCopy`, `nextPeriod.noRotation` (warning); `nextPeriod.copied`, `nextPeriod.rotated`,
 * `nextPeriod.copyGone` and `nextPeriod.copyRefused` with counts (info); of a copy, `nextPeriod.copyBreaks` with the rules
 * that only more or other shifts can keep, such as the hours of a week (warning).
 */
export function startOfRoster(
  former: Made<Roster> | null,
  plan: Plan,
  start: RosterStart,
): Outcome<Made<Roster> | null> {
  if (start === "empty") return succeed(null);
  const last = former?.value.assignments.length ? former.value : null;
  if (start === "copy" && last === null)
    return succeed(null, [{ code: "nextPeriod.noRosterToCopy", severity: "warning" }]);
  if (start === "rotate" && !plan.rotations?.some(({ people }) => people.length > 0))
    return succeed(null, [{ code: "nextPeriod.noRotation", severity: "warning" }]);
  const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, plan.firstDate, plan.dayCount);
  const moved = start === "copy" && last !== null ? movedOn(last, grid) : rotatedOn(plan, last, grid);
  const lasting = moved.filter((assignment) => isStillThere(assignment, plan, grid));
  const { roster, refused } = keepingRules(plan, grid, lasting);
  const issues: Issue[] = [
    {
      code: start === "copy" ? "nextPeriod.copied" : "nextPeriod.rotated",
      severity: "info",
      values: { count: roster.assignments.length },
    },
  ];
  const gone = moved.length - lasting.length;
  if (gone > 0) issues.push({ code: "nextPeriod.copyGone", severity: "info", values: { count: gone } });
  if (refused > 0)
    issues.push({ code: "nextPeriod.copyRefused", severity: "info", values: { count: refused } });
  const asking = roster.violations.filter(({ penalty }) => penalty === null).length;
  // Rotations are a beginning for some people; of a copy one expects a whole roster.
  if (start === "copy" && asking > 0)
    issues.push({ code: "nextPeriod.copyBreaks", severity: "warning", values: { count: asking } });
  // Made from no input of the next period, so that it counts as out of date until it is made there.
  return succeed(
    { value: roster, madeAt: former?.madeAt ?? `${plan.firstDate}T00:00:00Z`, inputKey: "" },
    issues,
  );
}

/** The former roster's shifts on the days of the next period. */
function movedOn({ grid: from, assignments }: Roster, to: IntervalGrid): Assignment[] {
  const byDate = new Map<LocalDate, Assignment[]>();
  for (const assignment of assignments) {
    const list = byDate.get(assignment.shift.date);
    if (list) list.push(assignment);
    else byDate.set(assignment.shift.date, [assignment]);
  }
  const lead = 7 * Math.ceil(daysBetween(from.firstDate, to.firstDate) / 7);
  const cycle = 7 * Math.floor(from.dayCount / 7);
  return Array.from({ length: to.dayCount }, (_, day) => dateOfDay(to, day)).flatMap((date) => {
    const ahead = daysBetween(from.firstDate, addDays(date, -lead));
    const source = cycle === 0 ? ahead : ((ahead % cycle) + cycle) % cycle;
    if (source < 0 || source >= from.dayCount) return [];
    return (byDate.get(dateOfDay(from, source)) ?? []).map(({ agentId, shift }) => ({
      agentId,
      shift: { ...movedShift(shift, from, to, date), id: `copy-${date}-${agentId}`, pinned: false },
      pinned: false,
    }));
  });
}

/** The shifts of rotations on the days of the next period. */
function rotatedOn(plan: Plan, last: Roster | null, grid: IntervalGrid): Assignment[] {
  const usual = usualTimes(last);
  return withRotationDays(plan.agents, plan.rotations, plan).flatMap(
    ({ id: agentId, groupId, rotationDays = [] }) =>
      rotationDays.flatMap(({ date, templateId }): Assignment[] => {
        const template = plan.templates.find(({ id }) => id === templateId);
        if (template === undefined) return [];
        const times = usual.get(`${agentId} ${template.id}`) ?? usual.get(template.id);
        const fits =
          times !== undefined &&
          times.startMinute >= template.earliestStartMinute &&
          times.startMinute <= template.latestStartMinute &&
          template.lengthsMinutes.includes(times.lengthMinutes);
        const shift = shiftOfTemplate(grid, template, groupId, date, fits ? times : {});
        return shift === null
          ? []
          : [{ agentId, shift: { ...shift, id: `rotation-${date}-${agentId}` }, pinned: false }];
      }),
  );
}

interface ShiftTimes {
  readonly startMinute: number;
  readonly lengthMinutes: number;
}

/** The most frequent start on the clock and length, by template, and by person and template. */
function usualTimes(roster: Roster | null): ReadonlyMap<string, ShiftTimes> {
  const counts = new Map<string, Map<string, { readonly times: ShiftTimes; count: number }>>();
  for (const { agentId, shift } of roster?.assignments ?? []) {
    const startMinute = clockMinuteFrom(roster!.grid, shift.date, shift.startMinute);
    const times = { startMinute, lengthMinutes: shift.endMinute - shift.startMinute };
    for (const key of [shift.templateId, `${agentId} ${shift.templateId}`]) {
      const ofKey = counts.get(key) ?? new Map<string, { readonly times: ShiftTimes; count: number }>();
      const name = `${times.startMinute} ${times.lengthMinutes}`;
      const entry = ofKey.get(name) ?? { times, count: 0 };
      entry.count++;
      counts.set(key, ofKey.set(name, entry));
    }
  }
  return new Map(
    [...counts].map(([key, ofKey]) => {
      const [most] = [...ofKey.values()].sort(
        (a, b) => b.count - a.count || a.times.startMinute - b.times.startMinute,
      );
      return [key, most.times];
    }),
  );
}

function isStillThere({ agentId, shift }: Assignment, plan: Plan, grid: IntervalGrid): boolean {
  const template = plan.templates.find(({ id }) => id === shift.templateId);
  if (template === undefined || !plan.agents.some(({ id }) => id === agentId)) return false;
  if (!plan.groups.some(({ id }) => id === shift.groupId)) return false;
  const start = clockMinuteFrom(grid, shift.date, shift.startMinute);
  const { earliestStartMinute, latestStartMinute, lengthsMinutes } = template;
  return (
    start >= earliestStartMinute &&
    start <= latestStartMinute &&
    lengthsMinutes.includes(shift.endMinute - shift.startMinute)
  );
}

/** Rules of which leaving shifts out is the remedy; the others ask for more. */
const mended = new Set([
  "oneShiftAtATime",
  "availability",
  "restBetweenShifts",
  "maximumConsecutiveDays",
  "maximumWeekends",
  "maximumConsecutiveWeekends",
  "maximumMinutes",
  "maximumMinutesPerWeek",
  "maximumOfKind",
  "maximumNights",
  "maximumConsecutiveNights",
]);

/** Assignments as a roster of the plan, without those on whose days a hard rule of the person is broken. */
function keepingRules(
  plan: Plan,
  grid: IntervalGrid,
  assignments: readonly Assignment[],
): { readonly roster: Roster; readonly refused: number } {
  const contractIds = new Set(plan.contracts.map(({ id }) => id));
  const agents = withRotationDays(plan.agents, plan.rotations, plan).filter(({ contractId }) =>
    contractIds.has(contractId),
  );
  const known = assignments.filter(({ agentId }) => agents.some(({ id }) => id === agentId));
  const { groups, templates, contracts, rostering, ledger, priorRoster } = plan;
  const { costPerHourShort, costPerHourOver } = plan.scheduling;
  const prices = { costPerHourShort, costPerHourOver };
  const rules = { grid, groups, templates, contracts, agents, rostering, ledger, priorRoster, ...prices };
  // Beside no schedule a shift is allowed where its template is.
  const allowed = problemFromPlan(
    { ...rules, shifts: [] },
    known.map(({ shift }) => shift),
  );
  let kept = known;
  // A shift that goes may free the one after it, so a person's days are judged again, at most as often as they are.
  for (let round = 0; round < grid.dayCount; round++) {
    const broken = new Set(
      judgeAssignments(allowed, kept)
        .violations.filter(({ rule, penalty }) => penalty === null && mended.has(rule))
        .map(({ agentId, date }) => `${agentId} ${date}`),
    );
    const next = firstOfEach(kept, broken);
    if (next.length === kept.length) break;
    kept = next;
  }
  const problem = problemFromPlan({ ...rules, shifts: kept.map(({ shift }) => shift) });
  const { violations, objective } = judgeAssignments(problem, kept);
  return {
    roster: {
      grid,
      assignments: kept,
      unassigned: [],
      violations,
      status: "stopped",
      objective,
      bound: null,
      seconds: null,
      ledger: nextLedger(problem, kept),
    },
    refused: assignments.length - kept.length,
  };
}

/** Without each person's first broken day. */
function firstOfEach(assignments: readonly Assignment[], broken: ReadonlySet<string>): Assignment[] {
  const done = new Set<string>();
  const inOrder = [...assignments].sort((a, b) => (a.shift.date < b.shift.date ? -1 : 1));
  const gone = new Set<Assignment>();
  for (const assignment of inOrder) {
    const { agentId, shift } = assignment;
    if (done.has(agentId) || !broken.has(`${agentId} ${shift.date}`)) continue;
    done.add(agentId);
    gone.add(assignment);
  }
  return assignments.filter((assignment) => !gone.has(assignment));
}
