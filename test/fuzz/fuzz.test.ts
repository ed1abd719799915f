import { describe, expect, test } from "vitest";
import { type Family, runRounds } from "./families.ts";

// The short form of `npm run fuzz`: other seeds, and very many more, are run there.
const short: readonly (readonly [Family, number, string])[] = [
  ["histories", 500, "history in all layouts and encodings"],
  ["plans", 200, "plans with references and results"],
  ["people", 150, "lists of people"],
  ["vendor", 400, "logs, forecasts, actuals, rosters, wishes, scenarios and set-ups"],
];

describe("damaged files are read or refused in words, and nothing of them is lost", () => {
  test.each(short)("%s: %i %s", async (family, rounds) => {
    const figures = await runRounds(family, 20260302, 0, rounds);
    expect([...figures.faults]).toEqual([]);
    expect(figures.read + figures.refused).toBe(rounds);
    // Sums that were counted by hand: a test that refuses everything would prove nothing.
    expect(figures.counted).toBeGreaterThan(rounds / 6);
  });
});
