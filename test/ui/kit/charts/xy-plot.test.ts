import { scaleLinear } from "d3";
import { describe, expect, test } from "vitest";
import type { Plot } from "../../../../src/ui/kit/charts/plot.ts";
import { numberTicks, thinned } from "../../../../src/ui/kit/charts/xy-plot.tsx";

describe("names along the horizontal axis", () => {
  test("stand at every point while there is room", () => {
    expect(thinned(5, 500, 60)).toEqual([0, 1, 2, 3, 4]);
  });

  test("are thinned evenly from the first on where there is not", () => {
    expect(thinned(10, 200, 60)).toEqual([0, 3, 6, 9]);
    expect(thinned(0, 200, 60)).toEqual([]);
  });

  test("are round numbers, as many as fit", () => {
    const plot = { x: scaleLinear([0, 97], [40, 440]), width: 400 } as Plot;
    expect(numberTicks(String, 80)(plot).map(({ text }) => text)).toEqual(["0", "20", "40", "60", "80"]);
  });
});
