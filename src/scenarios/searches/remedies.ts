import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../domain/calendar/ranges.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import { clockStartsOn, mayWork } from "../../domain/plan/template-shift.ts";
import { shiftsAtWork } from "../changes/change-people.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";

/** A queue, and the service level that is to be restored, 0–1. */
export interface FixGoal {
  readonly queueId: string;
  readonly serviceLevel: number;
}

/** Something that can be bought in whole steps for one day. */
export interface Remedy {
  readonly day: number;
  /** One step of it. */
  readonly unit: Change;
  readonly most: number;
}

/** What a fix may be made of; null: not that. */
export interface RemedyChoice {
  /** Groups that get more shifts, blocks, overtime or a service provider's agents. */
  readonly groupIds: readonly string[];
  /** Whole shifts of the plan's own templates, breaks and all. */
  readonly shifts: boolean;
  /** Blocks of so many hours without a break. */
  readonly blockHours: number | null;
  /** People of the day's shifts who stay so many minutes longer. */
  readonly overtimeMinutes: number | null;
  /** A service provider: price of an agent's hour, in blocks of four hours; price of a contact, in steps of 2 %. */
  readonly vendorPricePerHour: number | null;
  readonly vendorPricePerContact: number | null;
}

const vendorBlockHours = 4;
const vendorShareStep = 0.02;
/** No limit that anybody meets. */
const unlimited = 10_000;

/** All that may be bought on the days, day by day. */
export function remediesOn(inputs: ScenarioInputs, days: DayRange, choice: RemedyChoice): Remedy[] {
  const remedies: Remedy[] = [];
  for (let day = days.first; day < days.end; day++) {
    if (choice.shifts) remedies.push(...templateShifts(inputs, day, choice.groupIds));
    for (const groupId of choice.groupIds) {
      const blocks = (hours: number) => openBlocks(inputs, groupId, day, hours);
      if (choice.blockHours !== null)
        remedies.push(
          ...blocks(choice.blockHours).map(
            (window): Remedy => ({
              day,
              most: unlimited,
              unit: { kind: "agents", groupId, count: 1, window },
            }),
          ),
        );
      if (choice.overtimeMinutes !== null)
        remedies.push(...overtime(inputs, day, groupId, choice.overtimeMinutes));
      const { vendorPricePerHour: pricePerHour } = choice;
      if (pricePerHour !== null)
        remedies.push(
          ...blocks(vendorBlockHours).map((window): Remedy => {
            return {
              day,
              most: unlimited,
              unit: { kind: "vendorAgents", groupId, count: 1, pricePerHour, window },
            };
          }),
        );
    }
    const { vendorPricePerContact: pricePerContact } = choice;
    if (pricePerContact !== null)
      for (const { queueId } of inputs.forecast.queues)
        remedies.push({
          day,
          most: 1 / vendorShareStep,
          unit: {
            kind: "outsourcing",
            queueId,
            share: vendorShareStep,
            pricePerContact,
            window: onDate(inputs.forecast.grid, day),
          },
        });
  }
  return remedies;
}

/** A remedy bought so many times. */
export function bought({ unit }: Remedy, times: number): Change {
  switch (unit.kind) {
    case "shifts":
    case "agents":
    case "vendorAgents":
      return { ...unit, count: unit.count * times };
    case "overtime":
    case "outsourcing":
      return { ...unit, share: Math.min(1, unit.share * times) };
    default:
      throw new RangeError(`${unit.kind} is no remedy`);
  }
}

function templateShifts(
  { plan, forecast }: ScenarioInputs,
  day: number,
  groupIds: readonly string[],
): Remedy[] {
  const { grid } = forecast;
  const date = dateOfDay(grid, day);
  return plan.templates.flatMap((template) =>
    groupIds
      .filter((groupId) => mayWork(template, groupId))
      .flatMap((groupId) =>
        [...new Set(template.lengthsMinutes)].flatMap((lengthMinutes) =>
          clockStartsOn(grid, template, day).map(
            (startMinute): Remedy => ({
              day,
              most: template.maximumCount ?? unlimited,
              unit: {
                kind: "shifts",
                templateId: template.id,
                groupId,
                date,
                startMinute,
                lengthMinutes,
                count: 1,
              },
            }),
          ),
        ),
      ),
  );
}

/** One step is one person of the group's shifts of that day. */
function overtime(inputs: ScenarioInputs, day: number, groupId: string, minutes: number): Remedy[] {
  const date = dateOfDay(inputs.forecast.grid, day);
  const people = shiftsAtWork(inputs).filter(
    (shift) => shift.groupId === groupId && shift.date === date,
  ).length;
  return people === 0
    ? []
    : [{ day, most: people, unit: { kind: "overtime", groupId, date, share: 1 / people, minutes } }];
}

function onDate(grid: IntervalGrid, day: number) {
  const date = dateOfDay(grid, day);
  return { fromDate: date, toDate: date, weekdays: null, fromMinute: null, toMinute: null };
}

/** Parts of a day's opening hours of the queues that a group serves, `hours` long but for the last. */
function openBlocks({ plan, forecast }: ScenarioInputs, groupId: string, day: number, hours: number) {
  const { grid } = forecast;
  const queueIds = plan.groups.find(({ id }) => id === groupId)?.queueIds ?? [];
  const first = grid.dayOffsets[day];
  let open = Number.POSITIVE_INFINITY;
  let close = 0;
  for (const queue of forecast.queues) {
    if (!queueIds.includes(queue.queueId)) continue;
    for (let index = first; index < grid.dayOffsets[day + 1]; index++) {
      if (queue.open[index] === 0) continue;
      open = Math.min(open, (index - first) * grid.intervalMinutes);
      close = Math.max(close, (index - first + 1) * grid.intervalMinutes);
    }
  }
  const blocks = [];
  for (let fromMinute = open; fromMinute < close; fromMinute += hours * 60) {
    const toMinute = Math.min(close, fromMinute + hours * 60, 1440);
    blocks.push({ ...onDate(grid, day), fromMinute, toMinute });
  }
  return blocks;
}
