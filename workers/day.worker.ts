import { expose } from "comlink";
import { dayOutlook } from "../src/intraday/day-outlook.ts";

/** The rest of a day that has begun, off the page's thread. */
const worker = { dayOutlook };
expose(worker);
export type DayWorker = typeof worker;
