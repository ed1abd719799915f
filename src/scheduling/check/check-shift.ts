import { weekdayOf } from "../../domain/calendar/clock.ts";
import type { Activity, Schedule, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { plannedLength, type ScheduleFault, type ScheduleRules, startTimeOf } from "./schedule-rules.ts";

/** What a single shift breaks of its template: group, weekday, start, length, and what it consists of. */
export function faultsOfShift(
  rules: Pick<ScheduleRules, "groups" | "templates">,
  schedule: Pick<Schedule, "grid">,
  shift: Shift,
): ScheduleFault[] {
  const fault = (rule: ScheduleFault["rule"], detail: string): ScheduleFault => ({
    rule,
    shiftId: shift.id,
    detail,
  });
  const template = rules.templates.find(({ id }) => id === shift.templateId);
  if (template === undefined) return [fault("unknownTemplate", shift.templateId)];
  const faults: ScheduleFault[] = [];
  if (!rules.groups.some(({ id }) => id === shift.groupId)) faults.push(fault("unknownGroup", shift.groupId));
  else if (template.groupIds.length > 0 && !template.groupIds.includes(shift.groupId))
    faults.push(fault("groupNotAllowed", shift.groupId));
  if (!template.weekdays.includes(weekdayOf(shift.date))) faults.push(fault("weekday", shift.date));
  const length = plannedLength(template, schedule, shift);
  if (!template.lengthsMinutes.includes(length)) faults.push(fault("length", String(length)));
  const start = startTimeOf(schedule, shift.startMinute);
  if (
    start === null ||
    start.date !== shift.date ||
    start.minute < template.earliestStartMinute ||
    start.minute > template.latestStartMinute ||
    (start.minute - template.earliestStartMinute) % template.startStepMinutes !== 0
  )
    faults.push(fault("start", `${start?.date ?? "?"} ${start?.minute ?? "?"}`));
  const breaks = shift.activities.filter(
    ({ kind }) => kind === "break" || kind === "meal" || kind === "split",
  );
  return [
    ...faults,
    ...faultsOfActivities(shift).map((detail) => fault("activities", detail)),
    ...faultsOfBreaks(template, shift, breaks).map(({ rule, detail }) => fault(rule, detail)),
  ];
}

/** Activities cover the shift without gap or overlap; work and sessions are paid, and sessions belong to a rule. */
function faultsOfActivities(shift: Shift): string[] {
  const faults: string[] = [];
  let at = shift.startMinute;
  for (const { kind, paid, ruleId, startMinute, endMinute } of shift.activities) {
    if (startMinute !== at || endMinute <= startMinute) faults.push(`gap or overlap at ${startMinute}`);
    at = endMinute;
    const isSession = kind === "training" || kind === "meeting" || kind === "coaching";
    if ((kind === "work" || isSession) && !paid) faults.push(`unpaid ${kind}`);
    if (isSession !== (ruleId !== undefined)) faults.push(`${kind} of rule ${ruleId}`);
  }
  if (at !== shift.endMinute) faults.push(`ends at ${at}`);
  return faults;
}

/** Each break rule once, within its window, with enough work between. */
function faultsOfBreaks(
  template: ShiftTemplate,
  { startMinute, endMinute }: Shift,
  breaks: readonly Activity[],
): Pick<ScheduleFault, "rule" | "detail">[] {
  const faults: Pick<ScheduleFault, "rule" | "detail">[] = [];
  const open = [...template.breaks];
  for (const pause of breaks) {
    const start = pause.startMinute - startMinute;
    const alike = open.filter(
      (rule) =>
        rule.kind === pause.kind &&
        rule.paid === pause.paid &&
        rule.lengthMinutes === pause.endMinute - pause.startMinute,
    );
    if (alike.length === 0) {
      faults.push({ rule: "breaks", detail: `no rule for the ${pause.kind} at ${start}` });
      continue;
    }
    // Of like rules the one whose window closes first: an exchange argument shows that this finds a fit if one exists.
    const fitting = alike
      .filter((rule) => start >= rule.earliestMinute && start <= rule.latestMinute)
      .sort((a, b) => a.latestMinute - b.latestMinute)[0];
    if (fitting === undefined) faults.push({ rule: "breakWindow", detail: `${pause.kind} at ${start}` });
    open.splice(open.indexOf(fitting ?? alike[0]), 1);
  }
  for (const missing of open) faults.push({ rule: "breaks", detail: `${missing.id} is missing` });
  const edges = [startMinute, ...breaks.flatMap((b) => [b.startMinute, b.endMinute]), endMinute];
  for (let index = 0; index < edges.length; index += 2) {
    const work = edges[index + 1] - edges[index];
    if (breaks.length > 0 && work < template.minimumWorkMinutes)
      faults.push({ rule: "minimumWork", detail: `${work} at ${edges[index]}` });
  }
  return faults;
}
