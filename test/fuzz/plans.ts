import { samplePlan } from "../../sample-data/plan.ts";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { Plan, PlanDocument } from "../../src/domain/plan/plan.ts";
import { exportNames } from "../../src/files/export-names.ts";
import { exportCsv } from "../../src/files/plan-exports.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { documentDigests, stageInputKey } from "../../src/stages/freshness.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { scheduleStage } from "../../src/stages/schedule.ts";
import { simulationStage } from "../../src/stages/simulation.ts";
import { flatForecast, smallDocument } from "../app/sample-document.ts";
import { damagedValue, pickOf } from "./mutations.ts";
import type { Round } from "./round.ts";

/** Plans with every kind of part, and one with what all stages made of it; as the JSON of their files. */
const files: readonly unknown[] = [
  await withResults(),
  parsedFile({ ...smallDocument(), results: noResults }),
  parsedFile({ plan: few(samplePlan()), history: null, results: noResults }),
];

function few(plan: Plan): Plan {
  return { ...plan, agents: plan.agents.slice(0, 4), templates: plan.templates.slice(0, 3) };
}

function parsedFile(document: PlanDocument): unknown {
  const { fingerprint: _, ...parsed } = JSON.parse(planFileText(document));
  return parsed;
}

/** A day of one queue and two people, through all stages. */
async function withResults(): Promise<unknown> {
  const { contracts, templates, agents } = samplePlan();
  const small = smallDocument();
  const plan: Plan = {
    ...small.plan,
    dayCount: 1,
    templates: [{ ...templates[0], groupIds: [], minimumCount: null, maximumCount: 3 }],
    contracts: contracts.slice(0, 1),
    agents: agents.slice(0, 2).map((agent) => ({
      ...agent,
      groupId: "all",
      contractId: contracts[0].id,
      wishes: [],
      preferences: undefined,
      fixedShifts: undefined,
    })),
    scheduling: { ...small.plan.scheduling, seconds: 1 },
    simulation: { ...small.plan.simulation, replications: 2 },
  };
  const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, "2026-11-01", 1);
  const history = {
    grid,
    queues: small.history!.queues.map((queue) => ({
      ...queue,
      state: queue.state.slice(0, intervalCount(grid)),
      offered: queue.offered.slice(0, intervalCount(grid)),
    })),
  };
  let document: PlanDocument = { plan, history, results: noResults };
  const keep = (stage: keyof PlanDocument["results"], value: unknown) => {
    const made = {
      value,
      madeAt: "2026-11-01T10:00:00.000Z",
      inputKey: stageInputKey(stage, document) ?? "",
    };
    document = { ...document, results: { ...document.results, [stage]: made } };
  };
  keep("forecast", flatForecast(document, 12));
  for (const stage of [requirementStage, scheduleStage, rosterStage, simulationStage]) {
    const input = stage.read(document);
    const outcome = input === null ? null : await stage.run(input as never);
    if (outcome === null || !outcome.ok)
      throw new RangeError(`no ${stage.name}: ${JSON.stringify(outcome?.issues)}`);
    keep(stage.name, outcome.value);
  }
  return parsedFile(document);
}

/**
 * One damaged plan file: refused in words, or a document that holds together: what it names is there, its series are as
 * long as their grid, its keys can be made, its tables be written, agents be required of it, and it is the same when it
 * is saved and opened again.
 */
export async function planRound(seed: number, index: number): Promise<Round> {
  const chance = randomStream(seed, "plan", index);
  const text = JSON.stringify(damagedValue(pickOf(files, chance), chance));
  const outcome = readPlanFile(new TextEncoder().encode(text));
  if (!outcome.ok) {
    const hasReason = outcome.issues.some(({ severity }) => severity === "error");
    return { end: "refused", fault: hasReason ? null : "refused without a reason", isCounted: false };
  }
  const { value: document } = outcome;
  const fault = (what: string): Round => ({ end: "read", fault: what, isCounted: false });
  if ("polluted" in {}) return fault("every object has a foreign key");
  const missing = missingNames(document.plan)[0];
  if (missing !== undefined) return fault(`${missing} is not there`);
  const oddSeries = oddSeriesOf(document);
  if (oddSeries !== null) return fault(oddSeries);
  documentDigests(document);
  for (const name of exportNames) exportCsv(name, document, []);
  const again = readPlanFile(new TextEncoder().encode(planFileText(document)));
  if (!again.ok || planFileText(again.value) !== planFileText(document))
    return fault("not the same when saved");
  const input = requirementStage.read(document);
  if (input !== null) await requirementStage.run(input);
  return { end: "read", fault: null, isCounted: true };
}

/** What a plan's parts name without its being there; found without the program's own check. */
function missingNames({ queues, groups, contracts, agents, templates }: Plan): string[] {
  const lacks = (list: readonly { readonly id: string }[], ids: readonly string[]) =>
    ids.filter((id) => list.filter((one) => one.id === id).length !== 1);
  return [
    ...lacks(
      queues,
      groups.flatMap(({ queueIds }) => queueIds),
    ),
    ...lacks(
      queues,
      queues.flatMap(({ id, transfers = [] }) => [id, ...transfers.map(({ queueId }) => queueId)]),
    ),
    ...lacks(groups, [
      ...agents.map(({ groupId }) => groupId),
      ...templates.flatMap(({ groupIds }) => groupIds),
    ]),
    ...lacks(
      contracts,
      agents.map(({ contractId }) => contractId),
    ),
    ...lacks(
      agents,
      agents.map(({ id }) => id),
    ),
    ...lacks(
      templates,
      templates.map(({ id }) => id),
    ),
  ];
}

/** Series of another length than their grid, or of what is no number. */
function oddSeriesOf({ history, results }: PlanDocument): string | null {
  const parts = { history, forecast: results.forecast?.value, requirement: results.requirement?.value };
  for (const [part, value] of Object.entries(parts)) {
    for (const queue of value?.queues ?? [])
      for (const [name, series] of Object.entries(queue)) {
        if (!(series instanceof Float64Array)) continue;
        if (series.length !== intervalCount(value!.grid)) return `${name} of the ${part} has another length`;
        if (series.some((one) => !(one >= 0))) return `${name} of the ${part} is no series of numbers`;
      }
  }
  return null;
}
