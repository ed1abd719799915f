import type { PlanDocument } from "../../domain/plan/plan.ts";
import { readPlans } from "../running/files-client.ts";

/** Id of the sample plan; a copy of it has another, and is somebody's own. */
export const samplePlanId = "sample";

/** The sample plan as the build made it, every stage filled, read and checked off the page's thread. Rejects when it cannot be had. */
export async function fetchSamplePlan(): Promise<PlanDocument> {
  const response = await fetch(new URL("sample-plan.json.gz", window.document.baseURI));
  if (!response.ok) throw new Error(`sample-plan.json.gz: ${response.status}`);
  const outcome = await readPlans(await response.blob());
  if (!outcome.ok) throw new Error(outcome.issues.map(({ code }) => code).join(", "));
  return outcome.value[0];
}
