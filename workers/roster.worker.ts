import { expose } from "comlink";
import wasmUrl from "highs/runtime?url";
import { locateHighs } from "../src/optimising/highs-adapter.ts";
import { assignRoster } from "../src/rostering/assign-roster.ts";

locateHighs(wasmUrl);

/** Gives shifts to agents off the page's thread. */
const worker = { assignRoster };
expose(worker);
export type RosterWorker = typeof worker;
