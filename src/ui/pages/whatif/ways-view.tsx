import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "../../../domain/plan/scenario.ts";
import { usualEffort } from "../../../scenarios/searches/least-cost.ts";
import type { FixGoal } from "../../../scenarios/searches/remedies.ts";
import { standsForMonths } from "../../../scenarios/searches/return-on-investment.ts";
import type { SizedWay, Way } from "../../../scenarios/searches/ways-to-goal.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { levelWords } from "./fix-words.ts";
import { RunAnalysis } from "./run-analysis.tsx";
import { useAnalysis } from "./use-analysis.ts";
import { ask } from "./whatif-analyses.ts";

interface Question {
  readonly goals: readonly FixGoal[];
  readonly subject: AnalysisSubject;
}

/** What is said of each way; prices are empty until somebody knows them. */
interface Prices {
  readonly groupId: string;
  readonly contractId: string | null;
  readonly costPerPerson: number | null;
  readonly costPerPersonMonth: number | null;
  readonly overtimeMinutes: number;
  readonly vendorPricePerHour: number | null;
  readonly vendorPricePerContact: number | null;
}

/** Hire, overtime or a service provider, each as large as the goals take, side by side in what a point costs. */
export function WaysView(props: {
  readonly subject: AnalysisSubject;
  readonly onKeep: (name: string, changes: readonly Change[]) => void;
}) {
  const { subject } = props;
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const [prices, setPrices] = useState<Prices>({
    groupId: plan.groups[0].id,
    contractId: plan.contracts[0]?.id ?? null,
    costPerPerson: null,
    costPerPersonMonth: null,
    overtimeMinutes: 60,
    vendorPricePerHour: null,
    vendorPricePerContact: null,
  });
  const set = (part: Partial<Prices>) => setPrices({ ...prices, ...part });
  const { state, trouble, running, run } = useAnalysis<Question, readonly SizedWay[]>("ways");
  const goals = plan.queues.flatMap(({ id, goal: { serviceLevel } }): FixGoal[] =>
    serviceLevel !== null && (subject.queueId === null || subject.queueId === id)
      ? [{ queueId: id, serviceLevel }]
      : [],
  );
  const start = () => {
    const { base, changes, days } = subject;
    const replications = Math.min(usualEffort.replications, plan.simulation.replications);
    return run({ goals, subject }, (onProgress, signal) =>
      ask(
        "waysToGoal",
        { ...base, changes, ways: waysOf(prices, goals), goals, days, replications },
        onProgress,
        signal,
      ),
    );
  };
  const money = { currency: plan.currency, min: 0, max: 1e6, optional: true as const };
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("ways.text")}</p>
      <div className="whatif-fields">
        <SelectField
          label={t("ways.group")}
          value={prices.groupId}
          options={plan.groups.map(({ id, name }) => ({ value: id, name }))}
          onChange={(groupId) => set({ groupId })}
        />
        <SelectField
          label={t("field.contract")}
          value={prices.contractId ?? ""}
          options={[
            { value: "", name: t("words.fortyHours") },
            ...plan.contracts.map(({ id, name }) => ({ value: id, name })),
          ]}
          onChange={(id) => set({ contractId: id === "" ? null : id })}
        />
        <NumberField
          {...money}
          label={t("field.costPerPerson")}
          value={prices.costPerPerson}
          onChange={(costPerPerson) => set({ costPerPerson })}
        />
        <NumberField
          {...money}
          label={t("field.costPerPersonMonth")}
          value={prices.costPerPersonMonth}
          onChange={(costPerPersonMonth) => set({ costPerPersonMonth })}
        />
        <NumberField
          label={t("fix.overtimeMinutes")}
          kind="whole"
          min={15}
          max={240}
          unit="minutes"
          value={prices.overtimeMinutes}
          onChange={(overtimeMinutes) => set({ overtimeMinutes })}
        />
        <NumberField
          {...money}
          label={t("fix.vendorHour")}
          value={prices.vendorPricePerHour}
          onChange={(vendorPricePerHour) => set({ vendorPricePerHour })}
        />
        <NumberField
          {...money}
          label={t("fix.vendorContact")}
          value={prices.vendorPricePerContact}
          onChange={(vendorPricePerContact) => set({ vendorPricePerContact })}
        />
      </div>
      <RunAnalysis
        label={t("ways.run")}
        disabled={running || goals.length === 0}
        trouble={trouble}
        onRun={start}
      />
      {state !== null && <Comparison question={state.question} ways={state.answer} onKeep={props.onKeep} />}
    </div>
  );
}

