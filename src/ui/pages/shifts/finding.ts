import type { TFunction } from "i18next";
import { dateOfDay, dayOfInterval } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Schedule, ScheduleJudgement } from "../../../domain/plan/shift.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";
import { coverageSeries, worstShortStretch } from "./schedule-summary.ts";

/**
 * Where most agents are missing of what is shown, else of the whole plan, or that nobody is missing; and how good the
 * schedule is proved to be.
 */
export function shiftsFinding(
  schedule: Schedule,
  shown: IntervalRange,
  t: TFunction<"shifts">,
  format: Format,
): Finding {
  if (schedule.judgement !== undefined) return judgedFinding(schedule, schedule.judgement, t, format);
  const { asked, staffed } = coverageSeries(schedule.coverage, null);
  const worstShown = worstShortStretch(schedule.grid, asked, staffed, shown);
  const worst = worstShown ?? worstShortStretch(schedule.grid, asked, staffed);
  const status = t(`status.${schedule.status}`, { gap: format.percent(schedule.gap, 1) });
  if (worst === null) return { text: `${t("finding.holds")} ${status}`, tone: "good" };
  const { first, end, date } = worst;
  const short = t(worstShown === null ? "finding.shortElsewhere" : "finding.short", {
    day: format.date(date),
    from: format.time(worst.fromMinute),
    to: format.time(worst.toMinute % 1440),
    agents: worst.agents,
  });
  return {
    text: `${short} ${status}`,
    opens: { view: { date, span: "day", selection: { first, end } } },
  };
}

/** Shifts made to keep the goals are read by what the simulation says of them, not by the requirement. */
function judgedFinding(
  { cost, grid }: Schedule,
  { goals, covering, keptWithin }: ScheduleJudgement,
  t: TFunction<"shifts">,
  format: Format,
): Finding {
  const missed = goals.filter(({ missedBy }) => missedBy > keptWithin);
  const values = {
    change: format.percent(Math.abs(cost / covering.cost - 1), 1),
    missed: format.number(missed.length),
    of: format.number(goals.length),
  };
  const direction = cost <= covering.cost ? "cheaper" : "dearer";
  if (missed.length === 0) return { text: t(`goals.finding.kept.${direction}`, values), tone: "good" };
  const worst = missed.reduce((a, b) => (b.missedBy > a.missedBy ? b : a));
  const date = dateOfDay(grid, dayOfInterval(grid, worst.firstInterval));
  return {
    text: t(`goals.finding.missed.${direction}`, values),
    opens: { view: { date, span: "day" } },
  };
}
