import { addDays, type LocalDate, type Weekday, weekdayOf } from "../calendar/clock.ts";
import { recognisedHours } from "../calendar/recognised-hours.ts";
import type { DemandHistory } from "../results/demand.ts";
import { onChannel, queueLike } from "./edit-queues.ts";
import type { Plan } from "./plan.ts";
import type { Queue } from "./queue.ts";
import type { ShiftTemplate } from "./shift.ts";

/** What a history without a plan of its own starts from. */
export interface PlanForHistoryInput {
  readonly history: DemandHistory;
  /** In the order of `history.queues`; absent: voice. */
  readonly channels?: readonly Queue["channel"][];
  /** Where goals, shrinkage, costs, contracts and the rest come from. */
  readonly base: Plan;
  readonly id: string;
  readonly name: string;
  /** Mean handle time of queues whose history has none; null: not known yet. */
  readonly ahtSeconds: number | null;
}

const stepMinutes = 30;

/**
 * A plan whose queues are those of the history: one agent group per queue, shift templates that fit its opening hours,
 * nobody named yet. It begins on the Monday after the history ends and keeps the number of days of `base`.
 */
export function planForHistory(input: PlanForHistoryInput): Plan {
  const { history, base } = input;
  const { timeZone, intervalMinutes, firstDate, dayCount } = history.grid;
  const queues = history.queues.map(({ queueId }, index): Queue => {
    const channel = input.channels?.[index] ?? "voice";
    const own = { id: queueId, name: queueId, defaultAhtSeconds: input.ahtSeconds };
    return onChannel(queueLike(base.queues, channel, own), channel);
  });
  // Tied to the days, people and queues of the other plan.
  const { ledger: _ledger, leave: _leave, ...lasting } = base;
  const { activities: _activities, minimums: _minimums, ...scheduling } = base.scheduling;
  const { events: _events, ...simulation } = base.simulation;
  return {
    ...lasting,
    scheduling,
    simulation,
    id: input.id,
    name: input.name,
    timeZone,
    intervalMinutes: intervalMinutes as Plan["intervalMinutes"],
    firstDate: nextMonday(addDays(firstDate, dayCount)),
    queues,
    groups: queues.map(({ id, name }) => ({ id, name, queueIds: [id] })),
    templates: templatesFor(openingOf(history), base.templates[0]?.costPerHour ?? 20),
    agents: [],
    scenarios: base.scenarios.filter((scenario) =>
      scenario.changes.every((change) => !("queueId" in change) || change.queueId === null),
    ),
  };
}

/** The date itself where it is a Monday, else the Monday after. */
export function nextMonday(date: LocalDate): LocalDate {
  return addDays(date, (8 - weekdayOf(date)) % 7);
}

interface OpeningSpan {
  readonly weekday: Weekday;
  readonly openMinute: number;
  readonly closeMinute: number;
}

/** From the first opening to the last closing of each weekday, over all queues. */
function openingOf(history: DemandHistory): OpeningSpan[] {
  const spans = new Map<Weekday, OpeningSpan>();
  for (const { weekday, openMinute, closeMinute } of recognisedHours(
    history,
    history.queues.map(({ queueId }) => queueId),
  )) {
    const known = spans.get(weekday as Weekday);
    spans.set(weekday as Weekday, {
      weekday: weekday as Weekday,
      openMinute: known?.openMinute ?? openMinute,
      closeMinute,
    });
  }
  return [...spans.values()];
}

/** A full and a part day for each set of weekdays with the same opening; a short day gets one shift as long as itself. */
function templatesFor(opening: readonly OpeningSpan[], costPerHour: number): ShiftTemplate[] {
  const alike = new Map<string, OpeningSpan[]>();
  for (const span of opening) {
    const key = `${span.openMinute}-${span.closeMinute}`;
    alike.set(key, [...(alike.get(key) ?? []), span]);
  }
  return [...alike.values()].flatMap((spans, index) => {
    const suffix = alike.size === 1 ? "" : ` ${index + 1}`;
    const { openMinute, closeMinute } = spans[0];
    const length = closeMinute - openMinute;
    const aroundTheClock = length === 1440;
    function template(id: string, name: string, lengthsMinutes: number[]): ShiftTemplate {
      const longest = Math.min(...lengthsMinutes);
      return {
        id: `${id}${suffix.trim()}`,
        name: `${name}${suffix}`,
        groupIds: [],
        weekdays: spans.map(({ weekday }) => weekday),
        earliestStartMinute: openMinute,
        latestStartMinute: aroundTheClock ? 1440 - stepMinutes : Math.max(openMinute, closeMinute - longest),
        startStepMinutes: stepMinutes,
        lengthsMinutes,
        breaks: breaksFor(longest),
        minimumWorkMinutes: longest >= 240 ? 60 : 0,
        costPerHour,
        minimumCount: null,
        maximumCount: null,
      };
    }
    if (length < 270) return [template("day", "Whole day", [length])];
    const part = template("part", "Part day", length >= 330 ? [270, 330] : [270]);
    return length >= 510 ? [template("full", "Full day", [510]), part] : [part];
  });
}

function breaksFor(lengthMinutes: number): ShiftTemplate["breaks"] {
  const pause = { kind: "break", lengthMinutes: 15, paid: true } as const;
  if (lengthMinutes >= 510) {
    return [
      { ...pause, id: "first", earliestMinute: 90, latestMinute: 150 },
      { id: "meal", kind: "meal", lengthMinutes: 30, paid: false, earliestMinute: 180, latestMinute: 300 },
      { ...pause, id: "second", earliestMinute: 375, latestMinute: 435 },
    ];
  }
  return lengthMinutes >= 240 ? [{ ...pause, id: "pause", earliestMinute: 105, latestMinute: 150 }] : [];
}
