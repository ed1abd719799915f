import type { Shift } from "../../domain/plan/shift.ts";
import { loadHighs } from "../../optimising/highs-adapter.ts";
import { openLimits, type Person, type RosterProblem } from "../../rostering/problem/roster-problem.ts";
import { solveRoster } from "../../rostering/search/solve-roster.ts";
import { unfoldTours } from "../../rostering/search/tour-graph.ts";
import { callInCandidates } from "./call-in.ts";
import { bestChanges, costOfChange, gapOf, type Search } from "./candidates.ts";
import { overtimeCandidates } from "./change-ends.ts";
import { changeableShifts } from "./day-rules.ts";
import { otherPlaces } from "./move-breaks.ts";
import type { PersonChange } from "./option.ts";

/** Cover is counted in slots so long, so that breaks fill them. */
const slotMinutes = 15;
/** Of the ways a shift's breaks can lie, so many that fill the gap best. */
const mostLayouts = 10;
/** Where the plan has no price of its own for a changed day. */
const leastChangePrice = 1;
const effort = {
  searchStepsPerPerson: 100,
  boundSteps: 0,
  relaxationRounds: 0,
  neighbourhoods: 4,
  proofArcs: 0,
  seconds: null,
};

/** What somebody could do for the rest of the day, for one of the queues of their group. */
interface Choice {
  readonly agentId: string;
  /** null: the day as it is. */
  readonly change: PersonChange | null;
  readonly shift: Shift;
  readonly queue: number;
}

/**
 * The rest of the day solved again: breaks, ends and calls of everybody together, by the search that makes rosters.
 *
 * The day becomes a roster of one day. Each person's choices are the shift as it is and those that the hard rules allow
 * with the same past: breaks elsewhere, a later end or an earlier start, each with its breaks; who is free may be called
 * in. Rules between days bind each person alone and are judged beforehand, so what is left to solve is cover: agents to
 * schedule per queue and quarter of an hour, short at the plan's price. A choice costs its wages and the price of a
 * changed day (`rostering.changePrice`); who serves several queues is counted for one of them. Changes come in the order
 * of what they fill per money, so that a beginning of the list that is enough can be taken.
 */
