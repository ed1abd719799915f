import { daysBetween, type LocalDate } from "../domain/calendar/clock.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { lastDateOf, type Period } from "../domain/plan/plan-period.ts";
import { weekOfRotation } from "../domain/plan/rotation.ts";
import { lastKnownDate } from "./next-history.ts";

/** What moving on means for a plan, in figures; what is lost or needs a look stands in the issues of `nextPeriod`. */
export interface NextPeriodSummary {
  readonly former: Period;
  readonly next: Period;
  /** Last day of which the history knows something; null: none. */
  readonly historyBefore: LocalDate | null;
  readonly historyAfter: LocalDate | null;
  /** Days that the history reaches further than before. */
  readonly historyDaysAdded: number;
  readonly people: number;
  /** People whose first day lies in the next period. */
  readonly starting: readonly string[];
  /** People whose last day lies in it, and those who have left before it. */
  readonly leaving: readonly string[];
  readonly left: readonly string[];
  /** Days of leave and requests of people that lie in the next period. */
  readonly leaveDays: number;
  readonly wishes: number;
  /** Special days, named, with those of their dates that lie in the next period. */
  readonly specialDays: readonly { readonly name: string; readonly dates: readonly LocalDate[] }[];
  readonly overrides: number;
  /** Shifts of the former roster that rules read over the border, and people with an entry in the fairness ledger. */
  readonly priorShifts: number;
  readonly ledgerPeople: number;
  /** Rotations with the row, from 1, that the week of the first day is for people at offset 0. */
  readonly rotations: readonly {
    readonly name: string;
    readonly people: number;
    readonly week: number;
    readonly weeks: number;
  }[];
  /** Shifts that the next roster begins with. */
  readonly startShifts: number;
}

/** The summary of a step from a document to the one that `nextPeriod` made of it. */
export function summaryOfNext(before: PlanDocument, after: PlanDocument): NextPeriodSummary {
  const { plan } = after;
  const isIn = (date: LocalDate) => date >= plan.firstDate && date <= lastDateOf(plan);
  const historyBefore = before.history && lastKnownDate(before.history);
  const historyAfter = after.history && lastKnownDate(after.history);
  const sum = <Item>(items: readonly Item[], count: (item: Item) => number) =>
    items.reduce((total, item) => total + count(item), 0);
  return {
    former: { firstDate: before.plan.firstDate, dayCount: before.plan.dayCount },
    next: { firstDate: plan.firstDate, dayCount: plan.dayCount },
    historyBefore,
    historyAfter,
    historyDaysAdded:
      historyAfter === null
        ? 0
        : historyBefore === null
          ? (after.history?.grid.dayCount ?? 0)
          : Math.max(0, daysBetween(historyBefore, historyAfter)),
    people: plan.agents.length,
    starting: plan.agents.filter(({ joined }) => isIn(joined)).map(({ name }) => name),
    leaving: plan.agents.filter(({ lastDate }) => lastDate && isIn(lastDate)).map(({ name }) => name),
    left: plan.agents.filter(({ lastDate }) => lastDate && lastDate < plan.firstDate).map(({ name }) => name),
    leaveDays: sum(plan.agents, ({ daysOff }) => daysOff.filter(isIn).length),
    wishes: sum(plan.agents, ({ wishes }) => wishes.filter(({ date }) => isIn(date)).length),
    specialDays: plan.forecast.specialDays.flatMap(({ name, dates }) => {
      const within = dates.filter(isIn);
      return within.length > 0 ? [{ name, dates: within }] : [];
    }),
    overrides: plan.forecast.overrides.length,
    priorShifts: sum(plan.priorRoster?.people ?? [], ({ shifts }) => shifts.length),
    ledgerPeople: plan.ledger?.length ?? 0,
    rotations: (plan.rotations ?? []).map((rotation) => ({
      name: rotation.name,
      people: rotation.people.length,
      week: weekOfRotation(rotation, 0, plan.firstDate) + 1,
      weeks: rotation.weeks.length,
    })),
    startShifts: after.results.roster?.value.assignments.length ?? 0,
  };
}
