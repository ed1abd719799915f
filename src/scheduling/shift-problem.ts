import { weekdayOf } from "../domain/clock.ts";
import { dateOfDay, type IntervalGrid, intervalAt, intervalCount } from "../domain/interval-grid.ts";
import type { Issue } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { AgentGroup, Queue } from "../domain/queue.ts";
import type { Requirement } from "../domain/requirement.ts";
import type { Shift, ShiftTemplate } from "../domain/shift.ts";
import { type BreakOrder, breakOrders } from "./break-placement.ts";

/** What the shift optimiser reads. */
export interface ShiftsInput {
  readonly requirement: Requirement;
  readonly queues: readonly Queue[];
  readonly groups: readonly AgentGroup[];
  readonly templates: readonly ShiftTemplate[];
  readonly settings: Plan["scheduling"];
  /** Shifts that stay as they are; the rest is built around them. */
  readonly pinned: readonly Shift[];
  readonly seed: number;
  /** Wall time after which the best so far is returned. null: limited by work alone, so that answers repeat. */
  readonly timeLimitSeconds: number | null;
}

/** A template at one of its lengths, on the slot axis. */
export interface ShiftShape {
  readonly template: number;
  readonly length: number;
  readonly orders: readonly BreakOrder[];
  readonly breakCount: number;
}

/** A shape at a start, worked by a group: everything of a shift but its breaks. Slots count from the block's first. */
export interface ShiftForm {
  readonly shape: ShiftShape;
  readonly group: number;
  readonly day: number;
  readonly start: number;
  /** The same in minutes since the start of the grid. */
  readonly startMinute: number;
  /** Index of the per-day limit of its template, or −1. */
  readonly limit: number;
}

/** Tours of one rule and group that keep to one shape and start within one band. */
export interface TourKind {
  /** Index of the rule in the settings. */
  readonly rule: number;
  /** Per day of the week in hand, forms (by index) that the tour may hold that day. */
  readonly formsByDay: readonly Int32Array[];
  /** Sets of days it may work, as indices into `formsByDay`. */
  readonly patterns: readonly (readonly number[])[];
}

