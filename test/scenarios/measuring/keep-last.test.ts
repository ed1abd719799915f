import { expect, test } from "vitest";
import { keepLast } from "../../../src/scenarios/measuring/keep-last.ts";

test("the last answer about an object stands until it is asked with something else", () => {
  const kept = keepLast<number>();
  const about = {};
  let made = 0;
  const ask = (of: object, ...asked: unknown[]) => kept(of, asked, () => ++made);
  expect(ask(about, 1, Number.NaN)).toBe(1);
  expect(ask(about, 1, Number.NaN)).toBe(1);
  expect(ask({}, 1, Number.NaN)).toBe(2);
  expect(ask(about, 1, 2)).toBe(3);
  expect(ask(about, 1, 2, undefined)).toBe(4);
  expect(ask(about, 1, Number.NaN)).toBe(5);
});
