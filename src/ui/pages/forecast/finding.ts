import type { TFunction } from "i18next";
import type { Span } from "../../../app/session/session.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { QueueForecast } from "../../../domain/results/demand.ts";
import type { Finding } from "../../frame/finding.ts";
import { weightedWape } from "../../frame/key-figures.ts";
import type { Format } from "../../kit/format.ts";

/**
 * Contacts forecast for the shown intervals, and how far off the model was in its back-test beside last week's figures
 * repeated; without the error where a shown queue has no back-test of both.
 */
export function forecastFinding(
  shown: {
    readonly queues: readonly QueueForecast[];
    readonly range: IntervalRange;
    readonly span: Span;
  },
  t: TFunction<"forecast">,
  format: Format,
): Finding {
  const { queues, range, span } = shown;
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
  if (!isTested) return { text: t(`finding.plain.${span}`, { contacts }) };
  return {
    text: t(`finding.scored.${span}`, {
      contacts,
      error: format.percent(weightedWape(queues, ({ chosen }) => chosen)),
      naive: format.percent(weightedWape(queues, ({ model }) => model === "seasonalNaive")),
    }),
    opens: { page: "required" },
  };
}
