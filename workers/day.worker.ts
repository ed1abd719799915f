import { dayOutlook } from "../src/intraday/day-outlook.ts";
import { dayOptions } from "../src/intraday/options/day-options.ts";
import { serve } from "./serve.ts";

/** The rest of a day that has begun, and what can be done about it, off the page's thread. */
const worker = { dayOutlook, dayOptions };
serve(worker);
export type DayWorker = typeof worker;
