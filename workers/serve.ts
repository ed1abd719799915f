import { expose } from "comlink";

/**
 * Puts functions behind comlink. The worker holds a lock for as long as it lives, and tells the page its name: a browser
 * that ends a worker for want of memory says nothing of it, but lets the lock go. Where there are no locks (plain http to
 * another machine) only what a worker throws is noticed.
 */
export function serve(functions: object): void {
  expose(functions);
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) return;
  const lives = `shiftwright.worker.${crypto.randomUUID()}`;
  void locks.request(lives, () => {
    postMessage({ lives });
    return new Promise(() => {});
  });
}
