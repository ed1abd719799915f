import type { LocalDate } from "../calendar/clock.ts";

/** How long one or several people did something in one or several intervals. */
export interface AdherenceFigures {
  /** Planned: work, breaks, meals, sessions; not the gap of a split shift. */
  readonly plannedSeconds: number;
  /** Of it, in the activity that was planned. */
  readonly adherentSeconds: number;
  /** Planned to be on the queues. */
  readonly plannedWorkSeconds: number;
  /** Of it, on the queues. */
  readonly workedAsPlannedSeconds: number;
  /** On the queues, whenever. */
  readonly workedSeconds: number;
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
  readonly lostSeconds: LostWork;
  /** Had shifts, and are not in the log though others of their team are: counted as absent. */
  readonly absentIds: readonly string[];
  /** Had shifts, and nobody of their team is in the log: left out. */
  readonly unloggedIds: readonly string[];
  /** Share of planned work that was not done, and what the plan's shrinkage says of the same time; null: no work planned. */
  readonly shrinkage: number | null;
  readonly plannedShrinkage: number | null;
}

/** Time in the planned activity ÷ planned time; null: nothing was planned. */
export function adherenceOf({ adherentSeconds, plannedSeconds }: AdherenceFigures): number | null {
  return plannedSeconds > 0 ? adherentSeconds / plannedSeconds : null;
}

/** Time worked ÷ time planned to be worked, whenever it was worked; null: no work was planned. */
export function conformanceOf({ workedSeconds, plannedWorkSeconds }: AdherenceFigures): number | null {
  return plannedWorkSeconds > 0 ? workedSeconds / plannedWorkSeconds : null;
}