export async function replan(search: Search): Promise<PersonChange[]> {
  const { plan, floor, roster, line, dayEnd, groupOf } = search;
  const queues = floor.requirement.queues;
  const slotOf = (minute: number) => Math.floor((minute - line) / slotMinutes);
  const slots = Math.max(1, Math.ceil((dayEnd - line) / slotMinutes));
  const changes = [...shiftChanges(search), ...callInCandidates(search)];
  const present = roster.assignments.filter(
    ({ shift }) => shift.endMinute > line && shift.startMinute < dayEnd,
  );
  const queuesOf = (agentId: string): number[] => {
    const group = plan.groups.find(({ id }) => id === groupOf(agentId));
    return queues.flatMap(({ queueId }, q) => (group?.queueIds.includes(queueId) ? [q] : []));
  };
  const choices: Choice[] = [
    ...present.flatMap(({ agentId, shift }) =>
      queuesOf(agentId).map((queue) => ({ agentId, change: null, shift, queue })),
    ),
    ...changes.flatMap((change) =>
      queuesOf(change.agentId).map((queue) => ({ agentId: change.agentId, change, shift: change.to, queue })),
    ),
  ];
  const people = [...new Set(choices.map(({ agentId }) => agentId))];
  if (people.length === 0) return [];

  const need = new Float64Array(queues.length * slots);
  for (const [q, { scheduledAgents }] of queues.entries())
    for (let slot = 0; slot < slots; slot++) {
      const interval = Math.floor((line + slot * slotMinutes) / roster.grid.intervalMinutes);
      need[q * slots + slot] = scheduledAgents[interval] * search.stress;
    }
  const cellsOf = choices.map(({ shift, queue }) =>
    shift.activities.flatMap(({ kind, startMinute, endMinute }) => {
      if (kind !== "work") return [];
      const first = Math.max(0, slotOf(startMinute + slotMinutes - 1));
      const end = Math.min(slots, slotOf(endMinute));
      return Array.from({ length: Math.max(0, end - first) }, (_, k) => queue * slots + first + k);
    }),
  );
  const changePrice = Math.max(leastChangePrice, plan.rostering?.changePrice ?? 0);
  const open = openLimits(0);
  const row = new Array<boolean>(choices.length).fill(true);
  const limits = { ...open, mayFollow: choices.map(() => row) };
  const hasShift = new Set(present.map(({ agentId }) => agentId));
  const problem: RosterProblem = {
    dayCount: 1,
    weekOfDay: [0],
    weekendOfDay: [-1],
    kinds: choices.map(({ agentId, shift, queue }, index) => ({
      id: `${index} ${agentId} ${queue}`,
      minutes: shift.endMinute - shift.startMinute,
    })),
    cover: {
      need,
      underPrice: new Float64Array(need.length).fill((plan.scheduling.costPerHourShort * slotMinutes) / 60),
      overPrice: new Float64Array(need.length),
      cellsOf,
      cellsPerShift: Math.max(1, cellsOf.reduce((sum, cells) => sum + cells.length, 0) / cellsOf.length),
    },
    people: people.map((id): Person => {
      const prices = new Float64Array(choices.length + 1).fill(Number.POSITIVE_INFINITY);
      if (!hasShift.has(id)) prices[0] = 0;
      for (const [kind, { agentId, change }] of choices.entries())
        if (agentId === id) prices[kind + 1] = change === null ? 0 : change.cost + changePrice;
      return { id, limits, prices };
    }),
  };
  const graph = unfoldTours(problem, limits)!;
  const start = people.map((id) =>
    Int16Array.of(choices.findIndex(({ agentId, change }) => agentId === id && change === null)),
  );
  const { tours } = await solveRoster(
    problem,
    people.map(() => graph),
    await loadHighs().catch(() => null),
    effort,
    plan.seed,
    start,
  );
  const found = tours.flatMap(([kind]) => (kind < 0 ? [] : (choices[kind].change ?? [])));
  const best = bestChanges(search, found);
  return [...best, ...found.filter((change) => !best.includes(change))];
}

/** Each shift with its breaks elsewhere, with other ends, and with both. */
function shiftChanges(search: Search): PersonChange[] {
  const { plan, roster, line, dayEnd, groupOf, rules } = search;
  const gap = gapOf(search);
  const ends = overtimeCandidates(search);
  return changeableShifts(roster, search.floor.today, line, dayEnd).flatMap(({ agentId, shift }) => {
    const longer = ends.filter(({ agentId: other, from }) => other === agentId && from === shift);
    return [shift, ...longer.map(({ to }) => to)].flatMap((base): PersonChange[] => {
      const layouts = layoutsOf(search, base)
        .filter((layout) => rules.breaksFit(base, layout))
        .map((layout) => ({ layout, gain: gap.gain(groupOf(agentId), shift, layout) }))
        .sort((a, b) => b.gain - a.gain)
        .slice(0, mostLayouts)
        .map(({ layout }) => layout);
      return [...(base === shift ? [] : [base]), ...layouts].map((to) => ({
        agentId,
        from: shift,
        to,
        cost: costOfChange(plan, roster, shift, to),
        isWished: false,
      }));
    });
  });
}

/** The shift with one of its breaks elsewhere, and with two. */
function layoutsOf(search: Search, shift: Shift): Shift[] {
  const moved = (of: Shift, from: number) =>
    of.activities.flatMap((_, at) =>
      at < from
        ? []
        : otherPlaces(search, of, at)
            .filter((other) => startsOnSlot(other, of))
            .map((other) => ({ other, at })),
    );
  const once = moved(shift, 0);
  const twice = once.flatMap(({ other, at }) => moved(other, at + 1));
  return [...once, ...twice].map(({ other }) => other);
}

/** Whether the break that moved begins on a quarter of an hour. */
function startsOnSlot(other: Shift, shift: Shift): boolean {
  const before = new Set(shift.activities.map(({ startMinute, kind }) => `${kind} ${startMinute}`));
  return other.activities.every(
    ({ kind, startMinute }) =>
      kind === "work" || before.has(`${kind} ${startMinute}`) || startMinute % slotMinutes === 0,
  );
}
