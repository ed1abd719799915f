import { expect, test } from "vitest";
import { createIntervalGrid } from "../../../../src/domain/calendar/interval-grid.ts";
import { knownAt } from "../../../../src/domain/plan/actuals.ts";
import type { DemandHistory } from "../../../../src/domain/results/demand.ts";
import { pilotSheet, readPilotActuals } from "../../../../src/ui/pages/whatif/pilot.ts";
import { smallPlan } from "../../../scenarios/small-plan.ts";

const base = smallPlan({ days: 2 });

/** Three days, of which the last is the plan's first. */
function history(seconds: number): DemandHistory {
  const grid = createIntervalGrid("UTC", 30, "2026-10-31", 3);
  const series = (value: number) => new Float64Array(144).fill(value);
  return {
    grid,
    queues: [
      {
        queueId: "voice",
        state: new Uint8Array(144).fill(1),
        offered: Float64Array.from({ length: 144 }, (_, at) => at),
        handled: series(10),
        abandoned: null,
        handleSeconds: series(2000),
        inTime: { seconds, contacts: series(8) },
      },
    ],
  };
}

test("history that reaches into the plan is taken at its own intervals", () => {
  const outcome = readPilotActuals(history(20), "", base);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const [voice] = outcome.value.queues;
  expect(voice.offered.known.reduce((a, b) => a + b, 0)).toBe(48);
  expect([knownAt(voice.offered, 0), knownAt(voice.offered, 47)]).toEqual([96, 143]);
  expect([knownAt(voice.ahtSeconds, 5), knownAt(voice.answeredInTime, 5)]).toEqual([200, 8]);
  // Of the plan's second day the history knows nothing.
  expect(knownAt(voice.offered, 48)).toBeNull();
  // Answered within 30 s is not answered within the goal's 20.
  const other = readPilotActuals(history(30), "", base);
  expect(other.ok && other.value.queues[0].answeredInTime.known.includes(1)).toBe(false);
});

test("history that ends before the plan has nothing to tell", () => {
  const later = {
    ...base,
    forecast: { ...base.forecast, grid: createIntervalGrid("UTC", 30, "2026-12-01", 2) },
  };
  expect(readPilotActuals(history(20), "", later).issues[0].code).toBe("pilot.historyEndsBefore");
  expect(readPilotActuals(null, "", base).issues[0].code).toBe("pilot.historyEndsBefore");
});

test("the sheet asks for what the scenario plans", () => {
  const sheet = pilotSheet(base, [{ kind: "volume", queueId: null, factor: 2, window: null }], {
    first: 0,
    end: 1,
  });
  expect(sheet.split("\n")[1]).toContain(",100,");
});
