import { addDays, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, dayOfDate, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import type { Issue, Progress } from "../../domain/outcome.ts";
import type { Made, Plan, PlanDocument, PlanResults, StageName } from "../../domain/plan/plan.ts";
import type { PublishedRoster } from "../../domain/plan/published-roster.ts";
import type { Roster } from "../../domain/plan/roster.ts";
import type { Schedule } from "../../domain/plan/shift.ts";
import { stageOrder } from "../../stages/chain.ts";
import { stageFreshness, stageInputKey } from "../../stages/freshness.ts";
import type { ReferenceRun } from "./reference-run.ts";

/**
 * The open plan and everything the screen knows about it, as one immutable value and one reducer.
 * A person edits the document (undo and redo); runs add results to it; the view is neither saved nor undone.
 */
export interface SessionState {
  readonly document: PlanDocument;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  readonly view: View;
  /** Work that is going on now, oldest first. */
  readonly jobs: readonly Job[];
  /** Finished optimisations that wait to be accepted or discarded. */
  readonly proposals: Proposals;
  /** The simulation that later ones are compared with; neither saved nor undone. */
  readonly reference: ReferenceRun | null;
  /** What the program has to say, newest last; each stays until dismissed or replaced. */
  readonly notices: readonly Notice[];
  /** What each stage remarked on its last run: reasons when it failed, warnings when not. */
  readonly issues: Readonly<Partial<Record<StageName, readonly Issue[]>>>;
  /** A file dropped, pasted or chosen anywhere in the window, for History or the next period to take up. */
  readonly incoming: IncomingFile | null;
  /** False in a tab that only mirrors a plan open in another: edits are refused there. */
  readonly writable: boolean;
}

export interface IncomingFile {
  readonly name: string;
  readonly data: Blob;
}

/** One undoable change of the document. */
interface Step {
  /** i18n key (`required:edit.goal`), so that it can be said in any language. */
  readonly label: string;
  readonly before: PlanDocument;
  readonly after: PlanDocument;
  /** Steps that follow each other quickly with the same key become one: a slider that is dragged. */
  readonly mergeKey: string | null;
  /** Milliseconds on the caller's clock. */
  readonly at: number;
}

export type Span = "day" | "week" | "fourWeeks" | "eightWeeks";

export interface View {
  /** A day of the plan; week and four weeks are the ones that hold it. */
  readonly date: LocalDate;
  readonly span: Span;
  /** null: all queues. */
  readonly queueId: string | null;
  /** Intervals of the plan's grid, half-open; shared by chart and grid on every page. */
  readonly selection: IntervalRange | null;
}

/** A stage's run or any other long work; `id` is the stage's name for runs of stages. */
export interface Job {
  readonly id: string;
  readonly progress: Progress | null;
  /** Milliseconds on the caller's clock. */
  readonly startedAt: number;
  /** True when Stop keeps something: a progress with a partial result has come in. */
  readonly hasPartial: boolean;
}

export interface Proposals {
  readonly schedule: Made<Schedule> | null;
  readonly roster: Made<Roster> | null;
}

export interface Notice {
  readonly id: string;
  readonly issue: Issue;
  /** What the person may do about it. */
  readonly action?: NoticeAction;
}

export type NoticeAction = "undo" | "workHere" | "backup" | "reload" | "repair";

export type SessionAction =
  | { readonly type: "open"; readonly document: PlanDocument }
  | {
      readonly type: "edit";
      readonly label: string;
      readonly change: (document: PlanDocument) => PlanDocument;
      readonly mergeKey?: string;
      readonly at: number;
    }
  | { readonly type: "undo" }
  | { readonly type: "redo" }
  | { readonly type: "view"; readonly change: Partial<View> }
  | { readonly type: "jobStarted"; readonly id: string; readonly at: number }
  | {
      readonly type: "jobProgress";
      readonly id: string;
      readonly progress: Progress;
      readonly hasPartial: boolean;
    }
  | { readonly type: "jobEnded"; readonly id: string }
  /** The roster has gone out: no step, since undo cannot call it back. */
  | { readonly type: "published"; readonly published: PublishedRoster }
  | { readonly type: "result"; readonly stage: StageName; readonly made: PlanResults[StageName] }
  | { readonly type: "propose"; readonly proposals: Partial<Proposals> }
  | { readonly type: "reference"; readonly run: ReferenceRun | null }
  | { readonly type: "notice"; readonly notice: Notice }
  | { readonly type: "dismiss"; readonly id: string }
  | { readonly type: "issues"; readonly stage: StageName; readonly issues: readonly Issue[] }
  | { readonly type: "incoming"; readonly file: IncomingFile | null }
  /** A file is done with; another that came meanwhile stays. */
  | { readonly type: "fileDone"; readonly file: IncomingFile }
  | { readonly type: "writable"; readonly writable: boolean }
  /** The same plan as another tab saved it: replaces the document, keeps the view. */
  | { readonly type: "mirror"; readonly document: PlanDocument };

const mergeWithinMilliseconds = 1500;
const keptSteps = 200;
const noProposals: Proposals = { schedule: null, roster: null };

export function openSession(document: PlanDocument): SessionState {
  return {
    document,
    past: [],
    future: [],
    view: { date: document.plan.firstDate, span: "week", queueId: null, selection: null },
    jobs: [],
    proposals: noProposals,
    reference: null,
    notices: [],
    issues: {},
    incoming: null,
    writable: true,
  };
}

export function sessionReducer(state: SessionState, action: SessionAction): SessionState {
  switch (action.type) {
    case "open":
      return { ...openSession(action.document), notices: state.notices, incoming: state.incoming };
    case "edit": {
      if (!state.writable) return state;
      const before = state.document;
      const after = action.change(before);
      if (after === before) return state;
      const last = state.past.at(-1);
      const mergeKey = action.mergeKey ?? null;
      const merges =
        last !== undefined &&
        mergeKey !== null &&
        last.mergeKey === mergeKey &&
        action.at - last.at < mergeWithinMilliseconds;
      const step: Step = {
        label: action.label,
        before: merges ? last.before : before,
        after,
        mergeKey,
        at: action.at,
      };
      const kept = merges ? state.past.slice(0, -1) : state.past;
      return {
        ...state,
        document: after,
        past: [...kept, step].slice(-keptSteps),
        future: [],
        view: viewInside(state.view, after.plan),
      };
    }
    case "undo": {
      if (!state.writable) return state;
      const step = state.past.at(-1);
      if (step === undefined) return state;
      const document = withBestResults(step.before, step.after, state.document);
      return {
        ...state,
        document,
        past: state.past.slice(0, -1),
        future: [...state.future, { ...step, after: state.document }],
        view: viewInside(state.view, document.plan),
      };
    }
    case "redo": {
      if (!state.writable) return state;
      const step = state.future.at(-1);
      if (step === undefined) return state;
      const document = withBestResults(step.after, step.before, state.document);
      return {
        ...state,
        document,
        past: [...state.past, { ...step, before: state.document, mergeKey: null }],
        future: state.future.slice(0, -1),
        view: viewInside(state.view, document.plan),
      };
    }
    case "view":
      return { ...state, view: viewInside({ ...state.view, ...action.change }, state.document.plan) };
    case "jobStarted": {
      const job: Job = { id: action.id, progress: null, startedAt: action.at, hasPartial: false };
      return { ...state, jobs: [...state.jobs.filter((other) => other.id !== action.id), job] };
    }
    case "jobProgress":
      return {
        ...state,
        jobs: state.jobs.map((job) =>
          job.id === action.id ? { ...job, progress: action.progress, hasPartial: action.hasPartial } : job,
        ),
      };
    case "jobEnded":
      return { ...state, jobs: state.jobs.filter((job) => job.id !== action.id) };
    case "published":
      if (!state.writable) return state;
      return { ...state, document: { ...state.document, published: action.published } };
    case "result": {
      const results: PlanResults = { ...state.document.results, [action.stage]: action.made };
      return { ...state, document: { ...state.document, results } };
    }
    case "propose":
      return { ...state, proposals: { ...state.proposals, ...action.proposals } };
    case "reference":
      return { ...state, reference: action.run };
    case "notice":
      return {
        ...state,
        notices: [...state.notices.filter((other) => other.id !== action.notice.id), action.notice],
      };
    case "dismiss":
      return { ...state, notices: state.notices.filter((notice) => notice.id !== action.id) };
    case "issues":
      return { ...state, issues: { ...state.issues, [action.stage]: action.issues } };
    case "incoming":
      return { ...state, incoming: action.file };
    case "fileDone":
      return state.incoming === action.file ? { ...state, incoming: null } : state;
    case "writable":
      return { ...state, writable: action.writable };
    case "mirror":
      return {
        ...state,
        document: action.document,
        past: [],
        future: [],
        view: viewInside(state.view, action.document.plan),
      };
  }
}

/**
 * `target` (where undo or redo goes), with the best results known: a result the step itself changed goes with the
 * step; of the others the one now on the screen is kept when it still fits, so that undoing a small edit never
 * throws a long run away. What was published stays.
 */
function withBestResults(target: PlanDocument, otherSide: PlanDocument, now: PlanDocument): PlanDocument {
  // What has gone out stays known, whichever way one goes.
  let document = target.published === now.published ? target : { ...target, published: now.published };
  for (const stage of stageOrder) {
    const changedByStep = target.results[stage] !== otherSide.results[stage];
    const current = now.results[stage];
    if (changedByStep || current === null || current === document.results[stage]) continue;
    if (document.results[stage] === null || current.inputKey === stageInputKey(stage, document)) {
      document = { ...document, results: { ...document.results, [stage]: current } };
    }
  }
  return document;
}

/** The view with what the plan no longer has taken out. */
function viewInside(view: View, plan: Plan): View {
  const lastDate = addDays(plan.firstDate, plan.dayCount - 1);
  const date = [plan.firstDate, view.date, lastDate].sort()[1];
  const queueId = plan.queues.some((queue) => queue.id === view.queueId) ? view.queueId : null;
  return date === view.date && queueId === view.queueId ? view : { ...view, date, queueId };
}

export type StageState = "none" | "stale" | "fresh" | "running";

/** State of a stage for its sign: ○ none, ◐ stale, ● fresh, ◌ running. */
export function stageState(state: SessionState, stage: StageName): StageState {
  if (state.jobs.some((job) => job.id === stage)) return "running";
  return stageFreshness(stage, state.document);
}

/** Days and intervals of a grid that the view shows; half-open, clipped to the grid. */
export interface VisibleRange extends IntervalRange {
  readonly firstDay: number;
  readonly dayCount: number;
  readonly firstDate: LocalDate;
}

/** Week: Monday to Sunday of the date. Four and eight weeks: the block of so many days since the grid's start that holds it. */
export function visibleRange(view: Pick<View, "date" | "span">, grid: IntervalGrid): VisibleRange {
  const day = dayOfDate(grid, view.date) ?? (view.date < grid.firstDate ? 0 : grid.dayCount - 1);
  const length = spanDays[view.span];
  const start =
    view.span === "day"
      ? day
      : view.span === "week"
        ? day - (weekdayOf(dateOfDay(grid, day)) - 1)
        : day - (day % length);
  const firstDay = Math.max(0, start);
  const endDay = Math.min(grid.dayCount, start + length);
  return {
    firstDay,
    dayCount: endDay - firstDay,
    firstDate: dateOfDay(grid, firstDay),
    first: grid.dayOffsets[firstDay],
    end: grid.dayOffsets[endDay],
  };
}

export const spanDays: Readonly<Record<Span, number>> = { day: 1, week: 7, fourWeeks: 28, eightWeeks: 56 };
