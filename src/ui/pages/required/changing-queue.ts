import type { RequireWorker } from "../../../../workers/require.worker.ts";
import { latestOnly } from "../../../app/running/latest-only.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";
import type { Outcome } from "../../../domain/outcome.ts";
import type { Requirement } from "../../../domain/results/requirement.ts";
import type { MethodOutcome } from "../../../staffing/compare-methods.ts";
import { isFollowed, type RequirementInput } from "../../../staffing/require-agents.ts";

/** What follows an edit from a worker: the requirement where it is too dear for the page, and the true service of each method. */
export interface Followed {
  /** null where the page works it out itself. */
  readonly requirement: Outcome<Requirement> | null;
  readonly methods: readonly MethodOutcome[];
  /** From asking to having it, milliseconds. */
  readonly milliseconds: number;
}

/** True where a requirement is cheap enough for the page's own thread. */
export function followsSlider(settings: RequirementInput["plan"]["requirement"]): boolean {
  return !isFollowed(settings.method) && settings.spread !== "expectedService";
}

const client = createWorkerClient<RequireWorker>(
  () => new Worker(new URL("../../../../workers/require.worker.ts", import.meta.url), { type: "module" }),
);
const latest = latestOnly();

/**
 * Asks for the latest input only: `onFollowed` is not called for inputs that newer ones replaced. The function it
 * returns takes the question back.
 */
export function followRequirement(
  input: RequirementInput,
  onFollowed: (followed: Followed) => void,
): () => void {
  let wanted = true;
  const asked = performance.now();
  latest(async () => {
    if (!wanted) return;
    const requirement = followsSlider(input.plan.requirement)
      ? null
      : await client.call((worker) => worker.run(input));
    const methods = await client.call((worker) => worker.compareMethods(input));
    if (wanted) onFollowed({ requirement, methods, milliseconds: performance.now() - asked });
  });
  return () => {
    wanted = false;
  };
}
