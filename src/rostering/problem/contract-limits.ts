import type { LocalDate } from "../../domain/calendar/clock.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import {
  type Contract,
  isEmployedOn,
  type PriorRoster,
  type RosteredAgent,
} from "../../domain/plan/roster.ts";
import { priorDays } from "./days-before.ts";
import type { PlanDays } from "./plan-days.ts";
import type { KindCap, TourLimits } from "./roster-problem.ts";
import type { ShiftKinds } from "./shift-kinds.ts";

/** Days of paid time off that stand for a whole week's minimum. */
const workingDaysPerWeek = 5;

/**
 * The limits of an agent's tour by contract and group. Agents whose limits are equal get the same object, so that they
 * share the work of unfolding it. Throws RangeError for a contract that is not among `contracts`.
 */
export function contractLimits(
  days: PlanDays,
  shifts: ShiftKinds,
  contracts: readonly Contract[],
  groups: readonly AgentGroup[],
  priorRoster?: PriorRoster,
): (agent: RosteredAgent) => TourLimits {
  const contractById = new Map(contracts.map((contract) => [contract.id, contract]));
  const serves = groupServes(groups);
  const rested = restMatrices(shifts);
  const limitsByName = new Map<string, TourLimits>();
  const prior = priorRoster ? priorDays(priorRoster, days, shifts) : null;
  return (agent) => {
    const contract = contractById.get(agent.contractId);
    if (!contract) throw new RangeError(`agent ${agent.id} has the unknown contract ${agent.contractId}`);
    const known = prior?.knownOf(agent) ?? null;
    const before = known?.meaningFor(contract, agent);
    const owed = minutesOwed(days, contract, agent, known?.weekDates ?? [], known?.weekMinutes ?? 0);
    const isLeave = leaveThatCounts(days, contract, agent);
    // Who joins or leaves within the period owes the share of its days.
    const employed = days.dates.filter((date) => isEmployedOn(agent, date)).length / days.dates.length;
    const minimumMinutes = (contract.minimumMinutesPerPeriod ?? 0) * employed;
    const name = JSON.stringify([agent.groupId, contract.id, owed, minimumMinutes, isLeave, before]);
    const shared = limitsByName.get(name);
    if (shared) return shared;
    const limits: TourLimits = {
      mayFollow: withoutForbidden(rested(contract.minimumRestMinutes), contract, shifts),
      caps: capsOf(contract, shifts, (groupId) => serves(agent.groupId, groupId)),
      minimumMinutes,
      maximumMinutes: contract.maximumMinutesPerPeriod ?? Infinity,
      maximumConsecutiveNights: contract.maximumConsecutiveNights,
      minimumMinutesOfWeek: owed,
      maximumMinutesPerWeek: contract.maximumMinutesPerWeek,
      maximumConsecutiveDays: contract.maximumConsecutiveDays,
      minimumConsecutiveDays: contract.minimumConsecutiveDays,
      minimumConsecutiveDaysOff: contract.minimumConsecutiveDaysOff,
      maximumWeekends: contract.maximumWeekends ?? Infinity,
      maximumConsecutiveWeekends: contract.maximumConsecutiveWeekends,
      ...(isLeave ? { isLeave } : {}),
      ...(before ? { before } : {}),
    };
    limitsByName.set(name, limits);
    return limits;
  };
}

/** Agents may work shifts of their own group, and of groups whose queues they all serve. */
export function groupServes(
  groups: readonly Pick<AgentGroup, "id" | "queueIds">[],
): (own: string, other: string) => boolean {
  const queuesOf = new Map(groups.map(({ id, queueIds }) => [id, queueIds]));
  return (own, other) => {
    const queues = queuesOf.get(own) ?? [];
    return own === other || (queuesOf.get(other) ?? [""]).every((id) => queues.includes(id));
  };
}

/**
 * Each day off, and each outside the employment, cuts a fifth of the week's minimum; a week that the period cuts owes its share. Of the first week those
 * days before the period are part that are known, and what was worked on them is owed no more.
 */
