import {
  dateOfDay,
  dayOfInterval,
  type IntervalGrid,
  instantOfMinute,
  intervalCount,
  minuteOfInstant,
} from "../domain/calendar/interval-grid.ts";
import { clockOf, shrinkageApplies } from "../domain/calendar/weekly-hours.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { StateKind, StateLog } from "../domain/plan/agent-states.ts";
import { shrinkageBesideLeave } from "../domain/plan/leave.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { ShrinkageItem } from "../domain/plan/queue.ts";
import type { Assignment, Roster } from "../domain/plan/roster.ts";
import type { Activity } from "../domain/plan/shift.ts";
import type { Adherence, AdherenceFigures, AgentAdherence } from "../domain/results/adherence.ts";

/**
 * Holds what people did against what was planned for them, person by person and interval by interval.
 *
 *     adherence   = time in the planned activity ÷ planned time
 *     conformance = time worked ÷ time planned to be worked
 *     shrinkage   = 1 − time worked while work was planned ÷ time planned to be worked
 *
 * Adherence asks when somebody worked, conformance only how long: who comes twenty minutes late and stays twenty minutes
 * longer conforms and does not adhere. Planned time is the shift with its breaks and sessions; the gap of a split shift is
 * none. A planned break or meal is kept also by who logs out for it; a session by whoever is away from the queues or in a
 * break; work only by working; nothing of a shift is kept by who is not there for any of it. Time that the log does not tell of within its days is time offline.
 *
 * Who has shifts and is not in the log is counted as absent where somebody of the same team is in it, and left out
 * otherwise. Days run from their beginning, the last one until the log ends.
 *
 * Errors: `adherence.otherDays` where the log tells of none of the roster's days. Remarks: `adherence.absent`,
 * `adherence.unlogged` with counts.
 *
 * Source: the definitions are those of the field, as in Call Centre Helper, "What Is Adherence?" (minutes in adherence ÷
total scheduled minutes) and "Master Adherence and Conformance in Your Call Centre".
 *
 * @example measureAdherence(plan, roster, log)
 */
export function measureAdherence(
  plan: Pick<Plan, "agents" | "shrinkage" | "leave">,
  roster: Pick<Roster, "grid" | "assignments">,
  log: StateLog,
): Outcome<Adherence> {
  const { grid } = roster;
  const range = rangeOf(grid, log);
  if (range === null) return fail({ code: "adherence.otherDays", severity: "error" });
  const kinds = new Map(log.meanings.map(({ state, kind }) => [state, kind ?? "away"]));
  const actual = byAgent(log.states);
  const planned = byAgent(roster.assignments);
  const teamsLogged = new Set(plan.agents.filter(({ id }) => actual.has(id)).map(({ team }) => team));
  const lostSeconds = { break: 0, away: 0, offline: 0 };
  const absentIds: string[] = [];
  const unloggedIds: string[] = [];
  const agents = plan.agents.flatMap(({ id, team }): AgentAdherence[] => {
    const shifts = (planned.get(id) ?? []).filter((one) => overlapsRange(one, grid, range));
    if (!actual.has(id)) {
      if (shifts.length === 0) return [];
      (teamsLogged.has(team) ? absentIds : unloggedIds).push(id);
      if (!teamsLogged.has(team)) return [];
    }
    const states = (actual.get(id) ?? []).map(({ state, start, end }) => ({
      kind: kinds.get(state) ?? "away",
      start,
      end,
    }));
    const isThere = ({ shift }: Assignment) =>
      states.some(
        ({ kind, start, end }) =>
          kind !== "offline" &&
          end > instantOfMinute(grid, shift.startMinute) &&
          start < instantOfMinute(grid, shift.endMinute),
      );
    const missed = intervalsOf(
      shifts.filter((one) => !isThere(one)),
      [],
      grid,
      range,
      lostSeconds,
    );
    const intervals = intervalsOf(shifts.filter(isThere), states, grid, range, lostSeconds).map(
      (figures, at) => summed([figures, { ...missed[at], adherentSeconds: 0 }]),
    );
    if (intervals.every(({ plannedSeconds, workedSeconds }) => plannedSeconds === 0 && workedSeconds === 0))
      return [];
    return [{ agentId: id, intervals, total: summed(intervals), days: daysOf(intervals, grid, range) }];
  });
  const intervals = Array.from({ length: range.endInterval - range.firstInterval }, (_, at) =>
    summed(agents.map((agent) => agent.intervals[at])),
  );
  const total = summed(intervals);
  const issues: Issue[] = [
    ...remark("adherence.absent", absentIds.length),
    ...remark("adherence.unlogged", unloggedIds.length),
  ];
  const shrinkage =
    total.plannedWorkSeconds > 0 ? 1 - total.workedAsPlannedSeconds / total.plannedWorkSeconds : null;
  return succeed(
    {
      firstInterval: range.firstInterval,
      endInterval: range.endInterval,
      agents,
      intervals,
      total,
      lostSeconds,
      absentIds,
      unloggedIds,
      shrinkage,
      plannedShrinkage:
        shrinkage === null ? null : shrinkageThen(shrinkageBesideLeave(plan), grid, range, intervals),
    },
    issues,
  );
}

