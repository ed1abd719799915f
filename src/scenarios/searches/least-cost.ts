import type { DayRange } from "../../domain/calendar/ranges.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import type { Figure } from "../measuring/figures.ts";
import { moneyLedger, otherCostIn, wagesIn } from "../money-ledger.ts";
import {
  createPredictor,
  type Predictor,
  type PromisedService,
  promisedService,
} from "./promised-service.ts";
import { bought, type Remedy } from "./remedies.ts";
import { type SimulatedLevels, simulatedLevels } from "./simulated-levels.ts";

/** A queue, and the service level that is to be restored, 0–1. */
export interface FixGoal {
  readonly queueId: string;
  readonly serviceLevel: number;
}

export interface LeastCostInput extends ScenarioInputs {
  /** What happened, such as a scenario's changes. */
  readonly changes: readonly Change[];
  readonly remedies: readonly Remedy[];
  /** Each of them is to be reached. */
  readonly goals: readonly FixGoal[];
  readonly days: DayRange;
  /** On every day of `days` by itself; false: over all of them together. */
  readonly eachDay: boolean;
  readonly replications: number;
  /** Combinations the simulator may be asked about, for each day that is to be restored. */
  readonly mostSimulations: number;
}

/** So many steps of a remedy, by its place in the list. */
export interface Purchase {
  readonly remedy: number;
  readonly steps: number;
}

/** A combination the simulator has judged. */
export interface Judged {
  readonly purchases: readonly Purchase[];
  readonly cost: number;
  /** In the order of the goals; null: nobody comes to that queue. */
  readonly levels: readonly (Figure | null)[];
  readonly enough: boolean;
}

/** What is done about one day, or about all of them together. */
export interface FixPart {
  readonly days: DayRange;
  /** `kept`: the goals are reached as things stand. `outOfReach`: nothing that was judged is enough. */
  readonly status: "kept" | "restored" | "outOfReach" | "searching";
  readonly answer: Judged | null;
  /** In the order they were judged. */
  readonly judged: readonly Judged[];
  /**
   * `exhaustive`: every cheaper combination was judged and fails, or has no more of anything than one that fails.
   * `settled`: no cheaper one is predicted to be enough with a chance worth a simulation. `ended`: the search ended
   * before that.
   */
  readonly search: "exhaustive" | "settled" | "ended";
}

/** A queue's service on some days with the fix, on customers the search has not seen. */
export interface FixCheck {
  readonly queueId: string;
  readonly days: DayRange;
  readonly goal: number;
  readonly level: Figure;
}

export interface LeastCost {
  readonly parts: readonly FixPart[];
  /** The remedies bought, as changes of a scenario, each with its date. */
  readonly changes: readonly Change[];
  /** What they cost on the days, as the table of what-if shows it: wages with premiums, and a service provider's price. */
  readonly cost: number;
  /** Empty until the search is over. */
  readonly checks: readonly FixCheck[];
  readonly simulations: number;
}

/** What is usual: the same on the page and on the command line, so that both find the same. */
export const usualEffort = { replications: 20, mostSimulations: 40 };

/** Simulations on the way to a first answer; each corrects the prediction. */
const mostFirst = 14;
/** The search goes on while a combination promises to save so much of the answer's cost, on expectation. */
const worthwhile = 0.002;
/** Combinations that are listed in full to show that no cheaper one is left. */
const mostListed = 20_000;

/**
 * The cheapest remedies that restore the service of every queue asked for, with the simulator as judge.
 *
 * Each day is restored by itself (or all of them together). A formula says what remedies gain; per queue a line through
 * what the simulations have shown corrects it. Remedies are bought where they close most of the gap for their price,
 * given back and exchanged for cheaper ones where the prediction allows; then the simulator judges, and the prediction
 * is mended, until every queue reaches its goal on the common customers. After that cheaper combinations are judged,
 * those with the highest expected saving first, until none is worth it. In the end the whole is simulated on customers
 * of another seed; where a queue then falls short, its day is searched again with so much more asked for.
 *
 * Cost is the difference of the two ledgers on the days, premiums included: what the comparison shows for the same
 * changes, to the last cent. Partial results are valid: parts that are restored so far.
 *
 * Fails with `leastCost.noRemedy`, `leastCost.noGoal`, and as `applyChanges` and `simulateContacts` do.
 *
 * @example
 * const remedies = remediesOn(inputs, days, { ...choice, groupIds: ["voice"], shifts: true });
 * const goals = [{ queueId: "voice", serviceLevel: 0.8 }];
 * const outcome = await cheapestRemedy({ ...inputs, changes, remedies, goals, days, eachDay: true,
 *   replications: 20, mostSimulations: 40 });
 * if (outcome.ok) outcome.value.changes; // each holds on its date alone
 */
