import { type Endpoint, proxy, wrap } from "comlink";
import type { OnProgress } from "../../domain/outcome.ts";

/** A worker as far as the client needs it; a test gives a MessagePort instead. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
}

/**
 * The worker died under a call; the next call gets a new one. `missing`: its code could not be had; `gone`: the browser
 * ended it without a word; `threw`: nothing caught what it threw.
 */
export class WorkerCrash extends Error {
  override name = "WorkerCrash";
  readonly end: "missing" | "gone" | "threw";
  constructor(end: WorkerCrash["end"], message: string) {
    super(message);
    this.end = end;
  }
}

/**
 * A worker that is started at the first call, reused while it behaves, and replaced after Stop, after a crash and
 * after an error thrown inside it (a solver that threw may hold broken memory).
 */
export interface WorkerClient<Api> {
  /**
   * One call: `invoke` gets the worker's functions and, already made into a proxy, the progress function to pass on.
   * Rejects with an AbortError when `signal` aborts (the worker is terminated: comlink's own promise would never
   * settle), with a WorkerCrash when the worker dies, and with whatever the worker's function threw.
   */
  call<Result>(
    invoke: (api: Api, onProgress: OnProgress<unknown>) => Promise<Result>,
    onProgress?: OnProgress<unknown>,
    signal?: AbortSignal,
  ): Promise<Result>;
  /** Starts the worker before the first call, where that call is sure to come. */
  start(): void;
  /** Ends the worker; calls that wait are rejected with an AbortError. */
  terminate(): void;
}

export function createWorkerClient<Api>(start: () => WorkerLike): WorkerClient<Api> {
  let open: { readonly worker: WorkerLike; readonly api: Api } | null = null;
  const pending = new Set<(reason: Error) => void>();

  function close(reason: Error): void {
    const closing = open;
    open = null;
    closing?.worker.terminate();
    for (const reject of [...pending]) reject(reason);
    pending.clear();
  }

  function opened(): Api {
    if (open === null) {
      const worker = start();
      const die = (crash: WorkerCrash) => {
        if (open?.worker === worker) close(crash);
      };
      const crashed = (event: Event) => {
        if (open?.worker !== worker) return;
        event.preventDefault();
        // A script that cannot be fetched is no more than an event; one that throws says what.
        const message = "message" in event ? String(event.message) : "";
        die(new WorkerCrash(message === "" ? "missing" : "threw", message || event.type));
      };
      watchLife(worker, () => die(new WorkerCrash("gone", "the browser ended it")));
      worker.addEventListener("error", crashed as EventListener);
      worker.addEventListener("messageerror", crashed as EventListener);
      open = { worker, api: wrap(worker) as Api };
    }
    return open.api;
  }

  return {
    call(invoke, onProgress, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(abortError());
          return;
        }
        const listener = proxy((progress: Parameters<OnProgress<unknown>>[0]) => {
          if (pending.has(fail)) onProgress?.(progress);
        });
        const stop = () => close(abortError());
        const settle = () => {
          pending.delete(fail);
          signal?.removeEventListener("abort", stop);
        };
        const fail = (reason: Error) => {
          settle();
          reject(reason);
        };
        pending.add(fail);
        signal?.addEventListener("abort", stop, { once: true });
        invoke(opened(), listener).then(
          (result) => {
            settle();
            resolve(result);
          },
          (reason: unknown) => {
            if (!pending.has(fail)) return;
            fail(reason instanceof Error ? reason : new Error(String(reason)));
            close(abortError());
          },
        );
      });
    },
    start: () => void opened(),
    terminate() {
      close(abortError());
    },
  };
}

/** Calls back when a worker that said which lock it holds (`workers/serve.ts`) has let it go: it lives no more. */
function watchLife(worker: WorkerLike, onEnd: () => void): void {
  worker.addEventListener("message", ((event: MessageEvent<{ readonly lives?: string } | null>) => {
    const lives = event.data?.lives;
    if (typeof lives === "string") void navigator.locks.request(lives, onEnd).catch(() => {});
  }) as EventListener);
}

/** What a stopped call rejects with; swallowed in one place, `runs.ts`. */
export function abortError(): DOMException {
  return new DOMException("stopped", "AbortError");
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
