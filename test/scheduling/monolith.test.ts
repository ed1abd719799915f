import { describe, expect, test } from "vitest";
import { loadHighs } from "../../src/optimising/highs-adapter.ts";
import { modelBuilder } from "../../src/optimising/model.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { buildShiftProblem } from "../../src/scheduling/problem/shift-problem.ts";
import { readCbc } from "./cbc-peer.ts";
import { monolithOf, mpsOf } from "./monolith.ts";
import { group, humps, input, queue, requirement, rest, settings, template } from "./small-plans.ts";

/** With at most one break a shift the monolith is exact: its optimum lies between our bound and our schedule. */
const cases: readonly (readonly [string, ShiftsInput])[] = [
  [
    "meals and a count limit",
    input({
      requirement: requirement({ Voice: humps(8) }),
      templates: [
        template("whole", { breaks: [rest("meal", 30, 210, 300)], minimumWorkMinutes: 60, maximumCount: 5 }),
        template("half", { lengthsMinutes: [240] }),
      ],
    }),
  ],
  [
    "a flexible group and a hard minimum",
    input({
      requirement: requirement({ Voice: humps(3), Chat: humps(2) }, 1, 60),
      queues: [queue("Voice", 1), queue("Chat")],
      groups: [group("voice", "Voice"), group("both", "Voice", "Chat")],
      templates: [
        template("half", {
          startStepMinutes: 60,
          lengthsMinutes: [240],
          breaks: [rest("break", 60, 60, 120)],
        }),
      ],
    }),
  ],
  [
    "tours",
    input({
      requirement: requirement({ Voice: (minute) => (minute >= 480 && minute < 960 ? 3 : 0) }, 7, 60),
      templates: [
        template("day", { earliestStartMinute: 420, latestStartMinute: 540, startStepMinutes: 60 }),
      ],
      settings: {
        ...settings,
        tours: [
          {
            id: "five",
            name: "five",
            templateIds: ["day"],
            daysPerWeek: 5,
            daysOffTogether: true,
            startBandMinutes: 0,
          },
        ],
      },
    }),
  ],
];

describe("the peer's model", () => {
  test.each(cases)("agrees with our bound and schedule: %s", async (_, task) => {
    const solver = await loadHighs();
    const outcome = await optimiseShifts(task);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    let optimum = 0;
    for (const block of buildShiftProblem(task).blocks) {
      const { status, bound } = solver.claim(monolithOf(block), {});
      expect(status).toBe("optimal");
      optimum += bound ?? Number.NaN;
    }
    expect(optimum).toBeGreaterThanOrEqual(outcome.value.bound - 1e-6);
    expect(optimum).toBeLessThanOrEqual(outcome.value.objective + 1e-6);
  });

  test("is written as free MPS with every kind of row and bound", () => {
    const builder = modelBuilder();
    const rows = [
      builder.row("same", 2, 2),
      builder.row("least", 1, Number.POSITIVE_INFINITY),
      builder.row("most", Number.NEGATIVE_INFINITY, 3),
      builder.row("between", 1, 4),
    ];
    builder.column({ name: "a", cost: 1, rows, values: 1 });
    builder.column({ name: "b", cost: 0, lower: 1, upper: 5, integer: true, rows: [rows[3]], values: -2 });
    expect(mpsOf(builder.build()).trim().split("\n")).toEqual([
      "NAME shifts",
      "ROWS",
      " N cost",
      " E same",
      " G least",
      " L most",
      " G between",
      "COLUMNS",
      " a cost 1",
      " a same 1",
      " a least 1",
      " a most 1",
      " a between 1",
      " M1 'MARKER' 'INTORG'",
      " b between -2",
      " N1 'MARKER' 'INTEND'",
      "RHS",
      " RHS same 2",
      " RHS least 1",
      " RHS most 3",
      " RHS between 1",
      "RANGES",
      " RNG between 3",
      "BOUNDS",
      " LO BND b 1",
      " UP BND b 5",
      "ENDATA",
    ]);
  });

  test("CBC's closing lines are read: an optimum, a schedule cut short, nothing, and a file it cannot read", () => {
    const root = "Continuous objective value is 90.5 - 0.01 seconds\n";
    const optimum = `${root}Result - Optimal solution found\n\nObjective value:                100.00000000\n`;
    const short = `${root}Result - Stopped on time limit\n\nObjective value:   100.5\nLower bound:   95.25\nGap: 0.06\n`;
    expect(readCbc(optimum)).toEqual({ objective: 100, bound: 100 });
    expect(readCbc(short)).toEqual({ objective: 100.5, bound: 95.25 });
    expect(readCbc(root)).toEqual({ objective: null, bound: 90.5 });
    expect(() => readCbc("Coin0008I shifts read with 1 errors\n")).toThrow(RangeError);
  });
});
