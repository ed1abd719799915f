import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "../../../domain/plan/scenario.ts";
import type { Training } from "../../../scenarios/searches/cross-training.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { changeWords } from "./change-words.ts";
import { figureWords } from "./figure-words.ts";
import { moneyWords, monthsWords } from "./money-words.ts";
import { RunAnalysis } from "./run-analysis.tsx";
import { useAnalysis } from "./use-analysis.ts";
import { ask } from "./whatif-analyses.ts";

/** Which cross-trainings buy most, step by step, with the simulator as judge. */
export function TrainingView(props: {
  readonly subject: AnalysisSubject;
  readonly onKeep: (name: string, changes: readonly Change[]) => void;
}) {
  const { subject } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const [agentsPerStep, setAgents] = useState(3);
  const [steps, setSteps] = useState(4);
  const [by, setBy] = useState<"points" | "money">("points");
  const [costPerPerson, setCost] = useState<number | null>(null);
  const { state, trouble, running, run } = useAnalysis<readonly Change[], Training>("training");
  const start = () =>
    run(subject.changes, (onProgress, signal) =>
      ask(
        "bestTrainings",
        {
          ...subject.base,
          changes: subject.changes,
          agentsPerStep,
          steps,
          by,
          costPerPerson,
          queueId: subject.queueId,
          days: subject.days,
          replications: Math.min(10, plan.simulation.replications),
        },
        onProgress,
        signal,
      ),
    );
  const words = figureWords(t, format, "serviceLevel", plan.currency);
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("training.text")}</p>
      <div className="whatif-fields">
        <NumberField
          label={t("training.perStep")}
          kind="whole"
          min={1}
          max={500}
          unit="agents"
          value={agentsPerStep}
          onChange={setAgents}
        />
        <NumberField
          label={t("training.steps")}
          kind="whole"
          min={1}
          max={20}
          value={steps}
          onChange={setSteps}
        />
        <NumberField
          optional
          label={t("field.costPerPerson")}
          min={0}
          max={1e6}
          currency={plan.currency}
          value={costPerPerson}
          onChange={setCost}
        />
        <SelectField
          label={t("training.by")}
          value={by}
          options={(["points", "money"] as const).map((value) => ({
            value,
            name: t(`training.byWhat.${value}`),
          }))}
          onChange={(value) => setBy(value as typeof by)}
        />
      </div>
      <RunAnalysis label={t("training.run")} disabled={running} trouble={trouble} onRun={start} />
      {state !== null && state.answer.steps.length === 0 && (
        <p className="whatif-answer" role="status">
          {t("training.none")}
        </p>
      )}
      {state !== null && state.answer.steps.length > 0 && (
        <>
          <Button
            className="whatif-own-width"
            onClick={() =>
              props.onKeep(t("training.keptName", { name: subject.name }), [
                ...state.question,
                ...state.answer.changes,
              ])
            }
          >
            {t("levers.keep")}
          </Button>
          {state.answer.steps[0].money.unknown.some(({ kind }) => kind === "lostContacts") && (
            <p className="whatif-unknown" role="note">
              {t("training.noValue")}
            </p>
          )}
          <div className="whatif-scroll">
            <table className="whatif-table" aria-label={t("training.label")}>
              <thead>
                <tr>
                  <th scope="col">{t("training.step")}</th>
                  <th scope="col">{t("measure.serviceLevel")}</th>
                  <th scope="col">{t("training.gain")}</th>
                  <th scope="col">{t("payBack.net")}</th>
                  <th scope="col">{t("payBack.once")}</th>
                  <th scope="col">{t("payBack.after")}</th>
                </tr>
              </thead>
              <tbody>
                {state.answer.steps.map((step, at) => (
                  <tr key={`${step.groupId}/${step.queueId}/${step.agents}`}>
                    <th scope="row">
                      {at + 1}.{" "}
                      {changeWords(t, format, plan, {
                        kind: "crossTraining",
                        groupId: step.groupId,
                        queueId: step.queueId,
                        count: step.agents,
                      })}
                    </th>
                    <td>{format.percent(step.serviceLevel.value)}</td>
                    <td>{words.difference(step.gain)}</td>
                    <td>{moneyWords(format, plan.currency, step.money.netPerMonth)}</td>
                    <td>
                      {step.money.unknown.some(({ kind }) => kind === "training")
                        ? t("payBack.noPrice")
                        : format.money(step.money.once, plan.currency)}
                    </td>
                    <td>
                      {step.money.isPriced
                        ? monthsWords(t, format, step.money.payBackMonths)
                        : t("payBack.noPrice")}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}
