/**
 * One tab at a time writes a plan. The holder of the plan's lock edits and saves; other tabs with the same plan mirror
 * what it saved, say so, and may take over. Where the browser has no locks (plain http to another machine) every tab
 * writes and `Storage.save` notices conflicts by the revision.
 */
export interface TabLock {
  /** Asks the holder to write what it has and let go, and takes its place. */
  takeOver(): Promise<void>;
  /** Tells the other tabs that a revision has been written. */
  announce(revision: number): void;
  release(): void;
}

export interface TabLockEvents {
  /** This tab has become the one that writes, or has ceased to be. */
  readonly onHolder: (holds: boolean) => void;
  /** Another tab has saved; while mirroring, load it again. */
  readonly onSavedElsewhere: (revision: number) => void;
  /** Another tab wants the plan: write everything now. */
  readonly onAsked: () => Promise<void>;
}

type Message = { readonly kind: "saved"; readonly revision: number } | { readonly kind: "asks" | "yields" };

const answerWithinMilliseconds = 1500;

export function holdPlan(planId: string, events: TabLockEvents): TabLock {
  const name = `shiftwright.plan.${planId}`;
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  let letGo: (() => void) | null = null;
  let released = false;
  let yielded: (() => void) | null = null;
  const queue = new AbortController();

  function hold(): Promise<void> {
    if (released) return Promise.resolve();
    events.onHolder(true);
    return new Promise((resolve) => {
      letGo = resolve;
    });
  }
  /** Somebody took the lock from us, or we never had it: mirror, and wait in line. */
  function follow(): void {
    letGo = null;
    if (released || locks === undefined) return;
    events.onHolder(false);
    locks.request(name, { signal: queue.signal }, hold).catch(() => {
      if (letGo !== null) follow();
    });
  }

  channel?.addEventListener("message", (event: MessageEvent<Message>) => {
    const message = event.data;
    if (message.kind === "saved") events.onSavedElsewhere(message.revision);
    else if (message.kind === "yields") yielded?.();
    else if (letGo !== null) {
      void events.onAsked().finally(() => channel.postMessage({ kind: "yields" } satisfies Message));
    }
  });

  if (locks === undefined) events.onHolder(true);
  else {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock !== null) return hold();
        follow();
      })
      .catch(() => {
        if (letGo !== null) follow();
      });
  }

  return {
    async takeOver() {
      if (locks === undefined) return;
      await new Promise<void>((resolve) => {
        yielded = resolve;
        setTimeout(resolve, answerWithinMilliseconds);
        channel?.postMessage({ kind: "asks" } satisfies Message);
      });
      yielded = null;
      locks.request(name, { steal: true }, hold).catch(() => {
        if (letGo !== null) follow();
      });
    },
    announce(revision) {
      channel?.postMessage({ kind: "saved", revision } satisfies Message);
    },
    release() {
      released = true;
      queue.abort();
      channel?.close();
      letGo?.();
      letGo = null;
    },
  };
}
