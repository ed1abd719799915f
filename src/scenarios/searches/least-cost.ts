import type { DayRange } from "../../domain/calendar/ranges.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import type { Figure } from "../measuring/figures.ts";
import { moneyLedger, otherCostIn, wagesIn } from "../money-ledger.ts";
import { sampleSteps } from "./promised-service.ts";
import { createSearch, hasNoMore } from "./propose-purchases.ts";
import { bought, type FixGoal, type Remedy } from "./remedies.ts";
import { type SimulatedLevels, simulatedLevels } from "./simulated-levels.ts";

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
  /** Of the parts that were checked: of all of them when the search is over. */
  readonly checks: readonly FixCheck[];
  readonly simulations: number;
}

/** What is usual: the same on the page and on the command line, so that both find the same. */
export const usualEffort = { replications: 20, mostSimulations: 40 };

/** Simulations on the way to a first answer; each corrects the prediction. */
const mostFirst = 14;
/** Times a day is held against fresh customers, searched again in between while they fall short. */
const mostChecks = 4;
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
 * of another seed; where a queue then falls short, its day is searched again with so much more asked for, and checked on
 * customers of yet another seed, until it holds or the checks are used up.
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
  let checks: readonly FixCheck[] = [];
  const report = (part: FixPart | null) => {
    const now = part === null ? parts : [...parts, part];
    onProgress?.({
      phase: "judging",
      completed: parts.length * input.mostSimulations + (part?.judged.length ?? 0),
      total: cells.length * input.mostSimulations,
      partial: resultOf(floor, now, inOrder(checks, now)),
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
  const first = await checksOf(floor, parts, days, 1);
  if (!first.ok) return first;
  checks = first.value;
  for (const [at, { days, status }] of parts.entries()) {
    if (status === "outOfReach") continue;
    let asked = goals;
    for (let round = 2; round <= mostChecks; round++) {
      const missing = checks.filter((check) => check.days === days && check.level.value < check.goal);
      if (missing.length === 0) break;
      // Lucky customers: as much more is asked of the search's own as the fresh ones fell short by.
      asked = asked.map((goal) => {
        const check = missing.find(({ queueId }) => queueId === goal.queueId);
        const more = check === undefined ? 0 : check.goal - check.level.value;
        return { ...goal, serviceLevel: Math.min(0.9999, goal.serviceLevel + more) };
      });
      const before = parts[at];
      checks = checks.filter((check) => check.days !== days);
      parts.splice(at, 1);
      const again = await restore(days, asked, before.judged);
      parts.splice(at, 0, again?.answer == null ? before : again);
      if (again === null) return fail(...issues);
      const checked = await checksOf(floor, [parts[at]], days, round);
      if (!checked.ok) return checked;
      checks = [...checks, ...checked.value];
      if (again.answer === null) break;
    }
  }
  return succeed(resultOf(floor, parts, inOrder(checks, parts)));
}

function inOrder(checks: readonly FixCheck[], parts: readonly FixPart[]): FixCheck[] {
  return parts.flatMap(({ days }) => checks.filter((check) => check.days === days));
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
  outsourced,
  charges,
}: ScenarioInputs): ScenarioInputs {
  return { plan, forecast, schedule, roster, turnedAway, settled, outsourced, charges };
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
  days: DayRange,
  seedStep: number,
): Promise<Outcome<FixCheck[]>> {
  const purchases = parts.flatMap(({ answer }) => answer?.purchases ?? []);
  const levels = await levelsOf(floor, purchases, days, seedStep);
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
  const prices = Float64Array.from(remedies, (remedy) => priceOf(floor, remedy));
  const search = createSearch(floor.inputs, remedies, prices, days, goals);
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
      const shown = isExhaustive(remedies, prices, best, judged, places);
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

/** Of one step, on its day: the mean of some, since their breaks are spread. */
function priceOf(floor: Floor, remedy: Remedy): number {
  const steps = Math.min(sampleSteps, remedy.most);
  if (steps < 1) return Number.POSITIVE_INFINITY;
  const { day } = remedy;
  const purchases = [{ remedy: floor.input.remedies.indexOf(remedy), steps }];
  return costOf(floor, purchases, { first: day, end: day + 1 }) / steps;
}
