import type { LocalDate } from "../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type {
  Contract,
  LedgerEntry,
  PriorRoster,
  RosteredAgent,
  RosteringSettings,
} from "../../domain/plan/roster.ts";
import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import { mayDo } from "../rules/day-rules.ts";
import { contractLimits } from "./contract-limits.ts";
import { personPrices } from "./person-prices.ts";
import { planDays } from "./plan-days.ts";
import { homeGroups, requirementCover } from "./requirement-cover.ts";
import type { Person, RosterProblem } from "./roster-problem.ts";
import { scheduleCover } from "./schedule-cover.ts";
import { shiftCandidates } from "./shift-candidates.ts";
import { type PlanShiftKind, shiftKinds } from "./shift-kinds.ts";
import { softTermsOf } from "./soft-terms-from-plan.ts";

/** What a plan's roster is made from. */
export interface RosterSource {
  readonly grid: IntervalGrid;
  readonly shifts: readonly Shift[];
  readonly groups: readonly AgentGroup[];
  readonly templates: readonly ShiftTemplate[];
  readonly contracts: readonly Contract[];
  readonly agents: readonly RosteredAgent[];
  /** Price of a paid hour of a shift that nobody takes, and of one that is worked beyond the schedule. */
  readonly costPerHourShort: number;
  readonly costPerHourOver: number;
  /** Present: shifts are made from the templates to cover this, and `shifts` is empty. */
  readonly requirement?: Requirement | null;
  readonly rostering?: RosteringSettings;
  readonly ledger?: readonly LedgerEntry[];
  readonly priorRoster?: PriorRoster;
}

/** A plan in the neutral form, and the way back. */
export interface PlanProblem {
  readonly source: RosterSource;
  readonly problem: RosterProblem;
  readonly dates: readonly LocalDate[];
  /** Day on which a shortage in a cell of the cover is felt. */
  readonly dayOfCell: readonly number[];
  /** Kind of a shift by its times, template and group; null for one the problem was made without. */
  kindOf(shift: Shift): number | null;
  /** Whether rosters with this shift can be judged: else the problem must be made anew with it as a further one. */
  knows(shift: Shift): boolean;
  /** The same with other people, or other wishes and days off of some: only who differs is made anew. */
  withAgents(agents: readonly RosteredAgent[]): PlanProblem;
  /** Day of a date, or null outside the period. */
  dayOf(date: LocalDate): number | null;
  /** The kinds of shift of `problem`, with what only a plan knows of them. */
  readonly kinds: readonly PlanShiftKind[];
  /** One shift of each kind, from which further ones are cut. */
  readonly samples: readonly Shift[];
}

/**
 * The neutral problem of a plan: its kinds of shift, the cover that they are to give, and for each agent the limits of
 * the contract and what each day's choice costs.
 *
 * @param further shifts that are worked but not in the schedule, so that they have a kind too
 */
export function problemFromPlan(source: RosterSource, further: readonly Shift[] = []): PlanProblem {
  const days = planDays(source.grid);
  const homes = source.requirement ? homeGroups(source.requirement, source.groups) : null;
  const candidates = homes
    ? shiftCandidates(source.grid, source.templates, [...new Set(homes.values())])
    : [];
  const shifts = shiftKinds(source.grid, [...source.shifts, ...further, ...candidates], homes !== null);
  const { templates, costPerHourShort, costPerHourOver } = source;
  const { cover, isOpen, isCounted, dayOfCell } =
    source.requirement && homes
      ? requirementCover(
          days,
          shifts,
          source.requirement,
          homes,
          further,
          templates,
          costPerHourShort,
          costPerHourOver,
        )
      : scheduleCover(days, shifts, source.shifts, further, templates, costPerHourShort, costPerHourOver);
  const frame: Omit<RosterProblem, "people"> = {
    dayCount: source.grid.dayCount,
    weekOfDay: days.weekOfDay,
    weekendOfDay: days.weekendOfDay,
    weekendOfNight: days.weekendOfNight,
    kinds: shifts.kinds,
    cover,
  };

  const limitsOf = contractLimits(days, shifts, source.contracts, source.groups, source.priorRoster);
  const personOf = memoizeByObject((agent: RosteredAgent): Person => {
    const limits = limitsOf(agent);
    return { id: agent.id, limits, ...personPrices(agent, limits, days, shifts.kinds, isOpen) };
  });
  const peopleOf = (agents: readonly RosteredAgent[]): Person[] => {
    const terms = softTermsOf({ ...source, agents }, frame, shifts.samples, (agent, kind) =>
      mayDo(personOf(agent).limits, kind),
    );
    return agents.map((agent, index) =>
      terms[index] ? { ...personOf(agent), soft: terms[index] } : personOf(agent),
    );
  };
  const plan: PlanProblem = {
    source,
    problem: { ...frame, people: peopleOf(source.agents) },
    dates: days.dates,
    dayOfCell,
    kinds: shifts.kinds,
    samples: shifts.samples,
    dayOf: days.dayOf,
    kindOf: shifts.kindOf,
    knows(shift) {
      const kind = shifts.kindOf(shift);
      const day = days.dayOf(shift.date);
      return kind !== null && (day === null || isCounted[day * shifts.kinds.length + kind] === 1);
    },
    withAgents: (agents) => ({
      ...plan,
      source: { ...source, agents },
      problem: { ...frame, people: peopleOf(agents) },
    }),
  };
  return plan;
}
