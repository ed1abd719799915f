import type { TFunction } from "i18next";
import { clockMinuteAt, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Activity } from "../../../domain/plan/shift.ts";
import type { DayMeasure } from "../../../domain/plan/today.ts";
import type { DayOption, PersonChange, Shortfall } from "../../../intraday/options/option.ts";
import type { Format } from "../../kit/format.ts";

/** What an option is, in a few words: `Overtime: 8 people, 6.5 h`. */
export function optionTitle(
  { kind, changes, measures }: DayOption,
  plan: Pick<Plan, "queues">,
  t: TFunction<"day">,
  format: Format,
): string {
  const queueIds = [...new Set(measures.map(({ queueId }) => queueId))];
  const minutes = changes.reduce(
    (sum, { from, to }) => sum + length(to) - (from === null ? 0 : length(from)),
    0,
  );
  return t(`option.${kind}`, {
    count: changes.length + measures.length,
    queue: format.list(queueIds.map((id) => plan.queues.find((queue) => queue.id === id)?.name ?? id)),
    time: format.time(measures[0]?.fromMinute ?? null),
    hours: format.hours(Math.abs(minutes) / 60, 1),
  });
}

function length({ startMinute, endMinute }: { startMinute: number; endMinute: number }): number {
  return endMinute - startMinute;
}

/** What is decided about a queue, `Voice: callbacks from 11:00`. */
export function measureText(
  measure: DayMeasure,
  { agents, queues }: Pick<Plan, "agents" | "queues">,
  t: TFunction<"day">,
  format: Format,
): string {
  const queue = queues.find(({ id }) => id === measure.queueId)?.name ?? measure.queueId;
  const time = format.time(measure.fromMinute);
  switch (measure.kind) {
    case "lent": {
      const agent = agents.find(({ id }) => id === measure.agentId)?.name ?? measure.agentId;
      return t("measure.lent", { agent, queue, time });
    }
    case "callbacks":
      return t("measure.callbacks", {
        queue,
        time,
        wait: format.wait(measure.offer.afterSeconds),
        share: format.percent(measure.offer.acceptShare, 0),
      });
    case "closed":
      return t("measure.closed", { queue, time });
  }
}

/** Why the goals cannot be brought back: when most is lacking, and what keeps people from coming. */
export function shortfallText(
  { first, end, agents, refused }: Shortfall,
  grid: IntervalGrid,
  t: TFunction<"day">,
  format: Format,
): string {
  const time = (interval: number) => format.time(clockMinuteAt(grid, interval * grid.intervalMinutes));
  const lacking = t("options.shortfall", {
    start: time(first),
    end: time(end),
    agents: format.number(agents, 1),
  });
  if (refused.length === 0) return `${lacking} ${t("options.nobodyElse")}`;
  const rules = refused.map(({ rule, people }) =>
    t("options.refusedBy", { rule: t(`options.rule.${rule}`), count: people }),
  );
  return `${lacking} ${t("options.refused", { rules: format.list(rules) })}`;
}

/** What changes for one person, `until 18:00 instead of 17:30; meal 12:30 instead of 12:00`. */
export function changeText(
  { from, to }: PersonChange,
  grid: IntervalGrid,
  t: TFunction<"day">,
  format: Format,
): string {
  const time = (minute: number) => format.time(clockMinuteAt(grid, minute));
  if (from === null) return t("change.called", { start: time(to.startMinute), end: time(to.endMinute) });
  const parts: string[] = [];
  if (to.startMinute !== from.startMinute)
    parts.push(t("change.start", { to: time(to.startMinute), from: time(from.startMinute) }));
  if (to.endMinute !== from.endMinute)
    parts.push(t("change.end", { to: time(to.endMinute), from: time(from.endMinute) }));
  const left = [...to.activities];
  for (const before of from.activities) {
    if (before.kind === "work") continue;
    const same = take(left, (after) => isLike(before, after) && after.startMinute === before.startMinute);
    if (same !== null) continue;
    const after = take(left, (candidate) => isLike(before, candidate) && !stands(from.activities, candidate));
    const name = t(`change.activity.${before.kind}`);
    parts.push(
      after === null
        ? t("change.without", { name, from: time(before.startMinute) })
        : t("change.moved", { name, to: time(after.startMinute), from: time(before.startMinute) }),
    );
  }
  return parts.join("; ");
}

function isLike(a: Activity, b: Activity): boolean {
  return a.kind === b.kind && a.ruleId === b.ruleId && length(a) === length(b);
}

function stands(activities: readonly Activity[], activity: Activity): boolean {
  return activities.some((other) => isLike(other, activity) && other.startMinute === activity.startMinute);
}

function take(activities: Activity[], wanted: (activity: Activity) => boolean): Activity | null {
  const index = activities.findIndex((activity) => activity.kind !== "work" && wanted(activity));
  return index < 0 ? null : activities.splice(index, 1)[0];
}

/** Money to whole units, and never minus nothing. */
export function wholeMoney(amount: number): number {
  return Math.round(amount) || 0;
}
