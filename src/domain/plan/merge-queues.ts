import type { DemandForecast, QueueForecast } from "../results/demand.ts";
import { summedPast } from "../results/summed-past.ts";
import { withoutGroup, withRoutedPairs } from "./edit-groups.ts";
import { type QueueUses, usesOfQueue } from "./edit-queues.ts";
import type { FloorEvent } from "./floor-event.ts";
import type { Plan, PlanDocument, PlanResults } from "./plan.ts";
import type { AgentGroup, Queue } from "./queue.ts";
import type { Change } from "./scenario.ts";
import { skillSetOf } from "./skill-sets.ts";
import type { CameToday } from "./today.ts";

/** What becomes of a queue that is merged into another; counts. */
export interface QueueMerger extends Pick<QueueUses, "groups" | "scenarios" | "settings"> {
  /** Overrides of the queue that goes: they spoke of a part, and are dropped. */
  readonly overrides: number;
  /** Groups that can then do the same as another, and become one with it. */
  readonly groupsAlike: number;
  /** People and shifts of all groups that served the queue. */
  readonly agents: number;
  readonly shifts: number;
  /** Intervals of the history in which both had contacts. */
  readonly summedIntervals: number;
}

export function mergerOf(document: PlanDocument, queueId: string, intoId: string): QueueMerger {
  const { plan, history, results } = document;
  const { groups, scenarios, settings, overrides } = usesOfQueue(document, queueId);
  const serving = new Set(
    plan.groups.filter((group) => skillSetOf(group).has(queueId)).map((group) => group.id),
  );
  const [going, staying] = [queueId, intoId].map((id) => history?.queues.find((one) => one.queueId === id));
  return {
    ...{ groups, scenarios, settings, overrides },
    groupsAlike: plan.groups.length - mergedPlan(document, queueId, intoId).plan.groups.length,
    agents: plan.agents.filter(({ groupId }) => serving.has(groupId)).length,
    shifts: (results.schedule?.value.shifts ?? []).filter(({ groupId }) => serving.has(groupId)).length,
    summedIntervals:
      going === undefined || staying === undefined
        ? 0
        : going.offered.reduce(
            (sum, contacts, at) => sum + Number(contacts > 0 && staying.offered[at] > 0),
            0,
          ),
  };
}

/**
 * The document with one queue become part of another: "Sales" and "Sales EU" are one. Name, channel, goal and hours are
 * those of the queue that stays. Its past is the sum of both; whoever served the one serves the other, and groups that
 * then can do the same become one group, with their people, shifts and templates. Transfers between the two fall away;
 * least staffing, events and scenarios speak of the queue that stays. Overrides of the queue that goes, which were about
 * a part of it, are dropped.
 *
 * Forecasts and coverage are summed (bands as of independent queues) until they are made again; requirement and simulation
 * are dropped. Past periods are merged alike, so that what came can still be held against what was promised.
 * Throws RangeError where either queue does not exist, or both are one.
 */
export function withMergedQueues(document: PlanDocument, queueId: string, intoId: string): PlanDocument {
  const exists = (wanted: string) => document.plan.queues.some(({ id }) => id === wanted);
  if (!exists(queueId) || !exists(intoId) || queueId === intoId)
    throw new RangeError(`no queue ${queueId} that could become part of ${intoId}`);
  const { history, past } = document;
  const merged = mergedPlan(document, queueId, intoId);
  return {
    ...merged,
    history: history && { ...history, queues: summedSeries(history.queues, queueId, intoId, summedPast) },
    ...(past && {
      past: past.map((period) => ({
        ...period,
        ...mergedPlan({ ...period, history: null }, queueId, intoId),
      })),
    }),
  };
}

