import { dateOfDay } from "../../domain/calendar/interval-grid.ts";
import { fingerprint } from "../../domain/fingerprint.ts";
import type { Issue, OnProgress, Outcome, Progress } from "../../domain/outcome.ts";
import type { Made, Plan, PlanDocument, PlanResults, StageName } from "../../domain/plan/plan.ts";
import type { Schedule } from "../../domain/plan/shift.ts";
import { stageNamed, stageOrder } from "../../stages/chain.ts";
import { changedDays } from "../../stages/changed-days.ts";
import { withReservesOf } from "../../stages/closed-loop.ts";
import { stageFreshness, stageInputKey, stagesBefore } from "../../stages/freshness.ts";
import { partsOf } from "../../stages/made-parts.ts";
import type { RunOfDays } from "../../stages/only-days.ts";
import type { StageSources } from "../../stages/stage.ts";
import type { SessionStore } from "../session/store.ts";
import { createPendingEdits } from "./pending-edits.ts";
import { isAbort, WorkerCrash } from "./worker-client.ts";

/** Long work of the open plan: stages and other jobs, run in workers, shown in the run line. */
export interface Runs {
  /**
   * Runs a stage after whatever it reads that is stale or missing. `propose`: a schedule or roster that would replace
   * another waits in `session.proposals`. Settles when done, stopped or failed; issues go to the session.
   */
  run(
    stage: StageName,
    options?: {
      readonly propose?: boolean;
      /**
       * Of a schedule or roster, the dates that are made again, all others staying as they are. Absent: those that have
       * changed since, where that is all that has (`changedDays`). null: the whole plan.
       */
      readonly dates?: readonly string[] | null;
    },
  ): Promise<void>;
  /**
   * Runs every stage that is stale or missing and has what it needs, in order; stops at the first that fails. Shifts and
   * roster are made again for the days that have changed, where only days have.
   */
  bringUpToDate(): Promise<void>;
  /** Changes the plan in more than one step; stages asked for meanwhile run on the plan as it is then. */
  edit(change: () => Promise<void>): Promise<void>;
  /** Ends a job; a stage that has a partial result keeps it. */
  stop(id: string): void;
  /** Best-so-far result of a stage that is running now: what Stop would keep. null: none yet. */
  partial<Stage extends StageName>(stage: Stage): StageResult<Stage> | null;
  /**
   * Any other long work (a comparison, a back-test) under the run line: `id` is its name, `job.<id>` in the frame's
   * catalogue its words. `work` gets a progress function and a signal that Stop aborts. null when stopped or crashed.
   */
  job<T>(
    id: string,
    work: (onProgress: OnProgress<unknown>, signal: AbortSignal) => Promise<T>,
  ): Promise<T | null>;
  /** Accept a waiting proposal as an undoable edit, or drop it. */
  accept(stage: "schedule" | "roster"): void;
  discard(stage: "schedule" | "roster"): void;
}

/** What a stage makes. */
export type StageResult<Stage extends StageName> =
  NonNullable<PlanResults[Stage]> extends Made<infer Result> ? Result : never;

/** How each stage is run for a document: in a worker on the page, directly in a test. */
export type StageRunners = {
  readonly [Stage in StageName]: (
    document: StageSources,
    onProgress: OnProgress<unknown>,
    signal: AbortSignal,
  ) => Promise<Outcome<StageResult<Stage>>>;
};

interface RunningJob {
  readonly controller: AbortController;
  partial: unknown;
  /** False when a newer run took its place: then nothing of it is kept. */
  keep: boolean;
}

