import { expect, test } from "vitest";
import { pageOf } from "../../../src/ui/frame/route.ts";

test.each([
  ["#/whatif", "whatif"],
  ["#/what-if", "whatif"],
  ["#/What-If?scenario=abc", "whatif"],
  ["#/self_test", "selftest"],
  ["#/shifts/", "shifts"],
  ["#/", null],
  ["", null],
  ["#/nothing", null],
])("%s is %s", (hash, page) => {
  expect(pageOf(hash)).toBe(page);
});
