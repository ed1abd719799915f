import type { ImportWorker } from "../../workers/import.worker.ts";
import type { DemandHistory } from "../domain/demand.ts";
import type { Plan, PlanDocument } from "../domain/plan.ts";
import { planForHistory } from "../domain/plan-for-history.ts";
import type { HistoryImport } from "../importing/import-history.ts";
import type { InspectedFile } from "../importing/inspect-history.ts";
import { type ColumnRole, columnRoles, type HistoryMapping } from "../importing/layouts.ts";
import { withSuggestions } from "../importing/quality-report.ts";
import { createWorkerClient } from "./worker-client.ts";

/** The worker that reads history files; started when first needed. */
export const importWorker = createWorkerClient<ImportWorker>(
  () => new Worker(new URL("../../workers/import.worker.ts", import.meta.url), { type: "module" }),
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

/** The open plan with an imported history in place of its own; what looks like an outage is left out of learning. */
export function withHistory(
  document: PlanDocument,
  imported: HistoryImport,
  ahtSeconds: number | null,
): PlanDocument {
  const queues = document.plan.queues.map((queue) =>
    ahtSeconds === null ? queue : { ...queue, defaultAhtSeconds: ahtSeconds },
  );
  return { ...document, plan: { ...document.plan, queues }, history: withSuggestions(imported.history) };
}

/** A plan of its own for an imported history, with the open plan's goals, rules and prices. */
export function planFromHistory(
  base: Plan,
  imported: HistoryImport,
  ahtSeconds: number | null,
  id: string,
  name: string,
): PlanDocument {
  const { history, channels } = imported;
  return {
    plan: planForHistory({ history, channels, base, id, name, ahtSeconds }),
    history: withSuggestions(history),
    results: { forecast: null, requirement: null, schedule: null, roster: null, simulation: null },
  };
}

/** What the screen calls the importing room's types: pages know the app, not the rooms behind it. */
export type ImportedHistory = HistoryImport;
export type FileMapping = HistoryMapping;
export type FileLook = InspectedFile;
export type ColumnPurpose = ColumnRole;
export const columnPurposes: readonly ColumnRole[] = columnRoles;
