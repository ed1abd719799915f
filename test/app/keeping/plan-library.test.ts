import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { createPlanLibrary } from "../../../src/app/keeping/plan-library.ts";
import { openStorage } from "../../../src/app/keeping/storage.ts";
import { createSessionStore } from "../../../src/app/session/store.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import { readPlanDocument } from "../../../src/files/plan-document.ts";
import { smallDocument } from "../sample-document.ts";

/** A tab of a browser without locks (plain http to another machine). */
async function openTab(name: string, document: PlanDocument, revision: number | null) {
  const storage = await openStorage(name);
  const store = createSessionStore(document);
  const library = createPlanLibrary(store, storage, revision, async (value) => readPlanDocument(value));
  await library.flush();
  return { storage, store, library };
}

const rename = (name: string) => (plan: PlanDocument["plan"]) => ({ ...plan, name });

describe("the plans of a browser", () => {
  test("two tabs that both write: the later one goes on in a copy, and nothing is lost", async () => {
    const first = await openTab("two", smallDocument(), null);
    const second = await openTab("two", smallDocument(), 1);
    first.store.edit("rename", rename("First's"));
    await first.library.flush();
    second.store.edit("seed", (plan) => ({ ...plan, seed: 7 }));
    await second.library.flush();
    await expect
      .poll(() => second.store.state().notices.map(({ issue }) => issue.code))
      .toEqual(["storage.conflict"]);
    await second.library.flush();

    const plans = await second.storage.list();
    expect(plans.map(({ name }) => name).sort()).toEqual(["First's", "Small"]);
    const own = second.store.state().document.plan;
    expect([own.name, own.seed]).toEqual(["Small", 7]);
    expect((await second.storage.load(own.id))?.document.plan.seed).toBe(7);
    expect((await first.storage.load("small"))?.document.plan.name).toBe("First's");
    expect(second.store.state().writable).toBe(true);
  });

  test("duplicates and new plans get names and ids of their own", async () => {
    const { store, library, storage } = await openTab("copies", smallDocument(), null);
    await library.duplicate();
    await library.duplicate();
    await library.startNew("Small");
    const plans = await storage.list();
    expect(plans.map(({ name }) => name).sort()).toEqual(["Small", "Small (2)", "Small (3)", "Small (4)"]);
    expect(new Set(plans.map(({ id }) => id)).size).toBe(4);
    expect(store.state().document.history).toBeNull();
    await library.open("small");
    expect(store.state().document.history).not.toBeNull();
  });

  test("a deleted plan comes back by undo, also the open one", async () => {
    const { store, library, storage } = await openTab("removed", smallDocument(), null);
    await library.remove("small");
    expect(await storage.list()).toHaveLength(1);
    await library.duplicate();
    const copy = store.state().document.plan.id;
    await library.remove(copy);
    expect(store.state().document.plan.id).toBe("small");
    expect((await storage.list()).map(({ id }) => id)).toEqual(["small"]);
    await library.undoRemove();
    expect(store.state().document.plan.id).toBe(copy);
    expect(await storage.list()).toHaveLength(2);
  });

  test("without any storage the plan lives on in memory", async () => {
    const store = createSessionStore(smallDocument());
    const library = createPlanLibrary(store, null, null, async (value) => readPlanDocument(value));
    store.edit("rename", rename("kept"));
    await library.flush();
    library.flushOnClose();
    await library.duplicate();
    expect(store.state().document.plan.name).toBe("kept");
    expect(library.savedState()).toBe("failed");
  });
});
