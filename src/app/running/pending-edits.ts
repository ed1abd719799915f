/** Edits that take more than one step, such as taking in a history that a worker still looks through. */
export interface PendingEdits {
  /** Runs an edit; settles as it does. */
  begin(change: () => Promise<void>): Promise<void>;
  /** Settles when no edit goes on any more, whatever came of them; null when none does. */
  end(): Promise<unknown> | null;
}

export function createPendingEdits(): PendingEdits {
  let all: Promise<unknown> | null = null;
  return {
    begin(change) {
      const edit = change();
      const now = Promise.allSettled([all, edit]).then(() => {
        if (all === now) all = null;
      });
      all = now;
      return edit;
    },
    end: () => all,
  };
}
