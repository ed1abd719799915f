import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Plan, PlanDocument } from "../../src/domain/plan/plan.ts";

/** A document of the plan with every result there, as little as each can be: enough to ask for keys, not to run. */
export function filledDocument(plan: Plan): PlanDocument {
  const grid = createIntervalGrid("Europe/Berlin", 60, "2026-11-02", 1);
  const made = (value: object) => ({ value, madeAt: "2026-11-01T10:00:00.000Z", inputKey: "" });
  const shift = { id: "s1", pinned: false, activities: [] };
  return {
    plan,
    history: { grid, queues: [] },
    results: {
      forecast: made({ grid, queues: [] }),
      requirement: made({ grid, queues: [] }),
      schedule: made({ grid, shifts: [shift] }),
      roster: made({ grid, assignments: [{ agentId: "a", shift, pinned: false }] }),
      simulation: made({ grid, queues: [] }),
    } as unknown as PlanDocument["results"],
  };
}
