import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Change, TimeWindow } from "../domain/scenario.ts";
import type { ScenarioInputs } from "./apply-changes.ts";
import { cheapestTemplate } from "./change-people.ts";
import { type ComparedDays, compareScenarios } from "./compare-scenarios.ts";
import type { Figure } from "./figures.ts";
import { runsOfMask, windowMask } from "./time-window.ts";

/** A remedy that may be bought in whole steps: one more agent of a group through a window. */
export interface Remedy {
  readonly groupId: string;
  readonly window: TimeWindow | null;
  /** At most so many agents. */
  readonly most: number;
  /** Price of an hour; null: the cheapest template of the group. */
  readonly costPerHour: number | null;
}

export interface LeastCostInput extends ScenarioInputs {
  /** What happened, such as a scenario's changes. */
  readonly changes: readonly Change[];
  readonly remedies: readonly Remedy[];
  /** Service level to restore, 0–1, over the compared days. */
  readonly serviceLevel: number;
  /** null: all queues together. */
  readonly queueId: string | null;
  readonly days: ComparedDays;
  readonly replications: number;
  /** Combinations the simulator may be asked about. */
  readonly mostSimulations: number;
}

/** A combination the simulator has judged. */
export interface Judged {
  /** Agents of each remedy. */
  readonly agents: readonly number[];
  readonly cost: number;
  readonly serviceLevel: Figure;
}

export interface LeastCost {
  /** Price of one agent of each remedy over the compared days. */
  readonly prices: readonly number[];
  /** null: none of the combinations judged is enough. */
  readonly answer: Judged | null;
  /** In the order they were judged, cheapest first. */
  readonly judged: readonly Judged[];
  /** True when every cheaper combination was judged, or is dominated by one that failed, or was far off by formula. */
  readonly complete: boolean;
}

/** A combination further below the goal than this, by formula corrected for what simulations have shown, is not judged. */
const farOff = 0.01;

/**
 * The cheapest agents that restore a service level, with the simulator as judge.
 *
 * Combinations come in order of cost. A formula, corrected by the mean error it has shown against the simulations so
 * far, passes over those that are far off; whatever has no more of anything than one that failed is passed over too,
 * since more agents never hurt. The first that reaches the goal on the common customers is the answer.
 *
 * Fails with `leastCost.noRemedy`, and as `compareScenarios` does.
 */
export async function cheapestRemedy(
  input: LeastCostInput,
  onProgress?: OnProgress<LeastCost>,
): Promise<Outcome<LeastCost>> {
  const { remedies, serviceLevel, mostSimulations } = input;
  if (remedies.length === 0 || remedies.every(({ most }) => most < 1)) {
    return fail({ code: "leastCost.noRemedy", severity: "error" });
  }
  const prices = remedies.map((remedy) => priceOf(input, remedy));
  const gains = await formulaGains(input);
  if (!gains.ok) return gains;
  const { atRest, gainOf } = gains.value;
  const judged: Judged[] = [];
  let bias = 0;
  let complete = true;
  let answer: Judged | null = null;
  for (const agents of byCost(prices, remedies)) {
    if (judged.some((failed) => agents.every((count, at) => count <= failed.agents[at]))) continue;
    const promised = agents.reduce((sum, count, at) => sum + gainOf(at, count), atRest);
    const last = agents.every((count, at) => count >= remedies[at].most);
    if (promised + bias < serviceLevel - farOff && !last) continue;
    if (judged.length >= mostSimulations) {
      complete = false;
      break;
    }
    const level = await levelWith(input, agents, "simulation");
    if (!level.ok) return level;
    const cost = agents.reduce((sum, count, at) => sum + count * prices[at], 0);
    const verdict = { agents, cost, serviceLevel: level.value };
    judged.push(verdict);
    bias += (level.value.value - promised - bias) / judged.length;
    const enough = level.value.value >= serviceLevel;
    if (enough) answer = verdict;
    onProgress?.({
      phase: "judging",
      completed: judged.length,
      total: mostSimulations,
      partial: { prices, answer, judged, complete: false },
    });
    if (enough) break;
  }
  return succeed({ prices, answer, judged, complete });
}

