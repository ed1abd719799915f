import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { randomStream } from "../../src/numerics/random.ts";
import { loadHighs } from "../../src/optimising/highs-adapter.ts";
import { javascriptLpSolver } from "../../src/optimising/javascript-lp-adapter.ts";
import { faultOf, type LinearModel, modelBuilder } from "../../src/optimising/model.ts";
import { openLinearProgram, type Solver, solveModel } from "../../src/optimising/solver.ts";
import { boundFromDuals } from "../../src/optimising/weak-duality.ts";

const dataFolder = resolve(import.meta.dirname, "../../../shared/data");
const tollBooth = join(dataFolder, "toll_booth_6.json");

let highs: Solver;
beforeAll(async () => {
  highs = await loadHighs();
});

const solverNames = ["highs", "javascript-lp-solver"] as const;
const solverCalled = (name: (typeof solverNames)[number]) => (name === "highs" ? highs : javascriptLpSolver);

/** One row per period, one column per shift: whole shifts that cover every need at least cost. */
function coverModel(
  needs: readonly number[],
  shifts: readonly { cost: number; periods: readonly number[] }[],
): LinearModel {
  const builder = modelBuilder();
  for (const [period, need] of needs.entries()) builder.row(`period ${period}`, need, Infinity);
  for (const [index, { cost, periods }] of shifts.entries())
    builder.column({ name: `shift ${index}`, cost, integer: true, rows: periods, values: 1 });
  return builder.build();
}

const consecutive = (first: number, many: number, around: number) =>
  Array.from({ length: many }, (_, step) => (first + step) % around);

/** NUMBERS.md, hourly demand from 0:00; closed before 7:00. */
const hourly = [0, 0, 0, 0, 0, 0, 0, 5, 5, 7, 8, 6, 6, 7, 7, 7, 9, 9, 6, 5, 4, 4, 0, 0];

function shiftsOfFourToEightHours(cost: (hours: number) => number) {
  return [4, 5, 6, 7, 8].flatMap((hours) =>
    Array.from({ length: 24 - hours + 1 }, (_, start) => ({
      cost: cost(hours),
      periods: consecutive(start, hours, 24),
    })),
  );
}

describe.each(solverNames)("%s proves known optima", (name) => {
  test.skipIf(!existsSync(tollBooth))("toll booth of shared data: 19", () => {
    const { required, shift_length_periods: length } = JSON.parse(readFileSync(tollBooth, "utf8")) as {
      required: number[];
      shift_length_periods: number;
    };
    const shifts = required.map((_, start) => ({
      cost: 1,
      periods: consecutive(start, length, required.length),
    }));
    const answer = solveModel(solverCalled(name), coverModel(required, shifts));
    expect(answer).toMatchObject({ status: "optimal", objective: 19, bound: 19, gap: 0, solver: name });
  });

  test("five days on, two off: 22⅓ as a linear program, 23 whole", () => {
    const needs = [17, 13, 15, 19, 14, 16, 11];
    const tours = needs.map((_, start) => ({ cost: 1, periods: consecutive(start, 5, 7) }));
    const model = coverModel(needs, tours);
    const answer = solveModel(solverCalled(name), model);
    expect(answer).toMatchObject({ status: "optimal", objective: 23 });
    if (name === "highs") expect(answer.iterations).toBeGreaterThan(0);
    else expect(answer.iterations).toBeNull();
    const relaxed = { ...model, integer: new Uint8Array(model.integer.length) };
    expect(solveModel(solverCalled(name), relaxed).objective).toBeCloseTo(22 + 1 / 3, 6);
  });

  test("five overlapping shifts: 48, 31, 39, 43, 15 at 30,610", () => {
    const needs = [48, 79, 65, 87, 64, 73, 82, 43, 52, 15];
    const shifts = [
      { cost: 170, periods: [0, 1, 2, 3] },
      { cost: 160, periods: [1, 2, 3, 4] },
      { cost: 175, periods: [3, 4, 5, 6] },
      { cost: 180, periods: [5, 6, 7, 8] },
      { cost: 195, periods: [8, 9] },
    ];
    const answer = solveModel(solverCalled(name), coverModel(needs, shifts));
    expect(answer.status).toBe("optimal");
    expect(answer.objective).toBe(30_610);
    expect([...(answer.x ?? [])]).toEqual([48, 31, 39, 43, 15]);
  });

  test("shifts of four to eight hours: 95 hours without overcover", () => {
    const answer = solveModel(
      solverCalled(name),
      coverModel(
        hourly,
        shiftsOfFourToEightHours((h) => h),
      ),
    );
    expect(answer).toMatchObject({ status: "optimal", objective: hourly.reduce((a, b) => a + b), gap: 0 });
    expect(answer.objective).toBe(95);
  });

  test("shifts of four to eight hours: 16 shifts at least", () => {
    const answer = solveModel(
      solverCalled(name),
      coverModel(
        hourly,
        shiftsOfFourToEightHours(() => 1),
      ),
    );
    expect(answer).toMatchObject({ status: "optimal", objective: 16, bound: 16 });
  });

  test("infeasible and unbounded are outcomes", () => {
    const contradiction = modelBuilder();
    const row = contradiction.row("at least two", 2, Infinity);
    contradiction.column({ name: "x", cost: 1, upper: 1, integer: true, rows: [row], values: 1 });
    expect(solveModel(solverCalled(name), contradiction.build()).status).toBe("infeasible");
    const endless = modelBuilder();
    const free = endless.row("at least one", 1, Infinity);
    endless.column({ name: "x", cost: -1, rows: [free], values: 1 });
    expect(solveModel(solverCalled(name), endless.build()).status).toBe("unbounded");
  });

  test("bounds below zero and above hold", () => {
    const builder = modelBuilder();
    const row = builder.row("balance", -3, 4);
    builder.column({ name: "a", cost: 1, lower: -5, upper: 5, integer: true, rows: [row], values: 1 });
    builder.column({ name: "b", cost: -1, lower: 0, upper: 2.5, rows: [row], values: 1 });
    const answer = solveModel(solverCalled(name), builder.build());
    expect(answer.objective).toBeCloseTo(-7.5, 9);
  });

  test("duals price the rows of an open program, and columns may be added", () => {
    const builder = modelBuilder();
    const first = builder.row("first", 4, Infinity);
    const second = builder.row("second", 6, Infinity);
    builder.column({ name: "a", cost: 3, rows: [first], values: 1 });
    builder.column({ name: "b", cost: 5, rows: [second], values: 1 });
    const program = openLinearProgram(solverCalled(name), builder.build());
    const before = program.solve();
    expect([...(before?.duals ?? [])]).toEqual([3, 5].map((price) => expect.closeTo(price, 9)));
    program.addColumns([{ name: "both", cost: 6, rows: [first, second], values: 1 }]);
    const after = program.solve();
    program.dispose();
    expect(before).toMatchObject({ objective: expect.closeTo(42, 9), bound: expect.closeTo(42, 9) });
    expect(after).toMatchObject({ objective: expect.closeTo(34, 9), bound: expect.closeTo(34, 9) });
    expect(after?.x.reduce((sum, value, index) => sum + value * [3, 5, 6][index], 0)).toBeCloseTo(34, 9);
    expect((after?.duals[0] ?? 0) * 4 + (after?.duals[1] ?? 0) * 6).toBeCloseTo(34, 9);
  });
});

