import { expect, it } from "vitest";
import { latestOnly } from "../../../src/app/running/latest-only.ts";

/** Tasks that note that they began, and end when told to. */
function taskList() {
  const begun: string[] = [];
  const end = new Map<string, { resolve: () => void; reject: (reason: Error) => void }>();
  const task = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve, reject) => end.set(name, { resolve, reject }));
  };
  return { begun, end, task };
}

it("runs one task at a time and drops all but the latest of those waiting", async () => {
  const { begun, end, task } = taskList();
  const run = latestOnly();
  for (const name of ["first", "dropped", "last"]) run(task(name));
  expect(begun).toEqual(["first"]);
  end.get("first")!.resolve();
  await Promise.resolve();
  await Promise.resolve();
  expect(begun).toEqual(["first", "last"]);
});

it("goes on after a task that fails", async () => {
  const { begun, end, task } = taskList();
  const run = latestOnly();
  run(task("failing"));
  run(task("next"));
  end.get("failing")!.reject(new Error("worker stopped"));
  await expect.poll(() => begun).toEqual(["failing", "next"]);
});

it("starts again once it has been idle", async () => {
  const { begun, end, task } = taskList();
  const run = latestOnly();
  run(task("one"));
  end.get("one")!.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  run(task("two"));
  expect(begun).toEqual(["one", "two"]);
});
