import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Measure } from "../../../scenarios/measuring/figures.ts";
import type { Sweep, SweepLever } from "../../../scenarios/searches/sweep.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { CurveChart } from "../../kit/charts/curve-chart.tsx";
import { HeatMap } from "../../kit/charts/heat-map.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { figureWords } from "./figure-words.ts";
import { RunAnalysis } from "./run-analysis.tsx";
import { useAnalysis } from "./use-analysis.ts";
import { ask } from "./whatif-analyses.ts";

type LeverKind = SweepLever["kind"];

/** Where each lever is looked at. */
const ranges: Record<LeverKind, readonly number[]> = {
  volume: [-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
  aht: [-0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3],
  agents: [-6, -4, -2, 0, 2, 4, 6, 8, 10, 12, 15, 20],
  absence: [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5],
  shrinkage: [-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1],
  patience: [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 1, 2],
};
const sweptMeasures = ["serviceLevel", "asaSeconds", "abandonmentRate", "occupancy", "hoursShort"] as const;

/** Of each point of a map that is simulated. */
const sweepReplications = 8;

interface Question {
  /** Of the scenario or plan that was asked about. */
  readonly name: string;
  readonly across: LeverKind;
  readonly down: LeverKind | "none";
  readonly measure: Measure;
  readonly goal: number | null;
}

/** One or two parameters over a range: a curve, or a map with the line on which the goal is just kept. */
export function SweepView({ subject }: { readonly subject: AnalysisSubject }) {
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const [across, setAcross] = useState<LeverKind>("volume");
  const [down, setDown] = useState<LeverKind | "none">("agents");
  const [measure, setMeasure] = useState<Measure>("serviceLevel");
  const [groupId, setGroupId] = useState(plan.groups[0].id);
  const [method, setMethod] = useState<"formula" | "simulation">("formula");
  const { state, trouble, running, run } = useAnalysis<Question, Sweep>("sweep");
  const levers = (Object.keys(ranges) as LeverKind[]).map((value) => ({ value, name: t(`lever.${value}`) }));
  const goalQueue = plan.queues.find(({ id }) => id === subject.queueId) ?? plan.queues[0];
  const leverOf = (kind: LeverKind): SweepLever => ({ kind, groupId, queueId: subject.queueId });
  const start = () =>
    run(
      {
        name: subject.name,
        across,
        down,
        measure,
        goal: measure === "serviceLevel" ? goalQueue.goal.serviceLevel : null,
      },
      (onProgress, signal) =>
        ask(
          "sweepScenarios",
          {
            ...subject.base,
            changes: subject.changes,
            across: { lever: leverOf(across), values: ranges[across] },
            down: down === "none" ? null : { lever: leverOf(down), values: ranges[down] },
            measure,
            queueId: subject.queueId,
            days: subject.days,
            method,
            replications: sweepReplications,
          },
          onProgress,
          signal,
        ),
    );
  return (
    <div className="whatif-analysis">
      <div className="whatif-fields">
        <SelectField label={t("sweep.across")} value={across} options={levers} onChange={setAcross} />
        <SelectField
          label={t("sweep.down")}
          value={down}
          options={[
            { value: "none" as const, name: t("sweep.none") },
            ...levers.filter(({ value }) => value !== across),
          ]}
          onChange={setDown}
        />
        <SelectField
          label={t("sweep.measure")}
          value={measure}
          options={sweptMeasures.map((value) => ({ value, name: t(`measure.${value}`) }))}
          onChange={setMeasure}
        />
        {plan.groups.length > 1 && (across === "agents" || down === "agents") && (
          <SelectField
            label={t("levers.group")}
            value={groupId}
            options={plan.groups.map(({ id, name }) => ({ value: id, name }))}
            onChange={setGroupId}
          />
        )}
        <SegmentedControl
          label={t("sweep.by")}
          value={method}
          options={[
            { value: "formula", name: t("sweep.formula") },
            { value: "simulation", name: t("sweep.simulation") },
          ]}
          onChange={setMethod}
        />
      </div>
      <RunAnalysis
        label={t("sweep.run")}
        disabled={running || across === down}
        trouble={trouble}
        onRun={start}
      >
        {subject.changes.length > 0 && (
          <span className="field-hint">{t("sweep.onTop", { name: subject.name })}</span>
        )}
      </RunAnalysis>
      {state !== null && (
        <>
          <p className="field-hint" role="status">
            {state.answer.method === "formula"
              ? t("sweep.byFormula")
              : t("sweep.simulated", { replications: sweepReplications })}
          </p>
          <SweepResult question={state.question} sweep={state.answer} name={state.question.name} />
        </>
      )}
    </div>
  );
}

function SweepResult(props: { readonly question: Question; readonly sweep: Sweep; readonly name: string }) {
  const { question, sweep, name } = props;
  const { across, down, measure, goal } = question;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const words = figureWords(t, format, measure, plan.currency);
  const leverText = (kind: LeverKind, value: number) =>
    kind === "agents"
      ? format.signed(value)
      : kind === "absence"
        ? format.percent(value, 0)
        : format.signedPercent(value);
  const title = t("sweep.title", { measure: t(`measure.${measure}`), name });
  const isoLine =
    goal === null ? null : { value: goal, name: t("chart.goal", { percent: format.percent(goal, 0) }) };
  if (down === "none") {
    const most = Math.max(...sweep.values.filter((value) => value !== null), 0);
    return (
      <CurveChart
        title={title}
        summary={t("sweep.curveSummary", {
          measure: t(`measure.${measure}`),
          lever: t(`lever.${across}`),
          from: words.value(sweep.values[0]),
          to: words.value(sweep.values[sweep.values.length - 1]),
        })}
        xs={ranges[across]}
        ys={sweep.values}
        halfWidths={sweep.halfWidths}
        xName={t(`lever.${across}`)}
        yName={t(`measure.${measure}`)}
        formatX={(value) => leverText(across, value)}
        formatY={words.value}
        yDomain={[0, isShare(measure) ? 1 : most * 1.1 || 1]}
        goal={isoLine}
      />
    );
  }
  return (
    <HeatMap
      title={title}
      summary={t("sweep.mapSummary", {
        measure: t(`measure.${measure}`),
        across: t(`lever.${across}`),
        down: t(`lever.${down}`),
      })}
      rowCount={sweep.rowCount}
      columnCount={sweep.columnCount}
      values={sweep.values}
      rowName={(row) => `${t(`lever.${down}`)} ${leverText(down, ranges[down][row])}`}
      columnName={(column) => `${t(`lever.${across}`)} ${leverText(across, ranges[across][column])}`}
      rowTick={(row) => leverText(down, ranges[down][row])}
      columnTick={(column) => leverText(across, ranges[across][column])}
      rowAxis={t(`lever.${down}`)}
      columnAxis={t(`lever.${across}`)}
      formatValue={words.value}
      domain={isShare(measure) ? shareDomain : undefined}
      isoLine={isoLine}
      height={280}
      maxRowHeight={26}
    />
  );
}

const shareDomain = [0, 1] as const;

function isShare(measure: Measure): boolean {
  return measure === "serviceLevel" || measure === "abandonmentRate" || measure === "occupancy";
}
