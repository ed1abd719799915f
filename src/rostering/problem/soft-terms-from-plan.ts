import type { AgentGroup } from "../../domain/plan/queue.ts";
import {
  type Burden,
  burdens,
  type Contract,
  type LedgerEntry,
  type RosteredAgent,
  type RosteringSettings,
} from "../../domain/plan/roster.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { type Cover, type RosterProblem, type SoftTerms, type Tally, weekendOf } from "./roster-problem.ts";
import { isLateShift, isNightShift } from "./shift-kinds.ts";

/** What a burden counts, per kind; weekends count by day instead. */
export function isBurden(
  burden: Burden,
  shift: Pick<Shift, "templateId">,
  startMinute: number,
  endMinute: number,
  undesiredTemplateIds: readonly string[],
): boolean {
  if (burden === "nights") return isNightShift(startMinute, endMinute);
  if (burden === "lates") return isLateShift(startMinute, endMinute);
  return burden === "weekends" || undesiredTemplateIds.includes(shift.templateId);
}

/** What the soft terms of a plan's agents are made from. */
interface TermsSource {
  readonly agents: readonly RosteredAgent[];
  readonly contracts: readonly Contract[];
  readonly groups: readonly AgentGroup[];
  readonly rostering?: RosteringSettings;
  readonly ledger?: readonly LedgerEntry[];
}

const ruleOfBurden = {
  nights: "fairNights",
  weekends: "fairWeekends",
  lates: "fairLates",
  undesired: "fairUndesired",
} as const;

/** The soft terms of every agent, in order; undefined for those under no such rule. */
export function softTermsOf(
  source: TermsSource,
  problem: Omit<RosterProblem, "people">,
  samples: readonly Shift[],
  mayWork: (agent: RosteredAgent, kind: number) => boolean,
): (SoftTerms | undefined)[] {
  const { agents, rostering } = source;
  const tallies = agents.map((): Tally[] => []);
  for (const burden of burdens) addFairness(burden, source, problem, samples, mayWork, tallies);
  addRotation(source, problem, samples, mayWork, tallies);
  const position = new Map(agents.map(({ id }, index) => [id, index]));
  return agents.map(({ preferences, id }, index) => {
    const { partner, daysOffTogether } = preferences ?? {};
    const other = partner && partner.agentId !== id ? position.get(partner.agentId) : undefined;
    const terms: SoftTerms = {
      tallies: tallies[index],
      ...(daysOffTogether ? { singleDayOff: daysOffTogether.weight } : {}),
      ...(rostering?.stableStarts ? { startMove: rostering.stableStarts } : {}),
      ...(partner && other !== undefined
        ? { partner: { person: other, kind: partner.kind, weight: partner.weight } }
        : {}),
    };
    return terms.tallies.length > 0 || terms.singleDayOff || terms.startMove || terms.partner
      ? terms
      : undefined;
  });
}

/**
 * The fair share of a burden: all that was carried over and all that the cover asks for, divided among those who can
 * work such shifts in proportion to their weekly hours. Whole numbers on either side of it cost nothing. Whoever is
 * missing in the ledger starts with the average, not with a debt of years.
 */
