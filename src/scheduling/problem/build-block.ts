import { weekdayOf } from "../../domain/calendar/clock.ts";
import {
  dateOfDay,
  dayOfDate,
  type IntervalGrid,
  intervalCount,
  localTimeOf,
} from "../../domain/calendar/interval-grid.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { clockPremiumHours, overtimeHours, paidHoursOf } from "../../domain/plan/wages.ts";
import { type WorkLimit, weightOfHours } from "../../domain/results/work-limit.ts";
import type {
  BlockInput,
  CountLimit,
  ShiftBlock,
  ShiftForm,
  ShiftShape,
  ShiftsInput,
  ShortageStep,
} from "./shift-block.ts";
import { startMinutesOn, type TemplateStart } from "./template-starts.ts";
import { tourKinds } from "./tour-kinds.ts";

/** A stretch of the plan's slots, and the starts that templates allow on its days. */
export interface BlockSpan {
  readonly firstDay: number;
  /** Slots [firstSlot, endSlot) of the plan's grid. */
  readonly firstSlot: number;
  readonly endSlot: number;
  readonly slotMinutes: number;
  /** One list per day from `firstDay` on; empty where only pinned shifts count. */
  readonly startsByDay: readonly (readonly TemplateStart[])[];
}

/** A block of the plan. `hourPrice` is what each paid hour costs on top of its wage. */
export function buildBlock(input: BlockInput, span: BlockSpan, hourPrice = 0): ShiftBlock {
  const { firstDay, firstSlot, slotMinutes } = span;
  const slotCount = span.endSlot - firstSlot;
  const demand = demandOf(input, span);
  const shortageSteps = shortageStepsOf(input.settings.shortageSteps ?? []);
  const pay = payOf(input, span, hourPrice);
  const { forms, limits, presentForms } = formsOf(input, span);
  const everyForm = [...forms, ...presentForms.map(({ form }) => form)];
  const hardPrice = hardPriceOf(input.settings, everyForm, pay, {
    slotHours: slotMinutes / 60,
    dearestShort: demand.shortPrice.reduce((most, price) => Math.max(most, price), 0),
    deepest: shortageSteps.reduce((factor, { more }) => factor + more, 1),
  });
  for (const { form, count } of presentForms) {
    const keepLimit = limits.length;
    const missingPrice = input.breaksOnly === true ? hardPrice : (input.settings.changePrice ?? 0);
    forms.push({ ...form, limits: [...form.limits, keepLimit], keepLimit });
    limits.push({
      template: form.shape.template,
      day: form.day,
      minimum: count,
      maximum: count,
      missingPrice,
    });
  }
  return {
    firstDay,
    endDay: firstDay + span.startsByDay.length,
    firstSlot,
    slotCount,
    slotMinutes,
    queueCount: input.requirement.queues.length,
    groupCount: input.groups.length,
    groupMask: groupMasks(input),
    ...demand,
    shortageSteps,
    hardPrice,
    pinnedStaff: pinnedStaffOf(input, span),
    forms,
    ...tourKinds(input, forms, { firstDay, dayCount: span.startsByDay.length, slotMinutes }),
    pay,
    limits,
  };
}

/** The block that concrete shifts make of the days [firstDay, endDay), for their figures: nothing more may be added. */
export function blockOfShifts(
  terms: Omit<BlockInput, "pinned">,
  shifts: readonly Shift[],
  firstDay: number,
  endDay: number,
  slotMinutes: number,
): ShiftBlock {
  const { grid } = terms.requirement;
  const perInterval = grid.intervalMinutes / slotMinutes;
  return buildBlock(
    { ...terms, pinned: shifts },
    {
      firstDay,
      firstSlot: grid.dayOffsets[firstDay] * perInterval,
      endSlot: grid.dayOffsets[endDay] * perInterval,
      slotMinutes,
      startsByDay: [],
    },
  );
}

/** Agents to be scheduled, hard minimums and prices per queue and slot; beyond the planned days all are 0. */
function demandOf(
  input: BlockInput,
  { firstSlot, endSlot, slotMinutes }: BlockSpan,
): Pick<ShiftBlock, "demand" | "minimum" | "shortPrice" | "overPrice"> {
  const { grid, queues } = input.requirement;
  const perInterval = grid.intervalMinutes / slotMinutes;
  const plannedSlots = intervalCount(grid) * perInterval;
  const slotCount = endSlot - firstSlot;
  const slotHours = slotMinutes / 60;
  const demand = new Float64Array(queues.length * slotCount);
  const minimum = new Float64Array(queues.length * slotCount);
  const shortPrice = new Float64Array(queues.length * slotCount);
  const overPrice = new Float64Array(queues.length * slotCount);
  for (const [index, series] of queues.entries()) {
    const queue = input.queues.find(({ id }) => id === series.queueId);
    const weights = input.shortWeights?.find(({ queueId }) => queueId === series.queueId)?.weights;
    const minimums = (input.settings.minimums ?? []).filter(({ queueId }) => queueId === series.queueId);
    for (let slot = 0; slot < slotCount && firstSlot + slot < plannedSlots; slot++) {
      const interval = Math.floor((firstSlot + slot) / perInterval);
      const at = index * slotCount + slot;
      demand[at] = series.scheduledAgents[interval];
      if (series.requiredAgents[interval] > 0)
        minimum[at] = Math.max(
          Math.ceil(queue?.minimumAgents ?? 0),
          minimums.length === 0 ? 0 : minimumAtInterval(minimums, grid, interval),
        );
      shortPrice[at] = input.settings.costPerHourShort * slotHours * (weights?.[interval] ?? 1);
      overPrice[at] = input.settings.costPerHourOver * slotHours;
    }
  }
  return { demand, minimum, shortPrice, overPrice };
}

