import { addDays, daysBetween, type LocalDate } from "../domain/calendar/clock.ts";
import { createIntervalGrid, dateOfDay, intervalCount } from "../domain/calendar/interval-grid.ts";
import type { PastPeriod, PlanDocument } from "../domain/plan/plan.ts";
import { lastDateOf } from "../domain/plan/plan-period.ts";
import { publishedSince } from "../domain/plan/published-roster.ts";
import type { DemandHistory, QueueHistory } from "../domain/results/demand.ts";

/** Past periods are kept for a year. */
const keptDays = 364;

/** The document's period as it was published. */
export function publishedPeriod({ plan, history, results }: PlanDocument): PastPeriod {
  // What was sketched and snapshots of forecasts are no part of what people were told.
  const { forecastSnapshots: _snapshots, ...published } = plan;
  return {
    plan: { ...published, scenarios: [] },
    results: { ...results, simulation: null },
    historyLastDate: history && dateOfDay(history.grid, history.grid.dayCount - 1),
  };
}

/**
 * What a document keeps of its past as it moves on: its periods with the present one as the last, and what people were
 * told; without what lies a year before `begin`.
 */
export function pastWith(
  document: PlanDocument,
  begin: LocalDate,
): Required<Pick<PlanDocument, "past">> & Pick<PlanDocument, "published"> {
  const since = addDays(begin, -keptDays);
  return {
    past: [...(document.past ?? []), publishedPeriod(document)].filter(
      ({ plan }) => lastDateOf(plan) >= since,
    ),
    ...(document.published && { published: publishedSince(document.published, since) }),
  };
}

/** A past period as a document of its own, with as much of the history as was known when it was planned. */
export function pastDocument(period: PastPeriod, history: DemandHistory | null): PlanDocument {
  const { plan, results, historyLastDate } = period;
  return {
    plan,
    history: history && historyLastDate ? historyUntil(history, historyLastDate) : null,
    results,
  };
}

/** The days of a history up to a date; null: it begins later. */
function historyUntil(history: DemandHistory, lastDate: LocalDate): DemandHistory | null {
  const { timeZone, intervalMinutes, firstDate, dayCount } = history.grid;
  const days = Math.min(dayCount, daysBetween(firstDate, lastDate) + 1);
  if (days < 1) return null;
  const grid = createIntervalGrid(timeZone, intervalMinutes, firstDate, days);
  const count = intervalCount(grid);
  /** Every series of a queue, also those within `inTime` and `unknown`. */
  function cut<Part>(part: Part): Part {
    if (part instanceof Float64Array || part instanceof Uint8Array) return part.slice(0, count) as Part;
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, cut(value)])) as Part;
  }
  return { grid, queues: history.queues.map((queue) => withoutLaterDetails(cut(queue))) };
}

/** A queue whose details are those that the days left know of: what came later alone is gone. */
function withoutLaterDetails({ unknown = {}, ...queue }: QueueHistory): QueueHistory {
  const masks = Object.entries(unknown).filter(([, mask]) => mask.includes(0));
  const later = Object.entries(unknown).filter(([, mask]) => !mask.includes(0));
  const partly = Object.fromEntries(masks.filter(([, mask]) => mask.includes(1)));
  const gone = later.map(([detail]) => [detail, isAlwaysNamed(detail) ? null : undefined]);
  const left = Object.entries({ ...queue, ...Object.fromEntries(gone) }).filter(
    ([, part]) => part !== undefined,
  );
  return {
    ...(Object.fromEntries(left) as unknown as QueueHistory),
    ...(Object.keys(partly).length > 0 && { unknown: partly }),
  };
}

function isAlwaysNamed(detail: string): boolean {
  return detail === "handled" || detail === "abandoned" || detail === "handleSeconds";
}
