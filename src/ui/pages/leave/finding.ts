import type { TFunction } from "i18next";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { LeaveLimits } from "../../../leave/leave-limit.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";

/** How many requests wait, and on how many days somebody more may be off. */
export function leaveFinding(
  { leave }: Plan,
  limits: LeaveLimits | null,
  t: TFunction<"leave">,
  format: Format,
): Finding {
  const waiting = t("finding.waiting", {
    count: leave?.requests.filter(({ state }) => state === "asked").length ?? 0,
  });
  if (limits === null) return { text: waiting };
  const most = limits.dates.map((_, day) => Math.max(0, ...limits.groups.map(({ days }) => days[day].more)));
  const free = most.filter((more) => more > 0).length;
  if (free === 0) return { text: `${waiting} ${t("finding.noDay")}`, tone: "short" };
  const first = most.findIndex((more) => more > 0);
  return {
    text: `${waiting} ${t("finding.days", {
      count: free,
      all: limits.dates.length,
      date: format.date(limits.dates[first]),
    })}`,
    opens: { view: { date: limits.dates[first] } },
  };
}
