import wasmUrl from "highs/runtime?url";
import { keepGoals } from "../src/closed-loop/keep-goals.ts";
import type { GoalTerms } from "../src/closed-loop/service-targets.ts";
import { fail, type OnProgress, type Outcome } from "../src/domain/outcome.ts";
import type { Schedule } from "../src/domain/plan/shift.ts";
import { locateHighs } from "../src/optimising/highs-adapter.ts";
import { hoursCurve } from "../src/scheduling/hours-curve.ts";
import { closedLoopInput } from "../src/stages/closed-loop.ts";
import { poolingOf } from "../src/stages/pooled-requirement.ts";
import { type ScheduleInput, scheduleStage, withWeights } from "../src/stages/schedule.ts";
import { serve } from "./serve.ts";

locateHighs(wasmUrl);

const api = {
  run: scheduleStage.run,
  hoursCurve: async (input: ScheduleInput, onProgress?: Parameters<typeof hoursCurve>[1]) =>
    hoursCurve(await withWeights(input), onProgress),
  keepGoals: async (
    sources: Parameters<typeof closedLoopInput>[0],
    terms: GoalTerms,
    onProgress?: OnProgress<Schedule>,
  ): Promise<Outcome<Schedule>> => {
    const input = await closedLoopInput(sources, terms);
    return input === null
      ? fail({ code: "closedLoop.noRequirement", severity: "error" })
      : keepGoals(input, onProgress);
  },
  pooling: poolingOf,
};
export type ScheduleWorker = typeof api;
serve(api);
