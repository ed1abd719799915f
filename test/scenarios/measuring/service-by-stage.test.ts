import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { noResults } from "../../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import type { Premium } from "../../../src/domain/plan/shift.ts";
import { paidHoursOf, wagesOf } from "../../../src/domain/plan/wages.ts";
import type { SimulationResult } from "../../../src/domain/results/simulation.ts";
import { intervalsCsv } from "../../../src/files/intervals-csv.ts";
import { planFileText } from "../../../src/files/plan-file.ts";
import { randomStream } from "../../../src/numerics/random.ts";
import type { ScenarioInputs } from "../../../src/scenarios/changes/scenario-inputs.ts";
import { compareScenarios } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import type { ComparisonMethod } from "../../../src/scenarios/measuring/comparison.ts";
import { serviceOfResults } from "../../../src/scenarios/measuring/measured-plan.ts";
import {
  type ServiceSources,
  type ServiceStage,
  serviceOfStage,
} from "../../../src/scenarios/measuring/service-by-stage.ts";
import { reviseSchedule } from "../../../src/scheduling/schedule-figures.ts";
import { simulateContacts } from "../../../src/simulating/simulate-contacts.ts";
import { requireAgents } from "../../../src/staffing/require-agents.ts";
import { scheduleTerms } from "../../../src/stages/schedule-terms.ts";
import { keyFigures } from "../../../src/ui/frame/key-figures.ts";
import { totalsOf } from "../../../src/ui/pages/required/figures.tsx";
import { rosterService } from "../../../src/ui/pages/roster/roster-service.ts";
import { promisedLevel } from "../../../src/ui/pages/simulate/simulated.ts";
import { made } from "../../builders.ts";
import { shiftwrightHere } from "../../cli/in-process.ts";
import { scratchFolder } from "../../cli/shiftwright.ts";
import { rostered, smallPlan } from "../small-plan.ts";

/** One to three queues with rules of their own, people for one or several of them, some shifts that nobody has. */
async function randomPlan(seed: number) {
  const random = randomStream(seed, "plan");
  const between = (low: number, high: number) => low + random.uniform() * (high - low);
  const rules = ["offered", "answered", "shortAbandonsExcluded"] as const;
  const ids = ["voice", "chat", "mail"].slice(0, Math.ceil(between(0, 3)));
  const queues = ids.map((id) => ({ id, perHour: between(20, 120), ahtSeconds: between(90, 400) }));
  const load = (queue: (typeof queues)[number]) => (queue.perHour * queue.ahtSeconds) / 3600;
  const groups = [
    ...queues.map((queue) => ({
      id: queue.id,
      queueIds: [queue.id],
      agents: Math.max(1, Math.round(load(queue) * between(0.8, 1.2))),
    })),
    { id: "all", queueIds: ids, agents: Math.ceil(between(1, 4)) },
  ];
  const days = Math.ceil(between(1, 4));
  const floor = rostered(smallPlan({ queues, groups, days, replications: 10 }), Math.floor(between(0, 4)));
  const plan = {
    ...floor.plan,
    queues: floor.plan.queues.map((queue) => ({
      ...queue,
      goal: { ...queue.goal, serviceLevelRule: rules[Math.floor(between(0, 3))] },
    })),
    scheduling: { ...floor.plan.scheduling, premiums: seed % 2 === 0 ? [] : premiums },
  };
  return { ...floor, plan };
}

const premiums: Premium[] = [
  {
    kind: "clock",
    id: "evening",
    name: "Evening",
    share: 0.25,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    fromMinute: 1080,
    toMinute: 1320,
  },
  { kind: "overtime", id: "long", name: "Long shifts", share: 0.5, afterMinutes: 600 },
];

async function sourcesOf({ plan, forecast, schedule, roster }: ScenarioInputs): Promise<ServiceSources> {
  const requirement = await requireAgents({ plan, forecast });
  if (!requirement.ok) throw new Error(requirement.issues[0].code);
  const simulation = await simulateContacts({ plan, forecast, schedule, roster });
  if (!simulation.ok) throw new Error(simulation.issues[0].code);
  return {
    plan,
    forecast,
    requirement: requirement.value,
    schedule,
    roster,
    simulation: simulation.value,
  };
}