/** The highest of the minimums that hold at an interval's start. */
function minimumAtInterval(
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

/** Each step's factor as what it adds to the one before; a factor below the one before counts like that one. */
function shortageStepsOf(steps: NonNullable<ShiftsInput["settings"]["shortageSteps"]>): ShortageStep[] {
  let before = 1;
  return [...steps]
    .sort((a, b) => a.beyondShare - b.beyondShare)
    .map(({ beyondShare, factor }) => {
      const more = Math.max(0, factor - before);
      before = Math.max(before, factor);
      return { beyondShare, more };
    });
}

/** Per template: running sums over slots of what a paid slot costs, premiums by the clock and the hours' price included. */
function payOf(
  { requirement: { grid }, templates, settings }: BlockInput,
  { firstSlot, endSlot, slotMinutes }: BlockSpan,
  hourPrice: number,
): Float64Array[] {
  const premiums = settings.premiums ?? [];
  const slotHours = slotMinutes / 60;
  const premiumHours = new Float64Array(endSlot - firstSlot + 1);
  if (premiums.some(({ kind }) => kind === "clock")) {
    for (let slot = 0; slot < endSlot - firstSlot; slot++) {
      const from = (firstSlot + slot) * slotMinutes;
      premiumHours[slot + 1] =
        premiumHours[slot] + clockPremiumHours(grid, premiums, from, from + slotMinutes);
    }
  }
  return templates.map(({ costPerHour }) =>
    Float64Array.from(
      premiumHours,
      (hours, slot) => slot * slotHours * (costPerHour + hourPrice) + hours * costPerHour,
    ),
  );
}

/**
 * Every form of the days with the counts a day that it stands under, and those of which there are shifts today. Such a
 * form comes again beside its new ones, as a shift that is kept.
 */
function formsOf(input: BlockInput, { firstDay, firstSlot, slotMinutes, startsByDay }: BlockSpan) {
  const premiums = input.settings.premiums ?? [];
  const changePrice = input.settings.changePrice ?? 0;
  const breaksOnly = input.breaksOnly === true;
  const presentCounts = breaksOnly || changePrice > 0 ? presentShiftCounts(input) : null;
  const limits: CountLimit[] = [];
  const forms: ShiftForm[] = [];
  const presentForms: { readonly form: ShiftForm; readonly count: number }[] = [];
  const workLimits = addWorkLimits(input, firstDay, firstDay + startsByDay.length, limits);
  for (const [index, starts] of startsByDay.entries()) {
    const day = firstDay + index;
    const limitOfTemplate = addDayLimits(input, day, limits);
    for (const { slot, shape, group } of starts) {
      const { costPerHour } = input.templates[shape.template];
      const limit = limitOfTemplate.get(shape.template);
      const form: ShiftForm = {
        shape,
        group,
        day,
        start: slot - firstSlot,
        startMinute: slot * slotMinutes,
        limits: [...(limit === undefined ? [] : [limit]), ...workLimits(group, shape, day)],
        keepLimit: null,
        extra: overtimeHours(premiums, shape.paidHours * 60) * costPerHour,
      };
      const count = presentCounts?.get(formKey(input, form, slotMinutes)) ?? 0;
      if (count > 0) presentForms.push({ form, count });
      if (!breaksOnly) forms.push({ ...form, extra: form.extra + changePrice });
    }
  }
  return { forms, limits, presentForms };
}

/** Adds a day's counts of templates that may start then to `limits`; returns the index of each template's. */
function addDayLimits(input: BlockInput, day: number, limits: CountLimit[]): Map<number, number> {
  const limitOfTemplate = new Map<number, number>();
  const { grid } = input.requirement;
  const date = dateOfDay(grid, day);
  for (const [template, { id, minimumCount, maximumCount }] of input.templates.entries()) {
    if (input.breaksOnly === true || (minimumCount === null && maximumCount === null)) continue;
    if (startMinutesOn(grid, input.templates[template], day).length === 0) continue;
    const pinned = input.pinned.filter((shift) => shift.templateId === id && shift.date === date).length;
    limitOfTemplate.set(template, limits.length);
    limits.push({
      template,
      day,
      minimum: Math.max(0, (minimumCount ?? 0) - pinned),
      maximum: Math.max(0, (maximumCount ?? Number.POSITIVE_INFINITY) - pinned),
      missingPrice: null,
    });
  }
  return limitOfTemplate;
}

/**
 * Adds to `limits` what people can work on days of this block alone; returns the indices under which a shift counts,
 * each as often as it weighs.
 */
function addWorkLimits(
  input: BlockInput,
  firstDay: number,
  endDay: number,
  limits: CountLimit[],
): (group: number, shape: ShiftShape, day: number) => number[] {
  const ofBlock = (input.breaksOnly === true ? [] : (input.workLimits ?? [])).filter(({ days }) =>
    days.every((day) => day >= firstDay && day < endDay),
  );
  const entries = ofBlock.map((limit) => {
    const pinned = pinnedUnder(input, limit);
    limits.push({
      template: null,
      day: limit.days[0],
      minimum: 0,
      maximum: Math.max(0, limit.maximum - pinned),
      missingPrice: null,
    });
    return { limit, index: limits.length - 1 };
  });
  return (group, shape, day) =>
    entries.flatMap(({ limit, index }) =>
      Array<number>(workWeight(input, limit, { group, shape, day })).fill(index),
    );
}

/** What pinned shifts count under a limit of people. */
export function pinnedUnder(
  { pinned, requirement: { grid } }: Pick<BlockInput, "pinned" | "requirement">,
  limit: WorkLimit,
): number {
  return pinned.reduce((sum, shift) => sum + weightUnder(limit, shift, dayOfDate(grid, shift.date)), 0);
}

/** What a form counts under a limit of people. */
export function workWeight(
  { groups, templates }: Pick<BlockInput, "groups" | "templates">,
  { groupIds, templateIds, days, weights }: WorkLimit,
  { group, shape, day }: Pick<ShiftForm, "group" | "shape" | "day">,
): number {
  if (!groupIds.includes(groups[group].id) || !days.includes(day)) return 0;
  if (templateIds !== undefined && !templateIds.includes(templates[shape.template].id)) return 0;
  return weightOfHours(weights, shape.paidHours);
}

/** The same of a shift. */
function weightUnder(
  { groupIds, templateIds, days, weights }: WorkLimit,
  shift: Shift,
  day: number | null,
): number {
  if (day === null || !groupIds.includes(shift.groupId) || !days.includes(day)) return 0;
  if (templateIds !== undefined && !templateIds.includes(shift.templateId)) return 0;
  return weightOfHours(weights, paidHoursOf(shift));
}

/** A price of one agent below a hard minimum that no shift that could mend it costs. */
function hardPriceOf(
  { costPerHourShort, costPerHourOver }: ShiftsInput["settings"],
  forms: readonly ShiftForm[],
  pay: readonly Float64Array[],
  {
    slotHours,
    dearestShort,
    deepest,
  }: { readonly slotHours: number; readonly dearestShort: number; readonly deepest: number },
): number {
  const dearestShift = forms.reduce(
    (most, { shape, start, extra }) =>
      Math.max(most, extra + pay[shape.template][start + shape.length] - pay[shape.template][start]),
    0,
  );
  const longest = forms.reduce((most, { shape }) => Math.max(most, shape.length), 0);
  const dearestSlot = Math.max(
    (costPerHourShort + costPerHourOver) * slotHours,
    dearestShort * deepest + costPerHourOver * slotHours,
  );
  return 2 * (dearestShift + dearestSlot * (longest + 1));
}

function groupMasks({ groups, requirement: { queues } }: BlockInput): Int32Array {
  return Int32Array.from(groups, ({ queueIds }) =>
    queueIds.reduce((mask, id) => mask | (1 << queues.findIndex(({ queueId }) => queueId === id)), 0),
  );
}

function pinnedStaffOf(
  { groups, pinned }: BlockInput,
  { firstSlot, endSlot, slotMinutes }: BlockSpan,
): Int32Array {
  const slotCount = endSlot - firstSlot;
  const pinnedStaff = new Int32Array(groups.length * slotCount);
  for (const shift of pinned) {
    const group = groups.findIndex(({ id }) => id === shift.groupId);
    if (group < 0) continue;
    for (const activity of shift.activities) {
      if (activity.kind !== "work") continue;
      const from = Math.max(0, activity.startMinute / slotMinutes - firstSlot);
      const to = Math.min(slotCount, activity.endMinute / slotMinutes - firstSlot);
      for (let slot = Math.round(from); slot < Math.round(to); slot++)
        pinnedStaff[group * slotCount + slot]++;
    }
  }
  return pinnedStaff;
}

/** What makes two shifts the same but for their breaks. */
export function shiftKey(shift: Pick<Shift, "templateId" | "groupId" | "startMinute" | "endMinute">): string {
  return `${shift.templateId} ${shift.groupId} ${shift.startMinute} ${shift.endMinute}`;
}

/** The key of the shifts that a form makes. */
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

/** Present shifts that are not pinned, by key. */
function presentShiftCounts({ present, pinned }: BlockInput): Map<string, number> {
  const counts = new Map<string, number>();
  for (const shift of present?.shifts ?? []) {
    if (pinned.some(({ id }) => id === shift.id)) continue;
    counts.set(shiftKey(shift), (counts.get(shiftKey(shift)) ?? 0) + 1);
  }
  return counts;
}