describe("the port", () => {
  const model = coverModel([3], [{ cost: 1, periods: [0] }]);
  const claiming = (x: number): Solver => ({
    name: "javascript-lp-solver",
    claim: () => ({ status: "optimal", x: Float64Array.of(x), bound: 1 }),
    openLinearProgram: () => {
      throw new Error("not asked for");
    },
  });

  test("rejects a fraction where a whole number is asked for", () => {
    expect(solveModel(claiming(3.5), model)).toMatchObject({ status: "rejected", x: null, objective: null });
  });

  test("rejects an answer that breaks a row, and names the row", () => {
    const answer = solveModel(claiming(2), model);
    expect(answer.status).toBe("rejected");
    expect(answer.fault).toContain("period 0");
  });

  test("computes objective and gap itself", () => {
    expect(solveModel(claiming(4), model)).toMatchObject({ objective: 4, bound: 1, gap: 0.75 });
  });

  test("does not take a wrong proof: an optimum away from its bound is only feasible, NaN is refused", () => {
    expect(solveModel(claiming(4), model).status).toBe("feasible");
    const without = {
      ...claiming(4),
      claim: () => ({ status: "optimal", x: Float64Array.of(4), bound: Number.NaN }),
    };
    expect(solveModel(without as Solver, model)).toMatchObject({ status: "rejected", x: null, bound: null });
  });

  const linear: LinearModel = { ...model, integer: new Uint8Array(1) };
  const claimingDuals = (x: number, dual: number): Solver => ({
    name: "highs",
    claim: () => ({ status: "optimal", x: Float64Array.of(x), bound: x, duals: Float64Array.of(dual) }),
    openLinearProgram: () => ({
      addColumns: () => {},
      solve: () => ({ x: Float64Array.of(x), duals: Float64Array.of(dual) }),
      dispose: () => {},
    }),
  });

  test("computes a linear bound from the duals, whatever bound the solver states", () => {
    expect(solveModel(claimingDuals(3, 1), linear)).toMatchObject({
      status: "optimal",
      bound: 3,
      boundFrom: "duals",
    });
    expect(solveModel(claimingDuals(5, 0.5), linear)).toMatchObject({
      status: "feasible",
      objective: 5,
      bound: 1.5,
    });
    // Twice the true price is scaled down to one under which the column is not worth more than it costs.
    expect(solveModel(claimingDuals(3, 2), linear)).toMatchObject({ bound: 3, gap: 0 });
  });

  test("an open program hands out nothing that does not hold", () => {
    const opened = (x: number, dual: number) => {
      const program = openLinearProgram(claimingDuals(x, dual), linear);
      return { answer: program.solve(), fault: program.fault() };
    };
    expect(opened(3, 1)).toEqual({
      answer: { x: Float64Array.of(3), duals: Float64Array.of(1), objective: 3, bound: 3 },
      fault: null,
    });
    expect(opened(2, 1)).toEqual({ answer: null, fault: expect.stringContaining("period 0") });
    expect(opened(-1, 1)).toEqual({ answer: null, fault: expect.stringContaining("shift 0") });
    expect(opened(Number.NaN, 1).answer).toBeNull();
    expect(opened(3, Number.NaN)).toEqual({ answer: null, fault: expect.stringContaining("dual") });
    expect(opened(3, -5).answer).toMatchObject({ objective: 3, bound: 0 });
  });

  test("columns that were added are checked too", () => {
    const program = openLinearProgram(claimingDuals(3, 1), linear);
    program.addColumns([{ name: "y", cost: 1, rows: [0], values: 1 }]);
    expect(program.solve()).toBeNull();
    expect(program.fault()).toContain("1 values for 2 columns");
  });

  test("no room but this one asks a solver past the port", () => {
    const source = resolve(import.meta.dirname, "../../src");
    const asking = (readdirSync(source, { recursive: true }) as string[])
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("optimising"))
      .filter((path) => /olver\.(claim|openLinearProgram)\(/.test(readFileSync(join(source, path), "utf8")));
    expect(asking).toEqual([]);
  });

  test("a column over a row that is not there is our bug", () => {
    expect(() => modelBuilder().column({ name: "x", cost: 1, rows: [0], values: 1 })).toThrow(RangeError);
  });
});

