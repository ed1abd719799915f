import { expose } from "comlink";
import { importHistory } from "../src/importing/import-history.ts";
import { inspectHistory } from "../src/importing/inspect-history.ts";

/** Reads history files off the page's thread. */
const worker = { importHistory, inspectHistory };
expose(worker);
export type ImportWorker = typeof worker;
