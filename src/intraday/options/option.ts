import type { Shift } from "../../domain/plan/shift.ts";
import type { DayMeasure } from "../../domain/plan/today.ts";
import type { Figure } from "../../scenarios/measuring/figures.ts";

/** What can be done about a day that is going on, in the order in which it is tried. */
export const optionKinds = [
  "breaks",
  "activities",
  "overtime",
  "callIn",
  "replan",
  "borrow",
  "callbacks",
  "closeEarly",
  "timeOff",
] as const;
export type OptionKind = (typeof optionKinds)[number];

/** One person's day, as it is and as it would be. */
export interface PersonChange {
  readonly agentId: string;
  /** null: free that day. */
  readonly from: Shift | null;
  readonly to: Shift;
  /** Wages more (below 0: less), premiums included, in the plan's currency. */
  readonly cost: number;
  /** The person wished for such a change that day. */
  readonly isWished: boolean;
  /** Changes with the same name belong together: those who sit in one session. Absent: it stands alone. */
  readonly together?: string;
}

/** What an option makes of one queue's rest of the day. Levels are fractions 0–1, with the half-widths of 95 % intervals. */
export interface QueueEffect {
  readonly queueId: string;
  /** null: nothing is offered. */
  readonly serviceLevel: Figure | null;
  readonly abandonmentRate: Figure | null;
  /** Against the day as it stands, on the same contacts. */
  readonly serviceLevelChange: Figure | null;
  readonly abandonmentChange: Figure | null;
  /** Every goal of the queue that a simulation measures (service level, ASA, abandonment) is kept. */
  readonly isKept: boolean;
}

/** The rest of a day, as it stands or under an option. */
export interface DayEffect {
  readonly queues: readonly QueueEffect[];
  /** Contacts answered in time more than as it stands, over all queues. */
  readonly inTimeChange: Figure;
  /** Contacts more that are lost: they give up, or find the queue closed. */
  readonly lostChange: Figure;
  readonly keepsGoals: boolean;
}

/** Something that can be done about the rest of a day, with its cost and effect. */
export interface DayOption extends DayEffect {
  readonly kind: OptionKind;
  readonly changes: readonly PersonChange[];
  /** What is decided about queues; its changes are then none. */
  readonly measures: readonly DayMeasure[];
  /** Sum of the changes' costs. */
  readonly cost: number;
}

/** Why no option brings the goals back. */
export interface Shortfall {
  /** Intervals of the grid, half-open, around the one that lacks most with the rest of the day solved again. */
  readonly first: number;
  readonly end: number;
  /** Agents lacking in that one. */
  readonly agents: number;
  /** People who could be called in or stay longer but for a rule, by rule, the most frequent first. */
  readonly refused: readonly { readonly rule: string; readonly people: number }[];
}

/** The options of a day, best first. */
export interface DayOptions {
  /** Absent: an option keeps the goals, or nothing is lacking by the formulas. */
  readonly shortfall?: Shortfall;
  readonly replications: number;
  /** The day as it stands. */
  readonly base: DayEffect;
  readonly options: readonly DayOption[];
}
