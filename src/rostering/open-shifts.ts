import { addDays, type LocalDate, weekdayOf } from "../domain/calendar/clock.ts";
import { type Assignment, isEmployedOn, type RosteredAgent } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { toursOf } from "./problem/assigned-tours.ts";
import { groupServes } from "./problem/contract-limits.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";
import { dayOff, goesPastMidnight, type Person, type Tour } from "./problem/roster-problem.ts";
import type { PlanShiftKind } from "./problem/shift-kinds.ts";
import { isAvailable } from "./rules/day-rules.ts";
import { type HardRuleName, hardRules } from "./rules/hard-rules.ts";

/**
 * What keeps somebody from a shift: a hard rule; or, told apart, why the person or the day is not to be had at all.
 * `working`: at work on another shift that day.
 */
export type Obstacle =
  | Exclude<HardRuleName, "availability">
  | "skill"
  | "maximumMinutesPerDay"
  | "leave"
  | "notEmployed"
  | "appointment"
  | "weeklyHours"
  | "fixedShift"
  | "rotation"
  | "working";

/** One person and one shift: nobody's rule at all, one thing that would have to give way, or several. */
export interface Standing {
  readonly agentId: string;
  /** Without repeats; empty: the person could take it as things stand. */
  readonly obstacles: readonly Obstacle[];
  /** The one rule would hold but for the last shifts before the period. */
  readonly isBorder: boolean;
}

/** Why a shift is open: how everybody stands to it. */
export interface OpenShift {
  readonly shift: Shift;
  /** Who could take it at once, or if one thing gave way; the others have more than one obstacle. */
  readonly near: readonly Standing[];
  /** Of the people who serve its queues, how many have each obstacle. */
  readonly counts: Readonly<Partial<Record<Obstacle, number>>>;
  /** People who serve its queues. */
  readonly able: number;
  /** What is in the way most often among those who serve its queues and have one obstacle; else among all of them. */
  readonly cause: Obstacle | "nobody" | "free";
}

/** What the obstacles of a problem's people are found with; made once for a roster. */
export interface Floor {
  readonly plan: PlanProblem;
  readonly tours: readonly Tour[];
  readonly serves: (own: string, other: string) => boolean;
}

export function floorOf(plan: PlanProblem, assignments: readonly Assignment[]): Floor {
  return { plan, tours: toursOf(plan, assignments).tours, serves: groupServes(plan.source.groups) };
}

/**
 * Why shifts stay open: for each, how everybody stands to it, everything else of the roster staying as it is.
 *
 * Assumes what the roster assumes; somebody who works that day would give up that shift for it. An obstacle is what
 * would newly be broken, so what is broken already does not count.
 *
 * @param plan the problem, which must know the open shifts
 * @example explainOpenShifts(floorOf(plan, roster.assignments), roster.unassigned)[0].cause // "maximumMinutesPerWeek"
 */
export function explainOpenShifts(floor: Floor, open: readonly Shift[]): OpenShift[] {
  const { agents } = floor.plan.source;
  return open.map((shift) => {
    const standings = agents.map((_, person) => standingOf(floor, person, shift));
    const able = standings.filter(({ obstacles }) => !obstacles.includes("skill"));
    const counts: Partial<Record<Obstacle, number>> = {};
    for (const { obstacles } of able)
      for (const obstacle of obstacles) counts[obstacle] = (counts[obstacle] ?? 0) + 1;
    return {
      shift,
      near: standings
        .filter(({ obstacles }) => obstacles.length <= 1)
        .sort((a, b) => a.obstacles.length - b.obstacles.length),
      counts,
      able: able.length,
      cause: causeOf(able, counts),
    };
  });
}

function causeOf(able: readonly Standing[], counts: OpenShift["counts"]): OpenShift["cause"] {
  if (able.length === 0) return "nobody";
  if (able.some(({ obstacles }) => obstacles.length === 0)) return "free";
  const single: Partial<Record<Obstacle, number>> = {};
  // Who works that day is no way out by itself: that shift would be open instead.
  for (const { obstacles } of able)
    if (obstacles.length === 1 && obstacles[0] !== "working")
      single[obstacles[0]] = (single[obstacles[0]] ?? 0) + 1;
  const among = Object.keys(single).length > 0 ? single : counts;
  const [[cause]] = (Object.entries(among) as [Obstacle, number][]).sort((a, b) => b[1] - a[1]);
  return cause;
}

