import type { Plan, PlanDocument } from "../../domain/plan/plan.ts";
import { openSession, type SessionAction, type SessionState, sessionReducer, type View } from "./session.ts";

/** The session as something to watch and to act on: what pages see of it. */
export interface SessionStore {
  state(): SessionState;
  /** Calls back after every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
  dispatch(action: SessionAction): void;
  /** Change the plan, undoable under `label` (an i18n key). Quick repeats with one `mergeKey` are one step. */
  edit(label: string, change: (plan: Plan) => Plan, mergeKey?: string): void;
  /** Change the whole document, for edits of history or of results made by hand. */
  editDocument(label: string, change: (document: PlanDocument) => PlanDocument, mergeKey?: string): void;
  undo(): void;
  redo(): void;
  setView(change: Partial<View>): void;
}

export function createSessionStore(document: PlanDocument): SessionStore {
  let state = openSession(document);
  const listeners = new Set<() => void>();
  function dispatch(action: SessionAction): void {
    const next = sessionReducer(state, action);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }
  function editDocument(
    label: string,
    change: (document: PlanDocument) => PlanDocument,
    mergeKey?: string,
  ): void {
    dispatch({ type: "edit", label, change, mergeKey, at: performance.now() });
  }
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch,
    edit(label, change, mergeKey) {
      editDocument(
        label,
        (before) => {
          const plan = change(before.plan);
          return plan === before.plan ? before : { ...before, plan };
        },
        mergeKey,
      );
    },
    editDocument,
    undo: () => dispatch({ type: "undo" }),
    redo: () => dispatch({ type: "redo" }),
    setView: (change) => dispatch({ type: "view", change }),
  };
}
