import type { RosterWorker } from "../../../workers/roster.worker.ts";
import type { Issue, Progress } from "../../domain/outcome.ts";
import { takenKeys } from "../../domain/plan/published-roster.ts";
import type { MovedShifts } from "../../domain/plan/roster.ts";
import type { SchedulingSettings } from "../../domain/plan/scheduling-settings.ts";
import { withMovedShifts } from "../../stages/judged-roster.ts";
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

/**
 * Moves shifts of the roster in time so that the simulation keeps more goals; what comes of it waits as a proposal, and
 * so does the best there is when a person stops it.
 */
export async function proposeMovedShifts(
  { store, runs }: Desk,
  terms: NonNullable<SchedulingSettings["keepGoals"]>,
): Promise<void> {
  const { document } = store.state();
  const { plan, results } = document;
  let best: MovedShifts | null = null;
  const outcome = await runs.job("moveShifts", (onProgress, signal) =>
    rosterWorker.call(
      (worker, listen) => worker.keepGoals({ plan, history: null, results }, terms, listen),
      (progress: Progress<unknown>) => {
        best = (progress.partial as MovedShifts | undefined) ?? best;
        onProgress(progress);
      },
      signal,
    ),
  );
  if (store.state().document.plan.id !== plan.id) return;
  const stoppedEarly: Issue = { code: "closedLoop.stoppedEarly", severity: "info" };
  const issues = outcome === null ? (best === null ? [stoppedEarly] : []) : outcome.issues;
  store.dispatch({ type: "issues", stage: "roster", issues });
  const found: MovedShifts | null = outcome === null ? best : outcome.ok ? outcome.value : null;
  if (found === null || found.judgement.moved === 0) return;
  // Whoever has changed the roster meanwhile keeps what they changed: what was moved is of another one.
  if (store.state().document.results.roster !== results.roster) {
    store.dispatch({
      type: "issues",
      stage: "roster",
      issues: [{ code: "closedLoop.rosterChanged", severity: "warning" }],
    });
    return;
  }
  const roster = withMovedShifts(document, found);
  if (roster !== null) store.dispatch({ type: "propose", proposals: { roster } });
}