function minutesOwed(
  { dates, weekOfDay, weekCount }: PlanDays,
  { minimumMinutesPerWeek }: Contract,
  agent: RosteredAgent,
  datesBefore: readonly LocalDate[],
  minutesBefore: number,
): number[] {
  const daysOff = new Set(agent.daysOff);
  const isOff = (date: LocalDate) => daysOff.has(date) || !isEmployedOn(agent, date);
  return Array.from({ length: weekCount }, (_, week) => {
    const inPeriod = dates.filter((_, day) => weekOfDay[day] === week);
    const inWeek = week === 0 ? [...datesBefore, ...inPeriod] : inPeriod;
    const off = inWeek.filter(isOff).length;
    const share = Math.max(0, Math.min(workingDaysPerWeek, inWeek.length) - off) / workingDaysPerWeek;
    return Math.max(0, minimumMinutesPerWeek * share - (week === 0 ? minutesBefore : 0));
  });
}

/** Days of leave and days before the first or after the last of work, where a least length of runs makes them matter: who has none shares the limits of others. */
function leaveThatCounts(
  { dates }: PlanDays,
  { minimumConsecutiveDays, minimumConsecutiveDaysOff }: Contract,
  agent: RosteredAgent,
): boolean[] | undefined {
  const isLeave = dates.map((date) => agent.daysOff.includes(date) || !isEmployedOn(agent, date));
  const matters = minimumConsecutiveDays > 1 || minimumConsecutiveDaysOff > 1;
  return matters && isLeave.includes(true) ? isLeave : undefined;
}

/** Which kinds may be worked the day after which, by rest. Real minutes, so it is right when the clocks change. */
function restMatrices({ kinds }: ShiftKinds): (minimumRestMinutes: number) => boolean[][] {
  const matrices = new Map<number, boolean[][]>();
  return (minimumRestMinutes) => {
    const matrix =
      matrices.get(minimumRestMinutes) ??
      kinds.map(({ untilMidnight }) =>
        kinds.map(({ afterMidnight }) => untilMidnight + afterMidnight >= minimumRestMinutes),
      );
    matrices.set(minimumRestMinutes, matrix);
    return matrix;
  };
}

function withoutForbidden(rested: boolean[][], contract: Contract, { samples }: ShiftKinds): boolean[][] {
  const forbidden = contract.forbiddenSuccessions ?? [];
  if (forbidden.length === 0) return rested;
  const isForbidden = (last: number, next: number): boolean =>
    forbidden.some(
      ({ templateId, nextTemplateId }) =>
        samples[last].templateId === templateId && samples[next].templateId === nextTemplateId,
    );
  return rested.map((row, last) => row.map((isRested, next) => isRested && !isForbidden(last, next)));
}

function capsOf(
  contract: Contract,
  { kinds, samples }: ShiftKinds,
  serves: (groupId: string) => boolean,
): KindCap[] {
  const kindsWhere = (isMeant: (kind: number) => boolean): number[] =>
    Array.from(kinds.keys()).filter(isMeant);
  const longest = contract.maximumMinutesPerDay ?? Infinity;
  const barred = kindsWhere(
    (kind) => !serves(samples[kind].groupId) || samples[kind].endMinute - samples[kind].startMinute > longest,
  );
  const shiftCaps = (contract.maximumShifts ?? []).map(({ templateIds, maximum }) => ({
    kinds: kindsWhere((kind) => templateIds.includes(samples[kind].templateId)),
    maximum,
  }));
  return [
    ...(barred.length > 0 ? [{ kinds: barred, maximum: 0 }] : []),
    ...shiftCaps,
    ...(contract.maximumNights === undefined
      ? []
      : [
          {
            kinds: kindsWhere((kind) => kinds[kind].isNight),
            maximum: contract.maximumNights,
            isNights: true,
          },
        ]),
  ];
}
