import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RosterJudgement } from "../../domain/plan/roster.ts";
import type { JudgedGoal } from "../../domain/plan/shift.ts";
import { useFormat } from "../kit/use-format.ts";
import { usePlan } from "./session-context.tsx";
import "./goals-kept.css";

interface GoalRow {
  readonly key: string;
  readonly goal: JudgedGoal;
  readonly now: readonly JudgedGoal[];
  readonly before: readonly JudgedGoal[];
}

/** Each queue's goals in the simulation, kept and missed, now and before. */
export function GoalsKept(props: {
  readonly judgement: Pick<RosterJudgement, "span" | "goals" | "keptWithin" | "replications">;
  readonly before: readonly JudgedGoal[];
  readonly headings: { readonly now: string; readonly before: string };
}) {
  const { judgement, headings } = props;
  const { t } = useTranslation("frame");
  const format = useFormat();
  const { queues } = usePlan();
  const rows = useMemo(() => goalRows(judgement.goals, props.before), [judgement, props.before]);
  const shown = ({ kind }: JudgedGoal, value: number) =>
    kind === "asa" ? format.wait(value) : format.percent(value, 1);
  const range = (goals: readonly JudgedGoal[]) => {
    if (goals.length === 0) return "—";
    const values = goals.map(({ value }) => value);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const first = shown(goals[0], least);
    const widest = Math.max(...goals.map(({ halfWidth }) => halfWidth ?? 0));
    const text =
      goals.length === 1 ? first : t("goalsKept.range", { from: first, to: shown(goals[0], most) });
    const halfWidth = goals[0].kind === "asa" ? format.wait(widest) : format.number(100 * widest, 1);
    if (widest === 0) return text;
    return t(goals.length === 1 ? "goalsKept.within" : "goalsKept.withinMost", { text, halfWidth });
  };
  const isMissed = ({ missedBy }: JudgedGoal) => missedBy > judgement.keptWithin;
  const kept = (goals: readonly JudgedGoal[]) =>
    t("goalsKept.kept", {
      kept: format.number(goals.filter((goal) => !isMissed(goal)).length),
      of: format.number(goals.length),
    });
  const captionId = useId();
  return (
    <div className="goals-kept-scroll">
      <p id={captionId} className="goals-kept-caption">
        {t(`goalsKept.caption.${judgement.span}`, {
          replications: format.number(judgement.replications),
          within: format.number(100 * judgement.keptWithin, 1),
        })}
      </p>
      <table className="goals-kept" aria-labelledby={captionId}>
        <thead>
          <tr>
            <th scope="col">{t("goalsKept.queue")}</th>
            <th scope="col">{t("goalsKept.goal")}</th>
            <th scope="col">{headings.now}</th>
            <th scope="col">{t("goalsKept.keptColumn")}</th>
            <th scope="col">{headings.before}</th>
            <th scope="col">{t("goalsKept.keptColumn")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, goal, now, before }) => (
            <tr key={key}>
              <th scope="row">{queues.find(({ id }) => id === goal.queueId)?.name ?? goal.queueId}</th>
              <td>{t(`goalsKept.kind.${goal.kind}`, { value: shown(goal, goal.goal) })}</td>
              <td>{range(now)}</td>
              <td className={now.some(isMissed) ? "is-missed" : undefined}>{kept(now)}</td>
              <td>{range(before)}</td>
              <td className={before.some(isMissed) ? "is-missed" : undefined}>{kept(before)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function goalRows(goals: readonly JudgedGoal[], before: readonly JudgedGoal[]): GoalRow[] {
  const rows = new Map<string, { goal: JudgedGoal; now: JudgedGoal[] }>();
  for (const goal of goals) {
    const key = `${goal.queueId} ${goal.kind}`;
    const row = rows.get(key) ?? { goal, now: [] };
    row.now.push(goal);
    rows.set(key, row);
  }
  return [...rows].map(([key, row]) => ({
    key,
    ...row,
    before: before.filter((goal) => `${goal.queueId} ${goal.kind}` === key),
  }));
}