/** One agent through the window (or the opening hours) on the compared days. */
function priceOf(input: LeastCostInput, remedy: Remedy): number {
  const { grid } = input.forecast;
  const mask = windowMask(grid, remedy.window);
  const group = input.plan.groups.find(({ id }) => id === remedy.groupId);
  const wanted = new Uint8Array(grid.dayOffsets[grid.dayCount]);
  for (const queue of input.forecast.queues) {
    if (!group?.queueIds.includes(queue.queueId)) continue;
    for (let index = 0; index < wanted.length; index++) {
      if (queue.open[index] === 1 && (mask === null || mask[index] === 1)) wanted[index] = 1;
    }
  }
  const { first, count } = input.days;
  const intervals = runsOfMask(grid, wanted)
    .filter(({ day }) => day >= first && day < first + count)
    .reduce((sum, run) => sum + run.end - run.first, 0);
  const costPerHour = remedy.costPerHour ?? cheapestTemplate(input.plan, remedy.groupId)?.costPerHour ?? 0;
  return ((intervals * grid.intervalMinutes) / 60) * costPerHour;
}

function changesOf(input: LeastCostInput, agents: readonly number[]): Change[] {
  return [
    ...input.changes,
    ...input.remedies.flatMap(({ groupId, window }, at): Change[] =>
      agents[at] === 0 ? [] : [{ kind: "agents", groupId, count: agents[at], window }],
    ),
  ];
}

async function levelWith(
  input: LeastCostInput,
  agents: readonly number[],
  method: "stationary" | "simulation",
): Promise<Outcome<Figure>> {
  const { plan, forecast, schedule, roster, days, replications, queueId } = input;
  const comparison = await compareScenarios({
    plan,
    forecast,
    schedule,
    roster,
    base: changesOf(input, agents),
    scenarios: [],
    days,
    method,
    replications,
  });
  if (!comparison.ok) return comparison;
  const scope = comparison.value.plans[0].scopes.find((one) => one.queueId === queueId);
  return succeed(scope?.figures.serviceLevel ?? { value: 0, halfWidth: 0 });
}

/** What each remedy alone gains by formula, per number of agents; combinations are taken to add up. */
async function formulaGains(
  input: LeastCostInput,
): Promise<Outcome<{ atRest: number; gainOf: (remedy: number, agents: number) => number }>> {
  const none = input.remedies.map(() => 0);
  const rest = await levelWith(input, none, "stationary");
  if (!rest.ok) return rest;
  const gains: number[][] = [];
  for (const [at, { most }] of input.remedies.entries()) {
    const own = [0];
    for (let count = 1; count <= most; count++) {
      const level = await levelWith(
        input,
        none.map((_, other) => (other === at ? count : 0)),
        "stationary",
      );
      if (!level.ok) return level;
      own.push(level.value.value - rest.value.value);
    }
    gains.push(own);
  }
  return succeed({ atRest: rest.value.value, gainOf: (remedy, agents) => gains[remedy][agents] });
}

/** Every combination once, in order of cost: a heap that lets a combination grow at its last remedy or a later one. */
function* byCost(prices: readonly number[], remedies: readonly Remedy[]): Generator<readonly number[]> {
  const heap: { cost: number; agents: readonly number[]; from: number }[] = [
    { cost: 0, agents: remedies.map(() => 0), from: 0 },
  ];
  const mostKept = 200_000;
  while (heap.length > 0) {
    const next = popCheapest(heap);
    yield next.agents;
    for (let at = next.from; at < remedies.length; at++) {
      if (next.agents[at] >= remedies[at].most || heap.length >= mostKept) continue;
      const agents = next.agents.map((count, other) => (other === at ? count + 1 : count));
      push(heap, { cost: next.cost + prices[at], agents, from: at });
    }
  }
}

type Entry = { cost: number; agents: readonly number[]; from: number };

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent].cost <= heap[at].cost) break;
    [heap[parent], heap[at]] = [heap[at], heap[parent]];
    at = parent;
  }
}

function popCheapest(heap: Entry[]): Entry {
  const top = heap[0];
  const last = heap.pop() as Entry;
  if (heap.length === 0) return top;
  heap[0] = last;
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    let least = at;
    for (const child of [left, left + 1]) {
      if (child < heap.length && heap[child].cost < heap[least].cost) least = child;
    }
    if (least === at) return top;
    [heap[least], heap[at]] = [heap[at], heap[least]];
    at = least;
  }
}