function mergedPlan(document: PlanDocument, queueId: string, intoId: string): PlanDocument {
  const { plan } = document;
  const renamed = (id: string) => (id === queueId ? intoId : id);
  const all = (ids: readonly string[]) => [...new Set(ids.map(renamed))];
  const isOther = (entry: { readonly queueId: string }) => entry.queueId !== queueId;
  const following = <T extends { readonly queueId: string }>(entry: T): T => ({
    ...entry,
    queueId: renamed(entry.queueId),
  });
  const { outside, ...forecast } = plan.forecast;
  const { minimums, ...scheduling } = plan.scheduling;
  const { events, routing, ...simulation } = plan.simulation;
  const next: Plan = {
    ...plan,
    queues: plan.queues.filter(({ id }) => id !== queueId).map((queue) => queueAfter(queue, queueId, intoId)),
    groups: plan.groups.map((group) => groupAfter(group, queueId, intoId)),
    forecast: {
      ...forecast,
      overrides: forecast.overrides.filter(isOther),
      // Figures for one of the two are no figures for both.
      ...(outside !== undefined && {
        outside: outside && {
          ...outside,
          queues: outside.queues.filter((one) => one.queueId !== queueId && one.queueId !== intoId),
        },
      }),
    },
    ...(plan.forecastSnapshots && {
      forecastSnapshots: plan.forecastSnapshots.map((snapshot) => ({
        ...snapshot,
        queues: summedSeries(snapshot.queues, queueId, intoId, (a, b) => ({
          ...a,
          offered: a.offered.map((contacts, at) => contacts + (b.offered[at] ?? 0)),
        })),
      })),
    }),
    ...(plan.today && {
      today: {
        ...plan.today,
        came: summedSeries(plan.today.came, queueId, intoId, sumOfDays),
        ...(plan.today.measures && {
          measures: plan.today.measures.map((one) =>
            one.queueId === queueId ? { ...one, queueId: intoId } : one,
          ),
        }),
      },
    }),
    ...(plan.peopleList && {
      peopleList: {
        ...plan.peopleList,
        columns: plan.peopleList.columns.map((column) =>
          column.meaning === `queue:${queueId}` ? { ...column, meaning: `queue:${intoId}` } : column,
        ),
        skills: plan.peopleList.skills.map((skill) =>
          skill.queueId === queueId ? { ...skill, queueId: intoId } : skill,
        ),
      },
    }),
    scheduling: { ...scheduling, ...(minimums && { minimums: minimums.map(following) }) },
    simulation: {
      ...simulation,
      ...(events && { events: events.map((event) => eventAfter(event, all)) }),
      ...(routing && {
        routing: {
          ...routing,
          ...(routing.skillOrders && {
            skillOrders: routing.skillOrders.map((order) => ({ ...order, queueIds: all(order.queueIds) })),
          }),
          ...(routing.reserves && { reserves: routing.reserves.map(following) }),
        },
      }),
    },
  };
  const scenarios = plan.scenarios.map((scenario) => ({
    ...scenario,
    changes: scenario.changes.flatMap((change) => changeAfter(change, next.groups, queueId, intoId)),
  }));
  return withGroupsAlikeMerged({
    ...document,
    plan: withRoutedPairs({ ...next, scenarios }),
    results: resultsAfter(document.results, queueId, intoId),
  });
}

/** The series of both under the name of the one that stays; what only the other has takes its name. */
function summedSeries<Series extends { readonly queueId: string }>(
  list: readonly Series[],
  queueId: string,
  intoId: string,
  sum: (into: Series, other: Series) => Series,
): Series[] {
  const going = list.find((one) => one.queueId === queueId);
  if (going === undefined) return [...list];
  if (!list.some((one) => one.queueId === intoId))
    return list.map((one) => (one === going ? { ...one, queueId: intoId } : one));
  return list
    .filter((one) => one !== going)
    .map((one) => (one.queueId === intoId ? { ...sum(one, going), queueId: intoId } : one));
}

/** What came of both; not known where either's is not. */
function sumOfDays(into: CameToday, other: CameToday): CameToday {
  const both = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    ...into,
    offered: into.offered.map((contacts, at) => both(contacts, other.offered[at] ?? null)),
    handled: both(into.handled, other.handled),
    handleSeconds: both(into.handleSeconds, other.handleSeconds),
  };
}

function queueAfter(queue: Queue, queueId: string, intoId: string): Queue {
  if (queue.transfers === undefined) return queue;
  const shares = new Map<string, NonNullable<Queue["transfers"]>[number]>();
  for (const transfer of queue.transfers) {
    const to = transfer.queueId === queueId ? intoId : transfer.queueId;
    if (to === queue.id) continue;
    const before = shares.get(to);
    shares.set(to, {
      ...(before ?? transfer),
      queueId: to,
      share: Math.min(1, transfer.share + (before?.share ?? 0)),
    });
  }
  return { ...queue, transfers: [...shares.values()] };
}

