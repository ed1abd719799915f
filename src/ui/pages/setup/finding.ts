import type { TFunction } from "i18next";
import type { Plan } from "../../../domain/plan/plan.ts";
import { lastDateOf } from "../../../domain/plan/plan-period.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";

/** What the plan is about; a queue that nobody serves comes first. */
export function setupFinding(plan: Plan, t: TFunction<"setup">, format: Format): Finding {
  const unserved = plan.queues.filter(({ id }) =>
    plan.groups.every(({ queueIds }) => !queueIds.includes(id)),
  );
  if (unserved.length > 0)
    return {
      text: t("finding.unserved", { queues: format.list(unserved.map(({ name }) => name)) }),
      tone: "short",
    };
  const text = t("finding.plan", {
    dates: format.dateRange(plan.firstDate, lastDateOf(plan)),
    queues: t("count.queues", { count: plan.queues.length }),
    groups: t("count.groups", { count: plan.groups.length }),
    people: t("count.people", { count: plan.agents.length }),
  });
  return { text };
}