export async function cheapestRemedy(
  input: LeastCostInput,
  onProgress?: OnProgress<LeastCost>,
): Promise<Outcome<LeastCost>> {
  const { remedies, goals, days } = input;
  if (!remedies.some(({ most }) => most > 0)) return fail({ code: "leastCost.noRemedy", severity: "error" });
  if (goals.length === 0) return fail({ code: "leastCost.noGoal", severity: "error" });
  const changed = applyChanges(baseOf(input), input.changes);
  if (!changed.ok) return changed;
  const floor: Floor = { input, inputs: changed.value, simulations: 0 };
  const cells: DayRange[] = [];
  if (input.eachDay)
    for (let day = days.first; day < days.end; day++) cells.push({ first: day, end: day + 1 });
  else cells.push(days);
  const parts: FixPart[] = [];
  const report = (part: FixPart | null) => {
    const now = part === null ? parts : [...parts, part];
    onProgress?.({
      phase: "judging",
      completed: parts.length * input.mostSimulations + (part?.judged.length ?? 0),
      total: cells.length * input.mostSimulations,
      partial: resultOf(floor, now, []),
    });
  };
  const issues: Issue[] = [];
  const restore = async (cell: DayRange, asked: readonly FixGoal[], before: readonly Judged[]) => {
    const part = await restoreDays(floor, cell, asked, before, report);
    if (!part.ok) issues.push(...part.issues);
    return part.ok ? part.value : null;
  };
  for (const cell of cells) {
    const part = await restore(cell, goals, []);
    if (part === null) return fail(...issues);
    parts.push(part);
    report(null);
  }
  let checks = await checksOf(floor, parts, 1);
  if (!checks.ok) return checks;
  const short = checks.value.filter(({ goal, level }) => level.value < goal);
  for (const [at, part] of parts.entries()) {
    const missing = short.filter((check) => check.days.first === part.days.first);
    if (missing.length === 0 || part.status === "outOfReach") continue;
    // Lucky customers: as much more is asked of the search's own as the fresh ones fell short by.
    const asked = goals.map((goal) => {
      const check = missing.find(({ queueId }) => queueId === goal.queueId);
      const more = check === undefined ? 0 : check.goal - check.level.value;
      return { ...goal, serviceLevel: Math.min(0.9999, goal.serviceLevel + more) };
    });
    const again = await restore(part.days, asked, part.judged);
    if (again === null) return fail(...issues);
    if (again.answer !== null) parts[at] = again;
    checks = await checksOf(floor, parts, 2);
    if (!checks.ok) return checks;
  }
  return succeed(resultOf(floor, parts, checks.value));
}

interface Floor {
  readonly input: LeastCostInput;
  /** With what happened. */
  readonly inputs: ScenarioInputs;
  simulations: number;
}

function baseOf({
  plan,
  forecast,
  schedule,
  roster,
  turnedAway,
  settled,
  charges,
}: ScenarioInputs): ScenarioInputs {
  return { plan, forecast, schedule, roster, turnedAway, settled, charges };
}

function changesFor({ input }: Floor, purchases: readonly Purchase[]): Change[] {
  return purchases.map(({ remedy, steps }) => bought(input.remedies[remedy], steps));
}

function resultOf(floor: Floor, parts: readonly FixPart[], checks: readonly FixCheck[]): LeastCost {
  const purchases = parts.flatMap(({ answer }) => answer?.purchases ?? []);
  const changes = changesFor(floor, purchases);
  return {
    parts,
    changes,
    cost: costOf(floor, purchases, floor.input.days),
    checks,
    simulations: floor.simulations,
  };
}

