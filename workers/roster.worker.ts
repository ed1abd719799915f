import { expose } from "comlink";
import wasmUrl from "highs/runtime?url";
import { locateHighs } from "../src/optimising/highs-adapter.ts";
import { assignRoster } from "../src/rostering/assign-roster.ts";

locateHighs(wasmUrl);

const api = { assignRoster };
export type RosterWorker = typeof api;
expose(api);
