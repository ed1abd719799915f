import type { TFunction } from "i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
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
