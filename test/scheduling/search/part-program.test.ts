import { beforeAll, expect, test } from "vitest";
import { randomStream } from "../../../src/numerics/random.ts";
import { loadHighs } from "../../../src/optimising/highs-adapter.ts";
import { faultOf, objectiveValue } from "../../../src/optimising/model.ts";
import { type Solver, solveModel } from "../../../src/optimising/solver.ts";
import { allocateAgents } from "../../../src/scheduling/problem/agent-allocation.ts";
import type { BlockSchedule, Piece } from "../../../src/scheduling/problem/piece.ts";
import type { ShiftBlock, ShiftsInput } from "../../../src/scheduling/problem/shift-block.ts";
import { buildShiftProblem } from "../../../src/scheduling/problem/shift-problem.ts";
import { improveByParts } from "../../../src/scheduling/search/improve-by-parts.ts";
import { partProgram } from "../../../src/scheduling/search/part-program.ts";
import { noSearch, searchShifts } from "../../../src/scheduling/search/ruin-and-recreate.ts";
import { group, humps, input, queue, requirement, rest, settings, template } from "../small-plans.ts";

let highs: Solver;
beforeAll(async () => {
  highs = await loadHighs();
});

const fiveDays = {
  id: "five",
  name: "five",
  templateIds: ["day"],
  daysPerWeek: 5,
  daysOffTogether: true,
  startBandMinutes: 60,
};

/** Breaks whose windows overlap (so that they come in two orders and must keep their distance), limits, flexible agents, tours. */
const cases: readonly (readonly [string, ShiftsInput])[] = [
  [
    "breaks in two orders under a limit",
    input({
      requirement: requirement({ Voice: humps(4) }, 1, 30),
      templates: [
        template("whole", {
          breaks: [rest("break", 30, 120, 240), rest("meal", 30, 180, 240)],
          minimumWorkMinutes: 60,
          startStepMinutes: 60,
          maximumCount: 3,
        }),
        template("half", { lengthsMinutes: [240], startStepMinutes: 120, minimumCount: 2 }),
      ],
    }),
  ],
  [
    "flexible agents and a hard minimum",
    input({
      requirement: requirement({ Voice: humps(3), Chat: humps(2) }, 1, 60),
      queues: [queue("Voice", 1), queue("Chat")],
      groups: [group("voice", "Voice"), group("both", "Voice", "Chat")],
      templates: [
        template("half", {
          startStepMinutes: 60,
          lengthsMinutes: [300],
          breaks: [rest("break", 60, 60, 180)],
        }),
      ],
    }),
  ],
  [
    "tours beside single shifts",
    input({
      requirement: requirement({ Voice: humps(3) }, 7, 60),
      templates: [
        template("day", { startStepMinutes: 60, breaks: [rest("meal", 60, 180, 240)] }),
        template("help", { startStepMinutes: 120, lengthsMinutes: [240], costPerHour: 24 }),
      ],
      settings: { ...settings, tours: [fiveDays] },
    }),
  ],
];

/** Wages and penalties read off the allocation: what the program must say, and does not compute this way. */
function costOf(block: ShiftBlock, pieces: readonly Piece[]): number {
  const allocation = allocateAgents(block);
  for (const { group, slots } of pieces) for (const slot of slots) allocation.add(group, slot);
  return allocation.penalty() + pieces.reduce((sum, { wage }) => sum + wage, 0);
}

const greedy = (block: ShiftBlock): BlockSchedule =>
  searchShifts(block, [], randomStream(1, "greedy"), noSearch);

const kindHolding = (block: ShiftBlock) => (piece: Piece) =>
  piece.tourRule === null
    ? null
    : block.tours.findIndex(({ formsByDay }) =>
        piece.shifts.every(({ form }) =>
          formsByDay.some((forms) => forms.includes(block.forms.indexOf(form))),
        ),
      );

test.each(cases)(
  "%s: the schedule is an answer at its own cost, and the best answer a schedule at its",
  (_, task) => {
    for (const block of buildShiftProblem(task).blocks) {
      const { pieces, cost } = greedy(block);
      expect(pieces.some(({ tourRule }) => tourRule !== null)).toBe(block.tours.length > 0);
      for (const [forms, kinds] of [
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ]) {
        const free = {
          forms: Uint8Array.from(block.forms, ({ day }) => (day === block.firstDay ? forms : 0)),
          kinds: Uint8Array.from(block.tours, (_, kind) => (kind < 4 ? kinds : 0)),
        };
        const program = partProgram(block, pieces, kindHolding(block), free);
        expect(faultOf(program.model, program.start)).toBeNull();
        expect(objectiveValue(program.model, program.start) + program.constant).toBeCloseTo(cost, 6);
        expect(costOf(block, program.read(program.start))).toBeCloseTo(cost, 6);
        const answer = solveModel(highs, program.model, { start: program.start, nodes: 1, iterations: 2000 });
        if (answer.x === null || answer.objective === null) throw new Error(answer.status);
        const better = program.read(answer.x);
        expect(costOf(block, better)).toBeCloseTo(answer.objective + program.constant, 4);
        expect(answer.objective + program.constant).toBeLessThanOrEqual(cost + 1e-6);
        if (forms + kinds === 0) expect(costOf(block, better)).toBeCloseTo(cost, 6);
      }
    }
  },
);

test.each(cases)(
  "%s: parts lead from a greedy cover to a better schedule at the cost they say",
  (_, task) => {
    for (const block of buildShiftProblem(task).blocks) {
      const first = greedy(block);
      const found = improveByParts(block, highs, first, randomStream(1, "parts"), {
        work: 600_000 * 8,
        patience: 8,
        target: 0,
        secondsLeft: () => Number.POSITIVE_INFINITY,
      });
      expect(found.cost).toBeLessThan(first.cost);
      expect(costOf(block, found.pieces)).toBeCloseTo(found.cost, 3);
    }
  },
);

test("the same seed leads to the same schedule", () => {
  const [block] = buildShiftProblem(cases[0][1]).blocks;
  const [one, other] = [1, 1].map((seed) =>
    improveByParts(block, highs, greedy(block), randomStream(seed, "parts"), {
      work: 600_000 * 5,
      patience: 5,
      target: 0,
      secondsLeft: () => Number.POSITIVE_INFINITY,
    }),
  );
  expect(other).toEqual(one);
});

test("parts are charged for the iterations their programs took, and end when the work is spent", () => {
  const [block] = buildShiftProblem(cases[0][1]).blocks;
  const spent = (work: number) => {
    const parts: number[] = [];
    improveByParts(block, highs, greedy(block), randomStream(1, "parts"), {
      work,
      patience: 1000,
      target: 0,
      secondsLeft: () => Number.POSITIVE_INFINITY,
      onPart: (taken) => parts.push(taken),
    });
    return parts;
  };
  expect(spent(1)).toHaveLength(1);
  const parts = spent(3_000_000);
  expect(new Set(parts).size).toBeGreaterThan(1);
  const total = parts.reduce((sum, taken) => sum + taken, 0);
  expect(total).toBeGreaterThanOrEqual(3_000_000);
  expect(total - parts[parts.length - 1]).toBeLessThan(3_000_000);
});
