import type { RosterWorker } from "../../../workers/roster.worker.ts";
import { takenKeys } from "../../domain/plan/published-roster.ts";
import { rosterStage } from "../../stages/roster.ts";
import { inputOf } from "../../stages/stage.ts";
import type { Desk } from "../session/desk.ts";
import { rosterWorker } from "./roster-worker.ts";

/** Why shifts of the roster are open, and what would close them; null when stopped or there is no roster. */
export async function explainOpen({
  store,
  runs,
}: Desk): Promise<Awaited<ReturnType<RosterWorker["explain"]>> | null> {
  const { document } = store.state();
  const input = inputOf(rosterStage, document);
  const roster = document.results.roster?.value;
  if (input === null || roster === undefined) return null;
  const { grid, assignments, unassigned } = roster;
  const takenIds = takenKeys(document.plan.agents, document.published);
  return runs.job("openShifts", (onProgress, signal) =>
    rosterWorker.call(
      (worker, listen) =>
        worker.explain({ input, roster: { grid, assignments, unassigned }, takenIds }, listen),
      onProgress,
      signal,
    ),
  );
}
