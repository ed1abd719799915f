import { expose } from "comlink";
import wasmUrl from "highs/runtime?url";
import { locateHighs } from "../src/optimising/highs-adapter.ts";
import { hoursCurve } from "../src/scheduling/hours-curve.ts";
import { optimiseShifts } from "../src/scheduling/optimise-shifts.ts";

locateHighs(wasmUrl);

const api = { optimiseShifts, hoursCurve };
export type ScheduleWorker = typeof api;
expose(api);