function waysOf(prices: Prices, goals: readonly FixGoal[]): Way[] {
  const { groupId, contractId, costPerPerson, costPerPersonMonth, overtimeMinutes } = prices;
  const { vendorPricePerHour: pricePerHour, vendorPricePerContact: pricePerContact } = prices;
  return [
    {
      kind: "hire",
      change: {
        kind: "hire",
        groupId,
        contractId,
        count: 1,
        startDate: null,
        trainingWeeks: 0,
        startingPace: 1,
        learningWeeks: 0,
        costPerPerson,
        costPerPersonMonth,
      },
    },
    { kind: "overtime", groupId, minutes: overtimeMinutes },
    ...(pricePerHour === null ? [] : [{ kind: "vendorAgents" as const, groupId, pricePerHour }]),
    ...(pricePerContact === null
      ? []
      : goals.map(({ queueId }) => ({ kind: "outsourcing" as const, queueId, pricePerContact }))),
  ];
}

function Comparison(props: {
  readonly question: Question;
  readonly ways: readonly SizedWay[];
  readonly onKeep: (name: string, changes: readonly Change[]) => void;
}) {
  const { question, ways } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const queueName = (queueId: string) => plan.queues.find(({ id }) => id === queueId)?.name ?? queueId;
  const nameOf = ({ way, size }: SizedWay) => {
    const groupId = way.kind === "hire" ? way.change.groupId : way.kind === "outsourcing" ? "" : way.groupId;
    return t(`ways.way.${way.kind}`, {
      size,
      minutes: way.kind === "overtime" ? way.minutes : 0,
      queue: way.kind === "outsourcing" ? queueName(way.queueId) : "",
      group: plan.groups.find(({ id }) => id === groupId)?.name ?? groupId,
    });
  };
  const { changes, days } = question.subject;
  const recurs = standsForMonths(changes, days.end - days.first);
  const missing = ({ money }: SizedWay) => money.unknown.filter(({ kind }) => kind !== "lostContacts");
  const costOf = (one: SizedWay, once: boolean) => {
    const lines = one.money.differences.filter((line) => line.once === once && line.kind !== "lostContacts");
    const known = lines.reduce((sum, { cost }) => sum + (cost?.value ?? 0), 0);
    const text = format.money(known, plan.currency);
    const isMissing = lines.some(({ cost }) => cost === null);
    return isMissing ? t("ways.plusUnknown", { money: text }) : text;
  };
  const needsNothing = ways.every(({ size }) => size === 0);
  const isReached = ways.some(({ size, reached }) => size > 0 && reached);
  return (
    <div className="whatif-scroll" data-answer={needsNothing ? "nothing" : isReached ? "reached" : undefined}>
      <table className="whatif-table" aria-label={t("ways.label")}>
        <caption className="whatif-caption">{t("ways.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("ways.wayName")}</th>
            {question.goals.map(({ queueId, serviceLevel }) => (
              <th key={queueId} scope="col">
                {t("fix.goalOf", { queue: queueName(queueId), goal: format.percent(serviceLevel, 0) })}
              </th>
            ))}
            <th scope="col">{t("ways.points")}</th>
            <th scope="col">{t(recurs ? "payBack.perMonth" : "payBack.onDays")}</th>
            <th scope="col">{t("payBack.once")}</th>
            <th scope="col">{t("ways.perPoint")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("fix.keep")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ways.map((one) => (
            <tr key={`${one.way.kind} ${one.way.kind === "outsourcing" ? one.way.queueId : ""}`}>
              <th scope="row">
                {nameOf(one)}
                {one.size === 0 && <span className="field-hint">{t("ways.notNeeded")}</span>}
                {!one.reached && <span className="whatif-issue">{t("ways.notEnough")}</span>}
              </th>
              {one.levels.map((level, at) => (
                <td key={question.goals[at].queueId}>{level === null ? "—" : levelWords(format, level)}</td>
              ))}
              <td>
                {format.signed(100 * one.gain.value, 1)} ± {format.number(100 * one.gain.halfWidth, 1)}
              </td>
              <td>{costOf(one, false)}</td>
              <td>{costOf(one, true)}</td>
              <td>
                {one.costPerPoint === null
                  ? t(missing(one).length > 0 ? "payBack.noPrice" : "ways.none")
                  : `${format.money(one.costPerPoint.value, plan.currency)} ± ${format.number(one.costPerPoint.halfWidth)}`}
              </td>
              <td>
                {one.changes.length > 0 && (
                  <Button
                    look="quiet"
                    onClick={() => props.onKeep(nameOf(one), [...question.subject.changes, ...one.changes])}
                  >
                    {t("ways.keep")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!recurs && <p className="field-hint">{t("ways.dated")}</p>}
    </div>
  );
}
