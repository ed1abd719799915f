import type { TFunction } from "i18next";
import type { Plan } from "../../../domain/plan/plan.ts";
import { lastDateOf } from "../../../domain/plan/plan-period.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";

/**
 * Who is there in the plan's period: a queue that nobody serves comes first, then how many people there are with the
 * hours of their contracts, how many of them serve several queues, and who comes or goes meanwhile.
 */
export function peopleFinding(plan: Plan, t: TFunction<"people">, format: Format): Finding {
  const { agents, queues, contracts, firstDate } = plan;
  if (agents.length === 0) return { text: t("finding.nobody") };
  const lastDate = lastDateOf(plan);
  const present = agents.filter(
    (agent) => agent.joined <= lastDate && (agent.lastDate === undefined || agent.lastDate >= firstDate),
  );
  const groupOf = new Map(plan.groups.map((group) => [group.id, group]));
  const queuesOf = present.map(({ groupId }) => groupOf.get(groupId)?.queueIds ?? []);
  const unserved = queues.filter(({ id }) => queuesOf.every((ids) => !ids.includes(id)));
  if (unserved.length > 0)
    return {
      text: t("finding.unserved", { queues: format.list(unserved.map(({ name }) => name)) }),
      tone: "short",
    };
  const hoursOf = new Map(contracts.map((contract) => [contract.id, contract.maximumMinutesPerWeek / 60]));
  const hours = present.reduce((sum, { contractId }) => sum + (hoursOf.get(contractId) ?? 0), 0);
  const several = queuesOf.filter((ids) => ids.length > 1).length;
  const joining = present.filter(({ joined }) => joined > firstDate).length;
  const leaving = present.filter((agent) => agent.lastDate !== undefined && agent.lastDate < lastDate).length;
  const text = [
    t("finding.people", { count: present.length, hours: format.hours(hours) }),
    queues.length > 1 && t("finding.several", { count: several }),
    joining > 0 && t("finding.joining", { count: joining }),
    leaving > 0 && t("finding.leaving", { count: leaving }),
  ].filter((part) => part !== false);
  return { text: `${text.join(t("finding.comma"))}${t("finding.stop")}` };
}