/** How one person stands to a shift. */
export function standingOf(floor: Floor, index: number, shift: Shift): Standing {
  const { plan, tours } = floor;
  const agent = plan.source.agents[index];
  const day = plan.dayOf(shift.date);
  const kind = plan.kindOf(shift);
  const person = plan.problem.people[index];
  const obstacles = new Set<Obstacle>();
  if (day === null || kind === null)
    return { agentId: agent.id, obstacles: ["notEmployed"], isBorder: false };
  const dates = goesPastMidnight(plan.kinds[kind]) ? [shift.date, addDays(shift.date, 1)] : [shift.date];
  const blocks = blocksOf(floor, agent, plan.kinds[kind], dates);
  for (const block of blocks) obstacles.add(block);
  if (tours[index][day] !== dayOff) obstacles.add("working");
  const changed = tours[index].slice();
  changed[day] = kind;
  // With leave taken back, the rules that leave excuses hold again: they are asked of the person without it.
  const asked = blocks.includes("leave") ? withoutLeave(plan, index, agent, dates) : person;
  const isBarred = blocks.includes("skill") || blocks.includes("maximumMinutesPerDay");
  const broken = newlyBroken(floor, isBarred ? unbarred(asked) : asked, tours[index], changed);
  for (const rule of broken) obstacles.add(rule);
  return {
    agentId: agent.id,
    obstacles: [...obstacles],
    isBorder:
      broken.length === 1 &&
      asked.limits.before !== undefined &&
      isOnlyBorder(floor, asked, changed, broken[0]),
  };
}

/** Why the person or the day is not to be had, by what the plan says of them. */
function blocksOf(
  { plan, serves }: Floor,
  agent: RosteredAgent,
  kind: PlanShiftKind,
  dates: readonly LocalDate[],
): Obstacle[] {
  const [date] = dates;
  const blocks: Obstacle[] = [];
  const contract = plan.source.contracts.find(({ id }) => id === agent.contractId);
  if (!serves(agent.groupId, kind.groupId)) blocks.push("skill");
  if (kind.endMinute - kind.startMinute > (contract?.maximumMinutesPerDay ?? Infinity))
    blocks.push("maximumMinutesPerDay");
  if (dates.some((one) => agent.daysOff.includes(one))) blocks.push("leave");
  if (dates.some((one) => !isEmployedOn(agent, one))) blocks.push("notEmployed");
  if (!isAvailable({ ...agent, availability: undefined }, date, kind)) blocks.push("appointment");
  if (!isAvailable({ ...agent, unavailable: undefined }, date, kind)) blocks.push("weeklyHours");
  const rotation = agent.rotationDays?.find((one) => one.date === date);
  const fixed = agent.fixedShifts?.filter(({ weekday }) => weekday === weekdayOf(date)).at(-1);
  if (rotation !== undefined) {
    if (rotation.templateId !== kind.templateId) blocks.push("rotation");
  } else if (fixed !== undefined && fixed.templateId !== kind.templateId) blocks.push("fixedShift");
  return blocks;
}

function withoutLeave(
  plan: PlanProblem,
  index: number,
  agent: RosteredAgent,
  dates: readonly LocalDate[],
): Person {
  const back = { ...agent, daysOff: agent.daysOff.filter((one) => !dates.includes(one)) };
  const agents = plan.source.agents.map((other, at) => (at === index ? back : other));
  return plan.withAgents(agents).problem.people[index];
}

/** The person where skill and length of a shift are no matter: that cap comes first. */
function unbarred(person: Person): Person {
  const [, ...caps] = person.limits.caps;
  return { ...person, limits: { ...person.limits, caps } };
}

/** Rules on tours that the shift would newly break; whether the day is to be had, `blocksOf` says. */
export function newlyBroken(
  { plan: { problem } }: Pick<Floor, "plan">,
  person: Person,
  tour: Tour,
  changed: Tour,
): Exclude<HardRuleName, "availability">[] {
  return tourRules.filter((rule) => {
    const after = hardRules[rule](problem, person, changed);
    if (after.length === 0) return false;
    const before = new Set(hardRules[rule](problem, person, tour));
    return after.some((on) => !before.has(on));
  });
}

const tourRules = (Object.keys(hardRules) as HardRuleName[]).filter(
  (rule): rule is Exclude<HardRuleName, "availability"> => rule !== "availability",
);

function isOnlyBorder(
  { plan: { problem } }: Floor,
  person: Person,
  changed: Tour,
  rule: HardRuleName,
): boolean {
  const { before: _, ...limits } = person.limits;
  return hardRules[rule](problem, { ...person, limits }, changed).length === 0;
}
