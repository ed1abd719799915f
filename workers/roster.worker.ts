import wasmUrl from "highs/runtime?url";
import { keepGoalsInRoster } from "../src/closed-loop/keep-goals-in-roster.ts";
import type { GoalTerms } from "../src/closed-loop/service-targets.ts";
import { fail, type OnProgress, type Outcome } from "../src/domain/outcome.ts";
import type { MovedShifts } from "../src/domain/plan/roster.ts";
import { locateHighs } from "../src/optimising/highs-adapter.ts";
import { reportOpenShifts } from "../src/rostering/open-shift-fixes.ts";
import { movedRosterInput } from "../src/stages/closed-loop.ts";
import { rosterStage } from "../src/stages/roster.ts";
import { serve } from "./serve.ts";

locateHighs(wasmUrl);

const api = {
  run: rosterStage.run,
  explain: async (...asked: Parameters<typeof reportOpenShifts>) => reportOpenShifts(...asked),
  keepGoals: async (
    sources: Parameters<typeof movedRosterInput>[0],
    terms: GoalTerms,
    onProgress?: OnProgress<MovedShifts>,
  ): Promise<Outcome<MovedShifts>> => {
    const input = await movedRosterInput(sources, terms);
    return input === null
      ? fail({ code: "closedLoop.noRoster", severity: "error" })
      : keepGoalsInRoster(input, onProgress);
  },
};
export type RosterWorker = typeof api;
serve(api);
