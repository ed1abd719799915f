import { describe, expect, test } from "vitest";
import { clockMinuteAt, createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";

describe("the clock minute of a time since the start of the grid", () => {
  const autumn = createIntervalGrid("Europe/Berlin", 15, "2026-10-25", 1);

  test("passes the hour twice when clocks go back", () => {
    expect(clockMinuteAt(autumn, 2 * 60 + 5)).toBe(125);
    expect(clockMinuteAt(autumn, 3 * 60 + 5)).toBe(125);
    expect(clockMinuteAt(autumn, 4 * 60)).toBe(180);
  });

  test("runs on past midnight and past the end of the grid", () => {
    expect(clockMinuteAt(autumn, 25 * 60)).toBe(0);
    expect(clockMinuteAt(autumn, 25 * 60 + 90)).toBe(90);
  });
});
