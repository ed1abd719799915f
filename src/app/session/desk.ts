import { addDays, weekdayOf } from "../../domain/calendar/clock.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import { withFreshId } from "../keeping/open-plan.ts";
import { createPlanLibrary, type PlanLibrary } from "../keeping/plan-library.ts";
import { fetchSamplePlan } from "../keeping/sample-plan.ts";
import { openStorage, type PlanSummary, type Storage } from "../keeping/storage.ts";
import { loadStored } from "../keeping/stored-plan.ts";
import { forgetUnsaved, type Unsaved, unsaved, withUnsaved } from "../keeping/unsaved.ts";
import { checkDocument, filesWorker, readPlans } from "../running/files-client.ts";
import { createRuns, type Runs } from "../running/runs.ts";
import { stageRunners } from "../running/stage-runners.ts";
import { type AnswerStore, createAnswerStore } from "./answer-store.ts";
import { blankDocument } from "./blank-plan.ts";
import type { Notice } from "./session.ts";
import { createSessionStore, type SessionStore } from "./store.ts";

/** What the screen works with: the open plan, its runs, and the plans kept in this browser. */
export interface Desk {
  readonly store: SessionStore;
  readonly runs: Runs;
  readonly library: PlanLibrary;
  /** What is known of what-if scenarios. */
  readonly answers: AnswerStore;
}

/** Where even the sample plan cannot be fetched: a blank plan from the next Monday on, in this computer's zone. */
function blankHere(): PlanDocument {
  const today = new Date().toISOString().slice(0, 10);
  const monday = addDays(today, 8 - weekdayOf(today));
  return blankDocument("Plan", Intl.DateTimeFormat().resolvedOptions().timeZone, monday);
}

/**
 * Opens the plan that was open last, or the newest that can be read, or the sample plan. Says what went wrong.
 * @param onWaiting called when another version of the program holds the store and nothing can be opened until it lets go
 */
export async function openDesk(onWaiting: () => void): Promise<Desk> {
  const notices: Notice[] = [];
  filesWorker.start();
  let opened: PlanLibrary | null = null;
  let storage: Storage | null = null;
  try {
    storage = await openStorage("shiftwright", {
      onWaiting,
      onOutdated() {
        opened?.flushOnClose();
        window.location.reload();
      },
      onLost: () => void opened?.rewrite(),
    });
  } catch (error) {
    const newer = error instanceof Error && error.name === "VersionError";
    const code = newer ? "storage.newerProgram" : "storage.unavailable";
    notices.push({
      id: "storage",
      issue: { code, severity: "warning" },
      action: newer ? "reload" : "backup",
    });
  }
  const left = unsaved();
  const kept = storage === null ? null : await firstReadable(storage, notices, left?.planId ?? null);
  const sample = kept === null ? await fetchSamplePlan().catch(() => null) : null;
  const first = kept?.document ?? sample ?? blankHere();
  // A stored plan of the same id that cannot be read is not to be written over.
  const document = notices.some(({ id }) => id === `unreadable.${first.plan.id}`)
    ? withFreshId(first)
    : first;
  const store = createSessionStore(document);
  for (const notice of notices) store.dispatch({ type: "notice", notice });
  const library = createPlanLibrary(store, storage, kept?.revision ?? null, checkDocument);
  opened = library;
  if (storage !== null) void sayZone(store, storage);
  if (left !== null) await takeUp(left, store, library, kept?.revision ?? 0);
  return { store, runs: createRuns(store, stageRunners), library, answers: createAnswerStore() };
}

/** What the last visit could not be sure to have written, as an edit that can be undone; said in so many words. */
async function takeUp(
  left: Unsaved,
  store: SessionStore,
  library: PlanLibrary,
  storedRevision: number,
): Promise<void> {
  const { document } = store.state();
  const here = document.plan.id === left.planId;
  if (here && storedRevision >= left.revision) return forgetUnsaved(left.planId);
  const outcome = await readPlans(new Blob([left.text])).catch(() => null);
  // Where it cannot even be read it stays where it is until the next save.
  if (!outcome?.ok) return;
  const [held] = outcome.value;
  if (here) store.editDocument("frame:edit.recovered", (base) => withUnsaved(base, held, left.parts));
  else await library.openAsNew(held);
  const issue = { code: "storage.recovered", severity: "info", values: { plan: held.plan.name } } as const;
  store.dispatch({ type: "notice", notice: { id: "recovered", issue } });
}

async function firstReadable(
  storage: Storage,
  notices: Notice[],
  unsavedId: string | null,
): Promise<{ readonly document: PlanDocument; readonly revision: number } | null> {
  try {
    // What was left unsaved is what was open last.
    const last = unsavedId ?? (await storage.lastOpen());
    const plans = await storage.list();
    const inOrder = [...plans].sort((a, b) => Number(b.id === last) - Number(a.id === last));
    notices.push(...clockNotice(plans));
    for (const { id, name } of inOrder) {
      // One that the browser cannot even hand over is no reason to lose sight of the others.
      const stored = await loadStored(storage, id, checkDocument).catch(() => null);
      if (stored !== null && stored.document !== null) {
        for (const issue of stored.issues.slice(0, 1)) notices.push({ id: "stored", issue });
        return { document: stored.document, revision: stored.revision };
      }
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

/** The clock runs so far behind the last save before it is worth a sentence: computers correct theirs by seconds. */
const clockSlackMilliseconds = 5 * 60_000;

/** Nothing depends on this computer's clock, and people wonder. */
function clockNotice(plans: readonly PlanSummary[]): Notice[] {
  const newest = Math.max(...plans.map(({ changedAt }) => Date.parse(changedAt)));
  if (!(newest > Date.now() + clockSlackMilliseconds)) return [];
  return [{ id: "clock", issue: { code: "storage.clockBehind", severity: "info" } }];
}

/** Says that this computer is in another zone than at the last visit. Nothing waits for it: a store may be slow to write. */
async function sayZone(store: SessionStore, storage: Storage): Promise<void> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const before = await storage.exchangeZone(zone).catch(() => null);
  if (before === null || before === zone) return;
  const issue = { code: "storage.zoneChanged", severity: "info", values: { zone, before } } as const;
  store.dispatch({ type: "notice", notice: { id: "zone", issue } });
}
