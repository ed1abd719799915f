import { memoizeByObject } from "../../domain/memo.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type {
  Contract,
  LedgerEntry,
  PriorRoster,
  Roster,
  RosteredAgent,
  RosteringSettings,
} from "../../domain/plan/roster.ts";
import { type ShiftRotation, withRotationDays } from "../../domain/plan/rotation.ts";
import type { Schedule, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { paidMinutesOf } from "../../domain/plan/wages.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { PlacedMeeting } from "../place-meetings.ts";
import type { RosterSource } from "./problem-from-plan.ts";

/** What a roster is made from. */
export interface RosterInput {
  /** Whose shifts are given out; may be missing where `rostering.buildFrom` is the requirement. */
  readonly schedule: Schedule | null;
  readonly requirement?: Requirement | null;
  readonly groups: readonly Pick<AgentGroup, "id" | "name" | "queueIds">[];
  readonly templates: readonly ShiftTemplate[];
  readonly contracts: readonly Contract[];
  readonly agents: readonly RosteredAgent[];
  readonly costPerHourShort: number;
  readonly costPerHourOver: number;
  /**
   * The roster there is. Its pinned shifts stay, changes are counted from it where they have a price, and nothing worse
   * is answered. null: there is none.
   */
  readonly present: Pick<Roster, "grid" | "assignments"> | null;
  /** Soft rules, shift bidding, and whether shifts are made straight from the requirement. */
  readonly rostering?: RosteringSettings;
  /** What agents carry over from earlier periods. */
  readonly ledger?: readonly LedgerEntry[];
  /** The end of the roster before the period. */
  readonly priorRoster?: PriorRoster;
  /** Patterns of weeks: what they say of a day binds, unless somebody is off or away. */
  readonly rotations?: readonly ShiftRotation[];
  /** Meetings and training to be placed in people's shifts. */
  readonly meetings?: readonly PlacedMeeting[];
  readonly seed: number;
  /** Wall time; null: a fixed amount of work, so that the answer repeats. */
  readonly seconds: number | null;
  /** False where bytes must repeat: `Roster.seconds` is then null. */
  readonly timed: boolean;
}

/**
 * Takes the parts of a schedule and a plan that a roster is made from and judged by. With `requirement` and
 * `rostering.buildFrom` "requirement" the templates are what shifts come from.
 */
export function rosterSource(
  input: Omit<RosterInput, "present" | "seed" | "seconds" | "timed">,
): RosterSource {
  const requirement = input.rostering?.buildFrom === "requirement" ? (input.requirement ?? null) : null;
  const grid = requirement?.grid ?? input.schedule?.grid;
  if (!grid) throw new RangeError("a roster needs a schedule or a requirement");
  const agents = withRotationDays(input.agents, input.rotations, grid);
  return { ...input, agents, requirement, grid, shifts: requirement ? [] : (input.schedule?.shifts ?? []) };
}

/**
 * Shifts of the schedule that are worked at other times, or with other paid time, than they were made with, as they are
 * worked: an edit by hand keeps the id of its shift.
 */
export function editedShifts(scheduled: readonly Shift[], worked: readonly Shift[]): Shift[] {
  const madeAs = shiftById(scheduled);
  return worked.filter((shift) => {
    const made = madeAs.get(shift.id);
    return (
      made !== undefined &&
      made !== shift &&
      (made.startMinute !== shift.startMinute ||
        made.endMinute !== shift.endMinute ||
        paidMinutesOf(made) !== paidMinutesOf(shift))
    );
  });
}

const shiftById = memoizeByObject(
  (shifts: readonly Shift[]): ReadonlyMap<string, Shift> => new Map(shifts.map((shift) => [shift.id, shift])),
);

/** The same with these shifts wanted as they are worked, so that what a person edited is neither short nor over. */
export function asWorked(source: RosterSource, worked: readonly Shift[]): RosterSource {
  const edited = new Map(editedShifts(source.shifts, worked).map((shift) => [shift.id, shift]));
  if (edited.size === 0) return source;
  return { ...source, shifts: source.shifts.map((shift) => edited.get(shift.id) ?? shift) };
}
