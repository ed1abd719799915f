import { describe, expect, test } from "vitest";
import { movedTimes } from "../../../../src/ui/kit/charts/gantt-drag.ts";

const bar = { startMinute: 480, endMinute: 960 };

describe("a dragged bar", () => {
  test("moves by whole steps", () => {
    expect(movedTimes(bar, "whole", 37, 15)).toEqual({ startMinute: 510, endMinute: 990 });
    expect(movedTimes(bar, "whole", -7, 15)).toEqual({ startMinute: 480, endMinute: 960 });
  });

  test("keeps its other end when an edge is dragged", () => {
    expect(movedTimes(bar, "start", 60, 15)).toEqual({ startMinute: 540, endMinute: 960 });
    expect(movedTimes(bar, "end", -60, 15)).toEqual({ startMinute: 480, endMinute: 900 });
  });

  test("does not vanish and does not begin before the grid", () => {
    expect(movedTimes(bar, "end", -480, 15)).toBeNull();
    expect(movedTimes(bar, "end", -465, 15)).toEqual({ startMinute: 480, endMinute: 495 });
    expect(movedTimes(bar, "whole", -495, 15)).toBeNull();
  });
});
