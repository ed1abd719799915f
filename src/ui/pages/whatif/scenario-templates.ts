import { addDays, type LocalDate, weekdayOf } from "../../../domain/calendar/clock.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import { changeForms } from "./change-forms.ts";

/** What managers ask first, ready to be changed: the scenarios it makes, each named in the catalogue's `templateName`. */
export interface ScenarioTemplate {
  readonly id: string;
  readonly make: (plan: Plan, date: LocalDate) => readonly NamedChanges[];
}

interface NamedChanges {
  readonly name: string;
  readonly changes: readonly Change[];
}

export const scenarioTemplates: readonly ScenarioTemplate[] = [
  template("peakDay", (_plan, date) => [
    { kind: "volume", queueId: null, factor: 1.6, window: onDate(date) },
  ]),
  template("campaign", (plan, date) => [{ ...changeForms.campaign.fresh(plan), date }]),
  template("outage", linesDown),
  {
    id: "drill",
    make: (plan, date) => [
      { name: "outage", changes: linesDown(plan, date) },
      { name: "drill", changes: [...linesDown(plan, date), ...emergencyPlan(plan, date)] },
    ],
  },
  template("site", (plan, date) => [
    {
      kind: "absence",
      groupId: plan.groups[plan.groups.length - 1].id,
      share: 1,
      window: { ...onDate(date), fromMinute: 480, toMinute: 720 },
    },
  ]),
  template("halfAbsent", (_plan, date) => [
    { kind: "absence", groupId: null, share: 0.5, window: onDate(date) },
  ]),
  template("epidemic", (plan, date) => [{ ...changeForms.epidemic.fresh(plan), peakDate: date }]),
  template("bot", (plan) => [changeForms.deflection.fresh(plan)]),
  template("callback", (plan) => [changeForms.callback.fresh(plan)]),
  template("hire", (plan) => [changeForms.hire.fresh(plan)]),
  template("outsourcing", (plan) => [changeForms.outsourcing.fresh(plan)]),
  template("move", (plan) => [changeForms.move.fresh(plan)]),
  template("crossTraining", (plan) => [changeForms.crossTraining.fresh(plan)]),
];

function template(id: string, changes: (plan: Plan, date: LocalDate) => readonly Change[]): ScenarioTemplate {
  return { id, make: (plan, date) => [{ name: id, changes: changes(plan, date) }] };
}

function linesDown(plan: Plan, date: LocalDate): readonly Change[] {
  return [{ ...changeForms.outage.fresh(plan), date }];
}

/** Who is called in, what is not served meanwhile, and who stays longer once the lines are back. */
function emergencyPlan(plan: Plan, date: LocalDate): readonly Change[] {
  const { toMinute } = changeForms.outage.fresh(plan);
  const window = { ...onDate(date), fromMinute: toMinute, toMinute: toMinute + 240 };
  const dropped = plan.queues.find(({ channel }) => channel !== "voice");
  return [
    { kind: "agents", groupId: plan.groups[0].id, count: 4, window },
    ...(dropped === undefined
      ? []
      : [
          {
            kind: "dropQueue" as const,
            queueId: dropped.id,
            date,
            fromMinute: toMinute,
            toMinute: toMinute + 120,
          },
        ]),
    { kind: "overtime", groupId: null, date, share: 0.2, minutes: 60 },
  ];
}

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
