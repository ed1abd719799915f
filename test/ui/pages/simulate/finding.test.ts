import { describe, expect, it } from "vitest";
import { createIntervalGrid } from "../../../../src/domain/calendar/interval-grid.ts";
import type { SimulationResult } from "../../../../src/domain/results/simulation.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { simulateFinding } from "../../../../src/ui/pages/simulate/finding.ts";
import { smallDocument } from "../../../app/sample-document.ts";
import { readable, wordsOf } from "../../words.ts";

const t = await wordsOf("simulate");
const grid = createIntervalGrid("Europe/Berlin", 60, "2026-11-02", 7);
const [voice] = smallDocument().plan.queues;

/** The days from Tuesday on were simulated; each misses its goal with these chances, half-width 0.05. */
function findingOf(
  risks: readonly number[],
  goal: number | null = 0.8,
  offered = 100,
  days = { first: 0, end: 7 },
) {
  const result = { grid, firstInterval: 24, endInterval: 168 } as SimulationResult;
  const simulated = {
    missRisk: { mean: Float64Array.from(risks), halfWidth: new Float64Array(risks.length).fill(0.05) },
    days: { offered: { mean: new Float64Array(risks.length).fill(offered) } },
  } as never;
  const queue = { ...voice, goal: { ...voice.goal, serviceLevel: goal } };
  const queues = [{ queue, simulated, serviceLevel: 0.834 }];
  return readable(simulateFinding({ result, queues, days }, t, formatFor("en")));
}

describe("the finding of a simulation", () => {
  it("is the service level where no queue has a goal", () => {
    expect(findingOf([0.2, 0.2], null)).toEqual({ text: "Voice answers 83.4 % in time." });
  });

  it("is the service level where no day in sight has contacts", () => {
    expect(findingOf([0.2, 0.2], 0.8, 0).text).toBe("Voice answers 83.4 % in time.");
  });

  it("is good where every day will probably hold, and names the riskiest", () => {
    expect(findingOf([0.02, 0.09, 0.01])).toEqual({
      text:
        "Every day shown should meet its goal. The riskiest is Wednesday 4 November: " +
        "the chance that Voice misses 80 % in 20 s is 9 %.",
      tone: "good",
      opens: { view: { date: "2026-11-04", span: "day", queueId: "voice" } },
    });
  });

  it("says that a day is at risk from a chance of a tenth on", () => {
    const finding = findingOf([0.1, 0.02]);
    expect(finding.text).toBe(
      "Tuesday 3 November is at risk: the chance that Voice misses 80 % in 20 s is 10 % (± 5).",
    );
    expect(finding.tone).toBe("plain");
  });

  it("says that a day will probably miss from a chance of a half on", () => {
    const finding = findingOf([0.1, 0.5]);
    expect(finding.text).toBe(
      "Wednesday 4 November will probably miss its goal: the chance that Voice falls short of 80 % in 20 s is 50 % (± 5).",
    );
    expect(finding.tone).toBe("short");
  });

  it("counts the days that will probably miss", () => {
    expect(findingOf([0.6, 0.9, 0.1]).text).toMatch(
      /^2 days will probably miss their goal. The worst is Wednesday 4 November: .* is 90 %\.$/,
    );
  });

  it("leaves out days that are not in sight", () => {
    expect(findingOf([0.6, 0.05], 0.8, 100, { first: 2, end: 3 }).tone).toBe("good");
  });
});
