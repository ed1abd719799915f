import { expose } from "comlink";
import { dayOutlook } from "../src/intraday/day-outlook.ts";
import { dayOptions } from "../src/intraday/options/day-options.ts";

/** The rest of a day that has begun, and what can be done about it, off the page's thread. */
const worker = { dayOutlook, dayOptions };
expose(worker);
export type DayWorker = typeof worker;
