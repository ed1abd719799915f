import sampleUrl from "../../sample-data/plan.json?url";
import { noResults, type Plan, type PlanDocument } from "../domain/plan.ts";

/** The sample plan as the site serves it. Rejects when it cannot be fetched. */
export async function fetchSamplePlan(): Promise<PlanDocument> {
  const response = await fetch(sampleUrl);
  return { plan: (await response.json()) as Plan, history: null, results: noResults };
}