function addFairness(
  burden: Burden,
  { agents, contracts, rostering, ledger }: TermsSource,
  problem: Omit<RosterProblem, "people">,
  samples: readonly Shift[],
  mayWork: (agent: RosteredAgent, kind: number) => boolean,
  tallies: Tally[][],
): void {
  const weight = rostering?.fairness?.[burden] ?? 0;
  if (weight === 0) return;
  const { dayCount, kinds } = problem;
  const ofKind = samples.map((sample, kind) =>
    isBurden(
      burden,
      sample,
      kinds[kind].startMinute ?? 0,
      kinds[kind].endMinute ?? 0,
      rostering?.fairness?.undesiredTemplateIds ?? [],
    ),
  );
  const counted = new Uint8Array(dayCount * kinds.length);
  for (let day = 0; day < dayCount; day++)
    for (let kind = 0; kind < kinds.length; kind++)
      if (ofKind[kind] && (burden !== "weekends" || weekendOf(problem, day, kind) >= 0))
        counted[day * kinds.length + kind] = 1;
  const hours = new Map(contracts.map(({ id, maximumMinutesPerWeek }) => [id, maximumMinutesPerWeek]));
  const isAble = agents.map((agent) => ofKind.some((counts, kind) => counts && mayWork(agent, kind)));
  const share = agents.map((agent, index) => (isAble[index] ? (hours.get(agent.contractId) ?? 0) : 0));
  const allShares = share.reduce((sum, value) => sum + value, 0);
  if (allShares === 0) return;
  const entries = new Map(ledger?.map((entry) => [entry.agentId, entry[burden]]));
  const known = agents.flatMap(({ id }, index) => (entries.has(id) && isAble[index] ? [index] : []));
  const knownCarried = known.reduce((sum, index) => sum + entries.get(agents[index].id)!, 0);
  const knownShares = known.reduce((sum, index) => sum + share[index], 0);
  const carried = agents.map(({ id }, index) =>
    entries.has(id) ? entries.get(id)! : knownShares === 0 ? 0 : (knownCarried / knownShares) * share[index],
  );
  const total =
    carried.reduce((sum, value, index) => sum + (isAble[index] ? value : 0), 0) +
    (burden === "weekends" ? weekendsNeeded(problem, counted) : neededOf(problem, counted));
  for (const index of agents.keys()) {
    if (!isAble[index]) continue;
    const fair = (total * share[index]) / allShares;
    tallies[index].push({
      rule: ruleOfBurden[burden],
      counted,
      perWeekend: burden === "weekends",
      carried: carried[index],
      least: Math.floor(fair),
      most: Math.ceil(fair),
      weight,
      squared: true,
    });
  }
}

/** Shifts that the cover asks for among those counted. */
function neededOf(
  { cover, dayCount, kinds }: Omit<RosterProblem, "people">,
  counted: Uint8Array,
  days?: readonly number[],
): number {
  const cells = new Set<number>();
  for (const day of days ?? Array.from({ length: dayCount }, (_, index) => index))
    for (let kind = 0; kind < kinds.length; kind++)
      if (counted[day * kinds.length + kind])
        for (const cell of cover.cellsOf[day * kinds.length + kind]) cells.add(cell);
  return neededIn(cover, cells);
}

function neededIn(cover: Cover, cells: ReadonlySet<number>): number {
  let sum = 0;
  for (const cell of cells) sum += cover.need[cell] / (cover.cellsPerShift ?? 1);
  return sum;
}

/** Worked weekends that the cover asks for, if whoever works a weekend works the busier day of it. */
function weekendsNeeded(problem: Omit<RosterProblem, "people">, counted: Uint8Array): number {
  const busiest = new Map<number, number>();
  for (const [day, weekend] of (problem.weekendOfNight ?? problem.weekendOfDay).entries()) {
    if (weekend < 0) continue;
    busiest.set(weekend, Math.max(busiest.get(weekend) ?? 0, neededOf(problem, counted, [day])));
  }
  return [...busiest.values()].reduce((sum, value) => sum + value, 0);
}

/** For each queue that an agent could serve, so many shifts of groups that serve it. */
function addRotation(
  { agents, groups, rostering }: TermsSource,
  problem: Omit<RosterProblem, "people">,
  samples: readonly Shift[],
  mayWork: (agent: RosteredAgent, kind: number) => boolean,
  tallies: Tally[][],
): void {
  const rotation = rostering?.rotation;
  if (!rotation) return;
  const queuesOf = new Map(groups.map(({ id, queueIds }) => [id, queueIds]));
  const countedOf = new Map<string, Uint8Array>();
  for (const queueId of new Set(groups.flatMap(({ queueIds }) => queueIds))) {
    const serves = samples.map(({ groupId }) => (queuesOf.get(groupId) ?? []).includes(queueId));
    const { length } = samples;
    countedOf.set(
      queueId,
      Uint8Array.from({ length: problem.dayCount * length }, (_, choice) =>
        serves[choice % length] ? 1 : 0,
      ),
    );
  }
  for (const [index, agent] of agents.entries()) {
    const own = queuesOf.get(agent.groupId) ?? [];
    if (own.length < 2) continue;
    for (const queueId of own) {
      const counted = countedOf.get(queueId)!;
      if (!samples.some((_, kind) => counted[kind] && mayWork(agent, kind))) continue;
      tallies[index].push({
        rule: "skillRotation",
        counted,
        perWeekend: false,
        carried: 0,
        least: rotation.minimumShifts,
        most: Infinity,
        weight: rotation.weight,
        squared: false,
      });
    }
  }
}
