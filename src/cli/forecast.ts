import { type Command, Option } from "commander";
import { addDays } from "../domain/calendar/clock.ts";
import { forecastCsv } from "../files/forecast-csv.ts";
import { forecastDemand } from "../forecasting/forecast-demand.ts";
import { modelNames } from "../forecasting/models/models.ts";
import { addHistoryOptions, type HistoryOptions, readHistory } from "./history-options.ts";
import { reportIssues, usable, writeJson } from "./io.ts";
import { localDate, mostDays, positive, wholeFrom } from "./option-values.ts";

interface ForecastOptions extends HistoryOptions {
  readonly days: number;
  readonly from?: string;
  readonly model: string;
  readonly holidays?: string;
  readonly aht?: number;
  readonly json?: boolean;
}

export function addForecastCommand(program: Command): void {
  const command = program
    .command("forecast")
    .description("Contacts and AHT per interval with 80 and 95 % bands, from a history in any known layout")
    .argument("<history>", "CSV file; - for standard input")
    .option("--days <count>", "days to forecast", wholeFrom(1, mostDays), 28)
    .option("--from <date>", "first day (else the day after the history ends)", localDate)
    .addOption(new Option("--model <name>", "model to use").choices(["auto", ...modelNames]).default("auto"))
    .option("--holidays <region>", "public holidays, such as US, GB-ENG, DE-BY, CN")
    .option(
      "--aht <seconds>",
      "mean handle time where the history has none (else the column stays empty)",
      positive,
    )
    .option("--json", "the whole forecast with its back-test");
  addHistoryOptions(command, 15).action(async (path: string, options: ForecastOptions) => {
    const { history } = await readHistory(path, options);
    const firstDate = options.from ?? addDays(history.grid.firstDate, history.grid.dayCount);
    // The forecast of contacts does not depend on AHT, so an unknown one does not stop it.
    const forecast = usable(
      await forecastDemand({
        history,
        queues: history.queues.map(({ queueId }) => ({
          id: queueId,
          defaultAhtSeconds: options.aht ?? null,
          openingHours: null,
        })),
        firstDate,
        dayCount: options.days,
        settings: {
          model: options.model,
          holidays: options.holidays ?? null,
          specialDays: [],
          overrides: [],
        },
        ahtOptional: true,
        timed: false,
      }),
    );
    reportIssues(forecast.queues.flatMap(({ notes }) => notes));
    if (options.json) writeJson(forecast);
    else process.stdout.write(forecastCsv(forecast));
  });
}
