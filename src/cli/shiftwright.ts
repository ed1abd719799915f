#!/usr/bin/env node
import { exitStatusOf } from "./io.ts";
import { shiftwrightProgram } from "./program.ts";
import { serveSimulationLane } from "./simulate.ts";

try {
  // This file is also what the processes of `simulate --workers` run.
  if (!serveSimulationLane()) await shiftwrightProgram().parseAsync();
} catch (error) {
  process.exitCode = exitStatusOf(error);
}
