import { forecastStage } from "../src/stages/forecast.ts";
import { serve } from "./serve.ts";

/** Makes the forecast off the page's thread. */
const worker = { run: forecastStage.run };
serve(worker);
export type ForecastWorker = typeof worker;
