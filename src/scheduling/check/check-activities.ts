import { weekdayOf } from "../../domain/calendar/clock.ts";
import type { ActivityRule, Schedule } from "../../domain/plan/shift.ts";
import { type ScheduleFault, type ScheduleRules, startTimeOf } from "./schedule-rules.ts";

/** A session of a rule and who sits in it. */
interface HeldSession {
  readonly rule: ActivityRule;
  readonly start: number;
  readonly shiftIds: string[];
}

/**
 * Sessions of placed activities: right length, window, groups, and as many people together as the rule asks for. What
 * pinned shifts hold is as a person put it, so a session of pinned shifts alone is not judged.
 */
export function faultsOfActivities(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const faults: ScheduleFault[] = [];
  const report = (shiftId: string, detail: string) => faults.push({ rule: "activity", shiftId, detail });
  const sessions = new Map<string, HeldSession>();
  const pinned = new Set(rules.pinned.map(({ id }) => id));
  for (const shift of schedule.shifts) {
    for (const { kind, ruleId, session, startMinute, endMinute } of shift.activities) {
      if (ruleId === undefined) continue;
      const rule = (rules.activities ?? []).find(({ id }) => id === ruleId);
      if (rule === undefined || session === undefined || session < 1 || session > rule.sessions) {
        if (!pinned.has(shift.id)) report(shift.id, `unknown session ${session} of ${ruleId}`);
        continue;
      }
      const key = `${ruleId} ${session}`;
      const held = sessions.get(key) ?? { rule, start: startMinute, shiftIds: [] };
      sessions.set(key, held);
      held.shiftIds.push(shift.id);
      if (held.start !== startMinute && !held.shiftIds.every((id) => pinned.has(id)))
        report(shift.id, `${key} is held twice`);
      if (pinned.has(shift.id)) continue;
      if (kind !== rule.kind || endMinute - startMinute !== rule.lengthMinutes)
        report(shift.id, `${kind} of ${endMinute - startMinute} minutes is not ${rule.id}`);
      if (rule.groupIds.length > 0 && !rule.groupIds.includes(shift.groupId))
        report(shift.id, `group ${shift.groupId} takes no part in ${rule.id}`);
      const start = startTimeOf(schedule, startMinute);
      if (
        start === null ||
        !rule.weekdays.includes(weekdayOf(start.date)) ||
        start.minute < rule.fromMinute ||
        start.minute + rule.lengthMinutes > rule.toMinute
      )
        report(shift.id, `${rule.id} at ${start?.date} ${start?.minute}`);
    }
  }
  for (const [key, { rule, shiftIds }] of sessions) {
    const people = new Set(shiftIds).size;
    const isComplete = people === shiftIds.length && people === rule.peopleTogether;
    if (!isComplete && !shiftIds.every((id) => pinned.has(id)))
      report(shiftIds[0], `${key} has ${people} people`);
  }
  return faults;
}
