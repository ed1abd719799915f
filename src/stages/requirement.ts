import { memoizeByObject } from "../domain/memo.ts";
import type { AgentGroup, Queue, ShrinkageItem } from "../domain/plan/queue.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import type { RequirementInput } from "../staffing/require-agents.ts";
import type { StaffedQueue } from "../staffing/staffed-queue.ts";
import { only, type Stage } from "./stage.ts";

/** What of queues decides how many agents they need. */
export const staffedQueues = memoizeByObject((queues: readonly Queue[]): readonly StaffedQueue[] =>
  staffingFields(queues).map(({ deferred, ...queue }) => {
    if (deferred === undefined) return queue;
    const { interruptible: _, ...work } = deferred;
    return { ...queue, deferred: work };
  }),
);

const staffingFields = only<Queue, keyof StaffedQueue>(
  "id",
  "name",
  "channel",
  "goal",
  "patienceSeconds",
  "defaultAhtSeconds",
  "concurrency",
  "openingHours",
  "minimumAgents",
  "selfService",
  "deferred",
);
const readOfGroups = only<AgentGroup, "queueIds">("queueIds");
const readOfShrinkage = only<ShrinkageItem, "share" | "weekdays" | "fromMinute" | "toMinute">(
  "share",
  "weekdays",
  "fromMinute",
  "toMinute",
);

/** Forecast → agents required per interval and queue. */
export const requirementStage: Stage<"requirement", RequirementInput, Requirement> = {
  name: "requirement",
  after: () => ["forecast"],
  missing: () => null,
  read({ plan, results }) {
    if (results.forecast === null) return null;
    return {
      plan: {
        queues: staffedQueues(plan.queues),
        groups: readOfGroups(plan.groups),
        shrinkage: readOfShrinkage(plan.shrinkage),
        requirement: plan.requirement,
      },
      forecast: results.forecast.value,
    };
  },
  resume: (_, input) => input,
  async run(input, onProgress) {
    const { requireAgents } = await import("../staffing/require-agents.ts");
    return requireAgents(input, onProgress);
  },
};
