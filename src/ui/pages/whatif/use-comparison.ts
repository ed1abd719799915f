import { startTransition, useEffect, useMemo, useRef, useState } from "react";
import type { Answers } from "../../../app/session/answer-store.ts";
import type { Span, VisibleRange } from "../../../app/session/session.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import { withTheirBase } from "../../../scenarios/measuring/compare-scenarios.ts";
import type { ComparedColumn, Comparison } from "../../../scenarios/measuring/comparison.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { compareNow, isSimulated, type PreparedScenarios, prepareScenarios, shiftsFor } from "./answers.ts";
import { answerShifts, answerSimulations, type Question } from "./compare-on-workers.ts";
import { type MeasuredScenarios, measureScenario, notMeasured } from "./measuring.ts";

/** What is compared, of which days. */
interface Asked {
  readonly base: ScenarioInputs;
  readonly scenarios: readonly Scenario[];
  readonly range: VisibleRange;
  readonly days: DayRange;
  readonly span: Span;
  readonly shifts: Answers["shifts"];
}

/** The comparison as it stands, and what it is of: while several columns are measured, what was asked for before. */
export interface RunningComparison extends Pick<Asked, "base" | "range" | "days" | "span"> {
  readonly comparison: Comparison;
  /** Why scenarios have no column. */
  readonly issues: PreparedScenarios["issues"];
  /** Whether a simulation is still to come; null: it is there. */
  readonly waits: "running" | "stopped" | null;
  /** Simulates after it was stopped. */
  readonly simulate: () => void;
  /** True while shifts of its own are still being made for a scenario. */
  readonly waitsForShifts: (scenario: Scenario) => boolean;
  /** The plan as a scenario finds it: with shifts of its own where those have been made for it. */
  readonly baseOf: (scenario: Scenario | null) => ScenarioInputs;
  /** The shifts made for a scenario that asks for its own; null: none, or not made yet. */
  readonly newShiftsOf: (scenario: Scenario) => Schedule | null;
}

/**
 * The plan beside its scenarios: at once by formulas, then by the exact changing queue, then simulated on the same
 * customers.
 * @param live the scenario of the page's levers; null while they are at rest
 */
export function useComparison(
  base: ScenarioInputs,
  ofPlan: readonly Scenario[],
  live: Scenario | null,
  range: VisibleRange,
  span: Span,
): RunningComparison {
  const scenarios = useMemo(() => withTheirBase(ofPlan), [ofPlan]);
  const answers = useAnswers();
  useNewShifts(base, scenarios, answers.shifts);
  const { shifts } = answers;
  const asked = useMemo(
    (): Asked => ({
      base,
      scenarios,
      range,
      days: { first: range.firstDay, end: range.firstDay + range.dayCount },
      span,
      shifts,
    }),
    [base, scenarios, range, span, shifts],
  );
  const shown = useMeasured(asked);
  const saved = useMemo(
    () => prepareScenarios(shown.shifts, shown.base, [null, ...shown.scenarios]),
    [shown],
  );
  const ofLevers = useMemo(
    () => (live === null ? [] : prepareScenarios(shown.shifts, shown.base, [live]).columns),
    [shown, live],
  );
  const columns = useMemo(
    () => [saved.columns[0], ...ofLevers, ...saved.columns.slice(1)],
    [saved, ofLevers],
  );
  const { days } = shown;
  const comparison = useMemo(() => compareNow(answers, columns, days), [answers, columns, days]);
  return {
    base: shown.base,
    range: shown.range,
    days,
    span: shown.span,
    comparison,
    issues: saved.issues,
    ...useSimulated(answers, columns, days),
    baseOf: (scenario) => shiftsFor(shown.shifts, shown.base, scenario).base,
    waitsForShifts: (scenario) => shiftsFor(shifts, base, scenario).waits,
    newShiftsOf(scenario) {
      const { schedule } = shiftsFor(shifts, base, scenario).base;
      return schedule === base.schedule ? null : schedule;
    },
  };
}

/** What is known by now; drawn in slices, when nothing is being dragged. */
function useAnswers(): Answers {
  const { answers } = useDesk();
  const [known, setKnown] = useState(answers.state);
  useEffect(() => {
    const update = () => startTransition(() => setKnown(answers.state()));
    update();
    return answers.subscribe(update);
  }, [answers]);
  return known;
}

/** Makes shifts for scenarios that ask for their own. */
function useNewShifts(base: ScenarioInputs, scenarios: readonly Scenario[], shifts: Answers["shifts"]): void {
  const { runs, answers } = useDesk();
  const waits = scenarios.some((scenario) => shiftsFor(shifts, base, scenario).waits);
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => {
      void runs.job("replan", (onProgress, signal) =>
        answerShifts(answers, base, scenarios, onProgress, signal),
      );
    }, 600);
    return () => clearTimeout(timer);
  }, [base, scenarios, waits, runs, answers]);
}

/**
 * What is asked for, or what was shown last while several columns of it are still to be measured, each in a task of its
 * own: other days, or a new forecast. A single column does not wait, and there is always one to begin with, the base.
 */
function useMeasured(asked: Asked): Asked {
  const [measured] = useState((): MeasuredScenarios => new WeakMap());
  const shown = useRef<Asked>({ ...asked, scenarios: [] });
  const [done, setDone] = useState<Asked | null>(null);
  const isReady = notMeasured(measured, asked).length < 2 || done === asked;
  useEffect(() => {
    const waiting = notMeasured(measured, asked);
    if (isReady) {
      shown.current = asked;
      // Measured already while it was drawn: only that it was is noted.
      for (const scenario of waiting) measureScenario(measured, asked, scenario);
      return;
    }
    let timer = setTimeout(function next() {
      const scenario = waiting.shift();
      if (scenario === undefined) startTransition(() => setDone(asked));
      else {
        measureScenario(measured, asked, scenario);
        timer = setTimeout(next);
      }
    });
    return () => clearTimeout(timer);
  }, [asked, isReady, measured]);
  return isReady ? asked : shown.current;
}

/** Simulates what is compared, a moment after the last change. */
function useSimulated(
  known: Answers,
  columns: readonly ComparedColumn[],
  days: DayRange,
): Pick<RunningComparison, "waits" | "simulate"> {
  const { runs, answers } = useDesk();
  const [stopped, setStopped] = useState<Question | null>(null);
  const question = useMemo((): Question => ({ columns, days }), [columns, days]);
  const waits = !isSimulated(known, columns, days);
  /** What is asked now: a run that ends for another question says nothing about this one. */
  const latest = useRef(question);
  useEffect(() => {
    latest.current = question;
    if (!waits || stopped === question) return;
    const timer = setTimeout(async () => {
      const end = await runs.job("compare", async (onProgress, signal) => ({
        failure: await answerSimulations(answers, question, onProgress, signal),
      }));
      if (latest.current === question && (end === null || end.failure !== null)) setStopped(question);
    }, 300);
    return () => {
      clearTimeout(timer);
      // What was asked before must not hold the processors while a lever is dragged.
      runs.stop("compare");
    };
  }, [answers, question, waits, stopped, runs]);
  return {
    waits: waits ? (stopped === question ? "stopped" : "running") : null,
    simulate: () => setStopped(null),
  };
}
