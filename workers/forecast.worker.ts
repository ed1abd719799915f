import { expose } from "comlink";
import { forecastStage } from "../src/stages/forecast.ts";

/** Makes the forecast off the page's thread. */
const worker = { run: forecastStage.run };
expose(worker);
export type ForecastWorker = typeof worker;
