import type { LocalDate } from "../calendar/clock.ts";

/** Seconds of one or several people in one or several intervals. */
export interface AdherenceFigures {
  /** Planned: work, breaks, meals, sessions; not the gap of a split shift. */
  readonly planned: number;
  /** Of it, in the activity that was planned. */
  readonly adherent: number;
  /** Planned to be on the queues. */
  readonly plannedWork: number;
  /** Of it, on the queues. */
  readonly workedAsPlanned: number;
  /** On the queues, whenever. */
  readonly worked: number;
}

/** Where planned work went that was not done, seconds. */
export interface LostWork {
  readonly break: number;
  readonly away: number;
  readonly offline: number;
}

export interface AgentAdherence {
  readonly agentId: string;
  readonly total: AdherenceFigures;
  /** Days with plan or work, in the order of time. */
  readonly days: readonly { readonly date: LocalDate; readonly figures: AdherenceFigures }[];
  /** Per interval from `firstInterval` on. */
  readonly intervals: readonly AdherenceFigures[];
}

/** What people did beside what was planned, as far as a log tells. */
export interface Adherence {
  /** Intervals of the plan's grid that the log tells of, half-open. */
  readonly firstInterval: number;
  readonly endInterval: number;
  readonly agents: readonly AgentAdherence[];
  /** Everybody together, per interval from `firstInterval` on. */
  readonly intervals: readonly AdherenceFigures[];
  readonly total: AdherenceFigures;
  readonly lost: LostWork;
  /** Had shifts, and are not in the log though others of their team are: counted as absent. */
  readonly absentIds: readonly string[];
  /** Had shifts, and nobody of their team is in the log: left out. */
  readonly unloggedIds: readonly string[];
  /** Share of planned work that was not done, and what the plan's shrinkage says of the same time; null: no work planned. */
  readonly shrinkage: number | null;
  readonly plannedShrinkage: number | null;
}

/** Time in the planned activity ÷ planned time; null: nothing was planned. */
export function adherenceOf({ adherent, planned }: AdherenceFigures): number | null {
  return planned > 0 ? adherent / planned : null;
}

/** Time worked ÷ time planned to be worked, whenever it was worked; null: no work was planned. */
export function conformanceOf({ worked, plannedWork }: AdherenceFigures): number | null {
  return plannedWork > 0 ? worked / plannedWork : null;
}
