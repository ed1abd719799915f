import { useTranslation } from "react-i18next";
import { type WhatIfComparison, whatIfMeasures } from "../../app/whatif.ts";
import { replanScenario } from "../../app/whatif-analyses.ts";
import { Button } from "../controls/button.tsx";
import { useFormat, usePlan } from "../session-context.tsx";
import type { AnalysisSubject } from "./analyses.tsx";
import { figureWords } from "./figure-words.ts";
import { useAnalysis } from "./use-analysis.ts";

/** Shifts made anew for the scenario, beside those of the plan: what it would take to staff it properly. */
export function ReplanView({ subject }: { readonly subject: AnalysisSubject }) {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { state, trouble, running, run } = useAnalysis<string, WhatIfComparison>("replan");
  const start = () =>
    run(subject.name, (onProgress, signal) =>
      replanScenario(
        subject.base,
        { id: "replanned", name: subject.name, changes: [...subject.changes] },
        subject.days,
        onProgress,
        signal,
      ),
    );
  const scopes =
    state?.answer.plans.map(({ scopes: all }) => all.find(({ queueId }) => queueId === null)) ?? [];
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("replan.text")}</p>
      <div className="run-stage">
        <Button look="primary" disabled={running} onClick={start}>
          {t("replan.run")}
        </Button>
        {trouble !== null && <span className="whatif-issue">{trouble}</span>}
      </div>
      {state !== null && (
        <div className="whatif-scroll">
          <table className="whatif-table" aria-label={t("replan.label", { name: state.question })}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">{t("table.measure")}</span>
                </th>
                <th scope="col">{t("base")}</th>
                <th scope="col">{t("replan.label", { name: state.question })}</th>
                <th scope="col">{t("replan.difference")}</th>
              </tr>
            </thead>
            <tbody>
              {whatIfMeasures.map((measure) => {
                const before = scopes[0]?.figures[measure] ?? null;
                const after = scopes[1]?.figures[measure] ?? null;
                const difference = scopes[1]?.differences?.[measure] ?? null;
                if (before === null && after === null) return null;
                const words = figureWords(t, format, measure, plan.currency);
                return (
                  <tr key={measure}>
                    <th scope="row">{t(`measure.${measure}`)}</th>
                    <td>{before === null ? "—" : words.value(before.value)}</td>
                    <td>{after === null ? "—" : words.value(after.value)}</td>
                    <td>{difference === null ? "—" : words.difference(difference)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