/** Wages and other costs on some days beyond those of what happened. */
function costOf(floor: Floor, purchases: readonly Purchase[], days: DayRange): number {
  const applied = applyChanges(floor.inputs, changesFor(floor, purchases));
  if (!applied.ok) return Number.POSITIVE_INFINITY;
  const total = (inputs: ScenarioInputs) => {
    const ledger = moneyLedger({ inputs, days, simulation: null, lost: Float64Array.of(0) });
    return wagesIn(ledger) + (otherCostIn(ledger) ?? Number.POSITIVE_INFINITY);
  };
  const before = total(floor.inputs);
  return Number.isFinite(before) ? total(applied.value) - before : 0;
}

async function levelsOf(
  floor: Floor,
  purchases: readonly Purchase[],
  days: DayRange,
  seedStep: number,
): Promise<Outcome<SimulatedLevels>> {
  const applied = applyChanges(floor.inputs, changesFor(floor, purchases));
  if (!applied.ok) return applied;
  floor.simulations++;
  return simulatedLevels(applied.value, days, floor.input.replications, seedStep);
}

/** Service with the fix on customers of another seed, queue by queue and day by day. */
async function checksOf(
  floor: Floor,
  parts: readonly FixPart[],
  seedStep: number,
): Promise<Outcome<FixCheck[]>> {
  const purchases = parts.flatMap(({ answer }) => answer?.purchases ?? []);
  const levels = await levelsOf(floor, purchases, floor.input.days, seedStep);
  if (!levels.ok) return levels;
  return succeed(
    parts.flatMap(({ days }) =>
      floor.input.goals.flatMap(({ queueId, serviceLevel }): FixCheck[] => {
        const level = levels.value(queueId, days);
        return level === null ? [] : [{ queueId, days, goal: serviceLevel, level }];
      }),
    ),
  );
}

/** The search on one day, or on all together. */
async function restoreDays(
  floor: Floor,
  days: DayRange,
  goals: readonly FixGoal[],
  before: readonly Judged[],
  report: (part: FixPart) => void,
): Promise<Outcome<FixPart>> {
  const { input } = floor;
  const judged: Judged[] = before.map((one) => ({ ...one, enough: isEnough(one.levels, goals) }));
  const budget = judged.length + input.mostSimulations;
  let answer: Judged | null = cheapest(judged);
  const partOf = (search: FixPart["search"], over = true): FixPart => ({
    days,
    status:
      answer === null
        ? over
          ? "outOfReach"
          : "searching"
        : answer.purchases.length === 0
          ? "kept"
          : "restored",
    answer,
    judged: [...judged],
    search,
  });
  const places = input.remedies.flatMap(({ day }, at) => (day >= days.first && day < days.end ? [at] : []));
  const remedies = places.map((at) => input.remedies[at]);

  async function judge(steps: Int32Array): Promise<Issue[] | null> {
    const purchases = [...steps].flatMap((count, at) =>
      count > 0 ? [{ remedy: places[at], steps: count }] : [],
    );
    const levels = await levelsOf(floor, purchases, days, 0);
    if (!levels.ok) return [...levels.issues];
    const figures = goals.map(({ queueId }) => levels.value(queueId, days));
    const verdict: Judged = {
      purchases,
      cost: costOf(floor, purchases, days),
      levels: figures,
      enough: isEnough(figures, goals),
    };
    judged.push(verdict);
    answer = cheapest(judged);
    report(partOf("ended", false));
    return null;
  }

  if (judged.length === 0) {
    const trouble = await judge(new Int32Array(remedies.length));
    if (trouble !== null) return fail(...trouble);
    if (answer !== null) return succeed(partOf("exhaustive"));
  }
  const search = createSearch(floor, remedies, days, goals);
  const learnt = () => judged.map((one) => ({ steps: stepsOf(one, places), levels: one.levels }));
  for (const one of learnt()) search.learn(one.steps, one.levels);
  for (let first = 0; first < mostFirst && answer === null && judged.length < budget; first++) {
    const steps = search.propose(learnt().map((one) => one.steps));
    if (steps === null) break;
    const trouble = await judge(steps);
    if (trouble !== null) return fail(...trouble);
    search.learn(steps, judged[judged.length - 1].levels);
  }
  while (answer !== null) {
    const best: Judged = answer;
    const next = search.cheaper(
      stepsOf(best, places),
      judged.map((one) => ({ ...one, steps: stepsOf(one, places) })),
    );
    if (next === null) {
      const shown = isExhaustive(remedies, search.prices, best, judged, places);
      return succeed(partOf(shown ? "exhaustive" : "settled"));
    }
    if (judged.length >= budget) break;
    const trouble = await judge(next);
    if (trouble !== null) return fail(...trouble);
    search.learn(next, judged[judged.length - 1].levels);
  }
  return succeed(partOf("ended"));
}

