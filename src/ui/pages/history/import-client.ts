import type { ImportWorker } from "../../../../workers/import.worker.ts";
import { samplePlanId } from "../../../app/keeping/sample-plan.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";
import { withNewQueue, withQueue } from "../../../domain/plan/edit-queues.ts";
import type { Plan, PlanDocument } from "../../../domain/plan/plan.ts";
import { planForHistory } from "../../../domain/plan/plan-for-history.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import type { HistoryImport } from "../../../history/reading/history-import.ts";
import { mergeHistories, overlappingDays } from "../../../history/reading/merge-histories.ts";

/** The worker that reads history files; started when first needed. */
export const importWorker = createWorkerClient<ImportWorker>(
  () => new Worker(new URL("../../../../workers/import.worker.ts", import.meta.url), { type: "module" }),
);

/** Whether a history speaks of the plan's queues on the plan's grid, so that it can take the place of the plan's own. */
export function fitsPlan(plan: Plan, history: DemandHistory): boolean {
  const { timeZone, intervalMinutes } = history.grid;
  return (
    timeZone === plan.timeZone &&
    intervalMinutes === plan.intervalMinutes &&
    plan.queues.every((queue) => history.queues.some(({ queueId }) => queueId === queue.id))
  );
}

/** Whether a history can be added to the plan's own: both lie on the same grid. */
export function canAdd(document: PlanDocument, history: DemandHistory): boolean {
  const own = document.history;
  return (
    own !== null &&
    own.grid.timeZone === history.grid.timeZone &&
    own.grid.intervalMinutes === history.grid.intervalMinutes
  );
}

/** Queues of a history that neither the plan nor its own history knows. */
export function newQueueIds({ plan, history: own }: PlanDocument, history: DemandHistory): string[] {
  const known = new Set([
    ...plan.queues.map(({ id }) => id),
    ...(own?.queues ?? []).map(({ queueId }) => queueId),
  ]);
  return history.queues.map(({ queueId }) => queueId).filter((id) => !known.has(id));
}

/** Days that both the plan's history and another have; they are asked about once. */
export function daysInBoth(document: PlanDocument, history: DemandHistory): number {
  return document.history === null ? 0 : overlappingDays(document.history, history);
}

/** What was imported with what looks like an outage or a copied day left out of learning. */
export async function withoutFaults(imported: HistoryImport): Promise<HistoryImport> {
  const history = await importWorker.call((worker) => worker.withSuggestions(imported.history));
  return { ...imported, history };
}

/**
 * The open plan with an imported history added to its own; `keepOwn` says whose days stay where both have them. Queues
 * that are new become queues of the plan, each with a group that serves it alone and the channel that the file names.
 *
 * @param ahtSeconds of the new queues, where the file has none
 */
export function withAddedHistory(
  document: PlanDocument,
  imported: HistoryImport,
  keepOwn: boolean,
  ahtSeconds: number | null,
): PlanDocument {
  if (document.history === null) return document;
  const history = keepOwn
    ? mergeHistories(document.history, imported.history)
    : mergeHistories(imported.history, document.history);
  const added: PlanDocument = { ...document, history };
  return newQueueIds(document, imported.history).reduce((before, queueId) => {
    const at = imported.history.queues.findIndex((queue) => queue.queueId === queueId);
    const grown = withNewQueue(before, queueId, imported.channels[at] ?? "voice", { queueId });
    const plan = withQueue(grown.plan, queueId, (queue) => ({ ...queue, defaultAhtSeconds: ahtSeconds }));
    return { ...grown, plan };
  }, added);
}

/** The open plan with an imported history in place of its own. */
export function withHistory(
  document: PlanDocument,
  imported: HistoryImport,
  ahtSeconds: number | null,
): PlanDocument {
  const queues = document.plan.queues.map((queue) =>
    ahtSeconds === null ? queue : { ...queue, defaultAhtSeconds: ahtSeconds },
  );
  return { ...document, plan: { ...document.plan, queues }, history: imported.history };
}

/**
 * A plan of its own for an imported history, with the open plan's goals, rules and prices. The sample's contracts are
 * nobody's: where it is open, contracts come with the first people.
 */
export function planFromHistory(
  base: Plan,
  imported: HistoryImport,
  ahtSeconds: number | null,
  id: string,
  name: string,
): PlanDocument {
  const { history, channels } = imported;
  const contracts = base.id === samplePlanId ? [] : base.contracts;
  const plan = planForHistory({ history, channels, base: { ...base, contracts }, id, name, ahtSeconds });
  return {
    // Holidays, special days and overrides belong to the place and the weeks of the plan they were made for.
    plan: {
      ...plan,
      forecast: { model: "auto", holidays: null, specialDays: [], overrides: [] },
      forecastSnapshots: [],
    },
    history,
    results: { forecast: null, requirement: null, schedule: null, roster: null, simulation: null },
  };
}
