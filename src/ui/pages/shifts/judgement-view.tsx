import { scaleLinear } from "d3";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Schedule, ScheduleJudgement } from "../../../domain/plan/shift.ts";
import { GoalsKept } from "../../frame/goals-kept.tsx";
import { usePlan, useResult } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { type MovedHours, movedHours } from "./moved-hours.ts";

/** What the simulation says of these shifts: each queue's goals, beside the shifts that cover the requirement. */
export function JudgementView({ schedule }: { readonly schedule: Schedule }) {
  const { t } = useTranslation("shifts");
  const { judgement } = schedule;
  if (judgement === undefined) return null;
  return (
    <section className="judgement" aria-label={t("goals.title")}>
      <h3>{t("goals.title")}</h3>
      <Sentence schedule={schedule} judgement={judgement} />
      <Reserves judgement={judgement} />
      <GoalsKept
        judgement={judgement}
        before={judgement.covering.goals}
        headings={{ now: t("goals.now"), before: t("goals.before") }}
      />
      <Rounds judgement={judgement} />
      <Moved schedule={schedule} />
    </section>
  );
}

function Sentence({
  schedule,
  judgement,
}: {
  readonly schedule: Schedule;
  readonly judgement: ScheduleJudgement;
}) {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const { currency } = usePlan();
  const { covering, leastWorkCost } = judgement;
  return (
    <p>
      {t("goals.cost", {
        cost: format.money(schedule.cost, currency),
        hours: format.hours(schedule.paidHours),
        change: format.percent(schedule.cost / covering.cost - 1, 1),
        covering: format.money(covering.cost, currency),
      })}{" "}
      <span title={t("goals.leastWorkHint")}>
        {t("goals.leastWork", {
          cost: format.money(leastWorkCost, currency),
          share: format.percent(schedule.cost > 0 ? 1 - leastWorkCost / schedule.cost : 0, 0),
        })}
      </span>
    </p>
  );
}

/** What groups keep free with these shifts, where that is not what the plan said before. */
function Reserves({ judgement: { reserves } }: { readonly judgement: ScheduleJudgement }) {
  const { t } = useTranslation("shifts");
  const { groups, queues } = usePlan();
  if (reserves === undefined) return null;
  const nameIn = (list: readonly { readonly id: string; readonly name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? id;
  return (
    <>
      <p>{t(reserves.length === 0 ? "goals.nothingFree" : "goals.keptFree")}</p>
      <ul className="judgement-moved">
        {reserves.map(({ groupId, queueId, keepFree }) => (
          <li key={`${groupId} ${queueId}`}>
            {t("goals.keptFreeLine", {
              count: keepFree,
              group: nameIn(groups, groupId),
              queue: nameIn(queues, queueId),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

const chart = { width: 320, height: 90, left: 2, right: 6, top: 8, bottom: 14 };

/** Cost of every round; filled where it kept all goals. */
function Rounds({ judgement: { rounds } }: { readonly judgement: ScheduleJudgement }) {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const { currency } = usePlan();
  if (rounds.length < 2) return null;
  const costs = rounds.map(({ cost }) => cost);
  const x = scaleLinear([0, rounds.length - 1], [chart.left, chart.width - chart.right]);
  const y = scaleLinear([Math.min(...costs), Math.max(...costs)], [chart.height - chart.bottom, chart.top]);
  return (
    <figure className="judgement-rounds">
      <figcaption>
        {t("goals.rounds", {
          count: rounds.length,
          from: format.money(Math.max(...costs), currency),
          to: format.money(Math.min(...costs), currency),
        })}
      </figcaption>
      <svg viewBox={`0 0 ${chart.width} ${chart.height}`} role="img" aria-label={t("goals.roundsLabel")}>
        {rounds.map(({ cost, missed }, at) => (
          <circle
            key={x(at)}
            className={missed === 0 ? "round-kept" : "round-missed"}
            cx={x(at)}
            cy={y(cost)}
            r={2.6}
          />
        ))}
      </svg>
    </figure>
  );
}

/** Who is there for longer, and who for shorter, than in the shifts there were before. */
function Moved({ schedule }: { readonly schedule: Schedule }) {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const { groups } = usePlan();
  const before = useResult("schedule")?.value ?? null;
  const moved = useMemo(
    () => (before === null || before === schedule ? [] : movedHours(before, schedule)),
    [before, schedule],
  );
  if (moved.length === 0) return null;
  const text = ({ groupId, fromMinute, toMinute, hours }: MovedHours) =>
    t(hours > 0 ? "goals.more" : "goals.fewer", {
      group: groups.find(({ id }) => id === groupId)?.name ?? groupId,
      hours: format.hours(Math.abs(hours), 0),
      from: format.time(fromMinute),
      to: format.time(toMinute % 1440),
    });
  return (
    <ul className="judgement-moved">
      {moved.map((one) => (
        <li key={`${one.groupId} ${one.fromMinute}`}>{text(one)}</li>
      ))}
    </ul>
  );
}
