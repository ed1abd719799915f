import type { TFunction } from "i18next";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Today } from "../../../domain/plan/today.ts";
import type { SimulationResult } from "../../../domain/results/simulation.ts";
import type { DaySoFar } from "../../../intraday/day-so-far.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";

/** How the day runs, what of it is still to come, and whether the goals will be kept. */
export function dayFinding(
  plan: Plan,
  today: Today,
  soFar: DaySoFar,
  simulation: SimulationResult | null,
  t: TFunction<"day">,
  format: Format,
): Finding {
  const sum = (of: "seen" | "expectedSeen" | "restBefore" | "restAfter") =>
    soFar.updates.reduce((total, update) => total + (update?.[of] ?? 0), 0);
  const date = format.date(today.date, "long");
  if (sum("expectedSeen") === 0) return { text: t("finding.nothing", { date }) };
  const came = t("finding.came", {
    date,
    time: format.time(today.nowMinute),
    seen: format.number(sum("seen")),
    expected: format.number(sum("expectedSeen")),
    off: format.signedPercent(sum("seen") / sum("expectedSeen") - 1, 1),
    rest: format.number(sum("restAfter")),
    before: format.number(sum("restBefore")),
  });
  if (simulation === null) return { text: came };
  const missed = plan.queues.flatMap((queue) => {
    const level = simulation.queues.find(({ queueId }) => queueId === queue.id)?.total.serviceLevel.mean[0];
    const goal = queue.goal.serviceLevel;
    return level !== undefined && goal !== null && level < goal ? [{ name: queue.name, level, goal }] : [];
  });
  if (missed.length === 0) return { text: `${came} ${t("finding.kept")}` };
  const [worst] = missed.sort((a, b) => a.level - a.goal - (b.level - b.goal));
  const words = {
    queue: worst.name,
    level: format.percent(worst.level),
    goal: format.percent(worst.goal, 0),
  };
  return { text: `${came} ${t("finding.missed", words)}`, tone: "short" };
}