/** At least and at most so many shifts of a template on a day, pinned ones already taken off. */
export interface CountLimit {
  readonly template: number;
  readonly day: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Days that hang together because shifts run from one into the next; usually a single day. All series are by slot:
 * the finest step that intervals, starts, lengths and breaks share.
 */
export interface ShiftBlock {
  readonly firstDay: number;
  readonly endDay: number;
  /** Slot of the plan's grid at which the block begins. */
  readonly firstSlot: number;
  readonly slotCount: number;
  readonly slotMinutes: number;
  readonly queueCount: number;
  readonly groupCount: number;
  /** Bit q is set when the group serves queue q. */
  readonly groupMask: Int32Array;
  /** Per queue and slot, index queue × slotCount + slot. */
  readonly asked: Float64Array;
  readonly minimum: Float64Array;
  /** Price of one agent missing or too many during one slot; 0 beyond the planned days. */
  readonly shortPrice: Float64Array;
  readonly overPrice: Float64Array;
  /** Price of one agent below the hard minimum: more than any shift that could mend it. */
  readonly hardPrice: number;
  /** Agents of pinned shifts at work, index group × slotCount + slot. */
  readonly pinnedStaff: Int32Array;
  readonly forms: readonly ShiftForm[];
  /** 1 per template that is worked in tours only. */
  readonly inTours: Uint8Array;
  readonly tours: readonly TourKind[];
  /** Per template: running sum of the wage of each slot, slotCount + 1 entries. */
  readonly pay: readonly Float64Array[];
  readonly limits: readonly CountLimit[];
}

/** The whole task: independent blocks. */
export interface ShiftProblem {
  readonly grid: IntervalGrid;
  readonly slotMinutes: number;
  readonly blocks: readonly ShiftBlock[];
  readonly issues: readonly Issue[];
}

/** Below this the slot axis would be too fine to be useful. */
const finestSlotMinutes = 5;

/** Most queues a group's bit mask holds. */
const mostQueues = 30;

/** Translates the planner's words into blocks of slots, and says what in them cannot be met. */
export function buildShiftProblem(input: ShiftsInput): ShiftProblem {
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
  const blocks = cutIntoBlocks(grid, days, slotMinutes, (input.settings.tours ?? []).length > 0).map(
    ({ firstDay, endDay, firstSlot, endSlot }) =>
      buildBlock(input, days.slice(firstDay, endDay), firstDay, firstSlot, endSlot, slotMinutes),
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
    return orders.length === 0 ? [] : [{ template: index, length, orders, breakCount: breaks.length }];
  });
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
 * with tours (`weekly`) after Sundays only.
 */
function cutIntoBlocks(
  grid: IntervalGrid,
  days: readonly (readonly DayStart[])[],
  slotMinutes: number,
  weekly: boolean,
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
    const midweek = weekly && weekdayOf(dateOfDay(grid, day)) !== 7;
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
  input: Pick<ShiftsInput, "requirement" | "queues" | "groups" | "templates" | "settings" | "pinned">,
  days: readonly (readonly DayStart[])[],
  firstDay: number,
  firstSlot: number,
  endSlot: number,
  slotMinutes: number,
): ShiftBlock {
  const { grid } = input.requirement;
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
    for (let slot = 0; slot < slotCount && firstSlot + slot < plannedSlots; slot++) {
      const interval = Math.floor((firstSlot + slot) / perInterval);
      const at = index * slotCount + slot;
      asked[at] = series.scheduledAgents[interval];
      minimum[at] = series.requiredAgents[interval] > 0 ? Math.ceil(queue?.minimumAgents ?? 0) : 0;
      shortPrice[at] = input.settings.costPerHourShort * slotHours;
      overPrice[at] = input.settings.costPerHourOver * slotHours;
    }
  }
  const pay = input.templates.map((template) =>
    Float64Array.from({ length: slotCount + 1 }, (_, slot) => slot * slotHours * template.costPerHour),
  );
  const limits: CountLimit[] = [];
  const forms: ShiftForm[] = [];
  for (const [index, starts] of days.entries()) {
    const day = firstDay + index;
    const date = dateOfDay(grid, day);
    const limitOf = new Map<number, number>();
    for (const [template, { id, minimumCount, maximumCount }] of input.templates.entries()) {
      if (minimumCount === null && maximumCount === null) continue;
      if (!starts.some(({ shape }) => shape.template === template)) continue;
      const pinned = input.pinned.filter((shift) => shift.templateId === id && shift.date === date).length;
      limitOf.set(template, limits.length);
      limits.push({
        template,
        day,
        minimum: Math.max(0, (minimumCount ?? 0) - pinned),
        maximum: Math.max(0, (maximumCount ?? Number.POSITIVE_INFINITY) - pinned),
      });
    }
    for (const { slot, shape, group } of starts) {
      forms.push({
        shape,
        group,
        day,
        start: slot - firstSlot,
        startMinute: slot * slotMinutes,
        limit: limitOf.get(shape.template) ?? -1,
      });
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
  const dearestShift = forms.reduce(
    (most, { shape, start }) =>
      Math.max(most, pay[shape.template][start + shape.length] - pay[shape.template][start]),
    0,
  );
  const { inTours, tours } = tourKinds(input, forms, firstDay, days.length);
  const longest = forms.reduce((most, { shape }) => Math.max(most, shape.length), 0);
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
    hardPrice:
      2 *
      (dearestShift +
        (input.settings.costPerHourShort + input.settings.costPerHourOver) * slotHours * (longest + 1)),
    pinnedStaff,
    forms,
    inTours,
    tours,
    pay,
    limits,
  };
}

/** The kinds of tours of a block's weeks. A band is named by its first start that a form has. */
function tourKinds(
  input: Pick<ShiftsInput, "requirement" | "templates" | "settings" | "groups">,
  forms: readonly ShiftForm[],
  firstDay: number,
  dayCount: number,
): { inTours: Uint8Array; tours: TourKind[] } {
  const rules = input.settings.tours ?? [];
  const inTours = Uint8Array.from(input.templates, ({ id }) =>
    rules.some(({ templateIds }) => templateIds.includes(id)) ? 1 : 0,
  );
  if (rules.length === 0 || forms.length === 0) return { inTours, tours: [] };
  const { grid } = input.requirement;
  /** Minutes after the start of its day. */
  const offsets = forms.map((form) => form.startMinute - grid.dayOffsets[form.day] * grid.intervalMinutes);
  const weeks = new Map<number, number[]>();
  for (let day = firstDay; day < firstDay + dayCount; day++) {
    const monday = day - (weekdayOf(dateOfDay(grid, day)) - 1);
    weeks.set(monday, [...(weeks.get(monday) ?? []), day]);
  }
  const tours: TourKind[] = [];
  for (const [rule, { templateIds, daysPerWeek, daysOffTogether, startBandMinutes }] of rules.entries()) {
    const members = forms.flatMap((form, index) =>
      templateIds.includes(input.templates[form.shape.template].id) ? [index] : [],
    );
    const kinds = new Map<string, number[]>();
    for (const index of members) {
      const { shape, group } = forms[index];
      const key = `${shape.template} ${shape.length} ${group}`;
      kinds.set(key, [...(kinds.get(key) ?? []), index]);
    }
    for (const indices of kinds.values()) {
      const starts = [...new Set(indices.map((index) => offsets[index]))].sort((a, b) => a - b);
      // A band that holds no more than the one before it is that one again.
      const last = starts[starts.length - 1];
      const bands = starts.filter((_, at) => at === 0 || starts[at - 1] + startBandMinutes < last);
      for (const week of weeks.values()) {
        const patterns = workingDays(week.length, Math.min(daysPerWeek, week.length), daysOffTogether);
        for (const band of bands) {
          const formsByDay = week.map((day) =>
            Int32Array.from(
              indices.filter(
                (index) =>
                  forms[index].day === day &&
                  offsets[index] >= band &&
                  offsets[index] <= band + startBandMinutes,
              ),
            ),
          );
          tours.push({ rule, formsByDay, patterns });
        }
      }
    }
  }
  return { inTours, tours };
}

/** Sets of `work` days of a week of `days`; with days off together, around the end of the week too. */
function workingDays(days: number, work: number, together: boolean): number[][] {
  const sets: number[][] = [];
  for (let mask = 0; mask < 1 << days; mask++) {
    const chosen = Array.from({ length: days }, (_, day) => day).filter((day) => (mask & (1 << day)) !== 0);
    if (chosen.length !== work) continue;
    const edges = chosen.filter((day) => !chosen.includes((day + 1) % days)).length;
    if (!together || edges <= 1) sets.push(chosen);
  }
  return sets;
}
