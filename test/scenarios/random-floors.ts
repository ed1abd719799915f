import { createIntervalGrid, dateOfDay, intervalSeconds } from "../../src/domain/calendar/interval-grid.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import type { AgentGroup, Queue } from "../../src/domain/plan/queue.ts";
import type { Activity, Shift } from "../../src/domain/plan/shift.ts";
import type { DemandForecast, QueueForecast } from "../../src/domain/results/demand.ts";
import { randomStream } from "../../src/numerics/random.ts";
import type { ScenarioInputs } from "../../src/scenarios/changes/scenario-inputs.ts";
import { agentsForGoal, loadOf } from "../../src/staffing/queue-staffing.ts";
import { availableShare } from "../../src/staffing/shrinkage.ts";
import { scheduleOf, voiceQueue } from "../builders.ts";
import { smallPlan } from "./small-plan.ts";

/** How the groups of a random floor share its queues. */
export type SkillPattern = "ownAgents" | "onePool" | "ownAndBlended" | "chain" | "anything";

/**
 * A contact centre of one to four queues over two days, by chance: loads from 3 to 40 Erlangs with a ramp and two peaks,
 * calls and chats, patience or none, groups of one skill or several, shifts with breaks, absence and planned shrinkage,
 * routing, and staff from somewhat too few to plenty. The same seed gives the same floor.
 */
export function randomFloor(seed: number): ScenarioInputs & { readonly pattern: SkillPattern } {
  const draw = drawer(seed);
  const intervalMinutes = draw.pick([15, 30] as const);
  const grid = createIntervalGrid("Europe/Berlin", intervalMinutes, "2026-11-02", 2);
  const openHour = draw.pick([6, 8, 9]);
  const closeHour = draw.pick([18, 20, 22]);
  const perDay = 1440 / intervalMinutes;
  const open = Uint8Array.from({ length: 2 * perDay }, (_, index) => {
    const hour = ((index % perDay) * intervalMinutes) / 60;
    return hour >= openHour && hour < closeHour ? 1 : 0;
  });
  const queueCount = draw.pick([1, 1, 2, 2, 2, 3, 4]);
  const queues: Queue[] = [];
  const forecasts: QueueForecast[] = [];
  for (let q = 0; q < queueCount; q++) {
    const isChat = draw.chance(0.25);
    const id = `${isChat ? "chat" : "voice"}${q}`;
    queues.push(isChat ? randomChat(id, draw) : randomVoice(id, draw));
    forecasts.push(randomForecast(id, isChat, draw, open, openHour, closeHour, intervalMinutes));
  }
  if (queueCount > 1 && draw.chance(0.2)) queues[0] = { ...queues[0], priority: 1 };
  const forecast: DemandForecast = { grid, queues: forecasts };
  const shrinkage: Plan["shrinkage"] = [];
  const item = { planned: false, weekdays: null, fromMinute: null, toMinute: null };
  if (draw.chance(0.7))
    shrinkage.push({ ...item, id: "ill", name: "Illness", share: draw.between(0.02, 0.1) });
  if (draw.chance(0.6))
    shrinkage.push({ ...item, id: "off", name: "Off queue", planned: true, share: draw.between(0.02, 0.12) });
  const pattern: SkillPattern =
    queueCount === 1
      ? "ownAgents"
      : draw.pick(["ownAgents", "onePool", "ownAndBlended", "ownAndBlended", "chain", "anything"]);
  const groups = randomGroups(pattern, queues, draw);
  const contact = draw.pick(contactRules);
  const routing = { contact, agent: draw.pick(["longestIdle", "longestIdle", "leastBusy"] as const) };
  const atShiftEnd = draw.pick(["finishContact", "finishContact", "handOver", "stopTakingContacts"] as const);
  const available = availableShare(grid, shrinkage);
  const seconds = intervalSeconds(grid);
  const generosity = draw.between(0.9, 1.15);
  const wanted = groups.map(() => new Float64Array(open.length));
  queues.forEach((queue, q) => {
    const serving = groups.flatMap((group, row) => (group.queueIds.includes(queue.id) ? [row] : []));
    const own = serving.filter((row) => groups[row].queueIds.length === 1);
    const shared = serving.filter((row) => groups[row].queueIds.length > 1);
    const ownShare = own.length === 0 ? 0 : shared.length === 0 ? 1 : draw.between(0.4, 0.9);
    for (let index = 0; index < open.length; index++) {
      if (open[index] === 0) continue;
      const load = loadOf(queue, forecasts[q].offered[index], forecasts[q].ahtSeconds[index], seconds);
      const need = ((agentsForGoal(queue, load, 0) ?? 1) * generosity) / available[index];
      for (const row of own) wanted[row][index] += (need * ownShare) / own.length;
      for (const row of shared) wanted[row][index] += (need * (1 - ownShare)) / shared.length;
    }
  });
  const shifts = groups.flatMap((group, row) =>
    [0, 1].flatMap((day) =>
      coveringShifts(group.id, wanted[row], day, dateOfDay(grid, day), intervalMinutes, draw),
    ),
  );
  const small = smallPlan();
  const plan: Plan = {
    ...small.plan,
    id: `floor-${seed}`,
    timeZone: "Europe/Berlin",
    intervalMinutes,
    dayCount: 2,
    queues,
    groups,
    shrinkage,
    simulation: {
      ...small.plan.simulation,
      atShiftEnd,
      ...(queueCount > 1 && { routing }),
    },
    seed,
  };
  return { plan, forecast, schedule: scheduleOf(grid, shifts), roster: null, pattern };
}

