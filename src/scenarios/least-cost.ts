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
  /** In the order they were judged. */
  readonly judged: readonly Judged[];
  /** True when every cheaper combination was judged, has no more than one that failed, or was predicted out of reach. */
  readonly complete: boolean;
}

/** How far below the goal a combination may be predicted and still be judged on the way to a first answer. */
const hopeful = 0.01;
/** Afterwards cheaper ones get their chance down to three times the error predictions have shown, within these limits. */
const leastDoubt = 0.01;
const mostDoubt = 0.05;

/**
 * The cheapest agents that restore a service level, with the simulator as judge.
 *
 * Combinations come in order of cost. A formula, corrected by a line through what the simulations have shown so far,
 * predicts; those that are not hopeful are passed over until one reaches the goal on the common customers. Then cheaper
 * ones that were passed over are judged, the likeliest first, until none is left within the doubt. What has no more of
 * anything than one that failed is never judged, since more agents never hurt.
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
  const costOf = (agents: readonly number[]) =>
    agents.reduce((sum, count, at) => sum + count * prices[at], 0);
  const judged: Judged[] = [];
  const passedOver: { readonly agents: readonly number[]; readonly promised: number }[] = [];
  let answer: Judged | null = null;
  let complete = true;
  const predictor = createPredictor();
  const hopeless = (agents: readonly number[]) =>
    judged.some(
      (failed) =>
        failed.serviceLevel.value < serviceLevel && agents.every((count, at) => count <= failed.agents[at]),
    );

  /** Asks the simulator; true when the combination is enough. */
  async function judge(agents: readonly number[], promised: number): Promise<Outcome<boolean>> {
    const level = await levelWith(input, agents, "simulation");
    if (!level.ok) return level;
    const verdict = { agents, cost: costOf(agents), serviceLevel: level.value };
    judged.push(verdict);
    predictor.learn(promised, level.value.value);
    const enough = level.value.value >= serviceLevel;
    if (enough) answer = verdict;
    onProgress?.({
      phase: "judging",
      completed: judged.length,
      total: mostSimulations,
      partial: { prices, answer, judged, complete: false },
    });
    return succeed(enough);
  }

  for (const agents of byCost(prices, remedies)) {
    if (hopeless(agents)) continue;
    const promised = agents.reduce((sum, count, at) => sum + gainOf(at, count), atRest);
    const last = agents.every((count, at) => count >= remedies[at].most);
    if (predictor.predict(promised) < serviceLevel - hopeful && !last) {
      passedOver.push({ agents, promised });
      continue;
    }
    if (judged.length >= mostSimulations) {
      complete = false;
      break;
    }
    const enough = await judge(agents, promised);
    if (!enough.ok) return enough;
    if (enough.value) break;
  }
  let left = passedOver;
  while (answer !== null) {
    const { cost } = answer as Judged;
    left = left.filter((one) => costOf(one.agents) < cost && !hopeless(one.agents));
    const likeliest = left.reduce<(typeof left)[number] | null>(
      (best, one) => (best === null || one.promised > best.promised ? one : best),
      null,
    );
    if (likeliest === null || predictor.predict(likeliest.promised) < serviceLevel - predictor.doubt()) break;
    // Among the hopeful the cheapest: its success settles most.
    const next = left.find((one) => predictor.predict(one.promised) >= serviceLevel - hopeful) ?? likeliest;
    if (judged.length >= mostSimulations) {
      complete = false;
      break;
    }
    left = left.filter((one) => one !== next);
    const enough = await judge(next.agents, next.promised);
    if (!enough.ok) return enough;
  }
  return succeed({ prices, answer, judged, complete });
}

/** Least squares of simulated on promised levels, drawn towards "as promised" while little is known. */
function createPredictor() {
  const points: { promised: number; level: number }[] = [];
  const errors: number[] = [];
  function predict(promised: number): number {
    if (points.length === 0) return promised;
    const middle = points.reduce((sum, point) => sum + point.promised, 0) / points.length;
    const height = points.reduce((sum, point) => sum + point.level, 0) / points.length;
    const trust = 1e-3;
    let across = trust;
    let along = trust;
    for (const point of points) {
      across += (point.promised - middle) ** 2;
      along += (point.promised - middle) * (point.level - height);
    }
    return height + (along / across) * (promised - middle);
  }
  return {
    predict,
    learn(promised: number, level: number): void {
      // The first error is the formula's own bias; those after it tell how good predictions are.
      if (points.length > 0) errors.push(level - predict(promised));
      points.push({ promised, level });
    },
    doubt(): number {
      if (errors.length < 3) return mostDoubt;
      const spread = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
      return Math.min(mostDoubt, Math.max(leastDoubt, 3 * spread));
    },
  };
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
