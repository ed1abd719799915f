import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { DayMeasure, Today } from "../../domain/plan/today.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import { simulateContacts } from "../../simulating/simulate-contacts.ts";
import { type DayFloor, type DaySources, dayFloor, withRosterOnFloor } from "../day-floor.ts";
import { turnedAway, withMeasures } from "../day-measures.ts";
import { callIn } from "./call-in.ts";
import { costOf, gapOf, openSearch, partiesOf, type Search } from "./candidates.ts";
import { overtime, timeOff } from "./change-ends.ts";
import { dayEffect, withChanges } from "./judge-day.ts";
import { moveBreaks } from "./move-breaks.ts";
import { moveSessions } from "./move-sessions.ts";
import {
  type DayEffect,
  type DayOption,
  type DayOptions,
  type OptionKind,
  optionKinds,
  type PersonChange,
} from "./option.ts";
import { borrow, callbacksOn, closeEarly, type MeasureSearch } from "./queue-measures.ts";
import { replan } from "./replan.ts";
import { shortfallOf } from "./shortfall.ts";

/** What is decided about queues. */
const measureSearches = { borrow, callbacks: callbacksOn, closeEarly } satisfies Record<
  string,
  MeasureSearch
>;
type Find = (search: Search) => PersonChange[] | Promise<PersonChange[]>;
type ShiftOption = Exclude<OptionKind, keyof typeof measureSearches>;
const searches: Readonly<Record<ShiftOption, Find>> = {
  breaks: moveBreaks,
  activities: moveSessions,
  overtime,
  callIn,
  replan,
  timeOff,
};

/** Factors on the agents required: where formulas see no gap and the simulation does, it is looked for under more demand. */
const stresses = [1, 1.1, 1.25, 1.5] as const;
/** What fills the gap of the formulas may not be enough for those who wait already. */
const searchedFactors = [1, 1.25] as const;
/** Solved together, less than the formulas ask for may do. */
const solvedFactors = [0.85, 1, 1.25] as const;

/**
 * What can be done about the rest of a day, best first: moved breaks and sessions, overtime, people called in, all of
 * these solved together (`replan`), people lent to a queue, callbacks, a queue closed early, time off.
 *
 * Assumes that people do what they are asked, that nobody who is free is called within the hour, and that the floor
 * stands at now as the hours before leave it (who waits and who is on a call is simulated with what came).
 *
 * Method: for each kind, changes that the roster's hard rules allow are chosen greedily by the gap they fill between
 * agents scheduled and agents required, per money. The simulation then judges them on the contacts of the day as it
 * stands; of a list that brings the goals back the shortest beginning that does is offered, of time off the longest that
 * keeps them. What changes neither service (beyond the half-width) nor, with the goals kept, lowers cost is left out.
 *
 * Ranking: options that keep every goal by cost; then the others by cost per contact more that is answered in time.
 *
 * Service levels are fractions 0–1, money is wages with premiums in the plan's currency.
 *
 * Errors: those of `dayFloor` and `simulateContacts`; `today.noRoster`.
 *
 * Source: Law, Simulation Modeling and Analysis (common random numbers, paired differences).
 *
 * @example
 * const outcome = await dayOptions(document, today);
 * if (outcome.ok) outcome.value.options[0]; // { kind: "breaks", cost: 0, changes: [{ agentId: "4711", from, to }], … }
 */
export async function dayOptions(
  document: DaySources,
  today: Today,
  onProgress?: OnProgress<DayOptions>,
): Promise<Outcome<DayOptions>> {
  const floor = dayFloor(document, today);
  if (!floor.ok) return floor;
  const { roster } = floor.value.simulation;
  if (roster === null) return fail({ code: "today.noRoster", severity: "error" });
  const simulated = await simulateContacts(withMeasures(floor.value.simulation, today));
  if (!simulated.ok) return simulated;
  const base = dayEffect(document.plan, simulated.value, simulated.value);
  const judge = judgeOf(document, floor.value, simulated.value);
  const search = searchFor(document, floor.value, base);
  const options: DayOption[] = [];
  const answer = (): DayOptions => ({
    replications: simulated.value.replications,
    base,
    options: ranked(options),
  });
  for (const [at, kind] of optionKinds.entries()) {
    onProgress?.({ phase: "options", completed: at, total: optionKinds.length, partial: answer() });
    if ((kind === "timeOff") !== base.keepsGoals) continue;
    const option =
      kind in measureSearches
        ? await bestMeasure(kind as keyof typeof measureSearches, search, base, judge)
        : await firstThatKeeps(kind as ShiftOption, search, judge);
    if (option !== null && isWorthwhile(option)) options.push(option);
  }
  const shortfall =
    base.keepsGoals || options.some(({ keepsGoals }) => keepsGoals)
      ? null
      : shortfallOf(search, options.find(({ kind }) => kind === "replan")?.changes ?? []);
  return succeed({ ...answer(), ...(shortfall && { shortfall }) }, [...floor.issues, ...simulated.issues]);
}