const usual = "priority" as const;
/** Of eight floors, six take whoever has waited longest. */
const contactRules = [usual, usual, usual, usual, usual, usual, "skillOrder", "furthestBelowGoal"] as const;

type Drawer = ReturnType<typeof drawer>;

function drawer(seed: number) {
  const random = randomStream(seed, "random floor");
  return {
    between: (least: number, most: number) => least + random.uniform() * (most - least),
    chance: (share: number) => random.uniform() < share,
    pick: <T>(items: readonly T[]): T => items[Math.floor(random.uniform() * items.length)],
  };
}

function randomVoice(id: string, draw: Drawer): Queue {
  const queue = voiceQueue({
    id,
    name: id,
    patienceSeconds: draw.chance(0.2) ? null : draw.between(60, 400),
  });
  const serviceLevelRule = draw.pick(["offered", "offered", "answered", "shortAbandonsExcluded"] as const);
  return {
    ...queue,
    goal: { ...queue.goal, answerWithinSeconds: draw.pick([10, 20, 30]), serviceLevelRule },
  };
}

function randomChat(id: string, draw: Drawer): Queue {
  const maxContacts = draw.pick([2, 3]);
  const queue = voiceQueue({ id, name: id, channel: "chat", patienceSeconds: draw.between(100, 600) });
  return {
    ...queue,
    goal: { ...queue.goal, answerWithinSeconds: draw.pick([30, 60]), maxOccupancy: draw.pick([null, 0.88]) },
    concurrency: { maxContacts, slowdown: [1, draw.between(1.1, 1.4), 1.6].slice(0, maxContacts) },
  };
}

/** Morning and afternoon peaks over a base, at a load between 3 and 40 Erlangs. */
function randomForecast(
  queueId: string,
  isChat: boolean,
  draw: Drawer,
  open: Uint8Array,
  openHour: number,
  closeHour: number,
  intervalMinutes: number,
): QueueForecast {
  const peakLoad = 3 * (40 / 3) ** draw.between(0, 1);
  const aht = isChat ? draw.between(300, 700) : draw.between(120, 480);
  const span = closeHour - openHour;
  const [first, second] = [draw.between(0.15, 0.35), draw.between(0.6, 0.8)];
  const [width, base, dip] = [draw.between(0.08, 0.2), draw.between(0.1, 0.4), draw.between(0.5, 1)];
  const perDay = 1440 / intervalMinutes;
  const offered = Float64Array.from(open, (isOpen, index) => {
    if (isOpen === 0) return 0;
    const at = ((((index % perDay) + 0.5) * intervalMinutes) / 60 - openHour) / span;
    const shape = base + (1 - base) * Math.min(1, bell(at, first, width) + dip * bell(at, second, width));
    return (shape * peakLoad * intervalMinutes * 60) / aht;
  });
  return {
    queueId,
    open,
    offered,
    offeredLower80: offered,
    offeredUpper80: offered,
    offeredLower95: offered,
    offeredUpper95: offered,
    dispersion: new Float64Array(open.length).fill(0.01),
    dayFactorVariance: 0.01,
    ahtSeconds: new Float64Array(open.length).fill(aht),
    model: "table",
    backtest: [],
    notes: [],
  };
}

