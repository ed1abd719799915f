import { describe, expect, it } from "vitest";
import { noAnswers } from "../../../../src/app/session/answer-store.ts";
import type { Scenario } from "../../../../src/domain/plan/scenario.ts";
import type { Schedule } from "../../../../src/domain/plan/shift.ts";
import type { SimulationResult } from "../../../../src/domain/results/simulation.ts";
import { simulateContacts } from "../../../../src/simulating/simulate-contacts.ts";
import {
  columnKey,
  compareNow,
  isSimulated,
  prepareScenarios,
  roundKey,
  shiftsFor,
  shiftsKey,
  simulationRounds,
} from "../../../../src/ui/pages/whatif/answers.ts";
import { whatIfBase } from "../../../../src/ui/pages/whatif/whatif-base.ts";
import { busier, plannedDocument, slower } from "./planned-document.ts";

const days = { first: 0, end: 7 };
const base = whatIfBase(plannedDocument())!;
const columnsOf = (...scenarios: readonly Scenario[]) =>
  prepareScenarios(noAnswers.shifts, base, [null, ...scenarios]).columns;

describe("comparing now", () => {
  it("compares measured columns under their present names, each with its own figures", () => {
    const compare = (...scenarios: readonly Scenario[]) =>
      compareNow(noAnswers, columnsOf(...scenarios), days);
    const first = compare(busier, slower);
    const again = compare({ ...busier, name: "Very busy" }, slower);
    expect(again.plans.map(({ name }) => name)).toEqual(["Small", "Very busy", "Slower"]);
    expect(again.plans[1].queues).toBe(first.plans[1].queues);
    expect(again.plans[1].scopes[0].figures.offered?.value).toBeCloseTo(1.2 * 60 * 168, 6);
    expect(again.plans[2].scopes[0].figures.offered?.value).toBeCloseTo(60 * 168, 6);
    expect(compare(slower).plans[1].scopes[0].figures).toEqual(first.plans[2].scopes[0].figures);
  });

  it("answers by formulas until every column has been simulated, then by the simulation", async () => {
    const columns = columnsOf(busier);
    const replications = 4;
    const simulate = async (at: number): Promise<SimulationResult> => {
      const { plan, forecast, schedule, roster } = columns[at].inputs;
      const outcome = await simulateContacts({ plan, forecast, schedule, roster, days, replications });
      if (!outcome.ok) throw new Error("no simulation");
      return outcome.value;
    };
    const all = columns[0].inputs.plan.simulation.replications;
    const key = (at: number) => roundKey(columnKey(columns[0], columns[at], days), all);
    const one = { ...noAnswers, simulations: new Map([[key(0), await simulate(0)]]) };
    expect(compareNow(one, columns, days).method).toBe("formula");
    const both = { ...noAnswers, simulations: new Map([...one.simulations, [key(1), await simulate(1)]]) };
    expect(compareNow(both, columns, days).method).toBe("simulation");
    expect(isSimulated(both, columns, days)).toBe(false);
    const balances = new Map(columns.map((column) => [columnKey(columns[0], column, days), null]));
    expect(isSimulated({ ...both, balances }, columns, days)).toBe(true);
  });
});

describe("the key of a column", () => {
  const key = (columns: ReturnType<typeof columnsOf>, at = 1, span = days) =>
    columnKey(columns[0], columns[at], span);

  it("differs by changes and days, not by a scenario's name or wages", () => {
    const columns = columnsOf(busier, slower);
    expect(key(columns, 1)).not.toBe(key(columns, 2));
    expect(key(columns, 1)).not.toBe(key(columns, 1, { first: 0, end: 1 }));
    expect(key(columnsOf({ ...busier, name: "Very busy" }))).toBe(key(columns));
    const dearer: Scenario = { ...busier, changes: [...busier.changes, { kind: "wages", factor: 1.1 }] };
    expect(key(columnsOf(dearer))).toBe(key(columns));
  });

  it("differs by what a simulation of the plan reads, not by prices of a queue", () => {
    const document = plannedDocument();
    const keyWith = (queue: object, seed = 1) => {
      const plan = { ...document.plan, seed, queues: [{ ...document.plan.queues[0], ...queue }] };
      const changed = whatIfBase({ ...document, plan })!;
      return key(prepareScenarios(noAnswers.shifts, changed, [null]).columns, 0);
    };
    const unchanged = keyWith({});
    expect(keyWith({ patienceSeconds: 90 })).not.toBe(unchanged);
    expect(keyWith({}, 2)).not.toBe(unchanged);
    expect(keyWith({ minimumAgents: 3 })).toBe(unchanged);
  });
});

describe("rounds of replications", () => {
  it("a plan that is simulated at once has a single round", () => {
    expect(simulationRounds(columnsOf(), days)).toEqual([20]);
  });

  it("a plan that takes longer has a quick round first", () => {
    const busy = whatIfBase(plannedDocument())!;
    const heavy = {
      ...busy,
      plan: { ...busy.plan, simulation: { ...busy.plan.simulation, replications: 4000 } },
    };
    const [quick, all] = simulationRounds(prepareScenarios(noAnswers.shifts, heavy, [null]).columns, days);
    expect(all).toBe(4000);
    // 10,080 calls a replication, 1.5 million at once.
    expect(quick).toBe(148);
  });
});

describe("shifts of a scenario's own", () => {
  const own: Scenario = { ...busier, newShifts: true };

  it("are waited for until they have been made", () => {
    expect(shiftsFor(noAnswers.shifts, base, busier)).toEqual({ base, issue: null, waits: false });
    expect(shiftsFor(noAnswers.shifts, base, own)).toEqual({ base, issue: null, waits: true });
  });

  it("take the place of the plan's schedule and roster", () => {
    const schedule = { ...base.schedule!, cost: 1 } as Schedule;
    const shifts = new Map([[shiftsKey(base, own), schedule]]);
    const answer = shiftsFor(shifts, base, own);
    expect(answer.base).toEqual({ ...base, schedule, roster: null });
    expect(answer.waits).toBe(false);
  });

  it("that cannot be made leave the plan's own and say why", () => {
    const issue = { code: "shifts.noTemplates", severity: "error" } as const;
    const shifts = new Map([[shiftsKey(base, own), issue]]);
    expect(shiftsFor(shifts, base, own)).toEqual({ base, issue, waits: false });
    const { issues } = prepareScenarios(shifts, base, [null, own]);
    expect(issues).toEqual([{ scenarioId: "busier", issue }]);
  });

  it("are made again when something changes that makes them, not when a price does", () => {
    const document = plannedDocument();
    const keyWith = (part: object) =>
      shiftsKey(whatIfBase({ ...document, plan: { ...document.plan, ...part } })!, own);
    const unchanged = keyWith({});
    expect(keyWith({ seed: 2 })).not.toBe(unchanged);
    expect(keyWith({ scheduling: { ...document.plan.scheduling, costPerHourShort: 99 } })).not.toBe(
      unchanged,
    );
    expect(keyWith({ lostContactValue: 5 })).toBe(unchanged);
    expect(shiftsKey(base, { ...own, changes: slower.changes })).not.toBe(shiftsKey(base, own));
  });
});
