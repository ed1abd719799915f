import { weekdayOf } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid, intervalCount, localTimeOf } from "../../src/domain/calendar/interval-grid.ts";
import type { AgentGroup, Queue } from "../../src/domain/plan/queue.ts";
import type {
  ActivityRule,
  BreakRule,
  Premium,
  Shift,
  ShiftTemplate,
  TourRule,
} from "../../src/domain/plan/shift.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { randomStream } from "../../src/numerics/random.ts";
import type { ShiftsInput, ShortWeights } from "../../src/scheduling/problem/shift-block.ts";
import { queue } from "./small-plans.ts";

/**
 * Small plans by chance, every setting of a planner among them: groups with shared queues and templates, counts a day,
 * minimums, breaks, premiums, budgets, weights, activities, tours, night shifts, and days on which the clock changes.
 * Some contradict themselves. The same seed gives the same plan.
 */
export function randomPlan(seed: number): ShiftsInput {
  const draw = drawer(seed);
  const withTours = draw.chance(0.12);
  const grid = randomGrid(draw, withTours);
  const queues = randomQueues(draw);
  const groups = randomGroups(draw, queues);
  const templates = randomTemplates(draw, groups, grid.intervalMinutes, withTours);
  const requirement = randomRequirement(
    draw,
    grid,
    queues,
    draw.chance(0.85) ? reachOf(templates, groups) : () => true,
  );
  const isSmall = !withTours && queues.length * intervalCount(grid) <= 72;
  const settings: ShiftsInput["settings"] = {
    solver: isSmall ? draw.pick(["highs", "auto", "javascript-lp-solver"]) : "highs",
    seconds: 0.02,
    gap: draw.pick([0, 0.01, 0.05]),
    costPerHourShort: draw.pick([0, 15, 40, 60, 200]),
    costPerHourOver: draw.pick([0, 1, 6, 12]),
    ...(draw.chance(0.2) ? { shortageSteps: shortageSteps(draw) } : {}),
    ...(draw.chance(0.2) ? { minimums: minimumsByTime(draw, queues) } : {}),
    ...(withTours ? { tours: randomTours(draw, templates) } : {}),
    ...(draw.chance(0.25) ? { premiums: randomPremiums(draw) } : {}),
    ...(draw.chance(withTours ? 0.05 : 0.2) ? { budgetHours: randomBudget(draw, requirement) } : {}),
    ...(draw.chance(0.25) ? { activities: randomActivities(draw, groups) } : {}),
  };
  return {
    requirement,
    queues,
    groups,
    templates,
    settings,
    pinned: [],
    ...(draw.chance(0.2) ? { shortWeights: randomWeights(draw, requirement) } : {}),
    seed,
    timeLimitSeconds: null,
  };
}

/** Some of a schedule's shifts as a planner pins them: most as they are, a few drawn out by hand against the rules. */
export function randomPins(seed: number, shifts: readonly Shift[]): Shift[] {
  const draw = drawer(seed, "pins");
  const share = draw.pick([0.1, 0.3, 0.6]);
  return shifts.flatMap((shift): Shift[] => {
    if (!draw.chance(share)) return [];
    if (!draw.chance(0.1)) return [{ ...shift, pinned: true }];
    const last = shift.activities[shift.activities.length - 1];
    const endMinute = shift.endMinute + 30;
    return [
      {
        ...shift,
        endMinute,
        activities: [...shift.activities.slice(0, -1), { ...last, endMinute }],
        pinned: true,
      },
    ];
  });
}

