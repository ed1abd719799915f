import { weekdayOf } from "../domain/calendar/clock.ts";
import type { IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../domain/plan/queue.ts";
import type { Contract, PriorRoster, RosteredAgent } from "../domain/plan/roster.ts";
import type { Shift, ShiftTemplate } from "../domain/plan/shift.ts";
import { type WeightStep, type WorkLimit, weightOfHours } from "../domain/results/work-limit.ts";
import { groupServes } from "./problem/contract-limits.ts";
import { planDays } from "./problem/plan-days.ts";
import { problemFromPlan } from "./problem/problem-from-plan.ts";
import { choiceIndex, dayOff, type Person, type RosterProblem, type Tour } from "./problem/roster-problem.ts";
import { shiftCandidates } from "./problem/shift-candidates.ts";
import { mayDo } from "./rules/day-rules.ts";
import { cheapestTour } from "./search/cheapest-tour.ts";
import { relaxPerson } from "./search/relax-infeasible.ts";
import { type TourGraph, tourUnfolder } from "./search/tour-graph.ts";

/** Of a plan, what decides how much its people can work. */
export interface WorkLimitsInput {
  readonly grid: IntervalGrid;
  readonly groups: readonly Pick<AgentGroup, "id" | "name" | "queueIds">[];
  readonly templates: readonly ShiftTemplate[];
  readonly contracts: readonly Contract[];
  readonly agents: readonly Omit<RosteredAgent, "name" | "wishes" | "preferences">[];
  readonly priorRoster?: PriorRoster;
}

/** Sets of groups double with each group; of more than this only single ones and all together are looked at. */
const mostGroupsInSets = 5;

/**
 * What a plan's people can work at most, as limits on shifts that have nobody yet: per day, per week, over the weekends
 * and over the period, for each set of groups whose shifts compete for the same people.
 *
 * Assumes what `assignRoster` assumes: one shift a day, and contracts, leave, availability and the days before the
 * period as hard rules. Wishes and pinned shifts do not count.
 *
 * Method: a person's cheapest tour at a price of −1 for each shift that counts says, under every hard rule at once, the
 * most that the person can add; no roster exceeds the sum over people. Long shifts count alone in one family of limits
 * and double in another, since five short shifts and five long ones are not the same week.
 *
 * The limits are necessary and not sufficient: each person may be at the most in one of them at a time.
 *
 * @returns one limit per set of groups, days and weights
 * @example workLimits(input).find(({ groupIds, days }) => groupIds[0] === "voice" && days.length === 7)?.maximum
 */
export function workLimits(input: WorkLimitsInput): WorkLimit[] {
  const serves = groupServes(input.groups);
  const families = weightFamilies(input.templates);
  const spans = spansOfDays(input.grid);
  const workers = workersOf(input);
  return competingSets(input.groups, serves).flatMap((groupIds) => {
    const able = workers
      .map((worker) => ({
        worker,
        templateIds: new Set(
          input.templates
            .filter(({ groupIds: allowed }) =>
              groupIds.some(
                (id) => serves(worker.groupId, id) && (allowed.length === 0 || allowed.includes(id)),
              ),
            )
            .map(({ id }) => id),
        ),
      }))
      .filter(({ templateIds }) => templateIds.size > 0);
    return spans.flatMap((days) =>
      families.map((weights): WorkLimit => {
        const maximum = able.reduce(
          (sum, { worker, templateIds }) => sum + worker.most(days, weights, templateIds),
          0,
        );
        return { groupIds, days, weights, maximum };
      }),
    );
  });
}

/** Sets of groups such that nobody outside works for them: any that share no people with another set say nothing new. */
function competingSets(
  groups: WorkLimitsInput["groups"],
  serves: (own: string, other: string) => boolean,
): string[][] {
  const ids = groups.filter(({ queueIds }) => queueIds.length > 0).map(({ id }) => id);
  const cores =
    ids.length <= mostGroupsInSets
      ? Array.from({ length: 2 ** ids.length - 1 }, (_, mask) =>
          ids.filter((_, at) => (mask + 1) & (1 << at)),
        )
      : [...ids.map((id) => [id]), ids];
  const sets = cores.map((core) => {
    const people = ids.filter((own) => core.some((id) => serves(own, id)));
    // Whatever only these people can work competes for them too.
    return ids.filter((id) => ids.every((own) => !serves(own, id) || people.includes(own)));
  });
  return [...new Map(sets.map((set) => [set.join("\n"), set])).values()];
}

/** All shifts alike; long ones alone; long ones double. Long is what a person can work only about half as often as the shortest. */
function weightFamilies(templates: readonly ShiftTemplate[]): WeightStep[][] {
  const lengths = [...new Set(templates.flatMap(paidHoursOfLengths))].sort((a, b) => a - b);
  const all = [{ fromHours: 0, weight: 1 }];
  const long = lengths.find((hours) => hours >= longShare * lengths[0]);
  if (long === undefined) return [all];
  return [
    all,
    [{ fromHours: long, weight: 1 }],
    [
      { fromHours: 0, weight: 1 },
      { fromHours: long, weight: 2 },
    ],
  ];
}

const longShare = 1.4;

function paidHoursOfLengths({ lengthsMinutes, breaks }: ShiftTemplate): number[] {
  const unpaid = breaks.reduce((sum, { paid, lengthMinutes }) => sum + (paid ? 0 : lengthMinutes), 0);
  return lengthsMinutes.map((minutes) => (minutes - unpaid) / 60);
}

/** Each day, each week, all Saturdays and Sundays, and the period. */
function spansOfDays(grid: IntervalGrid): number[][] {
  const { dates, weekOfDay, weekCount } = planDays(grid);
  const all = [...dates.keys()];
  const weeks = Array.from({ length: weekCount }, (_, week) => all.filter((day) => weekOfDay[day] === week));
  const weekends = all.filter((day) => weekdayOf(dates[day]) >= 6);
  const spans = [...all.map((day) => [day]), ...weeks, weekends, all].filter(({ length }) => length > 0);
  return [...new Map(spans.map((days) => [days.join(), days])).values()];
}

/** Somebody who works, as far as limits ask. */
interface Worker {
  readonly groupId: string;
  /** The most that shifts of these templates on these days can count in any tour of this person. */
  most(days: readonly number[], weights: readonly WeightStep[], templateIds: ReadonlySet<string>): number;
}

/** For each group the problem of its own people with every shift that templates allow them. */
function workersOf(input: WorkLimitsInput): Worker[] {
  const serves = groupServes(input.groups);
  return input.groups.flatMap(({ id: groupId }) => {
    const agents = input.agents.flatMap((agent) =>
      agent.groupId === groupId ? [{ ...agent, name: "", wishes: [] }] : [],
    );
    if (agents.length === 0) return [];
    // Their own group stands for all they serve, so that each start and length is one kind of shift.
    const templates = input.templates
      .filter(({ groupIds }) => groupIds.length === 0 || groupIds.some((id) => serves(groupId, id)))
      .map((template) => ({ ...template, groupIds: [] }));
    const candidates = shiftCandidates(input.grid, templates, [groupId]);
    const source = { ...input, templates, agents, shifts: [], costPerHourShort: 0, costPerHourOver: 0 };
    const { problem, samples } = problemFromPlan(source, candidates);
    const unfold = tourUnfolder(problem);
    return problem.people.map((person) => {
      const { relaxed } = relaxPerson(problem, person, unfold(person.limits));
      return workerOf(problem, samples, relaxed, unfold(relaxed.limits), groupId);
    });
  });
}

function workerOf(
  problem: RosterProblem,
  samples: readonly Shift[],
  person: Person,
  graph: TourGraph | null,
  groupId: string,
): Worker {
  const tour: Tour = new Int16Array(problem.dayCount);
  const remembered = new Map<string, number>();
  const compute: Worker["most"] = (days, weights, templateIds) => {
    if (graph === null) return 0;
    const counted = problem.kinds.map(({ minutes }, kind) =>
      templateIds.has(samples[kind].templateId) && mayDo(person.limits, kind)
        ? weightOfHours(weights, minutes / 60)
        : 0,
    );
    const isOpen = (day: number, kind: number) => person.prices[choiceIndex(problem, day, kind)] < Infinity;
    if (days.length === 1)
      return counted.reduce(
        (most, weight, kind) => (weight > most && isOpen(days[0], kind) ? weight : most),
        0,
      );
    const prices = person.prices.map((price) => (price === Infinity ? Infinity : 0));
    for (const day of days)
      for (const [kind, weight] of counted.entries())
        if (isOpen(day, kind)) prices[choiceIndex(problem, day, kind)] = -weight;
    const { bound } = cheapestTour(graph, prices, tour.fill(dayOff));
    return bound === Infinity ? 0 : Math.round(-bound);
  };
  return {
    groupId,
    most(days, weights, templateIds) {
      const key = `${days.join()}|${JSON.stringify(weights)}|${[...templateIds].join()}`;
      const most = remembered.get(key) ?? compute(days, weights, templateIds);
      remembered.set(key, most);
      return most;
    },
  };
}
