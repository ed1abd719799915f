import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AgentGroup } from "../../../domain/plan/queue.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import type { LeastCost, Remedy } from "../../../scenarios/searches/least-cost.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { RunAnalysis } from "./run-analysis.tsx";
import { useAnalysis } from "./use-analysis.ts";
import { ask, dayParts } from "./whatif-analyses.ts";

/** What a fix was asked about, so that it is not said of anything else. */
export interface FoundFix extends Pick<AnalysisSubject, "changes" | "days" | "queueId"> {
  readonly sentence: string;
}

interface Question {
  readonly subject: AnalysisSubject;
  readonly remedies: readonly Remedy[];
  readonly serviceLevel: number;
  readonly changes: readonly Change[];
  readonly replications: number;
}

/** The cheapest agents by part of the day that restore a service level, with the simulator as judge. */
export function CheapestFix(props: {
  readonly subject: AnalysisSubject;
  readonly onKeep: (name: string, changes: readonly Change[]) => void;
  /** The answer as the page's finding says it. */
  readonly onFound: (fix: FoundFix) => void;
}) {
  const { subject } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const goalQueue = plan.queues.find(({ id }) => id === subject.queueId) ?? plan.queues[0];
  const [serviceLevel, setServiceLevel] = useState(goalQueue.goal.serviceLevel ?? 0.8);
  const [hours, setHours] = useState(4);
  const [most, setMost] = useState(12);
  const [groupIds, setGroupIds] = useState<readonly string[]>([plan.groups[0].id]);
  const { state, trouble, running, run } = useAnalysis<Question, LeastCost>("leastCost");
  const replications = Math.min(20, plan.simulation.replications);
  const start = () => {
    const remedies = groupIds.flatMap((groupId) =>
      dayParts(subject.base, groupId, hours).map((window) => ({ groupId, window, most, costPerHour: null })),
    );
    return run(
      { subject, remedies, serviceLevel, changes: subject.changes, replications },
      (onProgress, signal) =>
        ask(
          "cheapestRemedy",
          {
            ...subject.base,
            changes: subject.changes,
            remedies,
            serviceLevel,
            queueId: subject.queueId,
            days: subject.days,
            replications,
            mostSimulations: 60,
          },
          onProgress,
          signal,
        ),
    );
  };
  const remedyWords = (question: Question, agents: readonly number[]) =>
    agents
      .flatMap((count, at) => {
        if (count === 0) return [];
        const { groupId, window } = question.remedies[at];
        return [
          t("fix.remedy", {
            agents: format.signed(count),
            group: plan.groups.find(({ id }) => id === groupId)?.name ?? groupId,
            times: `${format.time(window?.fromMinute ?? 0)}–${format.time(window?.toMinute ?? 1440)}`,
          }),
        ];
      })
      .join("; ") || t("fix.nothing");
  const answer = state?.answer.answer ?? null;
  const { onFound } = props;
  const found =
    state === null || answer === null || answer.cost === 0
      ? ""
      : t("finding.restored", {
          remedy: remedyWords(state.question, answer.agents),
          goal: format.percent(state.question.serviceLevel, 0),
          cost: format.money(answer.cost, plan.currency),
        });
  const asked = state?.question.subject;
  useEffect(() => {
    if (found === "" || asked === undefined) return;
    onFound({ changes: asked.changes, days: asked.days, queueId: asked.queueId, sentence: found });
  }, [found, asked, onFound]);
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("fix.text")}</p>
      <div className="whatif-fields">
        <NumberField
          label={t("fix.goal")}
          kind="share"
          min={0.01}
          max={0.999}
          value={serviceLevel}
          onChange={setServiceLevel}
        />
        <NumberField
          label={t("fix.part")}
          kind="whole"
          min={1}
          max={24}
          unit="hours"
          value={hours}
          onChange={setHours}
        />
        <NumberField
          label={t("fix.most")}
          kind="whole"
          min={1}
          max={100}
          unit="agents"
          value={most}
          onChange={setMost}
        />
      </div>
      <GroupSwitches groups={plan.groups} chosen={groupIds} onChange={setGroupIds} />
      <RunAnalysis
        label={t("fix.run")}
        disabled={running || groupIds.length === 0}
        trouble={trouble}
        onRun={start}
      />
      {state !== null && (
        <>
          <p className="whatif-answer" role="status">
            {answer === null
              ? t(state.answer.complete ? "fix.none" : "fix.budget", {
                  count: state.answer.judged.length,
                  level: format.percent(
                    Math.max(0, ...state.answer.judged.map((one) => one.serviceLevel.value)),
                  ),
                })
              : t("fix.answer", {
                  remedy: remedyWords(state.question, answer.agents),
                  cost: format.money(answer.cost, plan.currency),
                  level: format.percent(answer.serviceLevel.value),
                  half: format.number(answer.serviceLevel.halfWidth * 100, 1),
                })}{" "}
            {answer !== null && t(state.answer.complete ? "fix.complete" : "fix.incomplete")}
          </p>
          {answer !== null && answer.cost > 0 && (
            <Button
              className="whatif-own-width"
              onClick={() =>
                props.onKeep(t("fix.keptName", { name: subject.name }), [
                  ...state.question.changes,
                  ...state.question.remedies.flatMap(({ groupId, window }, at): Change[] =>
                    answer.agents[at] === 0
                      ? []
                      : [{ kind: "agents", groupId, count: answer.agents[at], window }],
                  ),
                ])
              }
            >
              {t("fix.keep")}
            </Button>
          )}
          <div className="whatif-scroll">
            <table className="whatif-table" aria-label={t("fix.evidence")}>
              <caption className="whatif-caption">
                {t("fix.evidenceText", {
                  count: state.answer.judged.length,
                  replications: state.question.replications,
                  seed: plan.seed,
                })}
              </caption>
              <thead>
                <tr>
                  <th scope="col">{t("fix.combination")}</th>
                  <th scope="col">{t("measure.cost")}</th>
                  <th scope="col">{t("measure.serviceLevel")}</th>
                </tr>
              </thead>
              <tbody>
                {state.answer.judged.map((one) => (
                  <tr key={one.agents.join()} className={one === answer ? "is-answer" : undefined}>
                    <th scope="row">{remedyWords(state.question, one.agents)}</th>
                    <td>{format.money(one.cost, plan.currency)}</td>
                    <td>
                      {format.percent(one.serviceLevel.value)} ±{" "}
                      {format.number(one.serviceLevel.halfWidth * 100, 1)}
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

/** Groups whose agents may be added. */
function GroupSwitches(props: {
  readonly groups: readonly AgentGroup[];
  readonly chosen: readonly string[];
  readonly onChange: (groupIds: readonly string[]) => void;
}) {
  const { chosen, onChange } = props;
  const { t } = useTranslation("whatif");
  return (
    <fieldset className="whatif-weekdays">
      <legend className="field-label">{t("fix.groups")}</legend>
      {props.groups.map(({ id, name }) => (
        <Switch
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(checked) => onChange(checked ? [...chosen, id] : chosen.filter((other) => other !== id))}
        />
      ))}
    </fieldset>
  );
}