function bell(at: number, centre: number, width: number): number {
  return Math.exp(-0.5 * ((at - centre) / width) ** 2);
}

function randomGroups(pattern: SkillPattern, queues: readonly Queue[], draw: Drawer): AgentGroup[] {
  const ids = queues.map(({ id }) => id);
  const group = (queueIds: string[]): AgentGroup => ({
    id: queueIds.join("+"),
    name: queueIds.join("+"),
    queueIds,
  });
  const own = ids.map((id) => group([id]));
  if (pattern === "ownAgents") return own;
  if (pattern === "onePool") return [group(ids)];
  if (pattern === "ownAndBlended") return [...own, group(ids)];
  if (pattern === "chain")
    return ids.map((id, at) => group([id, ids[(at + 1) % ids.length]].slice(0, ids.length)));
  const sets = own.filter(() => draw.chance(0.7));
  for (let extra = 0; extra < 2; extra++) {
    const members = ids.filter(() => draw.chance(0.6));
    if (members.length > 1 && !sets.some(({ id }) => id === members.join("+"))) sets.push(group(members));
  }
  for (const id of ids) if (!sets.some(({ queueIds }) => queueIds.includes(id))) sets.push(group([id]));
  return sets;
}

/** Shifts of four to nine hours with breaks that cover what is wanted of a day, one after the other, each where it helps most. */
function coveringShifts(
  groupId: string,
  wanted: Float64Array,
  day: number,
  date: string,
  intervalMinutes: number,
  draw: Drawer,
): Shift[] {
  const perDay = 1440 / intervalMinutes;
  const missing = wanted.slice(day * perDay, (day + 1) * perDay);
  const shifts: Shift[] = [];
  const step = 30 / intervalMinutes;
  for (;;) {
    let best = { gain: 0, first: 0, length: 0 };
    for (const hours of [4, 6, 8, 9]) {
      const length = (hours * 60) / intervalMinutes;
      for (let first = 0; first + length <= perDay; first += step) {
        let gain = 0;
        for (let at = first; at < first + length; at++)
          gain += Math.max(-0.5, Math.min(1, missing[at] - 0.25));
        if (gain / length > best.gain) best = { gain: gain / length, first, length };
      }
    }
    if (best.gain <= 0.1) return shifts;
    const startMinute = day * 1440 + best.first * intervalMinutes;
    const endMinute = startMinute + best.length * intervalMinutes;
    const breaks = breaksOf(startMinute, endMinute, draw);
    const activities: Activity[] = [];
    let from = startMinute;
    for (const { start, minutes } of breaks) {
      activities.push({ kind: "work", startMinute: from, endMinute: start, paid: true });
      activities.push({ kind: "break", startMinute: start, endMinute: start + minutes, paid: true });
      from = start + minutes;
    }
    activities.push({ kind: "work", startMinute: from, endMinute, paid: true });
    shifts.push({
      id: `${groupId}/${day}/${shifts.length}`,
      templateId: "long",
      groupId,
      date,
      startMinute,
      endMinute,
      activities,
      pinned: false,
    });
    for (const { kind, startMinute: start, endMinute: end } of activities) {
      if (kind !== "work") continue;
      for (let at = best.first; at < best.first + best.length; at++) {
        const begin = day * 1440 + at * intervalMinutes;
        missing[at] -=
          Math.max(0, Math.min(end, begin + intervalMinutes) - Math.max(start, begin)) / intervalMinutes;
      }
    }
  }
}

function breaksOf(
  startMinute: number,
  endMinute: number,
  draw: Drawer,
): { start: number; minutes: number }[] {
  const length = endMinute - startMinute;
  const at = (share: number) =>
    startMinute + 15 * Math.round((length * (share + draw.between(-0.06, 0.06))) / 15);
  if (length <= 240) return [{ start: at(0.5), minutes: 15 }];
  if (length <= 360) return [{ start: at(0.5), minutes: 30 }];
  return [
    { start: at(0.25), minutes: 15 },
    { start: at(0.5), minutes: 30 },
    { start: at(0.77), minutes: 15 },
  ];
}
