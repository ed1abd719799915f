import { afterEach, expect, test, vi } from "vitest";
import { withFreshId } from "../../../src/app/keeping/open-plan.ts";
import { blankDocument } from "../../../src/app/session/blank-plan.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a plan gets an id of its own on a page from another machine over plain http, where randomUUID is missing", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const blank = blankDocument("New", "UTC", "2026-11-02");
  expect(blank.plan.id).toMatch(/^[0-9a-f]{32}$/);
  expect(withFreshId(blank).plan.id).toMatch(/^[0-9a-f]{32}$/);
  expect(withFreshId(blank).plan.id).not.toBe(blank.plan.id);
});