/** The option under the least demand with which it keeps the goals; where none does, as first
 * found, or solved for the greatest. */
async function firstThatKeeps(kind: ShiftOption, search: Search, judge: Judge): Promise<DayOption | null> {
  let option: DayOption | null = null;
  for (const factor of kind === "replan" ? solvedFactors : kind === "timeOff" ? [1] : searchedFactors) {
    const under = factor === 1 ? search : { ...search, stress: search.stress * factor };
    const next = await sized(kind, await searches[kind](under), judge);
    if (option === null || next?.keepsGoals || kind === "replan") option = next ?? option;
    if (option?.keepsGoals) break;
  }
  return option;
}

/** The first that brings the goals back; else the one that wins most, but closing a queue is then not worth it. */
async function bestMeasure(
  kind: keyof typeof measureSearches,
  search: Search,
  base: DayEffect,
  judge: Judge,
): Promise<DayOption | null> {
  let best: DayOption | null = null;
  for (const measures of measureSearches[kind](search, base)) {
    const option = { kind, changes: [], measures, cost: 0, ...(await judge([], measures)) };
    if (option.keepsGoals) return option;
    if (best === null || option.inTimeChange.value > best.inTimeChange.value) best = option;
  }
  return kind === "closeEarly" ? null : best;
}

/** The search under the least demand that shows a gap, where there must be one. */
function searchFor(document: DaySources, floor: DayFloor, base: DayEffect): Search {
  for (const stress of stresses) {
    const search = openSearch(document.plan, floor, stress)!;
    if (base.keepsGoals || gapOf(search).total() > 1) return search;
  }
  return openSearch(document.plan, floor, stresses[stresses.length - 1])!;
}

type Judge = (changes: readonly PersonChange[], measures: readonly DayMeasure[]) => Promise<DayEffect>;

function judgeOf(document: DaySources, floor: DayFloor, base: SimulationResult): Judge {
  const { forecast } = floor.soFar;
  return async (changes, measures) => {
    const today = { ...floor.today, measures: [...(floor.today.measures ?? []), ...measures] };
    const under = measures.length === 0 ? succeed(floor) : dayFloor(document, today);
    if (!under.ok) throw new RangeError(under.issues.map(({ code }) => code).join(", "));
    const roster = withChanges(floor.simulation.roster!, changes);
    const tried = await simulateContacts(withRosterOnFloor(under.value, roster));
    if (!tried.ok) throw new RangeError(tried.issues.map(({ code }) => code).join(", "));
    const more = turnedAway(forecast, today) - turnedAway(forecast, floor.today);
    return dayEffect(document.plan, base, tried.value, more);
  };
}

/** As many of the changes as it takes, or as the goals bear. */
async function sized(
  kind: ShiftOption,
  changes: readonly PersonChange[],
  judge: Judge,
): Promise<DayOption | null> {
  const parties = partiesOf(changes);
  if (parties.length === 0) return null;
  const tried = new Map<number, DayOption>();
  const optionOf = async (count: number): Promise<DayOption> => {
    const first = parties.slice(0, count).flat();
    const option = tried.get(count) ?? {
      kind,
      changes: first,
      measures: [],
      cost: costOf(first),
      ...(await judge(first, [])),
    };
    tried.set(count, option);
    return option;
  };
  const gives = kind === "timeOff";
  const all = await optionOf(parties.length);
  if (all.keepsGoals === gives) return all;
  // Between `kept` and `missed` lies the number at which the goals are won, or lost.
  let [low, high] = [0, parties.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((await optionOf(middle)).keepsGoals !== gives) high = middle;
    else low = middle;
  }
  return gives ? (low === 0 ? null : optionOf(low)) : optionOf(high);
}

function isWorthwhile({ kind, inTimeChange, lostChange, cost, keepsGoals }: DayOption): boolean {
  return (
    inTimeChange.value > inTimeChange.halfWidth ||
    -lostChange.value > lostChange.halfWidth ||
    (keepsGoals && (cost < -0.005 || kind in measureSearches))
  );
}

function ranked(options: readonly DayOption[]): DayOption[] {
  const perContact = ({ cost, inTimeChange }: DayOption) =>
    inTimeChange.value > 0 ? cost / inTimeChange.value : Number.POSITIVE_INFINITY;
  return [...options].sort(
    (a, b) =>
      Number(b.keepsGoals) - Number(a.keepsGoals) ||
      (a.keepsGoals ? a.cost - b.cost : perContact(a) - perContact(b)) ||
      b.inTimeChange.value - a.inTimeChange.value,
  );
}
