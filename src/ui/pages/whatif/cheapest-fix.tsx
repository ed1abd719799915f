import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOfDay } from "../../../domain/calendar/interval-grid.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import {
  type FixCheck,
  type FixPart,
  type LeastCost,
  usualEffort,
} from "../../../scenarios/searches/least-cost.ts";
import {
  bought,
  type FixGoal,
  type Remedy,
  type RemedyChoice,
  remediesOn,
} from "../../../scenarios/searches/remedies.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { FixQuestion } from "./fix-question.tsx";
import { levelWords, purchasesInShort, purchasesWords, purchaseWords } from "./fix-words.ts";
import { RunAnalysis } from "./run-analysis.tsx";
import { useAnalysis } from "./use-analysis.ts";
import { ask } from "./whatif-analyses.ts";

/** What a fix was asked about, so that it is not said of anything else. */
export interface FoundFix extends Pick<AnalysisSubject, "changes" | "days" | "queueId"> {
  readonly sentence: string;
}

interface Question {
  readonly subject: AnalysisSubject;
  readonly remedies: readonly Remedy[];
  readonly goals: readonly FixGoal[];
  readonly eachDay: boolean;
  readonly replications: number;
}

/** The cheapest remedies that restore the service of every queue asked for, with the simulator as judge. */
export function CheapestFix(props: {
  readonly subject: AnalysisSubject;
  readonly onKeep: (name: string, changes: readonly Change[]) => void;
  /** The answer as the page's finding says it. */
  readonly onFound: (fix: FoundFix) => void;
}) {
  const { subject, onFound } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const [goals, setGoals] = useState<readonly FixGoal[]>(() =>
    plan.queues
      .filter(({ id }) => subject.queueId === null || id === subject.queueId)
      .map(({ id, goal }) => ({ queueId: id, serviceLevel: goal.serviceLevel ?? 0.8 })),
  );
  const [eachDay, setEachDay] = useState(true);
  const [choice, setChoice] = useState<RemedyChoice>({
    groupIds: plan.groups.map(({ id }) => id),
    shifts: true,
    blockHours: null,
    overtimeMinutes: null,
    vendorPricePerHour: null,
    vendorPricePerContact: null,
  });
  const { state, trouble, running, run } = useAnalysis<Question, LeastCost>("leastCost");
  const replications = Math.min(usualEffort.replications, plan.simulation.replications);
  const start = () => {
    const remedies = remediesOn(subject.base, subject.days, choice);
    const { base, changes, days } = subject;
    return run({ subject, remedies, goals, eachDay, replications }, (onProgress, signal) =>
      ask(
        "cheapestRemedy",
        { ...base, changes, remedies, goals, days, eachDay, ...usualEffort, replications },
        onProgress,
        signal,
      ),
    );
  };
  const answer = state?.answer ?? null;
  const asked = state?.question.subject;
  const found =
    answer === null ||
    answer.cost === 0 ||
    state?.stopped ||
    answer.checks.some(isShort) ||
    answer.parts.some(({ status }) => status === "outOfReach")
      ? ""
      : t("finding.restored", {
          remedy: purchasesInShort(t, format, plan, answer.changes),
          goal: state?.question.goals
            .map(
              ({ queueId, serviceLevel }) => `${queueName(plan, queueId)} ${format.percent(serviceLevel, 0)}`,
            )
            .join(", "),
          cost: format.money(answer.cost, plan.currency),
        });
  useEffect(() => {
    if (found === "" || asked === undefined) return;
    onFound({ changes: asked.changes, days: asked.days, queueId: asked.queueId, sentence: found });
  }, [found, asked, onFound]);
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("fix.text")}</p>
      <FixQuestion
        goals={goals}
        onGoals={setGoals}
        eachDay={eachDay}
        onEachDay={subject.days.end - subject.days.first > 1 ? setEachDay : null}
        choice={choice}
        onChoice={setChoice}
      />
      <RunAnalysis
        label={t("fix.run")}
        disabled={running || goals.length === 0 || choice.groupIds.length === 0}
        trouble={trouble}
        onRun={start}
      />
      {state !== null && <Answer question={state.question} answer={state.answer} stopped={state.stopped} />}
      {state !== null && state.answer.changes.length > 0 && (
        <Button
          className="whatif-own-width"
          onClick={() =>
            props.onKeep(t("fix.keptName", { name: state.question.subject.name }), [
              ...state.question.subject.changes,
              ...state.answer.changes,
            ])
          }
        >
          {t("fix.keep")}
        </Button>
      )}
    </div>
  );
}

function queueName(plan: ReturnType<typeof usePlan>, queueId: string): string {
  return plan.queues.find(({ id }) => id === queueId)?.name ?? queueId;
}

