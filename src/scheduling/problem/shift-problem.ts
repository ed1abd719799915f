import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../domain/outcome.ts";
import { buildBlock } from "./build-block.ts";
import type { ShiftProblem, ShiftsInput } from "./shift-block.ts";
import {
  commonSlotMinutes,
  commonStepOf,
  shapesOf,
  startsOnDay,
  type TemplateStart,
} from "./template-starts.ts";
import { weekOfDay, weeksTogether } from "./tour-kinds.ts";

/** Below this the slot axis would be too fine to be useful. */
const finestSlotMinutes = 5;

/** Most queues a group's bit mask holds. */
const mostQueues = 30;

/**
 * The planner's settings as blocks of slots, and issues for what in them cannot be met. `hourPrice` is what each
 * paid hour costs on top of its wage: the price at which a budget of hours is dealt out.
 */
export function buildShiftProblem(input: ShiftsInput, hourPrice = 0): ShiftProblem {
  const { grid } = input.requirement;
  const issues: Issue[] = [];
  const templateStep = commonSlotMinutes(grid.intervalMinutes, input.templates);
  // Pinned shifts may begin or break at other minutes; finer than useful they count from the slot that is nearest.
  const pinnedStep = commonStepOf(input.pinned, templateStep);
  const slotMinutes = pinnedStep < finestSlotMinutes ? templateStep : pinnedStep;
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
  const days = Array.from({ length: grid.dayCount }, (_, day) =>
    startsOnDay(input, shapes, day, slotMinutes),
  );
  const blocks = cutIntoBlocks(grid, days, slotMinutes, weeksTogether(input)).map((span) =>
    buildBlock(
      input,
      { ...span, slotMinutes, startsByDay: days.slice(span.firstDay, span.endDay) },
      hourPrice,
    ),
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

/** Days and slots of one block. */
interface DaySpan {
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
  startsByDay: readonly (readonly TemplateStart[])[],
  slotMinutes: number,
  weeksTogether: number,
): DaySpan[] {
  const perInterval = grid.intervalMinutes / slotMinutes;
  const spans: DaySpan[] = [];
  let firstDay = 0;
  let firstSlot = 0;
  let endSlot = 0;
  for (const [day, starts] of startsByDay.entries()) {
    endSlot = starts.reduce(
      (latest, { slot, shape }) => Math.max(latest, slot + shape.length),
      Math.max(endSlot, grid.dayOffsets[day + 1] * perInterval),
    );
    if (day < startsByDay.length - 1) {
      const isMidweek =
        weeksTogether > 0 &&
        Math.floor(weekOfDay(grid, day) / weeksTogether) ===
          Math.floor(weekOfDay(grid, day + 1) / weeksTogether);
      if (isMidweek || startsByDay[day + 1].some(({ slot }) => slot < endSlot)) continue;
    }
    spans.push({ firstDay, endDay: day + 1, firstSlot, endSlot });
    firstDay = day + 1;
    firstSlot = endSlot;
  }
  return spans;
}
