import type { DemandForecast } from "../domain/results/demand.ts";
import { csvText, figure } from "./table-writer.ts";

const header = [
  "queue",
  "model",
  "wape",
  "mase",
  "bias",
  "coverage80",
  "coverage95",
  "seconds",
  "chosen",
] as const;

/** The back-test a forecast's model was chosen by: one row per queue and model, best first. */
export function backtestCsv(forecast: DemandForecast): string {
  return csvText(
    header,
    forecast.queues.flatMap((queue) =>
      queue.backtest.map((score) => [
        queue.queueId,
        score.model,
        figure(score.wape),
        figure(score.mase),
        figure(score.bias),
        score.coverage80 === null ? null : figure(score.coverage80),
        score.coverage95 === null ? null : figure(score.coverage95),
        score.seconds,
        String(score.chosen),
      ]),
    ),
  );
}
