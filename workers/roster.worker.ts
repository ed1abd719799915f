import { expose } from "comlink";
import wasmUrl from "highs/runtime?url";
import { locateHighs } from "../src/optimising/highs-adapter.ts";
import { rosterStage } from "../src/stages/roster.ts";

locateHighs(wasmUrl);

const api = { run: rosterStage.run };
export type RosterWorker = typeof api;
expose(api);
