import { memoizeByObject } from "../domain/memo.ts";
import type { ForecastSettings } from "../domain/plan/forecast-settings.ts";
import type { Queue } from "../domain/plan/queue.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { ForecastInput } from "../forecasting/forecast-demand.ts";
import { only, type Stage } from "./stage.ts";

const readOfQueues = only<Queue, "id" | "name" | "defaultAhtSeconds" | "openingHours">(
  "id",
  "name",
  "defaultAhtSeconds",
  "openingHours",
);

/** Special days are known by their names, as public holidays are: a name there is more than a word for people. */
const readOfSettings = memoizeByObject(
  (settings: ForecastSettings): ForecastSettings => ({
    ...settings,
    specialDays: settings.specialDays.map((day) => ({ ...day, id: day.name })),
  }),
);

/** History → contacts and handle times of the plan's days. It involves no chance, so a new seed leaves it as it is. */
export const forecastStage: Stage<"forecast", ForecastInput, DemandForecast> = {
  name: "forecast",
  after: () => [],
  missing: () => null,
  read({ plan, history }) {
    if (history === null) return null;
    const { firstDate, dayCount } = plan;
    const settings = readOfSettings(plan.forecast);
    return { history, queues: readOfQueues(plan.queues), firstDate, dayCount, settings, timed: false };
  },
  resume: (_, input) => input,
  async run(input, onProgress) {
    const { forecastDemand } = await import("../forecasting/forecast-demand.ts");
    return forecastDemand(input, onProgress);
  },
};
