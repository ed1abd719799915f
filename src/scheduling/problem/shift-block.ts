import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../domain/outcome.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { AgentGroup, Queue } from "../../domain/plan/queue.ts";
import type { Schedule, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { WorkLimit } from "../../domain/results/work-limit.ts";
import type { BreakOrder } from "./break-placement.ts";

/** Of a group, what the shift optimiser reads: who helps out only when somebody waits does not count here. */
export type ShiftGroup = Pick<AgentGroup, "id" | "name" | "queueIds">;

/**
 * A shift on its way from rule to person, one word for each stage:
 *
 * - **template** (`ShiftTemplate`, in the plan): the planner's rule. Groups, weekdays, window of starts, lengths, breaks.
 * - **shape** (`ShiftShape`): a template at one of its lengths, with every order in which its breaks fit into it.
 * - **form** (`ShiftForm`): a shape that one group starts at one time of one day. All of a shift but its breaks.
 * - **placed shift** (`PlacedShift`): a form whose breaks have their times. All of a shift but its name.
 * - **piece** (`Piece`): what bound and search count, add and take out as one: a placed shift by itself, or the placed
 *   shifts of one person's tour.
 * - **shift** (`Shift`, in the schedule): a placed shift with a name, a date and activities by the minute.
 *
 * Blocks, shapes and forms are read by the bound and the search, which hand pieces to each other.
 */

/** What the shift optimiser reads. */
export interface ShiftsInput {
  readonly requirement: Requirement;
  readonly queues: readonly Pick<Queue, "id" | "name" | "minimumAgents">[];
  readonly groups: readonly ShiftGroup[];
  readonly templates: readonly ShiftTemplate[];
  readonly settings: Plan["scheduling"];
  /** Shifts that stay as they are; the rest is built around them. */
  readonly pinned: readonly Shift[];
  /** Weight of a missing agent per interval, 1 on average; a queue left out weighs 1. Absent: alike everywhere. */
  readonly shortWeights?: readonly ShortWeights[];
  /** The schedule as it is, for `settings.changePrice`; pinned shifts among it do not count. */
  readonly present?: Pick<Schedule, "shifts" | "tours">;
  /** Only the breaks of the present shifts may move. */
  readonly breaksOnly?: boolean;
  /** What the people of the plan can work at most. Absent: as many people as shifts want. */
  readonly workLimits?: readonly WorkLimit[];
  readonly seed: number;
  /** Wall time after which the best so far is returned. null: limited by work alone, so that answers repeat. */
  readonly timeLimitSeconds: number | null;
}

/** Weights of a queue's shortage, one per interval of the requirement's grid. */
export interface ShortWeights {
  readonly queueId: string;
  readonly weights: Float64Array;
}

/** A template at one of its lengths, on the slot axis. */
export interface ShiftShape {
  readonly template: number;
  readonly length: number;
  /** The template's length that this is; another than `length` only where the clock changes during the shift. */
  readonly plannedLength: number;
  readonly orders: readonly BreakOrder[];
  readonly breakCount: number;
  /** Hours paid, breaks that are paid included. */
  readonly paidHours: number;
}

/** A shape at a start, worked by a group: everything of a shift but its breaks. Slots count from the block's first. */
export interface ShiftForm {
  readonly shape: ShiftShape;
  readonly group: number;
  readonly day: number;
  readonly start: number;
  /** The same in minutes since the start of the grid. */
  readonly startMinute: number;
  /**
   * Count limits (by index) under which it stands: of its template a day, of the people who could work it, of the present
   * shifts that it keeps. One in which it counts twice stands here twice.
   */
  readonly limits: readonly number[];
  /** The limit among them by which shifts of the present schedule are kept; null: a new shift. */
  readonly keepLimit: number | null;
  /** Cost beyond the pay of its slots: overtime, and the price of being new. */
  readonly extra: number;
}

/** Tours of one rule and group that keep to one shape and start within one band. */
export interface TourKind {
  /** Index of the rule in the settings. */
  readonly rule: number;
  /** Per day of the week in hand, forms (by index) that the tour may hold that day. */
  readonly formsByDay: readonly Int32Array[];
  /** Sets of days it may work, as indices into `formsByDay`. */
  readonly patterns: readonly (readonly number[])[];
}

/** Least and most shifts of a template on a day, or of what people can work; pinned ones already taken off. */
export interface CountLimit {
  /** null: the limit is of people, not of a template. */
  readonly template: number | null;
  readonly day: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Price of each one missing at the minimum; null: the minimum is hard. */
  readonly missingPrice: number | null;
}

/** Beyond this share of the demand each missing agent costs `more` times the plain price on top. */
export interface ShortageStep {
  readonly beyondShare: number;
  readonly more: number;
}

/**
 * Days that hang together because shifts run from one into the next; usually a single day. All series are by slot:
 * the finest step that intervals, starts, lengths and breaks share.
 */
export interface ShiftBlock {
  readonly firstDay: number;
  readonly endDay: number;
  /** Slot of the plan's grid at which the block begins. */
  readonly firstSlot: number;
  readonly slotCount: number;
  readonly slotMinutes: number;
  readonly queueCount: number;
  readonly groupCount: number;
  /** Bit q is set when the group serves queue q. */
  readonly groupMask: Int32Array;
  /** Per queue and slot, index queue × slotCount + slot. */
  readonly demand: Float64Array;
  readonly minimum: Float64Array;
  /** Price of one agent missing or too many during one slot; 0 beyond the planned days. */
  readonly shortPrice: Float64Array;
  readonly overPrice: Float64Array;
  /** Empty: shortage costs alike however deep it is. */
  readonly shortageSteps: readonly ShortageStep[];
  /** Price of one agent below the hard minimum: more than any shift that could mend it. */
  readonly hardPrice: number;
  /** Agents of pinned shifts at work, index group × slotCount + slot. */
  readonly pinnedStaff: Int32Array;
  readonly forms: readonly ShiftForm[];
  /** 1 per template that is worked in tours only. */
  readonly inTours: Uint8Array;
  readonly tours: readonly TourKind[];
  /** Per template: running sum of the wage of each slot, slotCount + 1 entries. */
  readonly pay: readonly Float64Array[];
  readonly limits: readonly CountLimit[];
}

/** The whole task: independent blocks. */
export interface ShiftProblem {
  readonly grid: IntervalGrid;
  readonly slotMinutes: number;
  readonly blocks: readonly ShiftBlock[];
  readonly issues: readonly Issue[];
}

/** What a block is made of. */
export type BlockInput = Pick<
  ShiftsInput,
  | "requirement"
  | "queues"
  | "groups"
  | "templates"
  | "settings"
  | "pinned"
  | "shortWeights"
  | "present"
  | "breaksOnly"
  | "workLimits"
>;

/** What the figures of a schedule depend on besides its shifts. */
export type ScheduleTerms = Pick<
  ShiftsInput,
  "requirement" | "queues" | "groups" | "templates" | "settings" | "shortWeights"
>;
