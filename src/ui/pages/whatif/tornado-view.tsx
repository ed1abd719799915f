import { useTranslation } from "react-i18next";
import type { Sensitivity, Tornado } from "../../../scenarios/searches/sweep.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { figureWords } from "./figure-words.ts";
import { RunAnalysis } from "./run-analysis.tsx";
import { useAnalysis } from "./use-analysis.ts";
import { ask } from "./whatif-analyses.ts";

/** What matters most: every lever moved down and up by its usual step, the widest swing on top. */
export function TornadoView({ subject }: { readonly subject: AnalysisSubject }) {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { state, trouble, running, run } = useAnalysis<null, Tornado>("sweep");
  const peakAgents = Math.max(...subject.shown.queues.map(({ agents }) => Math.max(...agents)));
  const start = () =>
    run(null, (onProgress, signal) =>
      ask(
        "tornado",
        {
          ...subject.base,
          changes: subject.changes,
          measure: "serviceLevel",
          queueId: subject.queueId,
          days: subject.days,
          replications: 12,
          peakAgents,
        },
        onProgress,
        signal,
      ),
    );
  const words = figureWords(t, format, "serviceLevel", plan.currency);
  const extent = Math.max(
    0.001,
    ...(state?.answer.levers ?? []).flatMap(({ lower, higher }) => [
      Math.abs(lower ?? 0),
      Math.abs(higher ?? 0),
    ]),
  );
  const difference = (value: number | null) =>
    value === null ? "—" : words.difference({ value, halfWidth: 0 });
  const leverName = ({ lever, step }: Sensitivity) => {
    const group = plan.groups.find(({ id }) => id === lever.groupId)?.name ?? "";
    const size = lever.kind === "agents" ? format.number(step) : format.percent(step, 0);
    return `${t(`lever.${lever.kind}`)}${group === "" ? "" : ` (${group})`} ± ${size}`;
  };
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("tornado.text")}</p>
      <RunAnalysis label={t("tornado.run")} disabled={running} trouble={trouble} onRun={start} />
      {state !== null && (
        <div className="whatif-scroll">
          <p className="field-hint">{t(`tornado.method.${state.answer.method}`)}</p>
          <table className="whatif-table tornado" aria-label={t("tornado.label", { name: subject.name })}>
            <thead>
              <tr>
                <th scope="col">{t("tornado.lever")}</th>
                <th scope="col">{t("tornado.lower")}</th>
                <th scope="col">
                  <span className="visually-hidden">{t("tornado.bar")}</span>
                </th>
                <th scope="col">{t("tornado.higher")}</th>
              </tr>
            </thead>
            <tbody>
              {state.answer.levers.map((sensitivity) => {
                const { lever, lower, higher } = sensitivity;
                const name = leverName(sensitivity);
                return (
                  <tr key={`${lever.kind}/${lever.groupId}`}>
                    <th scope="row">{name}</th>
                    <td>{difference(lower)}</td>
                    <td>
                      <svg width={240} height={16} role="img" aria-label={name}>
                        <line x1={120} x2={120} y1={0} y2={16} stroke="var(--rule-strong)" />
                        {[
                          { value: lower ?? 0, y: 1 },
                          { value: higher ?? 0, y: 8 },
                        ].map(({ value, y }) => (
                          <rect
                            key={y}
                            x={120 + Math.min(0, value / extent) * 116}
                            width={(Math.abs(value) / extent) * 116}
                            y={y}
                            height={7}
                            fill={value < 0 ? "var(--short)" : "var(--spare)"}
                            opacity={y === 1 ? 0.55 : 0.9}
                          />
                        ))}
                      </svg>
                    </td>
                    <td>{difference(higher)}</td>
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