test("both solvers agree on 300 seeded small models", () => {
  const tally = { optimal: 0, infeasible: 0 };
  for (let number = 0; number < 300; number++) {
    const model = smallModel(number);
    const one = solveModel(highs, model);
    const other = solveModel(javascriptLpSolver, model);
    expect([number, one.status]).toEqual([number, other.status]);
    if (one.x !== null) {
      expect(one.objective).toBeCloseTo(other.objective ?? Number.NaN, 6);
      expect(faultOf(model, one.x)).toBeNull();
    }
    tally[one.status as keyof typeof tally]++;
  }
  expect(tally.optimal).toBeGreaterThan(200);
  expect(tally.infeasible).toBeGreaterThan(5);
});

test("any duals prove a bound that no optimum is below", () => {
  let proved = 0;
  for (let number = 0; number < 100; number++) {
    const model = { ...smallModel(number), integer: new Uint8Array(smallModel(number).cost.length) };
    const answer = solveModel(highs, model);
    if (answer.objective === null) continue;
    expect(answer).toMatchObject({ status: "optimal", boundFrom: "duals" });
    const random = randomStream(number, "duals");
    for (let draw = 0; draw < 10; draw++) {
      const duals = Float64Array.from(model.rowNames, () => 12 * random.uniform() - 4);
      const bound = boundFromDuals(model, [model], duals);
      if (bound === null) continue;
      expect(bound).toBeLessThanOrEqual(answer.objective + 1e-6);
      if (bound > 0) proved++;
    }
  }
  expect(proved).toBeGreaterThan(50);
});

/** Covers with caps: up to eight periods, ten kinds of shift, some ranges and upper bounds that may contradict. */
function smallModel(number: number): LinearModel {
  const random = randomStream(number, "small model");
  const whole = (from: number, to: number) => from + Math.floor(random.uniform() * (to - from + 1));
  const builder = modelBuilder();
  const periods = whole(3, 8);
  for (let period = 0; period < periods; period++) {
    const need = whole(0, 12);
    builder.row(`period ${period}`, need, random.uniform() < 0.2 ? need + whole(0, 6) : Infinity);
  }
  const kinds = whole(3, 10);
  for (let kind = 0; kind < kinds; kind++) {
    const length = whole(1, Math.min(4, periods));
    builder.column({
      name: `kind ${kind}`,
      cost: whole(1, 9),
      upper: random.uniform() < 0.3 ? whole(2, 9) : Infinity,
      integer: random.uniform() < 0.8,
      rows: consecutive(whole(0, periods - 1), length, periods),
      values: 1,
    });
  }
  // A dear stand-in for every period, so that most models can be met.
  if (random.uniform() < 0.85)
    for (let period = 0; period < periods; period++)
      builder.column({ name: `stand-in ${period}`, cost: 20, integer: true, rows: [period], values: 1 });
  return builder.build();
}
