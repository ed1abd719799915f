import { describe, expect, it } from "vitest";
import { createIntervalGrid, intervalCount } from "../../../../src/domain/calendar/interval-grid.ts";
import type { ComparedPlan, Comparison } from "../../../../src/scenarios/measuring/comparison.ts";
import { type Figures, measures } from "../../../../src/scenarios/measuring/figures.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { type ShownComparison, shortWords, whatIfFinding } from "../../../../src/ui/pages/whatif/finding.ts";
import { voiceQueue } from "../../../builders.ts";
import { readable, wordsOf } from "../../words.ts";

const t = await wordsOf("whatif");
const grid = createIntervalGrid("Europe/Berlin", 60, "2026-11-02", 7);
const count = intervalCount(grid);

const figures = (known: Partial<Figures>): Figures =>
  ({ ...Object.fromEntries(measures.map((measure) => [measure, null])), ...known }) as Figures;
const figure = (value: number, halfWidth = 0) => ({ value, halfWidth });

/** A plan or scenario of one queue that needs five agents all week; so many are missing in the hours named. */
function planOf(part: {
  readonly scenarioId?: string | null;
  readonly figures?: Partial<Figures>;
  readonly differences?: Partial<Figures> | null;
  readonly missing?: Readonly<Record<number, number>>;
  readonly recovery?: ComparedPlan["recovery"];
}): ComparedPlan {
  const needed = new Float64Array(count).fill(5);
  const { differences = null } = part;
  return {
    scenarioId: part.scenarioId ?? null,
    name: "+30 % contacts",
    ledger: [],
    state: { kind: "schedule", madeAnew: false, shifts: 0, openShifts: 0 },
    recovery: part.recovery ?? null,
    queues: [
      {
        queueId: "voice",
        offered: new Float64Array(count).fill(60),
        needed,
        agents: needed.map((agents, at) => agents - (part.missing?.[at] ?? 0)),
        serviceLevel: new Array(count).fill(null),
        serviceLevelHalfWidth: null,
        shortFor: [],
      },
    ],
    scopes: [
      {
        queueId: null,
        withheld: null,
        figures: figures(part.figures ?? {}),
        differences: differences === null ? null : figures(differences),
      },
    ],
  };
}

const base = planOf({ figures: { serviceLevel: figure(0.812), hoursShort: figure(12.4) } });
const scenario = (part: Parameters<typeof planOf>[0]) =>
  planOf({ scenarioId: "busier", figures: { serviceLevel: figure(0.7) }, ...part });

function findingOf(shown: ComparedPlan, part: Partial<ShownComparison> = {}) {
  const comparison: Comparison = {
    method: "simulation",
    days: { first: 0, end: 7 },
    replications: 20,
    seed: 1,
    plans: [base, shown],
  };
  const view: ShownComparison = {
    comparison,
    shown,
    changes: [],
    queueId: null,
    span: "week",
    grid,
    currency: "EUR",
    fix: "",
    because: "",
    ...part,
  };
  return readable(whatIfFinding(view, t, formatFor("en")));
}

describe("the finding of the plan itself", () => {
  it("says its service and how much it is short of its goals", () => {
    expect(findingOf(base)).toEqual({
      text: "The plan answers 81.2 % in time this week and is 12 h on queue short of what its goals need.",
    });
  });

  it("names the interval with the largest shortfall and opens it", () => {
    const short = planOf({
      figures: { serviceLevel: figure(0.8) },
      missing: { 10: 1.2, 34: 2.4 },
    });
    const finding = findingOf(short);
    expect(finding.text).toMatch(/ The largest shortfall is Tue 3 Nov 10:00: 3 agents\.$/);
    expect(finding.opens).toEqual({ view: { selection: { first: 34, end: 35 } } });
  });

  it("does not name a shortfall of less than half an agent", () => {
    expect(
      findingOf(planOf({ figures: { serviceLevel: figure(0.8) }, missing: { 10: 0.4 } })).opens,
    ).toBeUndefined();
  });

  it("says that there is nothing to compare without a service level", () => {
    const { text } = whatIfFinding(
      {
        comparison: {
          method: "formula",
          days: { first: 0, end: 7 },
          replications: null,
          seed: 1,
          plans: [planOf({})],
        },
        shown: planOf({}),
        changes: [],
        queueId: null,
        span: "week",
        grid,
        currency: "EUR",
        fix: "",
        because: "",
      },
      t,
      formatFor("en"),
    );
    expect(text).toBe("There is nothing to compare in this period.");
  });
});

