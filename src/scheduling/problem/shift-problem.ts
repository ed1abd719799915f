import { weekdayOf } from "../../domain/calendar/clock.ts";
import {
  dateOfDay,
  type IntervalGrid,
  intervalAt,
  intervalCount,
  localTimeOf,
} from "../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../domain/outcome.ts";
import type { BreakRule, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { clockPremiumHours, overtimeHours } from "../../domain/plan/wages.ts";
import { breakOrders } from "./break-placement.ts";
import type {
  BlockInput,
  CountLimit,
  ShiftBlock,
  ShiftForm,
  ShiftProblem,
  ShiftShape,
  ShiftsInput,
  ShortageStep,
} from "./shift-block.ts";
import { tourKinds, weekOfDay, weeksTogether } from "./tour-kinds.ts";

/** Below this the slot axis would be too fine to be useful. */
const finestSlotMinutes = 5;

/** Most queues a group's bit mask holds. */
const mostQueues = 30;

/**
 * Translates the planner's words into blocks of slots, and says what in them cannot be met. `hourPrice` is what each
 * paid hour costs on top of its wage: the price at which a budget of hours is dealt out.
 */
export function buildShiftProblem(input: ShiftsInput, hourPrice = 0): ShiftProblem {
  const { grid } = input.requirement;
  const issues: Issue[] = [];
  const slotMinutes = commonSlotMinutes(grid.intervalMinutes, input.templates);
  if (slotMinutes < finestSlotMinutes) {
    issues.push(error("shifts.slotTooFine", { minutes: slotMinutes, finest: finestSlotMinutes }));
    return { grid, slotMinutes, blocks: [], issues };
  }
  issues.push(...settingIssues(input));
  const shapes = input.templates.map((template, index) => shapesOf(template, index, slotMinutes));
  for (const [index, template] of input.templates.entries()) {
    const missing = template.lengthsMinutes.filter(
      (minutes) => !shapes[index].some((shape) => shape.length * slotMinutes === minutes),
    );
    for (const minutes of missing) {
      issues.push({
        code: "shifts.breaksDoNotFit",
        severity: shapes[index].length === 0 ? "error" : "warning",
        values: { template: template.name, minutes },
      });
    }
  }
  if (issues.some((issue) => issue.severity === "error")) return { grid, slotMinutes, blocks: [], issues };
  const days = Array.from({ length: grid.dayCount }, (_, day) => dayStarts(input, shapes, day, slotMinutes));
  const blocks = cutIntoBlocks(grid, days, slotMinutes, weeksTogether(input)).map(
    ({ firstDay, endDay, firstSlot, endSlot }) =>
      buildBlock(input, days.slice(firstDay, endDay), firstDay, firstSlot, endSlot, slotMinutes, hourPrice),
  );
  return { grid, slotMinutes, blocks, issues };
}

function error(code: string, values: Record<string, string | number>): Issue {
  return { code, severity: "error", values };
}

function settingIssues(input: ShiftsInput): Issue[] {
  const issues: Issue[] = [];
  if (input.templates.length === 0) issues.push(error("shifts.noTemplates", {}));
  if (input.queues.length > mostQueues) issues.push(error("shifts.tooManyQueues", { most: mostQueues }));
  for (const group of input.groups) {
    const unknown = group.queueIds.find(
      (id) => !input.requirement.queues.some((queue) => queue.queueId === id),
    );
    if (unknown !== undefined)
      issues.push(error("shifts.unknownQueue", { group: group.name, queue: unknown }));
  }
  for (const template of input.templates) {
    const unknown = template.groupIds.find((id) => !input.groups.some((group) => group.id === id));
    if (unknown !== undefined)
      issues.push(error("shifts.unknownGroup", { template: template.name, group: unknown }));
    if (template.latestStartMinute < template.earliestStartMinute)
      issues.push(error("shifts.startWindowEmpty", { template: template.name }));
    if (
      template.minimumCount !== null &&
      template.maximumCount !== null &&
      template.minimumCount > template.maximumCount
    )
      issues.push(
        error("shifts.countsContradict", {
          template: template.name,
          minimum: template.minimumCount,
          maximum: template.maximumCount,
        }),
      );
  }
  return issues;
}

function commonSlotMinutes(intervalMinutes: number, templates: readonly ShiftTemplate[]): number {
  let common = intervalMinutes;
  for (const template of templates) {
    const parts = [
      template.earliestStartMinute,
      ...(template.latestStartMinute > template.earliestStartMinute ? [template.startStepMinutes] : []),
      ...template.lengthsMinutes,
      ...template.breaks.flatMap((rule) => [rule.lengthMinutes, rule.earliestMinute]),
    ];
    for (const part of parts) common = greatestCommonDivisor(common, part);
  }
  return common;
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function shapesOf(template: ShiftTemplate, index: number, slotMinutes: number): ShiftShape[] {
  const breaks = template.breaks.map((rule, number) => ({
    rule: number,
    length: rule.lengthMinutes / slotMinutes,
    earliest: rule.earliestMinute / slotMinutes,
    latest: Math.floor(rule.latestMinute / slotMinutes),
    paid: rule.paid,
  }));
  return [...new Set(template.lengthsMinutes)].flatMap((minutes) => {
    const length = minutes / slotMinutes;
    const orders = breakOrders(breaks, length, Math.ceil(template.minimumWorkMinutes / slotMinutes));
    const paidHours = (minutes - unpaidMinutes(template.breaks)) / 60;
    return orders.length === 0
      ? []
      : [{ template: index, length, orders, breakCount: breaks.length, paidHours }];
  });
}

function unpaidMinutes(breaks: readonly BreakRule[]): number {
  return breaks.reduce((sum, { paid, lengthMinutes }) => sum + (paid ? 0 : lengthMinutes), 0);
}

/** A start that a day allows: grid slot, shape and groups. */
export interface DayStart {
  readonly slot: number;
  readonly shape: ShiftShape;
  readonly group: number;
}

function dayStarts(
  input: ShiftsInput,
  shapes: readonly (readonly ShiftShape[])[],
  day: number,
  slotMinutes: number,
): DayStart[] {
  const { grid } = input.requirement;
  const date = dateOfDay(grid, day);
  const perInterval = grid.intervalMinutes / slotMinutes;
  const starts: DayStart[] = [];
  for (const [index, template] of input.templates.entries()) {
    if (!template.weekdays.includes(weekdayOf(date))) continue;
    for (
      let minute = template.earliestStartMinute;
      minute <= template.latestStartMinute;
      minute += template.startStepMinutes
    ) {
      const interval = intervalAt(grid, date, minute);
      // A time that the clock skips this day has no shift.
      if (interval === null) continue;
      const slot = interval * perInterval + Math.floor((minute % grid.intervalMinutes) / slotMinutes);
      for (const [group, { id }] of input.groups.entries()) {
        if (template.groupIds.length > 0 && !template.groupIds.includes(id)) continue;
        for (const shape of shapes[index]) starts.push({ slot, shape, group });
      }
    }
  }
  return starts;
}

interface BlockSpan {
  readonly firstDay: number;
  readonly endDay: number;
  readonly firstSlot: number;
  readonly endSlot: number;
}

/**
 * Cuts between days wherever no shift of the day before can still be at work when the next day's first can start;
 * with tours after Sundays only, or after every second one (`weeksTogether`).
 */
function cutIntoBlocks(
  grid: IntervalGrid,
  days: readonly (readonly DayStart[])[],
  slotMinutes: number,
  weeksTogether: number,
): BlockSpan[] {
  const perInterval = grid.intervalMinutes / slotMinutes;
  const dayStart = (day: number) => grid.dayOffsets[day] * perInterval;
  const lastEnd = days.map((starts, day) =>
    starts.reduce((latest, { slot, shape }) => Math.max(latest, slot + shape.length), dayStart(day + 1)),
  );
  const spans: BlockSpan[] = [];
  let firstDay = 0;
  let firstSlot = 0;
  let end = 0;
  for (let day = 0; day < days.length; day++) {
    end = Math.max(end, lastEnd[day]);
    const next = days[day + 1];
    const nextStart = next?.reduce((least, { slot }) => Math.min(least, slot), Number.POSITIVE_INFINITY);
    const isLast = next === undefined;
    const midweek =
      weeksTogether > 0 &&
      Math.floor(weekOfDay(grid, day) / weeksTogether) ===
        Math.floor(weekOfDay(grid, day + 1) / weeksTogether);
    if (!isLast && nextStart !== undefined && (midweek || nextStart < end)) continue;
    const endSlot = isLast ? end : Math.min(end, Math.max(dayStart(day + 1), end));
    spans.push({ firstDay, endDay: day + 1, firstSlot, endSlot });
    firstDay = day + 1;
    firstSlot = endSlot;
  }
  return spans;
}

/** Slots [firstSlot, endSlot) with the starts of `days` from `firstDay` on; no starts: what pinned shifts make of it. */
export function buildBlock(
  input: BlockInput,
  days: readonly (readonly DayStart[])[],
  firstDay: number,
  firstSlot: number,
  endSlot: number,
  slotMinutes: number,
  hourPrice = 0,
): ShiftBlock {
  const { grid } = input.requirement;
  const premiums = input.settings.premiums ?? [];
  const perInterval = grid.intervalMinutes / slotMinutes;
  const plannedSlots = intervalCount(grid) * perInterval;
  const slotCount = endSlot - firstSlot;
  const slotHours = slotMinutes / 60;
  const queueCount = input.requirement.queues.length;
  const asked = new Float64Array(queueCount * slotCount);
  const minimum = new Float64Array(queueCount * slotCount);
  const shortPrice = new Float64Array(queueCount * slotCount);
  const overPrice = new Float64Array(queueCount * slotCount);
  for (const [index, series] of input.requirement.queues.entries()) {
    const queue = input.queues.find(({ id }) => id === series.queueId);
    const weights = input.shortWeights?.find(({ queueId }) => queueId === series.queueId)?.weights;
    const minimums = (input.settings.minimums ?? []).filter(({ queueId }) => queueId === series.queueId);
    for (let slot = 0; slot < slotCount && firstSlot + slot < plannedSlots; slot++) {
      const interval = Math.floor((firstSlot + slot) / perInterval);
      const at = index * slotCount + slot;
      asked[at] = series.scheduledAgents[interval];
      if (series.requiredAgents[interval] > 0)
        minimum[at] = Math.max(
          Math.ceil(queue?.minimumAgents ?? 0),
          minimums.length === 0 ? 0 : leastAgents(minimums, grid, interval),
        );
      shortPrice[at] = input.settings.costPerHourShort * slotHours * (weights?.[interval] ?? 1);
      overPrice[at] = input.settings.costPerHourOver * slotHours;
    }
  }
  const shortageSteps = stepsOf(input.settings.shortageSteps ?? []);
  const premiumHours = premiumSums(grid, premiums, firstSlot, slotCount, slotMinutes);
  const pay = input.templates.map(({ costPerHour }) =>
    Float64Array.from(
      { length: slotCount + 1 },
      (_, slot) => slot * slotHours * (costPerHour + hourPrice) + premiumHours[slot] * costPerHour,
    ),
  );
  const limits: CountLimit[] = [];
  const forms: ShiftForm[] = [];
  const changePrice = input.settings.changePrice ?? 0;
  const present =
    input.breaksOnly === true || changePrice > 0
      ? presentForms(
          (input.present?.shifts ?? []).filter(({ id }) => !input.pinned.some((pinned) => pinned.id === id)),
        )
      : null;
  const kept: { readonly form: ShiftForm; readonly limit: Omit<CountLimit, "missingPrice"> }[] = [];
  for (const [index, starts] of days.entries()) {
    const day = firstDay + index;
    const date = dateOfDay(grid, day);
    const limitOf = new Map<number, number>();
    for (const [template, { id, minimumCount, maximumCount }] of input.templates.entries()) {
      if (input.breaksOnly === true || (minimumCount === null && maximumCount === null)) continue;
      if (!starts.some(({ shape }) => shape.template === template)) continue;
      const pinned = input.pinned.filter((shift) => shift.templateId === id && shift.date === date).length;
      limitOf.set(template, limits.length);
      limits.push({
        template,
        day,
        minimum: Math.max(0, (minimumCount ?? 0) - pinned),
        maximum: Math.max(0, (maximumCount ?? Number.POSITIVE_INFINITY) - pinned),
        missingPrice: null,
      });
    }
    for (const { slot, shape, group } of starts) {
      const { costPerHour } = input.templates[shape.template];
      const form: ShiftForm = {
        shape,
        group,
        day,
        start: slot - firstSlot,
        startMinute: slot * slotMinutes,
        limit: limitOf.get(shape.template) ?? -1,
        keep: -1,
        extra: overtimeHours(premiums, shape.paidHours * 60) * costPerHour,
      };
      const many = present === null ? 0 : (present.get(formKey(input, form, slotMinutes)) ?? 0);
      if (many > 0) {
        const limit = { template: shape.template, day, minimum: many, maximum: many };
        kept.push({ form, limit });
      }
      if (input.breaksOnly !== true) forms.push({ ...form, extra: form.extra + changePrice });
    }
  }
  const pinnedStaff = new Int32Array(input.groups.length * slotCount);
  for (const shift of input.pinned) {
    const group = input.groups.findIndex(({ id }) => id === shift.groupId);
    if (group < 0) continue;
    for (const activity of shift.activities) {
      if (activity.kind !== "work") continue;
      const from = Math.max(0, activity.startMinute / slotMinutes - firstSlot);
      const to = Math.min(slotCount, activity.endMinute / slotMinutes - firstSlot);
      for (let slot = Math.round(from); slot < Math.round(to); slot++)
        pinnedStaff[group * slotCount + slot]++;
    }
  }
  const dearestShift = [...forms, ...kept.map(({ form }) => form)].reduce(
    (most, { shape, start, extra }) =>
      Math.max(most, extra + pay[shape.template][start + shape.length] - pay[shape.template][start]),
    0,
  );
  const longest = [...forms, ...kept.map(({ form }) => form)].reduce(
    (most, { shape }) => Math.max(most, shape.length),
    0,
  );
  const deepest = shortageSteps.reduce((factor, { more }) => factor + more, 1);
  const dearestShort = shortPrice.reduce((most, price) => Math.max(most, price), 0) * deepest;
  const hardPrice =
    2 *
    (dearestShift +
      Math.max(
        (input.settings.costPerHourShort + input.settings.costPerHourOver) * slotHours,
        dearestShort + input.settings.costPerHourOver * slotHours,
      ) *
        (longest + 1));
  for (const { form, limit } of kept) {
    forms.push({ ...form, keep: limits.length });
    limits.push({ ...limit, missingPrice: input.breaksOnly === true ? hardPrice : changePrice });
  }
  const { inTours, tours } = tourKinds(input, forms, firstDay, days.length);
  return {
    firstDay,
    endDay: firstDay + days.length,
    firstSlot,
    slotCount,
    slotMinutes,
    queueCount,
    groupCount: input.groups.length,
    groupMask: Int32Array.from(input.groups, (group) =>
      group.queueIds.reduce(
        (mask, id) => mask | (1 << input.requirement.queues.findIndex(({ queueId }) => queueId === id)),
        0,
      ),
    ),
    asked,
    minimum,
    shortPrice,
    overPrice,
    shortageSteps,
    hardPrice,
    pinnedStaff,
    forms,
    inTours,
    tours,
    pay,
    limits,
  };
}

/** What makes two shifts the same but for their breaks. */
export function shiftKey(shift: Pick<Shift, "templateId" | "groupId" | "startMinute" | "endMinute">): string {
  return `${shift.templateId} ${shift.groupId} ${shift.startMinute} ${shift.endMinute}`;
}

function presentForms(present: readonly Shift[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const shift of present) counts.set(shiftKey(shift), (counts.get(shiftKey(shift)) ?? 0) + 1);
  return counts;
}

export function formKey(
  input: BlockInput,
  { shape, group, startMinute }: ShiftForm,
  slotMinutes: number,
): string {
  return shiftKey({
    templateId: input.templates[shape.template].id,
    groupId: input.groups[group].id,
    startMinute,
    endMinute: startMinute + shape.length * slotMinutes,
  });
}

/** Each step's factor as what it adds to the one before; a factor below the one before counts like that one. */
function stepsOf(steps: NonNullable<ShiftsInput["settings"]["shortageSteps"]>): ShortageStep[] {
  let before = 1;
  return [...steps]
    .sort((a, b) => a.beyondShare - b.beyondShare)
    .map(({ beyondShare, factor }) => {
      const more = Math.max(0, factor - before);
      before = Math.max(before, factor);
      return { beyondShare, more };
    });
}

/** Running sums over slots of what premiums by the clock add to a paid slot, in hours at the plain rate. */
function premiumSums(
  grid: IntervalGrid,
  premiums: NonNullable<ShiftsInput["settings"]["premiums"]>,
  firstSlot: number,
  slotCount: number,
  slotMinutes: number,
): Float64Array {
  const sums = new Float64Array(slotCount + 1);
  if (!premiums.some(({ kind }) => kind === "clock")) return sums;
  for (let slot = 0; slot < slotCount; slot++) {
    const from = (firstSlot + slot) * slotMinutes;
    sums[slot + 1] = sums[slot] + clockPremiumHours(grid, premiums, from, from + slotMinutes);
  }
  return sums;
}

/** The highest of the minimums that hold at an interval's start. */
function leastAgents(
  minimums: NonNullable<ShiftsInput["settings"]["minimums"]>,
  grid: IntervalGrid,
  interval: number,
): number {
  const { date, minuteOfDay } = localTimeOf(grid, interval);
  const weekday = weekdayOf(date);
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return minimums.reduce((most, { weekdays, fromMinute, toMinute, agents }) => {
    const holds =
      fromMinute < toMinute
        ? weekdays.includes(weekday) && minuteOfDay >= fromMinute && minuteOfDay < toMinute
        : (weekdays.includes(weekday) && minuteOfDay >= fromMinute) ||
          (weekdays.includes(yesterday) && minuteOfDay < toMinute);
    return holds ? Math.max(most, agents) : most;
  }, 0);
}
