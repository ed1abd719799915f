import type { DayRange } from "../../domain/calendar/ranges.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change, TimeWindow } from "../../domain/plan/scenario.ts";
import { normalProbability } from "../../numerics/normal.ts";
import { cheapestTemplate } from "../changes/change-people.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { compareScenarios } from "../measuring/compare-scenarios.ts";
import type { Figure } from "../measuring/figures.ts";
import { runsOfMask, windowMask } from "../measuring/time-window.ts";

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
  readonly days: DayRange;
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
  /** True when the search ended because no combination left is likely to be cheaper and enough, not for want of simulations. */
  readonly complete: boolean;
}

/** Simulations on the way to a first answer; each corrects the prediction. */
const mostFirst = 12;
/** The search goes on while a combination promises to save so much of the answer's cost, on expectation. */
const worthwhile = 0.002;
/** Standard error of a prediction while few have been checked, and the least that is believed later. */
const firstError = 0.01;
const leastError = 0.002;

/**
 * The cheapest agents that restore a service level, with the simulator as judge.
 *
 * A formula says what each remedy gains alone, taken to add up; a line through what the simulations have shown so far
 * corrects it. First the combination that is cheapest by this prediction is judged, again and again, until one reaches
 * the goal on the common customers. Then cheaper ones are judged, always the one with the highest expected saving (chance
 * that it is enough × what it saves), until none is worth it. What has no more of anything than one that failed is never
 * judged, since more agents never hurt.
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
  const formula = await formulaGains(input);
  if (!formula.ok) return formula;
  const { atRest, gains } = formula.value;
  const promisedBy = (agents: readonly number[]) =>
    agents.reduce((sum, count, at) => sum + gains[at][count], atRest);
  const judged: Judged[] = [];
  const predictor = createPredictor();
  let answer: Judged | null = null;

  /** Asks the simulator. */
  async function judge(agents: readonly number[]): Promise<Outcome<Judged>> {
    const level = await levelWith(input, agents, "simulation");
    if (!level.ok) return level;
    const verdict = { agents, cost: costOf(prices, agents), serviceLevel: level.value };
    judged.push(verdict);
    predictor.learn(promisedBy(agents), level.value.value);
    const enough = level.value.value >= serviceLevel;
    if (enough && (answer === null || verdict.cost < answer.cost)) answer = verdict;
    onProgress?.({
      phase: "judging",
      completed: judged.length,
      total: mostSimulations,
      partial: { prices, answer, judged: [...judged], complete: false },
    });
    return succeed(verdict);
  }
  const done = (complete: boolean) => succeed({ prices, answer, judged, complete });

  const largest = remedies.map(({ most }) => most);
  let needed = predictor.promisedFor(serviceLevel) - atRest;
  for (let first = 0; first < mostFirst && answer === null; first++) {
    if (judged.length >= mostSimulations) return done(false);
    let agents = cheapestFor(prices, gains, needed) ?? largest;
    while (judged.some((one) => same(one.agents, agents)) && !same(agents, largest)) {
      needed += leastError;
      agents = cheapestFor(prices, gains, needed) ?? largest;
    }
    if (judged.some((one) => same(one.agents, agents))) break;
    const verdict = await judge(first === mostFirst - 1 ? largest : agents);
    if (!verdict.ok) return verdict;
    needed = predictor.promisedFor(serviceLevel) - atRest;
  }
  const every = everyCombination(remedies);
  while (answer !== null) {
    const { cost, agents: best } = answer as Judged;
    let next: readonly number[] | null = null;
    let highest = worthwhile * cost;
    for (const agents of every ?? neighbours([best, ...closest(judged, serviceLevel)], largest)) {
      const saving = cost - costOf(prices, agents);
      if (saving <= highest || hopeless(judged, agents, serviceLevel)) continue;
      const expected = saving * predictor.chance(promisedBy(agents), serviceLevel);
      if (expected <= highest) continue;
      highest = expected;
      next = agents;
    }
    if (next === null) return done(true);
    if (judged.length >= mostSimulations) return done(false);
    const verdict = await judge(next);
    if (!verdict.ok) return verdict;
  }
  return done(judged.some((one) => same(one.agents, largest)));
}

function costOf(prices: readonly number[], agents: readonly number[]): number {
  return agents.reduce((sum, count, at) => sum + count * prices[at], 0);
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.every((count, at) => count === b[at]);
}

/** Judged already, or with no more of anything than one that failed. */
function hopeless(judged: readonly Judged[], agents: readonly number[], serviceLevel: number): boolean {
  return judged.some(
    (one) =>
      same(one.agents, agents) ||
      (one.serviceLevel.value < serviceLevel && agents.every((count, at) => count <= one.agents[at])),
  );
}

/** Of what was judged, the handful nearest to the goal. */
function closest(judged: readonly Judged[], serviceLevel: number): (readonly number[])[] {
  return [...judged]
    .sort(
      (a, b) => Math.abs(a.serviceLevel.value - serviceLevel) - Math.abs(b.serviceLevel.value - serviceLevel),
    )
    .slice(0, 4)
    .map(({ agents }) => agents);
}

