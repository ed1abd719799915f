import { describe, expect, test } from "vitest";
import type { Queue } from "../../../../src/domain/plan/queue.ts";
import { queueOfUnnamed } from "../../../../src/ui/pages/periods/queue-of-unnamed.ts";

const queues = (...named: readonly (readonly [string, Queue["channel"]])[]) =>
  named.map(([id, channel]) => ({ id, channel }) as Queue);

describe("a file of the next period that names no queue", () => {
  test("is of the queue that took the first such file, whatever came beside it", () => {
    expect(queueOfUnnamed(queues(["Calls", "voice"], ["Sales", "voice"]), "Calls")).toBe("Calls");
  });
  test("is of the only queue, or of the only one for calls", () => {
    expect(queueOfUnnamed(queues(["Chat", "chat"]), "Calls")).toBe("Chat");
    expect(queueOfUnnamed(queues(["Chat", "chat"], ["main", "voice"]), "Calls")).toBe("main");
  });
  test("is of none where two could be meant", () => {
    expect(queueOfUnnamed(queues(["Sales", "voice"], ["Service", "voice"]), "Calls")).toBe("Calls");
  });
});
