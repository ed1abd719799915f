import { describe, expect, it, vi } from "vitest";
import { createAnswerStore } from "../../../src/app/session/answer-store.ts";

const balances = (...keys: readonly string[]) => new Map(keys.map((key) => [key, null]));

describe("answer store", () => {
  it("makes another state when answers are added and leaves the other kinds as they are", () => {
    const store = createAnswerStore();
    const before = store.state();
    store.add("balances", balances("a"));
    expect(store.state()).not.toBe(before);
    expect([...store.state().balances.keys()]).toEqual(["a"]);
    expect(before.balances.size).toBe(0);
    expect(store.state().simulations).toBe(before.simulations);
  });

  it("tells its listeners once per addition, and not when nothing is added", () => {
    const store = createAnswerStore();
    const listener = vi.fn();
    const end = store.subscribe(listener);
    store.add("balances", balances("a", "b"));
    store.add("balances", balances());
    expect(listener).toHaveBeenCalledTimes(1);
    end();
    store.add("balances", balances("c"));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("forgets the oldest beyond its limit but keeps those in use", () => {
    const store = createAnswerStore(3);
    store.add("balances", balances("plan", "first", "second"));
    store.add("balances", balances("third"), ["plan", "third"]);
    expect([...store.state().balances.keys()]).toEqual(["second", "plan", "third"]);
    store.add("balances", balances("fourth", "fifth"), ["plan", "unknown"]);
    expect([...store.state().balances.keys()].sort()).toEqual(["fifth", "fourth", "plan"]);
  });
});
