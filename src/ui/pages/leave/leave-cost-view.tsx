import { useTranslation } from "react-i18next";
import type { Outcome } from "../../../domain/outcome.ts";
import type { LeaveCost, QueueCost } from "../../../leave/cost-figures.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { usePlan } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** What granting would cost: service, goals and hours without and with it, and who could cover. */
export function LeaveCostView({ outcome }: { readonly outcome: Outcome<LeaveCost> }) {
  const { t } = useTranslation("leave");
  const issueText = useIssueText();
  return (
    <section className="leave-cost" aria-label={t("cost.title")} role="status">
      {outcome.ok && <Figures cost={outcome.value} />}
      {outcome.issues.length > 0 && (
        <ul className="leave-remarks">
          {outcome.issues.map((issue) => (
            <li key={issue.code} className={`leave-${issue.severity}`}>
              {issueText(issue)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Figures({ cost }: { readonly cost: LeaveCost }) {
  const { t } = useTranslation("leave");
  const format = useFormat();
  const plan = usePlan();
  if (cost.days.length === 0) return <p>{t("cost.nothing")}</p>;
  const person = (id: string | null) => plan.agents.find((agent) => agent.id === id)?.name ?? "";
  const covered = cost.cover.filter(({ agentId }) => agentId !== null);
  const sum = (of: "hoursShortBefore" | "hoursShortAfter") =>
    cost.days.reduce((hours, day) => hours + day[of], 0);
  const missed = (of: "before" | "after") =>
    cost.days.reduce((count, { queues }) => count + queues.filter((queue) => isMissed(queue, of)).length, 0);
  return (
    <>
      <ul className="leave-figures">
        {cost.total.map((queue) => (
          <li key={queue.queueId} className={isMissed(queue, "after") ? "leave-warning" : undefined}>
            {sentenceOf(queue)}
          </li>
        ))}
        <li>{t("cost.goals", { before: missed("before"), after: missed("after") })}</li>
        <li>
          {t("cost.hours", {
            before: format.hours(sum("hoursShortBefore"), 1),
            after: format.hours(sum("hoursShortAfter"), 1),
          })}
        </li>
        {cost.openShifts > 0 && <li>{t("cost.open", { count: cost.openShifts })}</li>}
        {covered.length > 0 && (
          <li>
            {t("cost.cover", {
              count: covered.length,
              money: format.money(cost.coverCost, plan.currency),
              people: format.list([...new Set(covered.map(({ agentId }) => person(agentId)))].slice(0, 4)),
            })}
          </li>
        )}
        {cost.openShifts > covered.length && cost.method === "simulation" && (
          <li className="leave-warning">{t("cost.nobody", { count: cost.openShifts - covered.length })}</li>
        )}
      </ul>
      {cost.days.length > 1 && (
        <details>
          <summary>{t("cost.byDay")}</summary>
          {cost.days.map((day) => (
            <div key={day.date}>
              <strong>{format.date(day.date)}</strong>
              <ul className="leave-figures">
                {day.queues.map((queue) => (
                  <li key={queue.queueId}>{sentenceOf(queue)}</li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      )}
      <p className="leave-note">
        {cost.method === "simulation"
          ? t("cost.simulated", { count: cost.replications ?? 0 })
          : t("cost.reckoned")}
      </p>
    </>
  );

  function sentenceOf(queue: QueueCost): string {
    const name = plan.queues.find(({ id }) => id === queue.queueId)?.name ?? queue.queueId;
    const { before, after, difference, goal } = queue;
    if (before === null || after === null || difference === null)
      return t("cost.noContacts", { queue: name });
    const points = (value: number) => format.signed(100 * value, 1);
    const values = {
      queue: name,
      before: format.percent(before.value),
      after: format.percent(after.value),
      difference: points(difference.value),
      interval: difference.halfWidth > 0 ? ` ${format.plusMinus(100 * difference.halfWidth, 1)}` : "",
      goal: format.percent(goal, 0),
    };
    if (goal === null) return t("cost.queueNoGoal", values);
    return t(isMissed(queue, "after") ? "cost.queueMissed" : "cost.queueKept", values);
  }
}

function isMissed({ goal, ...queue }: QueueCost, of: "before" | "after"): boolean {
  const level = queue[of];
  return goal !== null && level !== null && level.value < goal;
}
