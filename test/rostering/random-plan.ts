import { addDays, type LocalDate, weekdayOf } from "../../src/domain/calendar/clock.ts";
import {
  createIntervalGrid,
  type IntervalGrid,
  intervalAt,
} from "../../src/domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../../src/domain/plan/queue.ts";
import type {
  Agent,
  Assignment,
  Contract,
  LedgerEntry,
  PriorRoster,
  PriorShift,
  RosteringSettings,
  Wish,
} from "../../src/domain/plan/roster.ts";
import type { Shift, ShiftTemplate } from "../../src/domain/plan/shift.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { randomStream } from "../../src/numerics/random.ts";
import type { RosterInput } from "../../src/rostering/problem/roster-input.ts";
import { scheduleOf } from "../builders.ts";

/** A weekday before a clock change, the clock change itself, and weeks without one: where the horizon may begin. */
const begins: readonly (readonly [string, LocalDate])[] = [
  ["Europe/Berlin", "2026-10-19"],
  ["Europe/Berlin", "2027-03-22"],
  ["Europe/Berlin", "2026-06-01"],
  ["America/New_York", "2026-10-26"],
  ["America/New_York", "2027-03-08"],
  ["UTC", "2026-05-04"],
];

const groups: readonly AgentGroup[] = [
  { id: "voice", name: "Voice", queueIds: ["Voice"] },
  { id: "chat", name: "Chat", queueIds: ["Chat"] },
  { id: "both", name: "Both", queueIds: ["Voice", "Chat"] },
];

/** Name, start and length: early, day, late, night over midnight, and one that begins after midnight. */
const shiftForms = [
  ["early", 360, 480],
  ["day", 540, 480],
  ["half", 600, 240],
  ["late", 960, 480],
  ["night", 1320, 480],
  ["small hours", 60, 360],
] as const;