interface Drawer {
  /** Whole number from `least` to `most`. */
  whole(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Each item with the given chance, at least one. */
  some<T>(items: readonly T[], share: number): T[];
}

function drawer(seed: number, ...keys: readonly string[]): Drawer {
  const random = randomStream(seed, "random plan", ...keys);
  const whole = (least: number, most: number) => least + Math.floor(random.uniform() * (most - least + 1));
  const pick = <T>(items: readonly T[]): T => items[whole(0, items.length - 1)];
  return {
    whole,
    pick,
    chance: (share) => random.uniform() < share,
    some(items, share) {
      const chosen = items.filter(() => random.uniform() < share);
      return chosen.length > 0 ? chosen : [pick(items)];
    },
  };
}

/** Ordinary days and those around clock changes: an hour, half an hour, and one at midnight. */
const calendars = [
  { timeZone: "UTC", firstDates: ["2026-11-02", "2026-11-06"] },
  { timeZone: "Europe/Berlin", firstDates: ["2026-03-27", "2026-03-28", "2026-10-23", "2026-10-24"] },
  { timeZone: "America/New_York", firstDates: ["2026-03-07", "2026-10-31"] },
  { timeZone: "Australia/Lord_Howe", firstDates: ["2026-04-04", "2026-10-03"] },
  { timeZone: "America/Santiago", firstDates: ["2026-04-04", "2026-09-05"] },
  { timeZone: "Asia/Kolkata", firstDates: ["2026-11-02"] },
];

function randomGrid(draw: Drawer, withTours: boolean) {
  const { timeZone, firstDates } = draw.chance(0.5) ? calendars[0] : draw.pick(calendars);
  const intervalMinutes = withTours
    ? timeZone === "Australia/Lord_Howe"
      ? 30
      : 60
    : timeZone === "Australia/Lord_Howe"
      ? draw.pick([15, 30])
      : draw.pick([15, 30, 30, 60, 60]);
  const days = withTours ? draw.pick([5, 7, 7, 10, 14]) : draw.pick([1, 1, 2, 3]);
  return createIntervalGrid(timeZone, intervalMinutes, draw.pick(firstDates), days);
}

function randomQueues(draw: Drawer): Queue[] {
  return ["Voice", "Chat", "Mail"].slice(0, draw.pick([1, 1, 2, 2, 3])).map((id) => ({
    ...queue(id, draw.chance(0.25) ? draw.pick([1, 1, 2, 1.5]) : 0),
  }));
}

function randomGroups(draw: Drawer, queues: readonly Queue[]): AgentGroup[] {
  const count = draw.whole(1, 3);
  return Array.from({ length: count }, (_, index) => {
    const queueIds = draw.some(
      queues.map(({ id }) => id),
      0.6,
    );
    return { id: `g${index}`, name: `Group ${index}`, queueIds };
  });
}

function randomTemplates(
  draw: Drawer,
  groups: readonly AgentGroup[],
  intervalMinutes: number,
  withTours: boolean,
): ShiftTemplate[] {
  const step = withTours ? 60 : draw.pick([30, 60, 60, 120]);
  return Array.from({ length: draw.whole(1, withTours ? 2 : 3) }, (_, index): ShiftTemplate => {
    const atNight = draw.chance(0.25);
    const earliest = atNight ? draw.pick([1200, 1320, 1380]) : 60 * draw.whole(0, 14);
    const latest = Math.min(1380, earliest + step * draw.whole(0, withTours ? 2 : 4));
    const lengths = draw.some([240, 300, 480, 540], 0.35);
    const minimumCount = draw.chance(0.2) ? draw.whole(0, 3) : null;
    const maximumCount = draw.chance(0.45) ? draw.whole(0, 5) : null;
    return {
      id: `t${index}`,
      name: `Template ${index}`,
      groupIds:
        draw.chance(0.5) || groups.length === 1
          ? []
          : draw.some(
              groups.map(({ id }) => id),
              0.6,
            ),
      weekdays: draw.chance(0.75) ? [1, 2, 3, 4, 5, 6, 7] : draw.some([1, 2, 3, 4, 5, 6, 7], 0.6),
      earliestStartMinute: earliest,
      latestStartMinute: latest,
      startStepMinutes: step,
      lengthsMinutes: lengths,
      breaks: randomBreaks(draw, Math.min(...lengths), intervalMinutes),
      minimumWorkMinutes: draw.pick([0, 0, 30, 60]),
      costPerHour: draw.pick([0, 18, 20, 20, 24, 31.5]),
      minimumCount,
      maximumCount:
        maximumCount === null || draw.chance(0.1) ? maximumCount : Math.max(maximumCount, minimumCount ?? 0),
      ...(draw.chance(0.3) ? { overClockChange: draw.pick(["keepsLength", "keepsEnd"] as const) } : {}),
    };
  });
}

function randomBreaks(draw: Drawer, shortest: number, intervalMinutes: number): BreakRule[] {
  const step = Math.max(15, intervalMinutes === 60 ? draw.pick([30, 60]) : intervalMinutes);
  const breaks: BreakRule[] = [];
  const count = draw.pick([0, 0, 1, 1, 2, 3]);
  for (let index = 0; index < count; index++) {
    const earliest = step * Math.max(1, Math.round((shortest * (index + 0.6)) / (count + 1) / step));
    const kind = draw.pick(["break", "meal", "break", "split"] as const);
    breaks.push({
      id: `b${index}`,
      kind,
      lengthMinutes: draw.pick([step, step, 2 * step]),
      paid: kind === "break" && draw.chance(0.7),
      earliestMinute: earliest,
      latestMinute: earliest + step * draw.whole(0, 4),
    });
  }
  return breaks;
}

/** Whether some shift of some group may be at work for a queue at a clock time, breaks not counted. */
function reachOf(templates: readonly ShiftTemplate[], groups: readonly AgentGroup[]) {
  return (queueId: string, weekday: number, minuteOfDay: number) =>
    templates.some(({ groupIds, weekdays, earliestStartMinute, latestStartMinute, lengthsMinutes }) => {
      const serves = groups.some(
        (group) => group.queueIds.includes(queueId) && (groupIds.length === 0 || groupIds.includes(group.id)),
      );
      const end = latestStartMinute + Math.max(...lengthsMinutes);
      const yesterday = weekday === 1 ? 7 : weekday - 1;
      const today = weekdays.includes(weekday) && minuteOfDay >= earliestStartMinute && minuteOfDay < end;
      const sinceYesterday = weekdays.includes(yesterday) && minuteOfDay + 1440 < end;
      return serves && (today || sinceYesterday);
    });
}

/** A hump or two of a few agents, whole or fractional; some queues at night, some around the clock. */
function randomRequirement(
  draw: Drawer,
  grid: ReturnType<typeof createIntervalGrid>,
  queues: readonly Queue[],
  isReached: (queueId: string, weekday: number, minuteOfDay: number) => boolean,
): Requirement {
  const count = intervalCount(grid);
  return {
    grid,
    queues: queues.map(({ id: queueId }) => {
      const peak = draw.pick([1, 2, 3, 5, 8]);
      const centre = draw.whole(0, 23);
      const width = draw.pick([2, 4, 8, 30]);
      const whole = draw.chance(0.7);
      const asked = Float64Array.from({ length: count }, (_, interval) => {
        const { date, minuteOfDay } = localTimeOf(grid, interval);
        if (!isReached(queueId, weekdayOf(date), minuteOfDay)) return 0;
        const hour = minuteOfDay / 60;
        const far = Math.min(Math.abs(hour - centre), 24 - Math.abs(hour - centre));
        const level = peak * Math.exp(-((far / width) ** 2)) * (0.8 + 0.1 * draw.whole(0, 4));
        if (level < 0.3) return 0;
        return whole ? Math.round(level) : Math.round(100 * level) / 100;
      });
      const none = new Float64Array(count);
      return {
        queueId,
        offered: none,
        ahtSeconds: none,
        requiredAgents: asked,
        scheduledAgents: asked,
        serviceLevel: none,
        asaSeconds: none,
        abandonmentRate: none,
        occupancy: none,
      };
    }),
  };
}

function shortageSteps(draw: Drawer) {
  const first = { beyondShare: draw.pick([0, 0.1, 0.3]), factor: draw.pick([1.5, 3]) };
  return draw.chance(0.5) ? [first] : [first, { beyondShare: 0.5, factor: draw.pick([2, 6]) }];
}

function minimumsByTime(draw: Drawer, queues: readonly Queue[]) {
  return Array.from({ length: draw.whole(1, 2) }, () => {
    const fromMinute = 60 * draw.whole(0, 23);
    return {
      queueId: draw.pick(queues).id,
      weekdays: draw.some([1, 2, 3, 4, 5, 6, 7], 0.7),
      fromMinute,
      toMinute: ((fromMinute + 60 * draw.whole(1, 6)) % 1440) + 0 || 1440,
      agents: draw.whole(1, 3),
    };
  });
}

function randomTours(draw: Drawer, templates: readonly ShiftTemplate[]): TourRule[] {
  const ids = templates.map(({ id }) => id);
  const everySecondWeekendOff = draw.chance(0.3);
  const first: TourRule = {
    id: "r0",
    name: "Rule 0",
    templateIds: draw.some(ids, 0.6),
    daysPerWeek: draw.whole(3, 6),
    daysOffTogether: draw.chance(0.5),
    startBandMinutes: draw.pick([0, 60, 120]),
    ...(everySecondWeekendOff ? { everySecondWeekendOff } : {}),
  };
  return draw.chance(0.7)
    ? [first]
    : [
        first,
        { ...first, id: "r1", name: "Rule 1", daysPerWeek: draw.whole(2, 5), templateIds: [draw.pick(ids)] },
      ];
}

function randomPremiums(draw: Drawer): Premium[] {
  const fromMinute = 60 * draw.whole(0, 23);
  const byClock: Premium = {
    kind: "clock",
    id: "clock",
    name: "By the clock",
    share: draw.pick([0.25, 0.5, 1]),
    weekdays: draw.some([1, 2, 3, 4, 5, 6, 7], 0.5),
    fromMinute,
    toMinute: (fromMinute + 60 * draw.whole(1, 12)) % 1440 || 1440,
  };
  const overtime: Premium = {
    kind: "overtime",
    id: "overtime",
    name: "Overtime",
    share: 0.5,
    afterMinutes: draw.pick([240, 420]),
  };
  return draw.pick([[byClock], [overtime], [byClock, overtime]]);
}

function randomBudget(draw: Drawer, { grid, queues }: Requirement): number {
  const hours = queues.reduce((sum, { scheduledAgents }) => scheduledAgents.reduce((a, b) => a + b, sum), 0);
  return Math.max(1, Math.round(((hours * grid.intervalMinutes) / 60) * draw.pick([0.2, 0.5, 0.9, 1.2, 3])));
}

function randomActivities(draw: Drawer, groups: readonly AgentGroup[]): ActivityRule[] {
  return Array.from({ length: draw.whole(1, 2) }, (_, index): ActivityRule => {
    const fromMinute = 60 * draw.whole(0, 20);
    const peopleTogether = draw.pick([1, 1, 2, 3]);
    return {
      id: `a${index}`,
      name: `Activity ${index}`,
      kind: draw.pick(["training", "meeting", "coaching"]),
      lengthMinutes: draw.pick([15, 30, 60, 60]),
      sessions: draw.whole(1, 3),
      peopleTogether,
      groupIds: draw.chance(0.6) ? [] : [draw.pick(groups).id],
      weekdays: draw.chance(0.7) ? [1, 2, 3, 4, 5, 6, 7] : draw.some([1, 2, 3, 4, 5, 6, 7], 0.5),
      fromMinute,
      toMinute: Math.min(1440, fromMinute + 60 * draw.whole(1, 14)),
    };
  });
}

function randomWeights(draw: Drawer, { queues, grid }: Requirement): ShortWeights[] {
  return draw.some(queues, 0.7).map(({ queueId }) => ({
    queueId,
    weights: Float64Array.from({ length: intervalCount(grid) }, () => draw.pick([0, 0.5, 1, 1, 2])),
  }));
}