interface Range {
  readonly firstInterval: number;
  readonly endInterval: number;
  /** Where the log ends, seconds since 1970. */
  readonly until: number;
}

interface Stretch {
  readonly kind: StateKind;
  readonly start: number;
  readonly end: number;
}

function remark(code: string, count: number): Issue[] {
  return count === 0 ? [] : [{ code, severity: "info", values: { count } }];
}

/** Whole intervals of the grid, from the beginning of the log's first day until the log ends. */
function rangeOf(grid: IntervalGrid, { from, until }: StateLog): Range | null {
  const startOf = (interval: number) => instantOfMinute(grid, interval * grid.intervalMinutes);
  const count = intervalCount(grid);
  let firstInterval = 0;
  for (let day = 0; day < grid.dayCount; day++)
    if (startOf(grid.dayOffsets[day]) <= from) firstInterval = grid.dayOffsets[day];
  let endInterval = firstInterval;
  while (endInterval < count && startOf(endInterval) < until) endInterval++;
  return endInterval > firstInterval && startOf(count) > from ? { firstInterval, endInterval, until } : null;
}

function overlapsRange({ shift }: Assignment, grid: IntervalGrid, range: Range): boolean {
  return (
    shift.endMinute > range.firstInterval * grid.intervalMinutes &&
    shift.startMinute < range.endInterval * grid.intervalMinutes
  );
}

const kindOfActivity: Readonly<Record<Activity["kind"], Exclude<StateKind, "offline"> | null>> = {
  work: "working",
  break: "break",
  meal: "break",
  split: null,
  training: "away",
  meeting: "away",
  coaching: "away",
};

/** Which states keep to a plan. */
const keeps: Readonly<Record<Exclude<StateKind, "offline">, readonly StateKind[]>> = {
  working: ["working"],
  break: ["break", "offline"],
  away: ["away", "break"],
};

