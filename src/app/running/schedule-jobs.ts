import { sameGrid } from "../../domain/calendar/interval-grid.ts";
import type { HoursPoint, Schedule } from "../../domain/plan/shift.ts";
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
