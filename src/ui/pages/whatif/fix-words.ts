import type { TFunction } from "i18next";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import type { Figure } from "../../../scenarios/measuring/figures.ts";
import type { Format } from "../../kit/format.ts";

/** What a fix buys, without its date: "2 × Early 07:00–15:30, Voice". */
export function purchaseWords(t: TFunction<"whatif">, format: Format, plan: Plan, change: Change): string {
  const group = (groupId: string | null) =>
    plan.groups.find(({ id }) => id === groupId)?.name ?? groupId ?? "";
  const times = (from: number, to: number) =>
    `${format.time(from)}–${format.time(to > 1440 ? to - 1440 : to)}`;
  switch (change.kind) {
    case "shifts": {
      const { count, templateId, startMinute, lengthMinutes, groupId } = change;
      return t("fix.shifts", {
        count,
        template: plan.templates.find(({ id }) => id === templateId)?.name ?? templateId,
        times: times(startMinute, startMinute + lengthMinutes),
        group: group(groupId),
      });
    }
    case "agents":
    case "vendorAgents":
      return t(`fix.${change.kind}`, {
        count: change.count,
        group: group(change.groupId),
        times: times(change.window?.fromMinute ?? 0, change.window?.toMinute ?? 1440),
      });
    case "overtime":
      return t("fix.overtime", {
        share: format.percent(change.share, 0),
        group: group(change.groupId),
        minutes: format.number(change.minutes),
      });
    case "outsourcing":
      return t("fix.outsourcing", {
        share: format.percent(change.share, 0),
        queue: plan.queues.find(({ id }) => id === change.queueId)?.name ?? change.queueId,
      });
    default:
      return "";
  }
}

export function purchasesWords(
  t: TFunction<"whatif">,
  format: Format,
  plan: Plan,
  changes: readonly Change[],
): string {
  return changes.map((change) => purchaseWords(t, format, plan, change)).join("; ") || t("fix.nothing");
}

/** The same in short, for a sentence: shifts by their template alone. */
export function purchasesInShort(
  t: TFunction<"whatif">,
  format: Format,
  plan: Plan,
  changes: readonly Change[],
): string {
  const shifts = new Map<string, number>();
  const others: string[] = [];
  for (const change of changes) {
    if (change.kind === "shifts")
      shifts.set(change.templateId, (shifts.get(change.templateId) ?? 0) + change.count);
    else others.push(purchaseWords(t, format, plan, change));
  }
  const named = [...shifts].map(([templateId, count]) =>
    t("fix.shiftsInShort", { count, template: plan.templates.find(({ id }) => id === templateId)?.name }),
  );
  const listed = [...named, ...others];
  const more = listed.length - 4;
  const first = listed.slice(0, more > 1 ? 4 : listed.length).join(t("fix.and"));
  return more > 1 ? t("fix.andMore", { first, count: more }) : first;
}

/** "82.9 % ± 1.2" */
export function levelWords(format: Format, { value, halfWidth }: Figure): string {
  return `${format.percent(value)} ± ${format.number(halfWidth * 100, 1)}`;
}