function isEnough(levels: readonly (Figure | null)[], goals: readonly FixGoal[]): boolean {
  return levels.every((level, at) => level === null || level.value >= goals[at].serviceLevel);
}

function cheapest(judged: readonly Judged[]): Judged | null {
  return judged.reduce<Judged | null>(
    (best, one) => (one.enough && (best === null || one.cost < best.cost) ? one : best),
    null,
  );
}

function stepsOf({ purchases }: Judged, places: readonly number[]): Int32Array {
  const steps = new Int32Array(places.length);
  for (const { remedy, steps: count } of purchases) steps[places.indexOf(remedy)] = count;
  return steps;
}

const isSame = (a: Int32Array, b: Int32Array) => a.every((count, at) => count === b[at]);
const hasNoMore = (a: Int32Array, b: Int32Array) => a.every((count, at) => count <= b[at]);

/** Whether each combination that costs less was judged, or has no more of anything than one that failed. */
function isExhaustive(
  remedies: readonly Remedy[],
  prices: Float64Array,
  best: Judged,
  judged: readonly Judged[],
  places: readonly number[],
): boolean {
  const failed = judged.filter(({ enough }) => !enough).map((one) => stepsOf(one, places));
  let listed = 0;
  const steps = new Int32Array(remedies.length);
  /** False as soon as one is neither, or too many would have to be listed. */
  function covers(from: number, left: number): boolean {
    if (++listed > mostListed) return false;
    if (!failed.some((one) => hasNoMore(steps, one))) return false;
    for (let at = from; at < remedies.length; at++) {
      if (prices[at] >= left || steps[at] >= remedies[at].most) continue;
      steps[at]++;
      const isCovered = covers(at, left - prices[at]);
      steps[at]--;
      if (!isCovered) return false;
    }
    return true;
  }
  return covers(0, best.cost - 1e-9);
}

/** Proposes combinations by the corrected formula. */
function createSearch(floor: Floor, remedies: readonly Remedy[], days: DayRange, goals: readonly FixGoal[]) {
  const queueIds = goals.map(({ queueId }) => queueId);
  const service = promisedService(floor.inputs, remedies, days, queueIds);
  const predictors = goals.map(({ serviceLevel }) => createPredictor(serviceLevel));
  const sample = (most: number) => Math.min(4, most);
  const prices = Float64Array.from(remedies, (remedy, at) => {
    const steps = sample(remedy.most);
    return steps < 1 ? Number.POSITIVE_INFINITY : priceOf(floor, remedies[at], steps) / steps;
  });
  const bought = new Int32Array(remedies.length);
  const move = (at: number, steps: number) => {
    bought[at] += steps;
    service.buy(at, steps);
  };
  const moveTo = (steps: Int32Array) =>
    steps.forEach((count, at) => {
      if (count !== bought[at]) move(at, count - bought[at]);
    });
  const gapOf = (levels: Float64Array) => gapBy(predictors, goals, levels);
  return {
    prices,
    learn(steps: Int32Array, levels: readonly (Figure | null)[]): void {
      moveTo(steps);
      const promised = service.levelsWith([]);
      levels.forEach((level, at) => {
        if (level !== null) predictors[at].learn(promised[at], level.value);
      });
    },
    /** A combination that is predicted to be enough, and none of those judged; null: nothing more can be bought. */
    propose(judged: readonly Int32Array[]): Int32Array | null {
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
      best: Int32Array,
      judged: readonly (Judged & { readonly steps: Int32Array })[],
    ): Int32Array | null {
      moveTo(best);
      const cost = prices.reduce((sum, price, at) => (best[at] > 0 ? sum + price * best[at] : sum), 0);
      let highest = worthwhile * cost;
      let next: Int32Array | null = null;
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

function priceOf(floor: Floor, remedy: Remedy, steps: number): number {
  const { day } = remedy;
  return costOf(floor, [{ remedy: floor.input.remedies.indexOf(remedy), steps }], {
    first: day,
    end: day + 1,
  });
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
  bought: Int32Array,
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
  bought: Int32Array,
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
  bought: Int32Array,
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
  bought: Int32Array,
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
  steps: Int32Array,
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
