import type { SessionStore } from "../session/store.ts";
import type { PlanSummary, Snapshot, Storage } from "./storage.ts";

/** What this browser keeps, as lists to show: its plans, and the open plan's snapshots. */
export interface KeptLists {
  plans(): readonly PlanSummary[];
  snapshots(): readonly Snapshot[];
  nameOf(planId: string): string;
  /** Reads both lists again. */
  refresh(): Promise<void>;
  subscribe(listener: () => void): () => void;
  /** Calls the listeners. */
  announce(): void;
}

export function createKeptLists(store: SessionStore, storage: Storage | null): KeptLists {
  let plans: readonly PlanSummary[] = [];
  let snapshots: readonly Snapshot[] = [];
  const listeners = new Set<() => void>();
  function announce(): void {
    for (const listener of listeners) listener();
  }
  return {
    plans: () => plans,
    snapshots: () => snapshots,
    nameOf: (planId) => plans.find(({ id }) => id === planId)?.name ?? "",
    async refresh() {
      if (storage === null) return;
      try {
        plans = await storage.list();
        snapshots = await storage.snapshots(store.state().document.plan.id);
        announce();
      } catch {
        // The list is a convenience; saving reports what is wrong with the storage.
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce,
  };
}
