import { describe, expect, it } from "vitest";
import type { Comparison } from "../../../../src/scenarios/measuring/comparison.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { reportWords } from "../../../../src/ui/pages/whatif/report-words.ts";
import { wordsOf } from "../../words.ts";
import { plannedDocument } from "./planned-document.ts";

const t = await wordsOf("whatif");
const { plan } = plannedDocument();
const range = { firstDate: "2026-11-02", dayCount: 7 };
const comparison = (method: Comparison["method"]): Comparison => ({
  method,
  days: { first: 0, end: 7 },
  replications: method === "simulation" ? 200 : null,
  seed: 42,
  plans: [],
});
const words = (method: Comparison["method"], changed = plan) => {
  const { title, heading, assumptions } = reportWords(changed, comparison(method), range, t, formatFor("en"));
  return { title, heading, assumptions: assumptions.map((line) => line.replaceAll("\u00a0", " ")) };
};

describe("the words of a report", () => {
  it("name plan and period", () => {
    expect(words("formula").title).toBe("What-if: Small, 2–8 Nov 2026");
  });

  it("state method, demand, each queue's goal, and each scenario with its changes", () => {
    const { assumptions } = words("simulation");
    expect(assumptions).toHaveLength(5);
    expect(assumptions[0]).toContain("200");
    expect(assumptions[0]).toContain("42");
    expect(assumptions[1]).toBe(t("report.certain"));
    expect(assumptions[2]).toBe("Voice: goal 80 % within 20 s, patience ∞.");
    expect(assumptions[3]).toBe("Busier: +20 % contacts, all queues");
  });

  it("say that demand is uncertain where the plan says so, and leave out a goal that is not set", () => {
    const [queue] = plan.queues;
    const changed = {
      ...plan,
      simulation: { ...plan.simulation, uncertainDemand: true },
      queues: [{ ...queue, patienceSeconds: 90, goal: { ...queue.goal, serviceLevel: null } }],
    };
    const { assumptions } = words("formula", changed);
    expect(assumptions[0]).toBe(t("method.formulaText"));
    expect(assumptions[1]).toBe(t("report.uncertain"));
    expect(assumptions[2]).toBe("Voice: goal — within 20 s, patience 90 s.");
  });
});