export function createRuns(store: SessionStore, runners: StageRunners): Runs {
  const running = new Map<string, RunningJob>();

  function notify(id: string, code: string, values?: Issue["values"]): void {
    store.dispatch({ type: "notice", notice: { id, issue: { code, severity: "error", values } } });
  }

  /** Runs `work` as job `id`; what it threw comes back as a value so that nothing is left unhandled. */
  async function asJob<T>(
    id: string,
    work: (onProgress: OnProgress<unknown>, signal: AbortSignal) => Promise<T>,
  ): Promise<{ readonly value: T } | { readonly stopped: RunningJob } | "failed"> {
    const former = running.get(id);
    if (former !== undefined) {
      former.keep = false;
      former.controller.abort();
    }
    const job: RunningJob = { controller: new AbortController(), partial: undefined, keep: true };
    running.set(id, job);
    store.dispatch({ type: "jobStarted", id, at: performance.now() });
    store.dispatch({ type: "dismiss", id: `run.${id}` });
    try {
      const value = await work((progress: Progress<unknown>) => {
        if (running.get(id) !== job) return;
        if (progress.partial !== undefined) job.partial = progress.partial;
        const { partial: _, ...figures } = progress;
        store.dispatch({ type: "jobProgress", id, progress: figures, hasPartial: job.partial !== undefined });
      }, job.controller.signal);
      return job.controller.signal.aborted ? { stopped: job } : { value };
    } catch (error) {
      if (isAbort(error)) return { stopped: job };
      const message = error instanceof Error ? error.message : String(error);
      notify(`run.${id}`, failureCode(error, message), { job: id, message });
      return "failed";
    } finally {
      if (running.get(id) === job) {
        running.delete(id);
        store.dispatch({ type: "jobEnded", id });
      }
    }
  }

  const latest = new Map<StageName, Promise<boolean>>();
  const edits = createPendingEdits();

  /**
   * Runs one stage on the document as it is now. True when a result was made to the end; where a newer run takes
   * this one's place, that one's end counts, so that whoever waits for the stage goes on from it.
   */
  function runOne(stage: StageName, propose: boolean, dates?: readonly string[] | null): Promise<boolean> {
    const run = runNow(stage, propose, dates);
    latest.set(stage, run);
    return run;
  }

  async function runNow<Stage extends StageName>(
    stage: Stage,
    propose: boolean,
    dates: readonly string[] | null | undefined,
  ): Promise<boolean> {
    const document = store.state().document;
    const inputKey = stageInputKey(stage, document);
    if (inputKey === null) {
      notify(`run.${stage}`, "run.inputMissing", { job: stage });
      return false;
    }
    const missing = stageNamed(stage).missing(document.plan);
    if (missing !== null) {
      notify(`run.${stage}`, `run.missing.${missing}`, { job: stage });
      return false;
    }
    const part = await partOf(stage, document, dates);
    if (part !== null && !part.ok) {
      store.dispatch({ type: "notice", notice: { id: `run.${stage}`, issue: part.issues[0] } });
      return false;
    }
    const from = madeFrom(stage, document, inputKey, part);
    const keep = (solved: StageResult<Stage>) =>
      keepResult(store, stage, { value: part?.value.whole(solved) ?? solved, ...from }, propose);
    const end = await asJob(stage, async (onProgress, signal) => {
      const outcome = await runners[stage](part?.value.document ?? document, onProgress, signal);
      await nextTask();
      if (outcome.ok) fingerprint(outcome.value);
      await nextTask();
      return outcome;
    });
    if (end === "failed") return false;
    if (!isSamePeriod(store.state().document.plan, document.plan)) return false;
    if ("stopped" in end) {
      if (!end.stopped.keep) return (await latest.get(stage)) ?? false;
      if (end.stopped.partial !== undefined) {
        keep(stopped(end.stopped.partial) as StageResult<Stage>);
      }
      return false;
    }
    const outcome = end.value;
    store.dispatch({ type: "issues", stage, issues: outcome.issues });
    if (!outcome.ok) {
      for (const [at, issue] of outcome.issues.slice(0, 3).entries()) {
        store.dispatch({
          type: "notice",
          notice: { id: at === 0 ? `run.${stage}` : `run.${stage}.${at}`, issue },
        });
      }
      return false;
    }
    keep(outcome.value as StageResult<Stage>);
    return true;
  }

  /** Runs those of the stages that are not fresh, in order, until one fails or is stopped. */
  async function runInOrder(stages: readonly StageName[], skipHopeless: boolean): Promise<boolean> {
    for (const stage of stages) {
      const { document } = store.state();
      if (stageFreshness(stage, document) === "fresh") continue;
      const hopeless =
        stageInputKey(stage, document) === null || stageNamed(stage).missing(document.plan) !== null;
      if (hopeless && skipHopeless) continue;
      if (!(await runOne(stage, false))) return false;
    }
    return true;
  }

  return {
    async run(stage, options) {
      if (edits.end() !== null) await edits.end();
      const before = stagesBefore(stage, store.state().document);
      if (await runInOrder(before, false)) await runOne(stage, options?.propose ?? false, options?.dates);
    },
    async bringUpToDate() {
      if (edits.end() !== null) await edits.end();
      await runInOrder(stageOrder, true);
    },
    edit: edits.begin,
    stop(id) {
      running.get(id)?.controller.abort();
    },
    partial<Stage extends StageName>(stage: Stage) {
      return (running.get(stage)?.partial ?? null) as StageResult<Stage> | null;
    },
    async job(id, work) {
      const end = await asJob(id, work);
      return end !== "failed" && "value" in end ? end.value : null;
    },
    accept: (stage) => acceptProposal(store, stage),
    discard(stage) {
      store.dispatch({ type: "propose", proposals: { [stage]: null } });
    },
  };
}