function intervalsOf(
  shifts: readonly Assignment[],
  states: readonly Stretch[],
  grid: IntervalGrid,
  range: Range,
  lostSeconds: Record<Exclude<StateKind, "working">, number>,
): AdherenceFigures[] {
  const figures = Array.from({ length: range.endInterval - range.firstInterval }, () => ({
    plannedSeconds: 0,
    adherentSeconds: 0,
    plannedWorkSeconds: 0,
    workedAsPlannedSeconds: 0,
    workedSeconds: 0,
  }));
  const each = (start: number, end: number, add: (at: number, from: number, to: number) => void) => {
    const length = grid.intervalMinutes * 60;
    const first = Math.floor(minuteOfInstant(grid, start) / grid.intervalMinutes) - range.firstInterval;
    for (let at = Math.max(0, first); at < figures.length; at++) {
      const begin = instantOfMinute(grid, (range.firstInterval + at) * grid.intervalMinutes);
      if (begin >= end) break;
      const [from, to] = [Math.max(start, begin), Math.min(end, begin + length, range.until)];
      if (to > from) add(at, from, to);
    }
  };
  for (const { kind, start, end } of states)
    if (kind === "working")
      each(start, end, (at, from, to) => {
        figures[at].workedSeconds += to - from;
      });
  for (const { shift } of shifts)
    for (const { kind, startMinute, endMinute } of shift.activities) {
      const wanted = kindOfActivity[kind];
      if (wanted === null) continue;
      each(instantOfMinute(grid, startMinute), instantOfMinute(grid, endMinute), (at, from, to) => {
        const found = secondsByKind(states, from, to);
        const figure = figures[at];
        figure.plannedSeconds += to - from;
        for (const one of keeps[wanted]) figure.adherentSeconds += found[one];
        if (wanted !== "working") return;
        figure.plannedWorkSeconds += to - from;
        figure.workedAsPlannedSeconds += found.working;
        for (const one of ["break", "away", "offline"] as const) lostSeconds[one] += found[one];
      });
    }
  return figures;
}

/** How long somebody was in each kind of state between two moments; what the log does not tell of is offline. */
function secondsByKind(states: readonly Stretch[], from: number, to: number): Record<StateKind, number> {
  const seconds = { working: 0, break: 0, away: 0, offline: 0 };
  let rest = to - from;
  for (const { kind, start, end } of states) {
    const overlap = Math.min(end, to) - Math.max(start, from);
    if (overlap <= 0) continue;
    seconds[kind] += overlap;
    rest -= overlap;
  }
  seconds.offline += Math.max(0, rest);
  return seconds;
}

function summed(figures: readonly AdherenceFigures[]): AdherenceFigures {
  const sum = {
    plannedSeconds: 0,
    adherentSeconds: 0,
    plannedWorkSeconds: 0,
    workedAsPlannedSeconds: 0,
    workedSeconds: 0,
  };
  for (const figure of figures)
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += figure[name];
  return sum;
}

function daysOf(
  intervals: readonly AdherenceFigures[],
  grid: IntervalGrid,
  range: Range,
): AgentAdherence["days"] {
  const first = dayOfInterval(grid, range.firstInterval);
  const last = dayOfInterval(grid, range.endInterval - 1);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).flatMap((day) => {
    const [from, end] = [grid.dayOffsets[day], grid.dayOffsets[day + 1]];
    const figures = summed(intervals.slice(from - range.firstInterval, end - range.firstInterval));
    return figures.plannedSeconds > 0 || figures.workedSeconds > 0
      ? [{ date: dateOfDay(grid, day), figures }]
      : [];
  });
}

function byAgent<T extends { readonly agentId: string }>(entries: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(entry.agentId);
    if (group === undefined) groups.set(entry.agentId, [entry]);
    else group.push(entry);
  }
  return groups;
}

/** What a plan's shrinkage says of the time in which work was planned. */
function shrinkageThen(
  items: readonly ShrinkageItem[],
  grid: IntervalGrid,
  range: Range,
  intervals: readonly AdherenceFigures[],
): number {
  let available = 0;
  let planned = 0;
  for (const { index, weekday, minute } of clockOf(grid)) {
    const figure = intervals[index - range.firstInterval];
    if (figure === undefined || figure.plannedWorkSeconds === 0) continue;
    const share = items.reduce(
      (product, item) => (shrinkageApplies(item, weekday, minute) ? product * (1 - item.share) : product),
      1,
    );
    available += figure.plannedWorkSeconds * share;
    planned += figure.plannedWorkSeconds;
  }
  return 1 - available / planned;
}
