import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";

/** Interval under the pointer, shared by charts that stand on the same time axis. */
export interface CursorStore {
  get(): number | null;
  set(intervalIndex: number | null): void;
  subscribe(listener: () => void): () => void;
}

export function createCursorStore(): CursorStore {
  let cursor: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => cursor,
    set(intervalIndex) {
      if (intervalIndex === cursor) return;
      cursor = intervalIndex;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const CursorContext = createContext<CursorStore | null>(null);

/** Charts inside show the same cursor: hovering one reads the values of all. */
export function CursorGroup({ children }: { children: ReactNode }) {
  const store = useMemo(createCursorStore, []);
  return <CursorContext value={store}>{children}</CursorContext>;
}

/** The cursor of the group around, or of this chart alone. */
export function useCursorStore(): CursorStore {
  const shared = useContext(CursorContext);
  const own = useMemo(createCursorStore, []);
  return shared ?? own;
}

export function useCursor(store: CursorStore): number | null {
  return useSyncExternalStore(store.subscribe, store.get);
}
