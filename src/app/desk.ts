import { addDays, weekdayOf } from "../domain/clock.ts";
import type { PlanDocument } from "../domain/plan.ts";
import { blankDocument } from "./blank-plan.ts";
import { createPlanLibrary, type PlanLibrary } from "./plan-library.ts";
import { createRuns, type Runs } from "./runs.ts";
import { fetchSamplePlan } from "./sample-plan.ts";
import { stageRunners } from "./stage-runners.ts";
import { openStorage, type Storage } from "./storage.ts";
import { createSessionStore, type SessionStore } from "./store.ts";

/** What the screen works with: the open plan, its runs, and the plans kept in this browser. */
export interface Desk {
  readonly store: SessionStore;
  readonly runs: Runs;
  readonly library: PlanLibrary;
}

/** Where even the sample plan cannot be fetched: a blank plan from the next Monday on, in this computer's zone. */
function blankHere(): PlanDocument {
  const today = new Date().toISOString().slice(0, 10);
  const monday = addDays(today, 8 - weekdayOf(today));
  return blankDocument("Plan", Intl.DateTimeFormat().resolvedOptions().timeZone, monday);
}

/** Opens the plan that was open last, or the sample plan. Says so when this browser keeps nothing. */
export async function openDesk(): Promise<Desk> {
  let storage: Storage | null = null;
  let kept: { readonly document: PlanDocument; readonly revision: number } | null = null;
  let unreadable = false;
  try {
    storage = await openStorage("shiftwright", () => window.location.reload());
    const id = await storage.lastOpen();
    kept = id === null ? null : await storage.load(id);
    if (kept === null) {
      const [newest] = await storage.list();
      kept = newest === undefined ? null : await storage.load(newest.id);
    }
  } catch {
    unreadable = true;
  }
  const document = kept?.document ?? (await fetchSamplePlan().catch(() => null)) ?? blankHere();
  const store = createSessionStore(document);
  const library = createPlanLibrary(store, storage, kept?.revision ?? null);
  if (unreadable) {
    store.dispatch({
      type: "notice",
      notice: {
        id: "storage",
        issue: { code: "storage.unavailable", severity: "warning" },
        action: "backup",
      },
    });
  }
  return { store, runs: createRuns(store, stageRunners), library };
}
