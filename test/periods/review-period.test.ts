import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/domain/outcome.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { type DemandForecast, type DemandHistory, intervalState } from "../../src/domain/results/demand.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { publishedPeriod } from "../../src/periods/past-periods.ts";
import { reviewPeriod } from "../../src/periods/review-period.ts";
import { staffingCauses } from "../../src/periods/staffing-error.ts";

/** One week from 2 November 2026 of two queues, every stage run. */
function planned(): PlanDocument {
  const path = join(import.meta.dirname, "../files/fixtures/plan-0.1.0.json.gz");
  const outcome = readPlanFile(gunzipSync(readFileSync(path)));
  if (!outcome.ok) throw new Error("not read");
  return outcome.value;
}
const document = planned();
const period = publishedPeriod(document);
const forecast = document.results.forecast!.value;

/** Contacts exactly as forecast, times a factor, with handle times times another. */
function cameAsForecast(
  { grid, queues }: DemandForecast,
  factor = 1,
  longer = 1,
  days = grid.dayCount,
): DemandHistory {
  return {
    grid,
    queues: queues.map(({ queueId, offered, ahtSeconds, open }) => {
      const contacts = offered.map((value) => value * factor);
      const end = grid.dayOffsets[days];
      return {
        queueId,
        state: open.map((isOpen, index) =>
          index >= end ? intervalState.missing : isOpen ? intervalState.open : intervalState.closed,
        ),
        offered: contacts,
        handled: contacts,
        abandoned: null,
        handleSeconds: contacts.map((value, index) => value * ahtSeconds[index] * longer),
      };
    }),
  };
}

const review = async (history: DemandHistory | null) => {
  const outcome = await reviewPeriod(period, history);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
};
const codes = ({ issues }: Outcome<unknown>) => issues.map(({ code }) => code);

describe("the review of a past period", () => {
  test("finds no error of forecast where all came as forecast: what is left is the staff", async () => {
    const { queues, knownDays } = await review(cameAsForecast(forecast));
    expect(knownDays).toBe(7);
    for (const { volume, handleTime, staffing, habit } of queues) {
      expect([volume?.wape, volume?.bias, handleTime?.wape]).toEqual([0, 0, expect.closeTo(0, 9)]);
      const { misplaced, shortHours, overHours, neededHours, requiredHours } = staffing!;
      expect(neededHours).toBeCloseTo(requiredHours, 6);
      expect([misplaced.volume, misplaced.handleTime, misplaced.pattern].map(Math.abs)).toEqual(
        [0, 0, 0].map((value) => expect.closeTo(value, 6)),
      );
      expect(misplaced.staff).toBeCloseTo(shortHours + overHours, 6);
      expect(habit.code).toMatch(/^habit\.(staff|keep)/);
    }
  });

  test("has a fifth more contacts as an error of the volume, and longer ones as one of the handle time", async () => {
    const busier = await review(cameAsForecast(forecast, 1.2));
    for (const { volume, staffing } of busier.queues) {
      expect(volume?.bias).toBeCloseTo(1 / 1.2 - 1, 9);
      expect(staffing!.net.volume).toBeLessThan(0);
      expect(staffing!.net.handleTime).toBeCloseTo(0, 6);
      expect(staffing!.net.pattern).toBeCloseTo(0, 6);
    }
    const longer = await review(cameAsForecast(forecast, 1, 1.2));
    for (const { handleTime, staffing } of longer.queues) {
      expect(handleTime?.bias).toBeCloseTo(1 / 1.2 - 1, 9);
      expect(staffing!.net.volume).toBeCloseTo(0, 6);
      expect(staffing!.net.handleTime).toBeLessThan(0);
    }
  });

  test("has parts that sum to the whole, whatever came", async () => {
    const history = cameAsForecast(forecast, 0.9, 1.3);
    const scattered = {
      ...history,
      queues: history.queues.map((queue) => ({
        ...queue,
        offered: queue.offered.map((value, index) => value * (0.5 + ((index * 7) % 11) / 10)),
      })),
    };
    for (const { staffing } of (await review(scattered)).queues) {
      const sum = (parts: Record<string, number>) =>
        staffingCauses.reduce((all, cause) => all + parts[cause], 0);
      expect(sum(staffing!.misplaced)).toBeCloseTo(staffing!.shortHours + staffing!.overHours, 6);
      expect(sum(staffing!.net)).toBeCloseTo(staffing!.overHours - staffing!.shortHours, 6);
    }
  });

  test("counts the days that are known, and puts planned and come beside each other", async () => {
    const { knownDays, queues } = await review(cameAsForecast(forecast, 1.1, 1, 3));
    expect(knownDays).toBe(3);
    const [{ days, volume }] = queues;
    expect(days.map(({ came }) => came !== null)).toEqual([true, true, true, false, false, false, false]);
    expect(days[0].came).toBeCloseTo(days[0].forecast * 1.1, 6);
    expect(volume?.came).toBeCloseTo(
      days.reduce((sum, { came }) => sum + (came ?? 0), 0),
      6,
    );
    expect(
      days.every(({ rosteredHours, requiredHours }) => rosteredHours !== null && requiredHours > 0),
    ).toBe(true);
    expect([days[6].neededHours, days[6].ahtCameSeconds]).toEqual([null, null]);
  });

  test("says why there is none", async () => {
    expect(codes(await reviewPeriod(period, document.history))).toEqual(["review.nothingCame"]);
    expect(codes(await reviewPeriod(period, null))).toEqual(["review.nothingCame"]);
    const without = { ...period, results: { ...period.results, forecast: null } };
    expect(codes(await reviewPeriod(without, document.history))).toEqual(["review.noForecast"]);
    const other = { ...document.history!, grid: { ...document.history!.grid, intervalMinutes: 15 } };
    expect(codes(await reviewPeriod(period, other))).toEqual(["review.otherClock"]);
  });
});
