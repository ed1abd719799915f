/**
 * Runs one task at a time. Of those handed over while one runs only the latest is run next: the others are dropped. A
 * task that fails is over: a crashed worker is replaced at the next call, and the page goes on showing what it has.
 */
export function latestOnly(): (task: () => Promise<void>) => void {
  let isBusy = false;
  let next: (() => Promise<void>) | null = null;
  async function runAll(): Promise<void> {
    isBusy = true;
    while (next !== null) {
      const task = next;
      next = null;
      await task().catch(() => undefined);
    }
    isBusy = false;
  }
  return (task) => {
    next = task;
    if (!isBusy) void runAll();
  };
}
