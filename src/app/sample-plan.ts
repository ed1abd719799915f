import sampleUrl from "../../sample-data/plan.json?url";
import type { Plan, PlanDocument } from "../domain/plan.ts";
import { filesWorker } from "./files-client.ts";

/** The sample plan as the site serves it, read and checked off the page's thread. Rejects when it cannot be had. */
export async function fetchSamplePlan(): Promise<PlanDocument> {
  const file = await (await fetch(sampleUrl)).blob();
  const outcome = await filesWorker.call((worker) => worker.readPlans(file));
  if (!outcome.ok) {
    const plan = JSON.parse(await file.text()) as Plan;
    return {
      plan,
      history: null,
      results: { forecast: null, requirement: null, schedule: null, roster: null, simulation: null },
    };
  }
  return outcome.value[0];
}
