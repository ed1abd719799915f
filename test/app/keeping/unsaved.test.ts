import { describe, expect, test } from "vitest";
import { forgetUnsaved, keepUnsaved, unsaved, withUnsaved } from "../../../src/app/keeping/unsaved.ts";
import { readPlanFile } from "../../../src/files/plan-file.ts";
import { flatForecast, madeFrom, smallDocument } from "../sample-document.ts";

/** A store of texts with room for so many characters. */
function textStore(room = Number.POSITIVE_INFINITY) {
  const texts = new Map<string, string>();
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem(key: string, text: string) {
      if (text.length > room) throw new DOMException("full", "QuotaExceededError");
      texts.set(key, text);
    },
    removeItem: (key: string) => void texts.delete(key),
  };
}

const before = smallDocument();
const forecast = madeFrom("forecast", before, flatForecast(before, 60));
const after = {
  ...before,
  plan: { ...before.plan, name: "last words" },
  results: { ...before.results, forecast },
};

function read(store: ReturnType<typeof textStore>) {
  const left = unsaved(store);
  const outcome = left === null ? null : readPlanFile(new TextEncoder().encode(left.text));
  if (left === null || !outcome?.ok) throw new Error("nothing held");
  return { ...left, document: outcome.value };
}

describe("what a closing page could not be sure to have written", () => {
  test("holds the parts that changed, and they join what is stored", () => {
    const store = textStore();
    keepUnsaved(after, before, 7, store);
    const left = read(store);
    expect([left.planId, left.revision, left.parts]).toEqual(["small", 7, ["plan", "forecast"]]);
    expect(left.document.history).toBeNull();
    expect(withUnsaved(before, left.document, left.parts)).toEqual(after);
  });

  test("holds everything where nothing is stored", () => {
    const store = textStore();
    keepUnsaved(after, null, 1, store);
    const left = read(store);
    expect(withUnsaved(null, left.document, left.parts)).toEqual(after);
  });

  test("holds the plan alone where there is no room for more, and nothing where there is none at all", () => {
    const store = textStore(JSON.stringify(before.plan).length * 2);
    keepUnsaved(after, null, 1, store);
    const left = read(store);
    expect(left.parts).toEqual(["plan"]);
    expect(withUnsaved(before, left.document, left.parts)).toEqual({ ...before, plan: after.plan });
    const none = textStore(10);
    keepUnsaved(after, before, 1, none);
    expect(unsaved(none)).toBeNull();
  });

  test("is forgotten when its plan is saved, not when another is", () => {
    const store = textStore();
    keepUnsaved(after, before, 2, store);
    forgetUnsaved("other", store);
    expect(unsaved(store)?.planId).toBe("small");
    forgetUnsaved("small", store);
    expect(unsaved(store)).toBeNull();
  });
});
