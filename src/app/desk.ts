import { addDays, weekdayOf } from "../domain/clock.ts";
import type { PlanDocument } from "../domain/plan.ts";
import { blankDocument } from "./blank-plan.ts";
import { checkDocument } from "./files-client.ts";
import { createPlanLibrary, type PlanLibrary } from "./plan-library.ts";
import { createRuns, type Runs } from "./runs.ts";
import { fetchSamplePlan } from "./sample-plan.ts";
import type { Notice } from "./session.ts";
import { stageRunners } from "./stage-runners.ts";
import { openStorage, type Storage } from "./storage.ts";
import { createSessionStore, type SessionStore } from "./store.ts";
import { loadStored } from "./stored-plan.ts";

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

/** Opens the plan that was open last, or the newest that can be read, or the sample plan. Says what went wrong. */
export async function openDesk(): Promise<Desk> {
  const notices: Notice[] = [];
  const storage = await openStorage("shiftwright", () => window.location.reload()).catch(() => null);
  if (storage === null) {
    const issue = { code: "storage.unavailable", severity: "warning" } as const;
    notices.push({ id: "storage", issue, action: "backup" });
  }
  const kept = storage === null ? null : await firstReadable(storage, notices);
  const document = kept?.document ?? (await fetchSamplePlan().catch(() => null)) ?? blankHere();
  const store = createSessionStore(document);
  for (const notice of notices) store.dispatch({ type: "notice", notice });
  const library = createPlanLibrary(store, storage, kept?.revision ?? null, checkDocument);
  return { store, runs: createRuns(store, stageRunners), library };
}

async function firstReadable(
  storage: Storage,
  notices: Notice[],
): Promise<{ readonly document: PlanDocument; readonly revision: number } | null> {
  try {
    const last = await storage.lastOpen();
    const plans = await storage.list();
    const inOrder = [...plans].sort((a, b) => Number(b.id === last) - Number(a.id === last));
    for (const { id, name } of inOrder) {
      const stored = await loadStored(storage, id, checkDocument);
      if (stored === null) continue;
      if (stored.document !== null) return { document: stored.document, revision: stored.revision };
      const issue = { code: "storage.unreadablePlan", severity: "error", values: { plan: name } } as const;
      notices.push({ id: `unreadable.${id}`, issue });
    }
  } catch {
    notices.push({
      id: "storage",
      issue: { code: "storage.unavailable", severity: "warning" },
      action: "backup",
    });
  }
  return null;
}
