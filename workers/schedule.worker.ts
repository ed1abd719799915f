import { expose } from "comlink";
import wasmUrl from "highs/runtime?url";
import { locateHighs } from "../src/optimising/highs-adapter.ts";
import { hoursCurve } from "../src/scheduling/hours-curve.ts";
import { type ScheduleInput, scheduleStage, withWeights } from "../src/stages/schedule.ts";

locateHighs(wasmUrl);

const api = {
  run: scheduleStage.run,
  hoursCurve: async (input: ScheduleInput, onProgress?: Parameters<typeof hoursCurve>[1]) =>
    hoursCurve(await withWeights(input), onProgress),
};
export type ScheduleWorker = typeof api;
expose(api);
