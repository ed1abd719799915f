import { expose } from "comlink";
import wasmUrl from "highs/runtime?url";
import { locateHighs } from "../src/optimising/highs-adapter.ts";
import { reportOpenShifts } from "../src/rostering/open-shift-fixes.ts";
import { rosterStage } from "../src/stages/roster.ts";

locateHighs(wasmUrl);

const api = {
  run: rosterStage.run,
  explain: async (...asked: Parameters<typeof reportOpenShifts>) => reportOpenShifts(...asked),
};
export type RosterWorker = typeof api;
expose(api);
