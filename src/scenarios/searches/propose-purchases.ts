import type { DayRange } from "../../domain/calendar/ranges.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import type { Figure } from "../measuring/figures.ts";
import {
  createPredictor,
  type Predictor,
  type PromisedService,
  promisedService,
} from "./promised-service.ts";
import type { FixGoal, Remedy } from "./remedies.ts";

/** Steps of each remedy of a list. */
type Steps = Int32Array;

const isSame = (a: Steps, b: Steps) => a.every((count, at) => count === b[at]);
/** No more of anything. */
export const hasNoMore = (a: Steps, b: Steps) => a.every((count, at) => count <= b[at]);

/** The search goes on while a combination promises to save so much of the answer's cost, on expectation. */
const worthwhile = 0.002;

/** Proposes combinations by the corrected formula. */
export function createSearch(
  inputs: ScenarioInputs,
  remedies: readonly Remedy[],
  prices: Float64Array,
  days: DayRange,
  goals: readonly FixGoal[],
) {
  const queueIds = goals.map(({ queueId }) => queueId);
  const service = promisedService(inputs, remedies, days, queueIds);
  const predictors = goals.map(({ serviceLevel }) => createPredictor(serviceLevel));
  const bought = new Int32Array(remedies.length);
  const move = (at: number, steps: number) => {
    bought[at] += steps;
    service.buy(at, steps);
  };
  const moveTo = (steps: Steps) =>
    steps.forEach((count, at) => {
      if (count !== bought[at]) move(at, count - bought[at]);
    });
  const gapOf = (levels: Float64Array) => gapBy(predictors, goals, levels);
  return {
    learn(steps: Steps, levels: readonly (Figure | null)[]): void {
      moveTo(steps);
      const promised = service.levelsWith([]);
      levels.forEach((level, at) => {
        if (level !== null) predictors[at].learn(promised[at], level.value);
      });
    },
    /** A combination that is predicted to be enough, and none of those judged; null: nothing more can be bought. */
    propose(judged: readonly Steps[]): Steps | null {
      moveTo(new Int32Array(remedies.length));
      buyUp(service, remedies, prices, bought, move, gapOf);
      giveBack(service, prices, bought, move, gapOf);
      exchange(service, remedies, prices, bought, move, gapOf);
      // Predicted once more although it failed: one step more of what helps most.
      for (let extra = 0; judged.some((one) => hasNoMore(bought, one)); extra++) {
        const at = bestStep(service, remedies, prices, bought, (levels) => -sumOf(levels));
        if (at === null || extra > 200) return null;
        move(at, 1);
      }
      return bought.slice();
    },
    /** The combination with the highest expected saving near the best one; null: none is worth a simulation. */
    cheaper(
      best: Steps,
      judged: readonly { readonly enough: boolean; readonly steps: Steps }[],
    ): Steps | null {
      moveTo(best);
      const cost = prices.reduce((sum, price, at) => (best[at] > 0 ? sum + price * best[at] : sum), 0);
      let highest = worthwhile * cost;
      let next: Steps | null = null;
      for (const moves of neighbours(best, remedies, prices)) {
        const saving = -moves.reduce((sum, [at, steps]) => sum + prices[at] * steps, 0);
        if (saving <= highest) continue;
        const steps = best.slice();
        for (const [at, count] of moves) steps[at] += count;
        const isHopeless = judged.some(
          (one) => isSame(steps, one.steps) || (!one.enough && hasNoMore(steps, one.steps)),
        );
        if (isHopeless) continue;
        const levels = service.levelsWith(moves);
        const chance = predictors.reduce(
          (product, { chance: of }, at) => product * of(levels[at], goals[at].serviceLevel),
          1,
        );
        if (saving * chance <= highest) continue;
        highest = saving * chance;
        next = steps;
      }
      return next;
    },
  };
}

const sumOf = (levels: Float64Array) => levels.reduce((sum, level) => sum + level, 0);

/** Points by which the queues are predicted to miss their goals, added up. */
function gapBy(predictors: readonly Predictor[], goals: readonly FixGoal[], levels: Float64Array): number {
  return goals.reduce(
    (sum, { serviceLevel }, at) => sum + Math.max(0, serviceLevel - predictors[at].predict(levels[at])),
    0,
  );
}

type Move = (at: number, steps: number) => void;
type GapOf = (levels: Float64Array) => number;

