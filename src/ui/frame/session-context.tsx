import {
  createContext,
  type ReactNode,
  useContext,
  useDeferredValue,
  useMemo,
  useSyncExternalStore,
} from "react";
import type { Desk } from "../../app/session/desk.ts";
import {
  type SessionState,
  type StageState,
  stageState,
  type View,
  type VisibleRange,
  visibleRange,
} from "../../app/session/session.ts";
import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { Plan, PlanResults, StageName } from "../../domain/plan/plan.ts";

const DeskContext = createContext<Desk | null>(null);

export function DeskProvider(props: { readonly desk: Desk; readonly children: ReactNode }) {
  return <DeskContext value={props.desk}>{props.children}</DeskContext>;
}

/** The desk itself: `store.edit(label, change)`, `store.setView(…)`, `runs.run("schedule")`, `runs.stop("schedule")`. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new RangeError("no session around this component");
  return desk;
}

/** A part of the session; the component renders again only when that part is another value. */
export function useSession<T>(select: (state: SessionState) => T): T {
  const { store } = useDesk();
  return useSyncExternalStore(store.subscribe, () => select(store.state()));
}

export function usePlan(): Plan {
  return useSession((state) => state.document.plan);
}

/**
 * What a stage made (value, madeAt, inputKey), or null. A new result is drawn when there is time: typing and the run
 * line go first, and the work is cut into slices between components.
 */
export function useResult<Stage extends StageName>(stage: Stage): PlanResults[Stage] {
  return useDeferredValue(useSession((state) => state.document.results[stage]));
}

export function useStageState(stage: StageName): StageState {
  return useSession((state) => stageState(state, stage));
}

/**
 * What the bar asks a page to show. Another day, span or queue is drawn when there is time, in slices between
 * components, and the bar itself answers at once; a selection follows the hand.
 */
export function useView(): View {
  const { date, span, queueId, selection } = useSession((state) => state.view);
  const place = useMemo(() => ({ date, span, queueId }), [date, span, queueId]);
  const shown = useDeferredValue(place);
  return useMemo(() => ({ ...shown, selection }), [shown, selection]);
}

/** Days and intervals of a grid that the bar's time picker asks for. */
export function useVisibleRange(grid: IntervalGrid): VisibleRange {
  const { date, span } = useView();
  return useMemo(() => visibleRange({ date, span }, grid), [date, span, grid]);
}