/** Draws from one seeded stream. */
interface Draw {
  whole(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  some<T>(list: readonly T[], probability: number): T[];
}

function drawFrom(seed: number, purpose = "random roster plan"): Draw {
  const stream = randomStream(seed, purpose);
  const whole = (least: number, most: number) => least + Math.floor(stream.uniform() * (most - least + 1));
  const chance = (probability: number) => stream.uniform() < probability;
  return {
    whole,
    chance,
    pick: (list) => list[whole(0, list.length - 1)],
    some: (list, probability) => list.filter(() => chance(probability)),
  };
}

/**
 * A small plan drawn from a seed: one to six agents of up to three groups, up to three contracts with random limits,
 * 5 to 16 days that may hold a clock change, day and night shifts, leave, appointments, weekly hours, fixed shifts,
 * wishes, preferences, fairness, pins, shift bidding, the end of a roster before it, and shifts from a schedule or
 * straight from a requirement.
 */
export function randomRosterInput(seed: number): RosterInput {
  const draw = drawFrom(seed);
  const [timeZone, monday] = draw.pick(begins);
  const intervalMinutes = draw.pick([15, 30, 60]);
  const grid = createIntervalGrid(
    timeZone,
    intervalMinutes,
    addDays(monday, draw.whole(0, 6)),
    draw.whole(5, 16),
  );
  const dates = Array.from({ length: grid.dayCount }, (_, day) => addDays(grid.firstDate, day));
  const templates = randomTemplates(draw);
  const shifts = randomShifts(draw, grid, dates, templates);
  const contracts = Array.from({ length: draw.whole(1, 3) }, (_, index) =>
    randomContract(draw, `contract ${index}`, templates),
  );
  const agents = randomAgents(draw, dates, templates, contracts);
  const rostering = randomSettings(draw, templates);
  const border = randomBorder(drawFrom(seed, "the border"), grid, templates, contracts, agents);
  const isFromRequirement = rostering?.buildFrom === "requirement";
  return {
    schedule: isFromRequirement && draw.chance(0.5) ? null : scheduleOf(grid, shifts),
    requirement: isFromRequirement ? randomRequirement(draw, grid) : null,
    groups,
    templates,
    contracts: border.contracts,
    agents: border.agents,
    ...(border.priorRoster ? { priorRoster: border.priorRoster } : {}),
    costPerHourShort: draw.pick([60, 60, 7.3]),
    costPerHourOver: draw.pick([12, 12, 0, 5.1]),
    present: isFromRequirement ? null : randomPins(draw, grid, shifts, agents),
    rostering,
    ledger: draw.chance(0.3) ? randomLedger(draw, agents) : undefined,
    seed,
    seconds: null,
    timed: false,
  };
}

/**
 * In two of five plans the ends of rosters before it, whether they keep the rules or not, with leave in them and people
 * of whom nothing is known, and contracts that limit weekends in a row. Draws of its own: the others stay as they are.
 */
function randomBorder(
  draw: Draw,
  grid: IntervalGrid,
  templates: readonly ShiftTemplate[],
  contracts: readonly Contract[],
  agents: readonly Agent[],
): { contracts: readonly Contract[]; agents: readonly Agent[]; priorRoster?: PriorRoster } {
  const withWeekends = contracts.map((contract) =>
    draw.chance(0.25) ? { ...contract, maximumConsecutiveWeekends: draw.whole(1, 2) } : contract,
  );
  if (draw.chance(0.6)) return { contracts: withWeekends, agents };
  const dayCount = draw.pick([4, 12, 21]);
  const prior = createIntervalGrid(
    grid.timeZone,
    grid.intervalMinutes,
    addDays(grid.firstDate, -dayCount),
    dayCount,
  );
  const dates = Array.from({ length: dayCount }, (_, day) => addDays(prior.firstDate, day));
  const share = draw.pick([0.3, 0.6, 0.8]);
  const people = draw.some(agents, 0.85).map(({ id }) => ({
    agentId: id,
    shifts: draw.some(dates, share).flatMap((date): PriorShift[] => {
      const template = draw.pick(templates);
      const start = template.earliestStartMinute;
      const shift = shiftAt(prior, date, template, start, template.lengthsMinutes[0], "both", id);
      if (shift === null) return [];
      const instant = (minute: number) =>
        new Date((prior.startEpochSeconds + minute * 60) * 1000).toISOString();
      const paidMinutes = shift.activities.reduce(
        (sum, { paid, startMinute, endMinute }) => sum + (paid ? endMinute - startMinute : 0),
        0,
      );
      return [
        {
          templateId: template.id,
          date,
          start: instant(shift.startMinute),
          end: instant(shift.endMinute),
          paidMinutes,
        },
      ];
    }),
  }));
  const worked = new Map(people.map(({ agentId, shifts }) => [agentId, shifts.map(({ date }) => date)]));
  return {
    contracts: withWeekends,
    agents: agents.map((agent) => {
      const free = dates.filter((date) => !worked.get(agent.id)?.includes(date));
      return { ...agent, daysOff: [...agent.daysOff, ...draw.some(free, 0.15)] };
    }),
    priorRoster: { firstDate: prior.firstDate, lastDate: addDays(grid.firstDate, -1), people },
  };
}

function randomTemplates(draw: Draw): ShiftTemplate[] {
  const chosen = draw.some(shiftForms, 0.5);
  return (chosen.length > 0 ? chosen : [draw.pick(shiftForms)]).map(([id, start, length]) => ({
    id,
    name: id,
    groupIds: draw.chance(0.2) ? [draw.pick(groups).id] : [],
    weekdays: draw.chance(0.7) ? [1, 2, 3, 4, 5, 6, 7] : draw.chance(0.5) ? [1, 2, 3, 4, 5] : [2, 4, 5, 6],
    earliestStartMinute: start,
    latestStartMinute: start + (draw.chance(0.3) ? 60 : 0),
    startStepMinutes: 60,
    lengthsMinutes: [length],
    breaks: draw.chance(0.3)
      ? [{ id: "meal", kind: "meal", paid: false, lengthMinutes: 60, earliestMinute: 120, latestMinute: 180 }]
      : [],
    minimumWorkMinutes: 0,
    costPerHour: 20,
    minimumCount: null,
    maximumCount: null,
  }));
}

/** A shift that starts at a clock time and lasts so long by the watch; null where the clock skips its start. */
export function shiftAt(
  grid: IntervalGrid,
  date: LocalDate,
  { id, breaks }: Pick<ShiftTemplate, "id" | "breaks">,
  startClockMinute: number,
  lengthMinutes: number,
  groupId: string,
  shiftId: string,
): Shift | null {
  const interval = intervalAt(grid, date, startClockMinute);
  if (interval === null) return null;
  const startMinute = interval * grid.intervalMinutes;
  const endMinute = startMinute + lengthMinutes;
  const meal = breaks.length > 0 ? startMinute + 120 : endMinute;
  const activities: Shift["activities"] = [
    { kind: "work" as const, startMinute, endMinute: meal, paid: true },
    { kind: "meal" as const, startMinute: meal, endMinute: Math.min(endMinute, meal + 60), paid: false },
    { kind: "work" as const, startMinute: Math.min(endMinute, meal + 60), endMinute, paid: true },
  ].filter((activity) => activity.startMinute < activity.endMinute);
  return { id: shiftId, templateId: id, groupId, date, startMinute, endMinute, activities, pinned: false };
}

function randomShifts(
  draw: Draw,
  grid: IntervalGrid,
  dates: readonly LocalDate[],
  templates: readonly ShiftTemplate[],
): Shift[] {
  return dates.flatMap((date) =>
    templates.flatMap((template) =>
      template.weekdays.includes(weekdayOf(date))
        ? Array.from({ length: draw.whole(0, 2) }, (_, index) => {
            const start = draw.pick([template.earliestStartMinute, template.latestStartMinute]);
            const groupId = draw.pick(
              template.groupIds.length > 0 ? template.groupIds : groups.map(({ id }) => id),
            );
            const id = `${date} ${template.id} ${index}`;
            return shiftAt(grid, date, template, start, template.lengthsMinutes[0], groupId, id);
          }).filter((shift) => shift !== null)
        : [],
    ),
  );
}

function randomContract(draw: Draw, id: string, templates: readonly ShiftTemplate[]): Contract {
  const optional = <Value>(probability: number, name: keyof Contract, value: () => Value) =>
    draw.chance(probability) ? { [name]: value() } : {};
  const names = templates.map((template) => template.id);
  return {
    id,
    name: id,
    minimumMinutesPerWeek: draw.pick([0, 0, 0, 0, 480, 960]),
    maximumMinutesPerWeek: draw.pick([960, 1440, 2400, 2400, 3000]),
    maximumConsecutiveDays: draw.pick([2, 3, 5, 5, 7]),
    minimumConsecutiveDays: draw.pick([1, 1, 1, 2, 3]),
    minimumConsecutiveDaysOff: draw.pick([1, 1, 2, 3]),
    maximumWeekends: draw.pick([null, null, null, 0, 1, 1]),
    minimumRestMinutes: draw.pick([0, 480, 660, 660, 720]),
    ...optional(0.2, "maximumMinutesPerDay", () => draw.pick([300, 480, 540])),
    ...optional(0.1, "minimumMinutesPerPeriod", () => draw.pick([480, 960])),
    ...optional(0.2, "maximumMinutesPerPeriod", () => draw.pick([1440, 2880])),
    ...optional(0.2, "maximumNights", () => draw.whole(0, 3)),
    ...optional(0.2, "maximumConsecutiveNights", () => draw.whole(1, 2)),
    ...optional(0.2, "maximumShifts", () => [
      { templateIds: draw.some(names, 0.7).concat(names[0]), maximum: draw.whole(0, 4) },
    ]),
    ...optional(0.2, "forbiddenSuccessions", () => [
      { templateId: draw.pick(names), nextTemplateId: draw.pick(names) },
    ]),
  };
}

function randomAgents(
  draw: Draw,
  dates: readonly LocalDate[],
  templates: readonly ShiftTemplate[],
  contracts: readonly Contract[],
): Agent[] {
  const names = ["Ada", "Ben", "Cy", "Di", "Eve", "Flo"].slice(0, draw.whole(1, 6));
  const wishOn = (date: LocalDate): Wish => ({
    date,
    kind: draw.pick(["shiftOn", "shiftOff"] as const),
    templateId: draw.chance(0.4) ? draw.pick(templates).id : null,
    weight: draw.pick([1, 5, 20, 2.5]),
  });
  // Leave and wishes also lie just outside the horizon, as they do in a plan of several periods.
  const around = [addDays(dates[0], -1), ...dates, addDays(dates[dates.length - 1], 1)];
  return names.map((id) => {
    const others = names.filter((name) => name !== id);
    return {
      id,
      name: id,
      team: "A",
      groupId: draw.pick(["voice", "chat", "both", "both", "both"]),
      contractId: draw.pick(contracts).id,
      proficiency: 1,
      joined: `20${draw.whole(10, 25)}-01-01`,
      daysOff: draw.chance(0.5) ? draw.some(around, 0.15) : [],
      wishes: draw.some(around, 0.25).map(wishOn),
      ...(draw.chance(0.25)
        ? {
            preferences: {
              ...(draw.chance(0.5)
                ? { startTime: { kind: draw.pick(["early", "late"] as const), weight: 2 } }
                : {}),
              ...(draw.chance(0.5) ? { daysOffTogether: { weight: 3 } } : {}),
              ...(draw.chance(0.5) && others.length > 0
                ? {
                    partner: {
                      agentId: draw.pick(others),
                      kind: draw.pick(["sameShifts", "sameDaysOff", "neverTogether"] as const),
                      weight: 4,
                    },
                  }
                : {}),
            },
          }
        : {}),
      ...(draw.chance(0.15)
        ? {
            availability: draw
              .some([1, 2, 3, 4, 5, 6, 7], 0.8)
              .map((weekday) => ({ weekday, fromMinute: 0, toMinute: draw.pick([1080, 1440, 1800]) })),
          }
        : {}),
      ...(draw.chance(0.2)
        ? {
            unavailable: draw.some(around, 0.15).map((date) => ({
              date,
              fromMinute: draw.pick([0, 600, 1200]),
              toMinute: draw.pick([1260, 1440, 1800]),
            })),
          }
        : {}),
      ...(draw.chance(0.15)
        ? { fixedShifts: [{ weekday: draw.whole(1, 7), templateId: draw.pick(templates).id }] }
        : {}),
    };
  });
}

function randomSettings(draw: Draw, templates: readonly ShiftTemplate[]): RosteringSettings | undefined {
  if (draw.chance(0.4)) return undefined;
  return {
    changePrice: draw.pick([0, 0, 3, 100]),
    ...(draw.chance(0.3)
      ? {
          fairness: {
            nights: draw.pick([0, 5]),
            weekends: draw.pick([0, 5]),
            lates: draw.pick([0, 5]),
            undesired: draw.pick([0, 5]),
            undesiredTemplateIds: [draw.pick(templates).id],
          },
        }
      : {}),
    ...(draw.chance(0.2) ? { stableStarts: { weight: 2, toleranceMinutes: 120 } } : {}),
    ...(draw.chance(0.2) ? { rotation: { weight: 3, minimumShifts: 1 } } : {}),
    ...(draw.chance(0.25) ? { selfRostering: { order: draw.pick(["seniority", "lottery"] as const) } } : {}),
    ...(draw.chance(0.25) ? { buildFrom: "requirement" as const } : {}),
  };
}

function randomRequirement(draw: Draw, grid: IntervalGrid): Requirement {
  const count = grid.dayOffsets[grid.dayCount];
  const queues = draw.chance(0.5) ? ["Voice"] : ["Voice", "Chat"];
  return {
    grid,
    queues: queues.map((queueId) => {
      const level = draw.pick([1, 1.5, 2]);
      const scheduledAgents = Float64Array.from({ length: count }, () => (draw.chance(0.5) ? level : 0));
      const empty = new Float64Array(count);
      return {
        queueId,
        offered: empty,
        ahtSeconds: empty,
        requiredAgents: scheduledAgents,
        scheduledAgents,
        serviceLevel: empty,
        asaSeconds: empty,
        abandonmentRate: empty,
        occupancy: empty,
      };
    }),
  };
}

/** Up to three shifts pinned to agents, one per agent and day: whether they may work them or not. */
function randomPins(
  draw: Draw,
  grid: IntervalGrid,
  shifts: readonly Shift[],
  agents: readonly Agent[],
): RosterInput["present"] {
  if (shifts.length === 0 || draw.chance(0.6)) return null;
  const pins = new Map<string, Assignment>();
  const taken = new Set<string>();
  for (let count = draw.whole(1, 3); count > 0; count--) {
    const shift = draw.pick(shifts);
    const agent = draw.pick(agents);
    const isSkilled = agent.groupId === "both" || agent.groupId === shift.groupId;
    if (taken.has(shift.id) || (!isSkilled && draw.chance(0.8))) continue;
    const place = `${agent.id} ${shift.date}`;
    if (pins.has(place)) continue;
    taken.add(shift.id);
    pins.set(place, { agentId: agent.id, shift, pinned: true });
  }
  return { grid, assignments: [...pins.values()] };
}

function randomLedger(draw: Draw, agents: readonly Agent[]): LedgerEntry[] {
  return draw.some(agents, 0.7).map(({ id }) => ({
    agentId: id,
    nights: draw.whole(0, 4),
    weekends: draw.whole(0, 3),
    lates: draw.whole(0, 4),
    undesired: draw.whole(0, 2),
    wishes: 4,
    wishesGranted: draw.whole(0, 4),
  }));
}
