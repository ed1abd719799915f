import { sameGrid } from "../../domain/calendar/interval-grid.ts";
import type { Issue, Progress } from "../../domain/outcome.ts";
import { noResults } from "../../domain/plan/no-results.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import type { SchedulingSettings } from "../../domain/plan/scheduling-settings.ts";
import type { HoursPoint, Schedule } from "../../domain/plan/shift.ts";
import type { PooledRequirement } from "../../domain/results/pooled-requirement.ts";
import { withReservesOf } from "../../stages/closed-loop.ts";
import { stageFreshness, stageInputKey } from "../../stages/freshness.ts";
import { partsOf } from "../../stages/made-parts.ts";
import { scheduleStage } from "../../stages/schedule.ts";
import { inputOf } from "../../stages/stage.ts";
import type { Desk } from "../session/desk.ts";
import { scheduleWorker } from "./schedule-worker.ts";

/** Moves only the breaks of the present shifts; what comes of it waits as a proposal. */
export async function proposeBetterBreaks({ store, runs }: Desk): Promise<void> {
  const { document } = store.state();
  const present = document.results.schedule;
  const requirement = document.results.requirement;
  const input = inputOf(scheduleStage, document);
  if (present === null || requirement === null || input === null) return;
  // Shifts of other days have no breaks to move here.
  if (!sameGrid(present.value.grid, requirement.value.grid)) return;
  const { shifts, tours } = present.value;
  const outcome = await runs.job("breaks", (onProgress, signal) =>
    scheduleWorker.call(
      (worker, listen) =>
        worker.run(
          { ...input, present: { shifts, ...(tours === undefined ? {} : { tours }) }, breaksOnly: true },
          listen,
        ),
      onProgress,
      signal,
    ),
  );
  if (outcome === null || store.state().document.plan.id !== document.plan.id) return;
  store.dispatch({ type: "issues", stage: "schedule", issues: outcome.issues });
  if (!outcome.ok) return;
  // The gap of fixed shifts is another one: how far these breaks are from the best for these very shifts. The bound of
  // the whole schedule still holds.
  const value: Schedule = withBoundOf(outcome.value, present.value);
  store.dispatch({
    type: "propose",
    proposals: { schedule: { value, madeAt: new Date().toISOString(), inputKey: present.inputKey } },
  });
}

function withBoundOf(better: Schedule, present: Schedule): Schedule {
  const objective = better.objective + (present.changes?.cost ?? 0);
  const bound = Math.min(present.bound, objective);
  const gap = objective > 0 ? (objective - bound) / objective : 0;
  return {
    ...better,
    objective,
    bound,
    gap,
    ...(present.changes === undefined ? {} : { changes: present.changes }),
    status: gap === 0 ? "optimal" : present.status === "optimal" ? "gapReached" : present.status,
  };
}

/**
 * The cheapest shifts whose simulation keeps the goals; what comes of it waits as a proposal, and so does the best there
 * is when a person stops it. `onRound` hears what each round cost.
 */
export async function proposeKeptGoals(
  { store, runs }: Desk,
  terms: NonNullable<SchedulingSettings["keepGoals"]>,
  onRound: (round: RoundFigures) => void,
): Promise<void> {
  // What the requirement is made from may have changed: shifts begin with it.
  if (stageFreshness("requirement", store.state().document) !== "fresh") await runs.run("requirement");
  const { document } = store.state();
  if (stageInputKey("schedule", document) === null) return;
  const { plan, results } = document;
  let best: Schedule | null = null;
  const outcome = await runs.job("keepGoals", (onProgress, signal) =>
    scheduleWorker.call(
      (worker, listen) => worker.keepGoals({ plan, history: null, results }, terms, listen),
      (progress: Progress<unknown>) => {
        best = (progress.partial as Schedule | undefined) ?? best;
        const { phase, completed, total, best: cost = null, bound = null } = progress;
        if (phase === "keepingGoals") onRound({ completed, total, cost, leastWorkCost: bound });
        onProgress(progress);
      },
      signal,
    ),
  );
  if (store.state().document.plan.id !== plan.id) return;
  const stoppedEarly: Issue = { code: "closedLoop.stoppedEarly", severity: "info" };
  const issues = outcome === null ? (best === null ? [stoppedEarly] : []) : outcome.issues;
  store.dispatch({ type: "issues", stage: "schedule", issues });
  const value = outcome === null ? best : outcome.ok ? outcome.value : null;
  const madeFrom = value && withReservesOf(document, value);
  const inputKey = madeFrom && stageInputKey("schedule", madeFrom);
  const parts = madeFrom && partsOf("schedule", madeFrom);
  if (value === null || inputKey === null || parts === null) return;
  store.dispatch({
    type: "propose",
    proposals: { schedule: { value, madeAt: new Date().toISOString(), inputKey, parts } },
  });
}

/** How far a search for kept goals has come. Costs in the plan's currency; null: not known yet. */
export interface RoundFigures {
  readonly completed: number;
  readonly total: number | null;
  readonly cost: number | null;
  readonly leastWorkCost: number | null;
}

/** What each hour of budget buys; null when stopped or impossible. */
export async function priceHours({ store, runs }: Desk): Promise<readonly HoursPoint[] | null> {
  const { document } = store.state();
  const input = inputOf(scheduleStage, document);
  if (input === null) return null;
  const outcome = await runs.job("hoursCurve", (onProgress, signal) =>
    scheduleWorker.call((worker, listen) => worker.hoursCurve(input, listen), onProgress, signal),
  );
  return outcome?.ok ? outcome.value : null;
}

/** What a day needs with agents shared; null when stopped or refused, which the requirement's notices then say. */
export async function findPooling(
  { store, runs }: Desk,
  document: Pick<PlanDocument, "plan" | "results">,
  day: number,
): Promise<PooledRequirement | null> {
  const { plan, results } = document;
  const { forecast, requirement } = results;
  const outcome = await runs.job("pooling", (onProgress, signal) =>
    scheduleWorker.call(
      (worker, listen) =>
        worker.pooling({ plan, results: { ...noResults, forecast, requirement } }, day, listen),
      onProgress,
      signal,
    ),
  );
  if (outcome === null) return null;
  store.dispatch({ type: "issues", stage: "requirement", issues: outcome.ok ? [] : outcome.issues });
  return outcome.ok ? outcome.value : null;
}
