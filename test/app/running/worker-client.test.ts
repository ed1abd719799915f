import { expose } from "comlink";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createWorkerClient, isAbort, type WorkerLike } from "../../../src/app/running/worker-client.ts";
import type { OnProgress } from "../../../src/domain/outcome.ts";

const api = {
  async double(value: number) {
    return value * 2;
  },
  async neverEnds(onProgress: OnProgress<number>) {
    onProgress({ phase: "busy", completed: 1, total: 10, partial: 7 });
    return new Promise<number>(() => {});
  },
  async breaks(): Promise<number> {
    throw new RangeError("ahtSeconds must be positive, got -3");
  },
};

/** A worker over a MessageChannel: what the page and the real worker have between them. */
function startFake(log: WorkerLike[]) {
  return () => {
    const { port1, port2 } = new MessageChannel();
    expose(api, port2);
    const port = port1 as unknown as WorkerLike & MessagePort;
    port.terminate = () => {
      port1.close();
      port2.close();
    };
    port1.start();
    log.push(port);
    return port;
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a worker client", () => {
  test("a worker that the browser ends without a word lets its lock go: the call is rejected, and the next gets a new one", async () => {
    const released = new Map<string, () => void>();
    const request = (name: string, onHeld: () => void) =>
      new Promise<void>((resolve) => {
        released.set(name, () => resolve(onHeld()));
      });
    vi.stubGlobal("navigator", { locks: { request } });
    const log: WorkerLike[] = [];
    const client = createWorkerClient<typeof api>(startFake(log));
    const waiting = client.call((worker, listen) => worker.neverEnds(listen as OnProgress<number>));
    (log[0] as unknown as EventTarget).dispatchEvent(new MessageEvent("message", { data: { lives: "one" } }));
    released.get("one")?.();
    await expect(waiting).rejects.toMatchObject({ name: "WorkerCrash", end: "gone" });
    expect(await client.call((worker) => worker.double(2))).toBe(4);
    // The lock of a worker that has been replaced says nothing of the one in its place.
    released.get("one")?.();
    expect(await client.call((worker) => worker.double(3))).toBe(6);
    expect(log).toHaveLength(2);
    client.terminate();
  });

  test("starts one worker and uses it again", async () => {
    const log: WorkerLike[] = [];
    const client = createWorkerClient<typeof api>(startFake(log));
    expect(log).toHaveLength(0);
    expect(await client.call((worker) => worker.double(21))).toBe(42);
    expect(await client.call((worker) => worker.double(1))).toBe(2);
    expect(log).toHaveLength(1);
    client.terminate();
  });

  test("is started before the first call where that is asked for, and only once", async () => {
    const log: WorkerLike[] = [];
    const client = createWorkerClient<typeof api>(startFake(log));
    client.start();
    expect(log).toHaveLength(1);
    expect(await client.call((worker) => worker.double(3))).toBe(6);
    expect(log).toHaveLength(1);
    client.terminate();
  });

  test("Stop rejects the call, after its progress came through, and the next call gets a new worker", async () => {
    const log: WorkerLike[] = [];
    const client = createWorkerClient<typeof api>(startFake(log));
    const stop = new AbortController();
    let partial: unknown;
    const ended = client.call(
      (worker, listen) => worker.neverEnds(listen as OnProgress<number>),
      (progress) => {
        partial = progress.partial;
        stop.abort();
      },
      stop.signal,
    );
    const error = await ended.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(isAbort(error)).toBe(true);
    expect(partial).toBe(7);
    expect(await client.call((worker) => worker.double(4))).toBe(8);
    expect(log).toHaveLength(2);
    client.terminate();
  });

  test("a crash rejects every call that waits, and the worker is replaced", async () => {
    const log: WorkerLike[] = [];
    const client = createWorkerClient<typeof api>(startFake(log));
    const first = client.call((worker, listen) => worker.neverEnds(listen as OnProgress<number>));
    const second = client.call((worker, listen) => worker.neverEnds(listen as OnProgress<number>));
    (log[0] as unknown as EventTarget).dispatchEvent(new Event("error"));
    await expect(first).rejects.toMatchObject({ name: "WorkerCrash" });
    await expect(second).rejects.toMatchObject({ name: "WorkerCrash" });
    expect(await client.call((worker) => worker.double(2))).toBe(4);
    expect(log).toHaveLength(2);
    client.terminate();
  });

  test("what the worker throws comes back with its name and message, and a new worker after it", async () => {
    const log: WorkerLike[] = [];
    const client = createWorkerClient<typeof api>(startFake(log));
    await expect(client.call((worker) => worker.breaks())).rejects.toMatchObject({
      name: "RangeError",
      message: "ahtSeconds must be positive, got -3",
    });
    expect(await client.call((worker) => worker.double(3))).toBe(6);
    expect(log).toHaveLength(2);
    client.terminate();
  });

  test("an aborted signal starts nothing", async () => {
    const log: WorkerLike[] = [];
    const client = createWorkerClient<typeof api>(startFake(log));
    await expect(
      client.call((worker) => worker.double(1), undefined, AbortSignal.abort()),
    ).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(log).toHaveLength(0);
  });
});