/** What it costs, what each day gets and reaches on fresh customers, and the evidence. */
function Answer(props: {
  readonly question: Question;
  readonly answer: LeastCost;
  readonly stopped: boolean;
}) {
  const { question, answer } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { parts, checks, cost } = answer;
  const count = (status: FixPart["status"]) => parts.filter((part) => part.status === status).length;
  const restored = count("restored");
  const unchecked = parts.filter(({ days }) => !checks.some((check) => check.days.first === days.first));
  const short = checks.filter(isShort);
  const sentences = [
    cost > 0
      ? t("fix.answer", { count: restored, cost: format.money(cost, plan.currency) })
      : count("kept") === parts.length
        ? t("fix.nothingNeeded")
        : "",
    count("searching") > 0 ? t("fix.nothingYet", { count: count("searching") }) : "",
    count("outOfReach") > 0 ? t("fix.outOfReach", { count: count("outOfReach") }) : "",
    props.stopped ? t("fix.stopped") : "",
    props.stopped && checks.length > 0 && unchecked.length > 0 ? t("fix.partlyChecked") : "",
    ...short.map((check) =>
      t(isWithin(check) ? "fix.withinInterval" : "fix.checkShort", {
        queue: queueName(plan, check.queueId),
        day: format.date(dateOfDay(question.subject.base.forecast.grid, check.days.first)),
        level: levelWords(format, check.level),
        goal: format.percent(check.goal, 0),
      }),
    ),
  ];
  const isReached = restored > 0 && restored + count("kept") === parts.length && short.length === 0;
  return (
    <>
      <p className="whatif-answer" role="status" data-answer={isReached ? "reached" : undefined}>
        {sentences.filter((sentence) => sentence !== "").join(" ")}
      </p>
      <div className="whatif-scroll">
        <table className="whatif-table" aria-label={t("fix.parts")}>
          <caption className="whatif-caption">
            {t(checks.length > 0 ? "fix.checkText" : "fix.judgedText", {
              replications: question.replications,
              seed: plan.seed,
            })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t("fix.days")}</th>
              <th scope="col" className="is-text">
                {t("fix.combination")}
              </th>
              <th scope="col">{t("fix.cost")}</th>
              {question.goals.map(({ queueId, serviceLevel }) => (
                <th key={queueId} scope="col">
                  {t("fix.goalOf", {
                    queue: queueName(plan, queueId),
                    goal: format.percent(serviceLevel, 0),
                  })}
                </th>
              ))}
              <th scope="col" className="is-text">
                {t("fix.shown")}
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <PartRow key={part.days.first} part={part} question={question} answer={answer} />
            ))}
          </tbody>
        </table>
      </div>
      {answer.changes.some(({ kind }) => kind === "shifts") && (
        <p className="field-hint">{t("fix.breaks")}</p>
      )}
      {answer.changes.some(({ kind }) => kind === "agents") && (
        <p className="field-hint">{t("fix.blocks")}</p>
      )}
      {parts.length === 1 && <Evidence part={parts[0]} question={question} />}
    </>
  );
}

function isShort({ goal, level }: FixCheck): boolean {
  return level.value < goal;
}

/** The goal lies in the interval: more replications may say either. */
function isWithin({ goal, level }: FixCheck): boolean {
  return level.value + level.halfWidth >= goal;
}

function changesOf(question: Question, purchases: FixPart["judged"][number]["purchases"]): Change[] {
  return purchases.map(({ remedy, steps }) => bought(question.remedies[remedy], steps));
}

function PartRow(props: { readonly part: FixPart; readonly question: Question; readonly answer: LeastCost }) {
  const { part, question, answer } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { grid } = question.subject.base.forecast;
  const { first, end } = part.days;
  const judged = part.answer ?? part.judged.at(-1) ?? null;
  const cheaper = part.judged.filter(({ cost }) => cost < (part.answer?.cost ?? 0) - 1e-9).length;
  return (
    <tr>
      <th scope="row">
        {end - first === 1
          ? format.date(dateOfDay(grid, first))
          : format.dateRange(dateOfDay(grid, first), dateOfDay(grid, end - 1))}
      </th>
      <td className="is-text">
        {part.status === "outOfReach" || part.status === "searching" ? (
          t(`fix.status.${part.status}`)
        ) : (
          <ul className="whatif-bought">
            {changesOf(question, judged?.purchases ?? []).map((change) => {
              const words = purchaseWords(t, format, plan, change);
              return <li key={words}>{words}</li>;
            })}
          </ul>
        )}
      </td>
      <td>{part.answer === null ? "—" : format.money(part.answer.cost, plan.currency)}</td>
      {question.goals.map(({ queueId }, at) => {
        const check = answer.checks.find((one) => one.queueId === queueId && one.days.first === first);
        const level = check?.level ?? judged?.levels[at] ?? null;
        return (
          <td key={queueId} className={check !== undefined && isShort(check) ? "is-short" : undefined}>
            {level === null ? "—" : levelWords(format, level)}
            {level !== null && check === undefined && answer.checks.length > 0 && ` ${t("fix.unchecked")}`}
            {check !== undefined && isShort(check) && isWithin(check) && ` ${t("fix.within")}`}
          </td>
        );
      })}
      <td className="is-text">
        {part.status === "restored" ? t(`fix.search.${part.search}`, { count: cheaper }) : ""}
      </td>
    </tr>
  );
}

/** Every combination that was judged, in order. */
function Evidence({ part, question }: { readonly part: FixPart; readonly question: Question }) {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { replications } = question;
  return (
    <details>
      <summary>{t("fix.evidence")}</summary>
      <div className="whatif-scroll">
        <table className="whatif-table" aria-label={t("fix.evidence")}>
          <caption className="whatif-caption">
            {t("fix.evidenceText", { count: part.judged.length, replications, seed: plan.seed })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t("fix.combination")}</th>
              <th scope="col">{t("fix.cost")}</th>
              {question.goals.map(({ queueId }) => (
                <th key={queueId} scope="col">
                  {queueName(plan, queueId)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {part.judged.map((one) => (
              <tr
                key={one.purchases.map(({ remedy, steps }) => `${remedy}×${steps}`).join()}
                className={one === part.answer ? "is-answer" : undefined}
              >
                <th scope="row">{purchasesWords(t, format, plan, changesOf(question, one.purchases))}</th>
                <td>{format.money(one.cost, plan.currency)}</td>
                {one.levels.map((level, at) => (
                  <td key={question.goals[at].queueId}>{level === null ? "—" : levelWords(format, level)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
