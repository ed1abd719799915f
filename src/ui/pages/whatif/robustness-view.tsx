import { useState } from "react";
import { useTranslation } from "react-i18next";
import { quantileOfSorted } from "../../../numerics/order-statistics.ts";
import type { Robustness } from "../../../scenarios/searches/robustness.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { useAxisWords } from "../../kit/charts/axis-words.ts";
import { Histogram } from "../../kit/charts/histogram.tsx";
import { DataGrid } from "../../kit/controls/data-grid.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { RunAnalysis } from "./run-analysis.tsx";
import { useAnalysis } from "./use-analysis.ts";
import { ask } from "./whatif-analyses.ts";

const paths = 40;
const assumed = { handleTime: 0.05, absence: 0.25, patience: 0.25 };

/** The shifts in futures drawn from what is uncertain: how service spreads, what matters most, and which intervals fail. */
export function RobustnessView({ subject }: { readonly subject: AnalysisSubject }) {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { store } = useDesk();
  const { intervalName } = useAxisWords(subject.base.forecast.grid);
  const { state, trouble, running, run } = useAnalysis<null, Robustness>("robustness");
  const [deviations, setDeviations] = useState(assumed);
  const start = () =>
    run(null, (onProgress, signal) =>
      ask(
        "demandRobustness",
        { ...subject.base, changes: subject.changes, days: subject.days, paths, deviations },
        onProgress,
        signal,
      ),
    );
  const levels = state?.answer.serviceLevels ?? null;
  const quantile = (share: number) => (levels === null ? 0 : quantileOfSorted(levels, share));
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("robustness.text", { paths })}</p>
      <div className="whatif-fields">
        {(["handleTime", "absence", "patience"] as const).map((of) => (
          <NumberField
            key={of}
            label={t(`robustness.deviation.${of}`)}
            kind="share"
            min={0}
            max={1}
            step={0.05}
            value={deviations[of]}
            onChange={(value) => setDeviations({ ...deviations, [of]: value ?? 0 })}
          />
        ))}
      </div>
      <RunAnalysis label={t("robustness.run")} disabled={running} trouble={trouble} onRun={start} />
      {state !== null && levels !== null && (
        <>
          <p className="whatif-answer" role="status">
            {t("robustness.answer", {
              low: format.percent(quantile(0.1)),
              middle: format.percent(quantile(0.5)),
              high: format.percent(quantile(0.9)),
              planned: format.percent(state.answer.planned),
            })}
          </p>
          {state.answer.shares.length > 1 && (
            <p>
              {t("robustness.matters", {
                list: state.answer.shares
                  .map(({ of, share }) => `${t(`robustness.of.${of}`)} ${format.percent(share, 0)}`)
                  .join(", "),
              })}
            </p>
          )}
          <Histogram
            title={t("robustness.histogram")}
            summary={t("robustness.answer", {
              low: format.percent(quantile(0.1)),
              middle: format.percent(quantile(0.5)),
              high: format.percent(quantile(0.9)),
              planned: format.percent(state.answer.planned),
            })}
            {...binned(levels)}
            formatValue={(value) => format.percent(value, 0)}
            formatCount={(count) => format.number(count)}
            countName={t("robustness.paths")}
          />
          <DataGrid
            label={t("robustness.weakest")}
            rows={state.answer.weakest}
            rowKey={({ queueId, intervalIndex }) => `${queueId}/${intervalIndex}`}
            height={260}
            frozenColumns={1}
            empty={t("robustness.noneWeak")}
            onOpen={({ intervalIndex }) =>
              store.setView({ selection: { first: intervalIndex, end: intervalIndex + 1 } })
            }
            columns={[
              {
                id: "time",
                header: t("robustness.interval"),
                width: 150,
                text: (row) => intervalName(row.intervalIndex),
              },
              {
                id: "queue",
                header: t("field.queue"),
                width: 110,
                text: ({ queueId }) => plan.queues.find(({ id }) => id === queueId)?.name ?? queueId,
              },
              {
                id: "missed",
                header: t("robustness.missed"),
                width: 130,
                align: "right",
                text: ({ missed }) => format.percent(missed, 0),
              },
            ]}
          />
        </>
      )}
    </div>
  );
}

/** Twenty bins between round values around the least and the highest. */
function binned(levels: Float64Array): { edges: number[]; counts: number[] } {
  const low = Math.min(0.95, Math.floor(levels[0] * 20) / 20);
  const high = Math.max(low + 0.05, Math.ceil(levels[levels.length - 1] * 20) / 20);
  const size = (high - low) / 20;
  const edges = Array.from({ length: 21 }, (_, at) => low + at * size);
  const counts = new Array<number>(20).fill(0);
  for (const level of levels) counts[Math.min(19, Math.floor((level - low) / size))]++;
  return { edges, counts };
}
