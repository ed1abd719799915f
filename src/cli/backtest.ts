import type { Command } from "commander";
import { backtestDemand } from "../forecasting/backtest-demand.ts";
import { backtestIntraday, type IntradayBacktest } from "../forecasting/backtest-intraday.ts";
import { addHistoryOptions, type HistoryOptions, readHistory } from "./history-options.ts";
import { usable, writeCsv, writeJson } from "./io.ts";
import { clockMinute, localDate, wholeFrom } from "./option-values.ts";

const figure = (value: number | null) => (value === null ? null : Math.round(value * 1e6) / 1e6);

interface BacktestOptions extends HistoryOptions {
  readonly origins: number;
  readonly firstOrigin?: string;
  readonly lastOrigin?: string;
  readonly weeks: number;
  readonly holidays?: string;
  readonly intraday?: number;
  readonly days: number;
  readonly seconds: boolean;
  readonly json?: boolean;
}

export function addBacktestCommand(program: Command): void {
  const command = program
    .command("backtest")
    .description(
      "How well every model would have done: weekly origins, each forecast made from the days before it",
    )
    .argument("<history>", "CSV file; - for standard input")
    .option(
      "--origins <count>",
      "the last so many Mondays with their whole horizon in the file",
      wholeFrom(1, 520),
      8,
    )
    .option("--first-origin <date>", "instead: every week from this date", localDate)
    .option("--last-origin <date>", "with --first-origin: up to this date", localDate)
    .option("--weeks <count>", "weeks forecast at each origin", wholeFrom(1, 52), 4)
    .option("--holidays <region>", "public holidays, such as US, GB-ENG, DE-BY, CN")
    .option(
      "--intraday <time>",
      "instead: how well the rest of the day is forecast anew at this time, such as 11:00",
      clockMinute,
    )
    .option("--days <count>", "with --intraday: the last so many open days", wholeFrom(1, 3650), 40)
    .option("--no-seconds", "leave the times out, so that the output repeats byte for byte")
    .option("--json", "with origins, the choice at each, and WAPE by week ahead")
    .addHelpText(
      "after",
      `
Pooled over all intervals, days and origins. wape = Σ|error| ÷ Σactual; mase = error ÷ that of the last same weekday;
bias = Σ(forecast − actual) ÷ Σactual; coverage80/95 = share of actuals inside bands calibrated on earlier origins only.
The row "auto" chooses its model anew at every origin, knowing only the days before it; "chosen" marks the model auto
would use after the file's last day. With several queues a first column names the queue.

With --intraday one row per method: the day's forecast, made from the days before it; that scaled by came ÷ expected so
far; the re-forecast. wape is over the intervals of the rest of the day, wape_of_rest over its sums.

The protocol BANK-30: --interval-minutes 30 --first-origin 2003-06-02 --weeks 1   (W1), the same with --weeks 4 (W1-4).`,
    );
  addHistoryOptions(command, 30).action(async (path: string, options: BacktestOptions) => {
    const { history } = await readHistory(path, options);
    const queues = history.queues.map(({ queueId }) => ({
      id: queueId,
      defaultAhtSeconds: null,
      openingHours: null,
    }));
    const settings = { holidays: options.holidays ?? null, specialDays: [] };
    const showProgress = ({ completed, total }: { completed: number; total: number | null }) => {
      if (process.stderr.isTTY) process.stderr.write(`\rorigin ${completed} of ${total}`);
    };
    if (options.intraday !== undefined) {
      const { intraday: minuteOfDay, days } = options;
      const input = { history, queues, settings, minuteOfDay, days };
      const intraday = usable(await backtestIntraday(input, showProgress));
      if (options.json) writeJson(intraday);
      else writeIntraday(intraday);
      return;
    }
    const results = usable(
      await backtestDemand(
        {
          history,
          queues,
          settings,
          weeks: options.weeks,
          origins:
            options.firstOrigin === undefined
              ? { last: options.origins }
              : { from: options.firstOrigin, until: options.lastOrigin ?? null },
          timed: options.seconds,
        },
        showProgress,
      ),
    );
    if (options.json) {
      writeJson(results);
      return;
    }
    const several = results.length > 1;
    const header = ["model", "wape", "mase", "bias", "coverage80", "coverage95", "seconds", "chosen"];
    writeCsv(
      several ? ["queue", ...header] : header,
      results.flatMap(({ queueId, scores }) =>
        scores.map((score) => {
          const row = [
            score.model,
            figure(score.wape),
            figure(score.mase),
            figure(score.bias),
            figure(score.coverage80),
            figure(score.coverage95),
            figure(score.seconds),
            String(score.chosen),
          ];
          return several ? [queueId, ...row] : row;
        }),
      ),
    );
  });
}

function writeIntraday(results: readonly IntradayBacktest[]): void {
  writeCsv(
    ["queue", "method", "days", "wape", "wape_of_rest", "bias", "coverage80", "coverage95"],
    results.flatMap(({ queueId, days, scores }) =>
      scores.map((score) => [
        queueId,
        score.method,
        days.length,
        figure(score.wape),
        figure(score.wapeOfRest),
        figure(score.bias),
        figure(score.coverage80),
        figure(score.coverage95),
      ]),
    ),
  );
}