describe("the finding of a scenario", () => {
  it("is short where service falls, with the hours its goals need more", () => {
    const shown = scenario({ differences: { serviceLevel: figure(-0.11, 0.005), hoursNeeded: figure(231) } });
    expect(findingOf(shown)).toEqual({
      text:
        "+30 % contacts: service level falls by 11.0 ± 0.5 points this week, to 70.0 %. " +
        "Meeting the goals takes 231 h more on queue than in the plan.",
      tone: "short",
    });
  });

  it("is good where service rises, with the hours its goals need less", () => {
    const shown = scenario({ differences: { serviceLevel: figure(0.03, 0.01), hoursNeeded: figure(-20) } });
    const finding = findingOf(shown);
    expect(finding.text).toContain("service level rises by 3.0 ± 1.0 points this week, to 70.0 %.");
    expect(finding.text).toContain("takes 20 h less on queue than in the plan.");
    expect(finding.tone).toBe("good");
  });

  it("claims nothing of a difference inside its interval", () => {
    const shown = scenario({ differences: { serviceLevel: figure(-0.01, 0.02) } });
    expect(findingOf(shown)).toEqual({
      text: "+30 % contacts: the difference this week is within random variation.",
    });
  });

  it("says that the service is the same", () => {
    const shown = scenario({ differences: { serviceLevel: figure(0) } });
    expect(findingOf(shown).text).toBe("+30 % contacts: exactly the same service as the plan this week.");
  });

  it("leads to the date it changes where that is not shown", () => {
    const shown = scenario({ differences: { serviceLevel: figure(0) } });
    const window = { fromDate: "2026-11-06", toDate: null, weekdays: null, fromMinute: null, toMinute: null };
    const changes = [{ kind: "volume" as const, queueId: null, factor: 1.3, window }];
    const comparison = {
      method: "formula",
      days: { first: 0, end: 1 },
      replications: null,
      seed: 1,
      plans: [base, shown],
    } as const;
    const finding = findingOf(shown, { changes, comparison });
    expect(finding.text).toBe("+30 % contacts changes Fri 6 Nov, which is not among the days shown.");
    expect(finding.opens).toEqual({ view: { date: "2026-11-06", span: "day", selection: null } });
  });

  it("says where the formulas give no answer", () => {
    expect(findingOf(scenario({ differences: {} })).text).toBe(
      "+30 % contacts: the formulas give no answer here.",
    );
  });

  it("says when service recovers from an emergency, and if it does not", () => {
    const differences = { serviceLevel: figure(-0.1) };
    expect(findingOf(scenario({ differences, recovery: { minutes: 45 } })).text).toContain(
      "Service recovers 45 min after the emergency.",
    );
    expect(findingOf(scenario({ differences, recovery: { minutes: null } })).text).toContain(
      "Service does not recover that day.",
    );
  });

  it("ends with the cheapest fix that was found", () => {
    const shown = scenario({ differences: { serviceLevel: figure(-0.1) } });
    expect(findingOf(shown, { fix: " Two agents would do." }).text).toMatch(/ Two agents would do\.$/);
  });
});

describe("why hours are missing", () => {
  it("names the goal that most of them are for, and that it is not the service level", async () => {
    const service = await wordsOf("service");
    const chat = voiceQueue({ id: "chat", name: "Chat" });
    const queue = {
      ...chat,
      goal: { ...chat.goal, serviceLevel: 0.8, answerWithinSeconds: 30, maxOccupancy: 0.88 },
    };
    const shortFor = [
      { goal: "maxOccupancy", hours: 310 },
      { goal: "serviceLevel", hours: 12 },
    ] as const;
    const words = (parts: Parameters<typeof shortWords>[0]) =>
      readable({ text: shortWords(parts, [queue], null, service, formatFor("en")) }).text;
    expect(words([{ queueId: "chat", shortFor }])).toBe(
      "310 h of them are for the occupancy limit of 88 % of Chat, not for 80 % in 30 s.",
    );
    expect(words([{ queueId: "chat", shortFor: [shortFor[1]] }])).toBe(
      "12 h of them are for the goal of 80 % in 30 s of Chat.",
    );
    expect(words([{ queueId: "chat", shortFor: [] }])).toBe("");
  });
});
