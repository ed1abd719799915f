import { addDays, type LocalDate, weekdayOf } from "../../domain/clock.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Change } from "../../domain/scenario.ts";
import { changeForms } from "./change-forms.ts";

/** What managers ask first, ready to be changed. Named in the catalogue under `template`. */
export interface ScenarioTemplate {
  readonly id: string;
  readonly changes: (plan: Plan, date: LocalDate) => readonly Change[];
}

export const scenarioTemplates: readonly ScenarioTemplate[] = [
  {
    id: "peakDay",
    changes: (_plan, date) => [{ kind: "volume", queueId: null, factor: 1.6, window: onDate(date) }],
  },
  { id: "outage", changes: (plan, date) => [{ ...changeForms.outage.fresh(plan), date }] },
  {
    id: "halfAbsent",
    changes: (_plan, date) => [{ kind: "absence", groupId: null, share: 0.5, window: onDate(date) }],
  },
  { id: "epidemic", changes: (plan, date) => [{ ...changeForms.epidemic.fresh(plan), peakDate: date }] },
  { id: "campaign", changes: (plan, date) => [{ ...changeForms.surge.fresh(plan), date }] },
  { id: "bot", changes: (plan) => [changeForms.deflection.fresh(plan)] },
  { id: "crossTraining", changes: (plan) => [changeForms.crossTraining.fresh(plan)] },
];

function onDate(date: LocalDate) {
  return { fromDate: date, toDate: date, weekdays: null, fromMinute: null, toMinute: null };
}

/** The Friday after the fourth Thursday of November, where the plan holds it; null otherwise. */
export function blackFridayOf({ firstDate, dayCount }: Plan): LocalDate | null {
  for (let day = 0; day < dayCount; day++) {
    const date = addDays(firstDate, day);
    const [, month, dayOfMonth] = date.split("-").map(Number);
    if (month === 11 && weekdayOf(date) === 5 && dayOfMonth >= 23 && dayOfMonth <= 29) return date;
  }
  return null;
}

/** The first date that the changes name, so that it can be shown; null: they hold always. */
export function firstDateOf(changes: readonly Change[]): LocalDate | null {
  const dates = changes.flatMap((change): LocalDate[] => {
    if ("date" in change) return [change.date];
    if ("peakDate" in change) return [change.peakDate];
    const from = "window" in change ? change.window?.fromDate : null;
    return from == null ? [] : [from];
  });
  return dates.sort()[0] ?? null;
}
