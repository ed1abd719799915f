import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import { compared, difference, figure } from "../compared.ts";
import { smallPlan } from "../small-plan.ts";

describe("occupancy in an outage", () => {
  const outage = (toMinute: number): Change => ({
    kind: "outage",
    queueId: null,
    date: "2026-11-02",
    fromMinute: 600,
    toMinute,
    redialShare: 0,
    redialMinutes: 20,
  });
  const base = smallPlan({ open: { from: 8, to: 20 }, replications: 20 });

  test.each(["formula", "simulation"] as const)(
    "counts agents who sit there without contacts, by %s",
    async (method) => {
      const comparison = await compared(base, method, [outage(720)], [outage(840)]);
      const before = figure(comparison, 0, "occupancy").value;
      // Two, and four, of twelve hours without any contact.
      for (const [at, hours] of [2, 4].entries()) {
        const { value } = figure(comparison, at + 1, "occupancy");
        expect(Math.abs(value - before * (1 - hours / 12))).toBeLessThan(0.02);
        expect(difference(comparison, at + 1, "occupancy").value).toBeLessThan(-0.05);
      }
    },
  );
});
