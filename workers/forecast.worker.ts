import { expose } from "comlink";
import { forecastDemand } from "../src/forecasting/forecast-demand.ts";

/** Makes the forecast off the page's thread. */
const worker = { forecastDemand };
expose(worker);
export type ForecastWorker = typeof worker;
