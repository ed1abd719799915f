import type { TFunction } from "i18next";
import type { Span } from "../../../app/session/session.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { QueueForecast } from "../../../domain/results/demand.ts";
import type { Finding } from "../../frame/finding.ts";
import { weightedWape } from "../../frame/key-figures.ts";
import type { Format } from "../../kit/format.ts";

const daysOf: Readonly<Record<Span, number>> = { day: 1, week: 7, fourWeeks: 28, eightWeeks: 56 };

/**
 * Contacts forecast for the shown intervals, and how far off the model was in its back-test beside last week's figures
 * repeated; without the error where a shown queue has no back-test of both.
 */
export function forecastFinding(
  shown: {
    readonly queues: readonly QueueForecast[];
    readonly range: IntervalRange;
    readonly span: Span;
    /** Days of the plan among those shown. */
    readonly dayCount: number;
  },
  t: TFunction<"forecast">,
  format: Format,
): Finding {
  const { queues, range, dayCount } = shown;
  // A plan may be shorter than what the bar shows.
  const isWhole = dayCount === daysOf[shown.span];
  const span = isWhole ? shown.span : "days";
  const contacts = format.number(
    queues.reduce(
      (sum, { offered }) =>
        sum + offered.subarray(range.first, range.end).reduce((total, value) => total + value, 0),
      0,
    ),
  );
  const isTested = queues.every(
    ({ backtest }) =>
      backtest.some(({ chosen }) => chosen) && backtest.some(({ model }) => model === "seasonalNaive"),
  );
  if (!isTested) return { text: t(`finding.plain.${span}`, { contacts, count: dayCount }) };
  return {
    text: t(`finding.scored.${span}`, {
      contacts,
      count: dayCount,
      error: format.percent(weightedWape(queues, ({ chosen }) => chosen)),
      naive: format.percent(weightedWape(queues, ({ model }) => model === "seasonalNaive")),
    }),
    opens: { page: "required" },
  };
}