/** The remedy of which one step more lowers the measure most for its price; null: none lowers it. */
function bestStep(
  service: PromisedService,
  remedies: readonly Remedy[],
  prices: Float64Array,
  bought: Steps,
  measure: GapOf,
): number | null {
  const now = measure(service.levelsWith([]));
  let best: number | null = null;
  let most = 0;
  for (const [at, { most: limit }] of remedies.entries()) {
    if (bought[at] >= limit) continue;
    const gain = (now - measure(service.levelsWith([[at, 1]]))) / (prices[at] + 1e-9);
    if (gain <= most) continue;
    most = gain;
    best = at;
  }
  return best;
}

/**
 * Buys what closes most of the gap for its price until it is closed, several steps at a time while it is wide. Gains are
 * asked for again only where the last one known could still be the highest.
 */
function buyUp(
  service: PromisedService,
  remedies: readonly Remedy[],
  prices: Float64Array,
  bought: Steps,
  move: Move,
  gapOf: GapOf,
): void {
  const ratios = new Float64Array(remedies.length).fill(Number.POSITIVE_INFINITY);
  let lump = 1;
  let gap = gapOf(service.levelsWith([]));
  for (let round = 0; gap > 0 && round < 2000; round++) {
    let chosen: number | null = null;
    for (;;) {
      let at = -1;
      for (let other = 0; other < ratios.length; other++)
        if (bought[other] < remedies[other].most && (at < 0 || ratios[other] > ratios[at])) at = other;
      if (at < 0 || ratios[at] <= 0) break;
      const steps = Math.min(lump, remedies[at].most - bought[at]);
      const after = gapOf(service.levelsWith([[at, steps]]));
      const ratio = (gap - after) / (steps * prices[at] + 1e-9);
      const isStill = ratios.every(
        (other, index) => index === at || other <= ratio || bought[index] >= remedies[index].most,
      );
      ratios[at] = ratio;
      if (isStill && ratio > 0) {
        chosen = at;
        break;
      }
    }
    if (chosen === null) return;
    const steps = Math.min(lump, remedies[chosen].most - bought[chosen]);
    move(chosen, steps);
    const after = gapOf(service.levelsWith([]));
    // As many at a time as close about a twentieth of what is left.
    lump =
      after <= 0
        ? 1
        : Math.max(1, Math.min(500, Math.floor((lump * after) / (20 * Math.max(1e-9, gap - after)))));
    gap = after;
    // A gap that is nearly closed, or a queue that has caught up, makes others worth more than before.
    if (round % 8 === 7) ratios.fill(Number.POSITIVE_INFINITY);
  }
}

/** Gives back what is not needed, the dearest first. */
function giveBack(
  service: PromisedService,
  prices: Float64Array,
  bought: Steps,
  move: Move,
  gapOf: GapOf,
): void {
  const order = [...prices.keys()].filter((at) => bought[at] > 0).sort((a, b) => prices[b] - prices[a]);
  for (const at of order) while (bought[at] > 0 && gapOf(service.levelsWith([[at, -1]])) <= 0) move(at, -1);
}

/** Takes a cheaper remedy for a dearer one as long as that is predicted to be enough. */
function exchange(
  service: PromisedService,
  remedies: readonly Remedy[],
  prices: Float64Array,
  bought: Steps,
  move: Move,
  gapOf: GapOf,
): void {
  for (let round = 0; round < 60; round++) {
    let best: readonly (readonly [number, number])[] | null = null;
    let most = 0;
    for (const moves of neighbours(bought, remedies, prices)) {
      const saving = -moves.reduce((sum, [at, steps]) => sum + prices[at] * steps, 0);
      if (saving <= most || gapOf(service.levelsWith(moves)) > 0) continue;
      most = saving;
      best = moves;
    }
    if (best === null) return;
    for (const [at, steps] of best) move(at, steps);
  }
}

/** One step less of something, or one step of something cheaper on the same day in its place. */
function* neighbours(
  steps: Steps,
  remedies: readonly Remedy[],
  prices: Float64Array,
): Generator<readonly (readonly [number, number])[]> {
  for (const [less, { day }] of remedies.entries()) {
    if (steps[less] === 0) continue;
    yield [[less, -1]];
    for (const [more, { day: other, most }] of remedies.entries()) {
      if (more === less || other !== day || steps[more] >= most || prices[more] >= prices[less]) continue;
      yield [
        [less, -1],
        [more, 1],
      ];
    }
  }
}
