import type { TFunction } from "i18next";
import type { Weekday } from "../../domain/clock.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Change, TimeWindow } from "../../domain/scenario.ts";
import type { Format } from "../format.ts";

/** A change in words, as it stands at the top of a scenario's column: "+20 % contacts, Voice, Mon 09:00–12:00". */
export function changeWords(t: TFunction<"whatif">, format: Format, plan: Plan, change: Change): string {
  const queue = (id: string | null) =>
    id === null ? t("words.allQueues") : (plan.queues.find((one) => one.id === id)?.name ?? id);
  const group = (id: string | null) =>
    id === null ? t("words.allGroups") : (plan.groups.find((one) => one.id === id)?.name ?? id);
  const words = (values: Record<string, string | number>) => t(`words.${change.kind}`, values);
  switch (change.kind) {
    case "volume":
    case "aht":
      return joined(format, [
        words({ percent: format.signedPercent(change.factor - 1), queue: queue(change.queueId) }),
        windowWords(format, change.window),
      ]);
    case "surge":
      return words({
        contacts: format.number(change.contacts),
        queue: queue(change.queueId),
        date: format.date(change.date),
        times: `${format.time(change.fromMinute)}–${format.time(change.toMinute)}`,
      });
    case "swapDays":
      return words({ date: format.date(change.date), withDate: format.date(change.withDate) });
    case "demandQuantile":
      return joined(format, [
        words({ percent: format.percent(change.quantile, 0), queue: queue(change.queueId) }),
        windowWords(format, change.window),
      ]);
    case "outage":
      return words({
        queue: queue(change.queueId),
        date: format.date(change.date),
        times: `${format.time(change.fromMinute)}–${format.time(change.toMinute)}`,
        percent: format.percent(change.redialShare, 0),
      });
    case "absence":
      return joined(format, [
        words({ percent: format.percent(change.share, 0), group: group(change.groupId) }),
        windowWords(format, change.window),
      ]);
    case "epidemic":
      return words({
        percent: format.percent(change.peakShare, 0),
        group: group(change.groupId),
        date: format.date(change.peakDate),
      });
    case "deflection":
      return words({
        percent: format.percent(change.share, 0),
        contained: format.percent(change.containment, 0),
        queue: queue(change.queueId),
      });
    case "handleTimeSpread":
      return change.cv === null
        ? t("words.handleTimeExponential")
        : words({ cv: format.number(change.cv, 2) });
    case "afterContactWork":
      return words({ seconds: format.wait(change.seconds), queue: queue(change.queueId) });
    case "resolution":
      return words({
        percent: format.percent(change.repeatShare * change.avoided, 0),
        queue: queue(change.queueId),
      });
    case "agents":
      return joined(format, [
        words({ agents: format.signed(change.count), group: group(change.groupId) }),
        windowWords(format, change.window),
      ]);
    case "crossTraining":
      return words({ count: change.count, group: group(change.groupId), queue: queue(change.queueId) });
    case "shrinkage": {
      const item = plan.shrinkage.find(({ id }) => id === change.itemId)?.name ?? t("words.allShrinkage");
      return words({ percent: format.signedPercent(change.factor - 1), item });
    }
    case "wages":
      return words({ percent: format.signedPercent(change.factor - 1) });
    case "goal":
      return words({
        percent: format.percent(change.serviceLevel, 0),
        seconds: format.wait(change.answerWithinSeconds),
        queue: queue(change.queueId),
      });
    case "redials":
      return words({ percent: format.percent(change.share, 0), queue: queue(change.queueId) });
    case "fastLane":
      return words({ percent: format.percent(change.share, 0), queue: queue(change.queueId) });
    case "overflow":
      return words({
        group: group(change.groupId),
        queue: queue(change.queueId),
        seconds: format.wait(change.afterSeconds),
      });
    case "patience":
      return change.patienceSeconds === null
        ? t("words.patienceEndless", { queue: queue(change.queueId) })
        : words({ seconds: format.wait(change.patienceSeconds), queue: queue(change.queueId) });
  }
}

function joined(format: Format, parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(format.locale.startsWith("zh") ? "，" : ", ");
}

/** `2–6 Nov Mon Tue 09:00–12:00`, as much of it as the window says. */
function windowWords(format: Format, window: TimeWindow | null): string {
  if (window === null) return "";
  const parts: string[] = [];
  const { fromDate, toDate, weekdays, fromMinute, toMinute } = window;
  if (fromDate !== null && toDate !== null) parts.push(format.dateRange(fromDate, toDate));
  else if (fromDate !== null) parts.push(`${format.date(fromDate)} –`);
  else if (toDate !== null) parts.push(`– ${format.date(toDate)}`);
  if (weekdays !== null) parts.push(weekdays.map((day) => format.weekday(day as Weekday)).join(" "));
  if (fromMinute !== null || toMinute !== null) {
    parts.push(`${format.time(fromMinute ?? 0)}–${format.time(toMinute ?? 1440)}`);
  }
  return parts.join(" ");
}