/** The sentence for what a run ended with; browsers word the lack of memory and of code each in its own way. */
function failureCode(error: unknown, message: string): string {
  if (/out of memory|allocation failed|invalid (typed )?array (buffer )?length|array size/i.test(message))
    return "run.outOfMemory";
  if (/dynamically imported module|module script failed/i.test(message)) return "run.workerMissing";
  if (!(error instanceof WorkerCrash)) return "run.failed";
  return { missing: "run.workerMissing", gone: "run.workerGone", threw: "run.workerCrashed" }[error.end];
}

function acceptProposal(store: SessionStore, stage: "schedule" | "roster"): void {
  const made = store.state().proposals[stage];
  if (made === null) return;
  store.dispatch({ type: "propose", proposals: { [stage]: null } });
  store.editDocument(`frame:edit.accept.${stage}`, (document) => {
    const next = { ...document, results: { ...document.results, [stage]: made } };
    return stage === "schedule" ? withReservesOf(next, made.value as Schedule) : next;
  });
}

/** How a stage is run for some days only; null: for the whole plan. */
async function partOf<Stage extends StageName>(
  stage: Stage,
  document: PlanDocument,
  dates: readonly string[] | null | undefined,
): Promise<Outcome<RunOfDays<StageResult<Stage>>> | null> {
  if (dates === null || !isProposable(stage)) return null;
  const chosen = dates ?? changedDays(stage, document)?.dates;
  if (chosen === undefined) return null;
  // Only where a part is made: what judges a roster does not open with the program.
  const { rosterOfDays, scheduleOfDays } = await import("../../stages/only-days.ts");
  const run = stage === "schedule" ? scheduleOfDays(document, chosen) : rosterOfDays(document, chosen);
  return run as unknown as Outcome<RunOfDays<StageResult<Stage>>>;
}

type MadeFrom = Pick<Made<unknown>, "inputKey" | "parts">;

/**
 * What a result counts as made from. Of some days only: what those are made from now, and the others as before, so that it
 * is fresh where those were all that had changed.
 */
function madeFrom(
  stage: StageName,
  document: PlanDocument,
  inputKey: string,
  part: { readonly value: { readonly dates: readonly string[] } } | null,
): MadeFrom {
  if (!isProposable(stage)) return { inputKey };
  const parts = partsOf(stage, document);
  if (parts === null) return { inputKey };
  if (part === null) return { inputKey, parts };
  const before = document.results[stage];
  const changed = changedDays(stage, document)?.dates;
  const { dates } = part.value;
  if (before === null || changed?.every((date) => dates.includes(date))) return { inputKey, parts };
  if (before.parts === undefined) return { inputKey: before.inputKey };
  const grid = before.value.grid;
  const days = before.parts.days.map((key, day) =>
    dates.includes(dateOfDay(grid, day)) ? parts.days[day] : key,
  );
  return { inputKey: before.inputKey, parts: { rules: before.parts.rules, days } };
}

/** Keeps what a stage made; a schedule or roster that would replace another may wait as a proposal. */
function keepResult<Stage extends StageName>(
  store: SessionStore,
  stage: Stage,
  { value, ...from }: { readonly value: StageResult<Stage> } & MadeFrom,
  propose: boolean,
): void {
  const made = { value, madeAt: new Date().toISOString(), ...from } as PlanResults[Stage];
  const waits = propose && isProposable(stage) && store.state().document.results[stage] !== null;
  if (waits) store.dispatch({ type: "propose", proposals: { [stage]: made } });
  else store.dispatch({ type: "result", stage, made });
}

/** Whether what was made for one belongs to the other: not where another plan was opened, or the plan moved on. */
function isSamePeriod(a: Plan, b: Plan): boolean {
  return (["id", "firstDate", "dayCount", "timeZone", "intervalMinutes"] as const).every(
    (part) => a[part] === b[part],
  );
}

function isProposable(stage: StageName): stage is "schedule" | "roster" {
  return stage === "schedule" || stage === "roster";
}

/** A partial result says that it was stopped, where it has a status at all. */
function stopped(partial: unknown): unknown {
  return typeof partial === "object" && partial !== null && "status" in partial
    ? { ...partial, status: "stopped" }
    : partial;
}

/**
 * Lets the page draw and answer keys before the next piece of work: receiving a large result, digesting it for the
 * stages after it and drawing it are three tasks, none of which should be felt.
 */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