/** All combinations where they are few; null otherwise. */
function everyCombination(remedies: readonly Remedy[]): (readonly number[])[] | null {
  const mostListed = 50_000;
  if (remedies.reduce((count, { most }) => count * (most + 1), 1) > mostListed) return null;
  return remedies.reduce<number[][]>(
    (list, { most }) =>
      list.flatMap((agents) => Array.from({ length: most + 1 }, (_, count) => [...agents, count])),
    [[]],
  );
}

/** Combinations that differ from one of these by up to two agents fewer and up to two more. */
function* neighbours(
  combinations: readonly (readonly number[])[],
  largest: readonly number[],
): Generator<readonly number[]> {
  const moves = largest.map((_, at) => at);
  for (const start of combinations) {
    for (const less of moves) {
      for (const lesser of [-1, ...moves]) {
        for (const more of [-1, ...moves]) {
          for (const further of more < 0 ? [-1] : [-1, ...moves]) {
            const agents = [...start];
            agents[less]--;
            if (lesser >= 0) agents[lesser]--;
            if (more >= 0) agents[more]++;
            if (further >= 0) agents[further]++;
            if (agents.every((count, at) => count >= 0 && count <= largest[at])) yield agents;
          }
        }
      }
    }
  }
}

/**
 * The combination with the least cost whose gains add up to what is needed: a knapsack by dynamic programming, gains
 * rounded down to a two-thousandth of the need. null: not even the most of everything is enough.
 */
function cheapestFor(
  prices: readonly number[],
  gains: readonly (readonly number[])[],
  needed: number,
): readonly number[] | null {
  if (needed <= 0) return prices.map(() => 0);
  const units = 2000;
  let costs = new Float64Array(units + 1).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  const chosen: Uint16Array[] = [];
  for (const [at, own] of gains.entries()) {
    const next = new Float64Array(units + 1).fill(Number.POSITIVE_INFINITY);
    const choice = new Uint16Array((units + 1) * 2);
    for (let from = 0; from <= units; from++) {
      if (costs[from] === Number.POSITIVE_INFINITY) continue;
      for (const [count, gain] of own.entries()) {
        const to = Math.min(units, from + Math.max(0, Math.floor((gain / needed) * units)));
        const cost = costs[from] + count * prices[at];
        if (cost >= next[to]) continue;
        next[to] = cost;
        choice[2 * to] = count;
        choice[2 * to + 1] = from;
      }
    }
    costs = next;
    chosen.push(choice);
  }
  if (costs[units] === Number.POSITIVE_INFINITY) return null;
  const agents = prices.map(() => 0);
  for (let at = gains.length - 1, to = units; at >= 0; at--) {
    agents[at] = chosen[at][2 * to];
    to = chosen[at][2 * to + 1];
  }
  return agents;
}

/** Least squares of simulated on promised levels, drawn towards "as promised" while little is known. */
function createPredictor() {
  const points: { promised: number; level: number }[] = [];
  const errors: number[] = [];
  function line(): { middle: number; height: number; slope: number } {
    if (points.length === 0) return { middle: 0, height: 0, slope: 1 };
    const middle = points.reduce((sum, point) => sum + point.promised, 0) / points.length;
    const height = points.reduce((sum, point) => sum + point.level, 0) / points.length;
    const trust = 1e-3;
    let across = trust;
    let along = trust;
    for (const point of points) {
      across += (point.promised - middle) ** 2;
      along += (point.promised - middle) * (point.level - height);
    }
    return { middle, height, slope: Math.max(0.1, along / across) };
  }
  function predict(promised: number): number {
    const { middle, height, slope } = line();
    return height + slope * (promised - middle);
  }
  return {
    /** What the formula must promise for a level to be predicted. */
    promisedFor(level: number): number {
      const { middle, height, slope } = line();
      return middle + (level - height) / slope;
    },
    learn(promised: number, level: number): void {
      // The first error is the formula's own bias; those after it tell how good predictions are.
      if (points.length > 0) errors.push(level - predict(promised));
      points.push({ promised, level });
    },
    /** That a combination reaches the level, as far as predictions have been right so far. */
    chance(promised: number, level: number): number {
      const recent = errors.slice(-12);
      const spread = Math.sqrt(recent.reduce((sum, error) => sum + error * error, 0) / recent.length);
      const error = recent.length < 3 ? firstError : Math.max(leastError, spread);
      return normalProbability((predict(promised) - level) / error);
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
  const { first, end } = input.days;
  const intervals = runsOfMask(grid, wanted)
    .filter(({ day }) => day >= first && day < end)
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

/** What each remedy alone gains by formula, for 0, 1, 2 … agents; combinations are taken to add up. */
async function formulaGains(
  input: LeastCostInput,
): Promise<Outcome<{ readonly atRest: number; readonly gains: readonly (readonly number[])[] }>> {
  const none = input.remedies.map(() => 0);
  const rest = await levelWith(input, none, "stationary");
  if (!rest.ok) return rest;
  const gains: number[][] = [];
  for (const [at, { most }] of input.remedies.entries()) {
    const own = [0];
    for (let count = 1; count <= most; count++) {
      const agents = none.map((_, other) => (other === at ? count : 0));
      const level = await levelWith(input, agents, "stationary");
      if (!level.ok) return level;
      own.push(level.value.value - rest.value.value);
    }
    gains.push(own);
  }
  return succeed({ atRest: rest.value.value, gains });
}