/** Measured as What-if measures the plan itself. */
async function whatIf(inputs: ScenarioInputs, method: ComparisonMethod, first: number, end: number) {
  const outcome = await compareScenarios({ ...inputs, scenarios: [], method, days: { first, end } });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value.plans[0].scopes;
}

const scratch = scratchFolder();
const printedMeasures = {
  serviceLevel: "service_level",
  offered: "offered",
  handled: "handled",
  lost: "lost",
  paidHours: "paid_hours",
  cost: "cost",
} as const;

const seeds = Array.from({ length: 20 }, (_, seed) => seed);

describe.each(seeds)(
  "random plan %i: every place that says service, contacts, hours or wages says the same",
  (seed) => {
    test("for the same queue, days and stage", async () => {
      const inputs = await randomPlan(seed);
      const sources = await sourcesOf(inputs);
      const { dayCount } = inputs.forecast.grid;
      const days = { first: 0, end: dayCount };
      const said = (stage: ServiceStage) => {
        const service = serviceOfStage(sources, stage, days);
        if (service === null) throw new Error(`nothing of ${stage}`);
        return service;
      };

      // Required: the figures under its chart.
      const required = totalsOf(
        sources.requirement!.queues.map((of) => ({
          of,
          queue: inputs.plan.queues.find(({ id }) => id === of.queueId)!,
          left: null,
          expected: null,
        })),
        { first: 0, end: dayCount * 48 },
        30,
      );
      expect(said("requirement").all.serviceLevel?.value).toBe(required.serviceLevel);
      expect(said("requirement").all.offered?.value).toBe(required.offered);

      // Shifts and Roster beside What-if of the same state of planning, by formula.
      const bySchedule = await whatIf({ ...inputs, roster: null }, "formula", 0, dayCount);
      const byRoster = await whatIf(inputs, "formula", 0, dayCount);
      const simulated = await whatIf(inputs, "simulation", 0, dayCount);
      for (const [stage, scopes] of [
        ["schedule", bySchedule],
        ["roster", byRoster],
        ["simulation", simulated],
      ] as const) {
        for (const { queueId, figures } of scopes) {
          const service = said(stage);
          const own = queueId === null ? service.all : service.queues.find((one) => one.queueId === queueId);
          expect(own?.serviceLevel, `${stage} ${queueId}`).toEqual(figures.serviceLevel);
          expect(own?.offered, `${stage} ${queueId}`).toEqual(figures.offered);
        }
      }

      // The days of the roster's strip, one by one.
      const strip = rosterService(inputs.plan, inputs.forecast, sources.requirement!, null);
      for (let day = 0; day < dayCount; day++) {
        const ofDay = serviceOfStage(sources, "roster", { first: day, end: day + 1 });
        const { serviceLevel, withheld } = strip.day(inputs.roster!, day);
        expect(serviceLevel).toBe(ofDay?.all.serviceLevel?.value ?? null);
        expect(withheld).toEqual(ofDay?.all.withheld ?? null);
      }

      // intervals.csv, as Files and the command line write it, and the thin line on Simulate.
      const results = {
        forecast: { value: inputs.forecast },
        requirement: { value: sources.requirement },
        schedule: { value: inputs.schedule },
        roster: { value: inputs.roster },
      } as unknown as PlanDocument["results"];
      const csv = intervalsCsv(results, serviceOfResults({ plan: inputs.plan, results }));
      const [header, ...rows] = csv
        .trim()
        .split(/\r?\n/)
        .map((line) => line.split(","));
      const column = (name: string) => header.indexOf(name);
      for (const { id } of inputs.plan.queues) {
        const own = rows.filter((row) => row[column("queue")] === id);
        const sum = (name: string) => own.reduce((total, row) => total + Number(row[column(name)]), 0);
        const range = { first: 0, end: dayCount * 48 };
        const requirement = sources.requirement!.queues.find(({ queueId }) => queueId === id)!;
        const total = (series: Float64Array) => series.reduce((all, value) => all + value, 0);
        expect(sum("forecast_offered")).toBeCloseTo(total(requirement.offered), 2);
        expect(sum("required_agents")).toBeCloseTo(total(requirement.requiredAgents), 2);
        const line = promisedLevel(inputs.plan, inputs.forecast, inputs.roster!, id, range);
        const written = own.map((row) => row[column("expected_service_level")]).filter((cell) => cell !== "");
        const drawn = line?.filter((level) => level !== null) ?? [];
        expect(written.length).toBe(drawn.length);
        for (const [at, cell] of written.entries()) expect(Number(cell)).toBeCloseTo(drawn[at], 4);
        expect(line === null).toBe(
          said("roster").queues.find(({ queueId }) => queueId === id)?.withheld !== null,
        );
      }

      // Paid hours and wages: of the schedule as Shifts has them, of the roster as its people are paid.
      const { grid } = inputs.forecast;
      const { templates, scheduling } = inputs.plan;
      const worked = inputs.roster!.assignments.map(({ shift }) => shift);
      for (const [scopes, shifts] of [
        [bySchedule, inputs.schedule!.shifts],
        [byRoster, worked],
        [simulated, worked],
      ] as const) {
        const { paidHours, cost, totalCost } = scopes.find(({ queueId }) => queueId === null)!.figures;
        let hours = 0;
        for (const shift of shifts) hours += paidHoursOf(shift);
        expect(paidHours?.value).toBeCloseTo(hours, 6);
        expect(cost?.value).toBeCloseTo(wagesOf(grid, templates, scheduling.premiums ?? [], shifts), 6);
        expect(totalCost?.value).toBeCloseTo(cost!.value, 6);
      }
      const terms = scheduleTerms(inputs.plan, sources.requirement!);
      const revised = reviseSchedule(terms, inputs.schedule!, inputs.schedule!.shifts);
      expect(bySchedule.at(-1)?.figures.paidHours?.value).toBeCloseTo(revised.paidHours, 6);

      // The command line.
      const file = scratch.file(
        `plan-${seed}.shiftwright.json`,
        planFileText({
          plan: inputs.plan,
          history: null,
          results: {
            ...noResults,
            forecast: made(inputs.forecast),
            requirement: made(sources.requirement!),
            schedule: made(inputs.schedule!),
            roster: made(inputs.roster!),
          },
        }),
      );
      for (const [method, scopes] of [
        ["formula", byRoster],
        ["simulation", simulated],
      ] as const) {
        const { output } = await shiftwrightHere(["compare", file, "--method", method]);
        const printed = Papa.parse<Record<string, string>>(output.trim(), { header: true }).data;
        for (const { queueId, figures } of scopes)
          for (const [measure, column] of Object.entries(printedMeasures)) {
            const row = printed.find((one) => one.queue === (queueId ?? "") && one.measure === column);
            const figure = figures[measure as keyof typeof printedMeasures];
            expect(row === undefined ? null : Number(row.value), `${method} ${queueId} ${measure}`).toBe(
              figure?.value ?? null,
            );
          }
      }

      // The rail.
      const { simulatedServiceLevel } = keyFigures(documentWith(sources.simulation!));
      expect(simulatedServiceLevel).toBeCloseTo(said("simulation").all.serviceLevel?.value ?? -1, 9);
    });
  },
);

function documentWith(value: SimulationResult): PlanDocument {
  const results = { forecast: null, requirement: null, schedule: null, roster: null, simulation: { value } };
  return { history: null, results } as unknown as PlanDocument;
}

test("shifts of other dates say nothing about the forecast's, and days that were not simulated have no figure", async () => {
  const inputs = await randomPlan(1);
  const sources = await sourcesOf(inputs);
  const { dayCount } = inputs.forecast.grid;
  const later = { ...sources.schedule!, grid: { ...sources.schedule!.grid, firstDate: "2027-01-04" } };
  expect(serviceOfStage({ ...sources, schedule: later }, "schedule", { first: 0, end: 1 })).toBe(null);
  expect(serviceOfStage(sources, "simulation", { first: dayCount, end: dayCount + 1 })).toBe(null);
});