function groupAfter(group: AgentGroup, queueId: string, intoId: string): AgentGroup {
  const { overflow, ...rest } = group;
  const renamed = (id: string) => (id === queueId ? intoId : id);
  const queueIds = [...new Set(group.queueIds.map(renamed))];
  const helps = new Map<string, NonNullable<AgentGroup["overflow"]>[number]>();
  for (const help of overflow ?? []) {
    const to = renamed(help.queueId);
    const before = helps.get(to);
    if (queueIds.includes(to) || (before !== undefined && before.afterSeconds <= help.afterSeconds)) continue;
    helps.set(to, { ...help, queueId: to });
  }
  return { ...rest, queueIds, ...(helps.size > 0 && { overflow: [...helps.values()] }) };
}

function eventAfter(event: FloorEvent, all: (ids: readonly string[]) => string[]): FloorEvent {
  return "queueIds" in event && event.queueIds !== null ? { ...event, queueIds: all(event.queueIds) } : event;
}

/** Nobody is taught what they can do already. */
function changeAfter(
  change: Change,
  groups: readonly AgentGroup[],
  queueId: string,
  intoId: string,
): Change[] {
  if (!("queueId" in change) || change.queueId !== queueId) return [change];
  const group = "groupId" in change ? groups.find(({ id }) => id === change.groupId) : undefined;
  const can = group !== undefined && skillSetOf(group).has(intoId);
  return can && change.kind !== "rotation" ? [] : [{ ...change, queueId: intoId }];
}

/** Groups whose people can do the same become the first of them. */
function withGroupsAlikeMerged(document: PlanDocument): PlanDocument {
  const first = new Map<string, string>();
  return document.plan.groups.reduce((merged, group) => {
    const key = JSON.stringify([[...group.queueIds].sort(), group.overflow ?? []]);
    const to = first.get(key);
    if (to !== undefined) return withoutGroup(merged, group.id, to);
    first.set(key, group.id);
    return merged;
  }, document);
}

function resultsAfter(results: PlanResults, queueId: string, intoId: string): PlanResults {
  const { forecast, schedule } = results;
  return {
    forecast: forecast && { ...forecast, value: summedForecast(forecast.value, queueId, intoId) },
    requirement: null,
    schedule: schedule && {
      ...schedule,
      value: {
        ...schedule.value,
        coverage: summedSeries(schedule.value.coverage, queueId, intoId, (into, other) => ({
          ...into,
          asked: into.asked.map((agents, at) => agents + other.asked[at]),
          staffed: into.staffed.map((agents, at) => agents + other.staffed[at]),
        })),
      },
    },
    roster: results.roster,
    simulation: null,
  };
}

function summedForecast(forecast: DemandForecast, queueId: string, intoId: string): DemandForecast {
  return { ...forecast, queues: summedSeries(forecast.queues, queueId, intoId, sumOfForecasts) };
}

const bounds = [
  ["offeredLower80", -1],
  ["offeredUpper80", 1],
  ["offeredLower95", -1],
  ["offeredUpper95", 1],
] as const;

/** Means and variances add up; so do squared distances of the bands from the mean. */
function sumOfForecasts(a: QueueForecast, b: QueueForecast): QueueForecast {
  const offered = a.offered.map((contacts, at) => contacts + b.offered[at]);
  const total = (series: Float64Array) => series.reduce((sum, contacts) => sum + contacts, 0);
  const share = total(offered) === 0 ? 0 : total(a.offered) / total(offered);
  const { baseline: _baseline, fromOutside: _outside, ...rest } = a;
  return {
    ...rest,
    open: a.open.map((open, at) => open | b.open[at]),
    offered,
    ...(Object.fromEntries(
      bounds.map(([name, sign]) => [
        name,
        offered.map((mean, at) => {
          const squares = (a[name][at] - a.offered[at]) ** 2 + (b[name][at] - b.offered[at]) ** 2;
          return Math.max(0, mean + sign * Math.sqrt(squares));
        }),
      ]),
    ) as Pick<QueueForecast, (typeof bounds)[number][0]>),
    dispersion: offered.map((mean, at) =>
      mean === 0
        ? 0
        : (a.dispersion[at] * a.offered[at] ** 2 + b.dispersion[at] * b.offered[at] ** 2) / mean ** 2,
    ),
    dayFactorVariance: a.dayFactorVariance * share ** 2 + b.dayFactorVariance * (1 - share) ** 2,
    ahtSeconds: offered.map((mean, at) =>
      mean === 0
        ? a.ahtSeconds[at]
        : (a.ahtSeconds[at] * a.offered[at] + b.ahtSeconds[at] * b.offered[at]) / mean,
    ),
    ...((a.ahtKnown === false || b.ahtKnown === false) && { ahtKnown: false }),
    backtest: [],
  };
}
