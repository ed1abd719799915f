import { daysBetween } from "../../domain/calendar/clock.ts";
import {
  dateOfDay,
  dayOfDate,
  type IntervalGrid,
  intervalCount,
} from "../../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { Agent, Assignment, Roster } from "../../domain/plan/roster.ts";
import type { ChangeOf } from "../../domain/plan/scenario.ts";
import type { Activity, Shift } from "../../domain/plan/shift.ts";
import { exp } from "../../numerics/elementary.ts";
import { rosteredShifts } from "../../simulating/compile/compile-agents.ts";
import { evenOrder, runsOfMask, windowMask } from "../measuring/time-window.ts";
import { type ScenarioInputs, withCharge } from "./scenario-inputs.ts";

/** The shifts that are worked, each in the group of the agent who works it; the same list for the same inputs. */
export function shiftsAtWork({
  plan,
  schedule,
  roster,
}: Pick<ScenarioInputs, "plan" | "schedule" | "roster">): readonly Shift[] {
  return roster === null ? (schedule?.shifts ?? noShifts) : shiftsOfRoster(roster, plan.agents);
}
const noShifts: readonly Shift[] = [];

const shiftsOfRoster = memoizeByObject((roster: Roster, agents: Plan["agents"]): readonly Shift[] =>
  rosteredShifts({ plan: { agents }, schedule: null, roster }).map(({ groupId, shift }) =>
    groupId === shift.groupId ? shift : { ...shift, groupId },
  ),
);

/** The inputs with every shift replaced by what `edit` makes of it (null: taken away). */
function withShifts(inputs: ScenarioInputs, edit: (shift: Shift) => Shift | null): ScenarioInputs {
  if (inputs.roster !== null) {
    const assignments = inputs.roster.assignments.flatMap((assignment) => {
      const shift = edit(assignment.shift);
      return shift === null ? [] : shift === assignment.shift ? [assignment] : [{ ...assignment, shift }];
    });
    return { ...inputs, roster: { ...inputs.roster, assignments } };
  }
  if (inputs.schedule === null) return inputs;
  const shifts = inputs.schedule.shifts.flatMap((shift) => edit(shift) ?? []);
  return { ...inputs, schedule: { ...inputs.schedule, shifts } };
}

/** Stretches of minutes since the grid's start, in order. */
type Stretches = readonly { readonly startMinute: number; readonly endMinute: number }[];

/**
 * A shift without work inside the stretches. The time becomes a break, `paid` as told; null when no work and no paid
 * time is left.
 */
function withoutWork(shift: Shift, stretches: Stretches, paid: boolean): Shift | null {
  const activities: Activity[] = [];
  for (const activity of shift.activities) {
    let from = activity.startMinute;
    for (const { startMinute, endMinute } of stretches) {
      const start = Math.max(from, startMinute);
      const end = Math.min(activity.endMinute, endMinute);
      if (end <= start) continue;
      if (start > from) activities.push({ ...activity, startMinute: from, endMinute: start });
      activities.push({ kind: "break", startMinute: start, endMinute: end, paid: paid && activity.paid });
      from = end;
    }
    if (from < activity.endMinute) activities.push({ ...activity, startMinute: from });
  }
  if (!activities.some((activity) => activity.kind === "work" || activity.paid)) return null;
  return { ...shift, activities };
}

/** Shifts of a group per day that work inside the mask, by start and id: a stable order to sample from. */
function shiftsByDay(inputs: ScenarioInputs, groupId: string | null, mask: Uint8Array | null): Shift[][] {
  const grid = inputs.forecast.grid;
  const days: Shift[][] = Array.from({ length: grid.dayCount }, () => []);
  for (const shift of shiftsAtWork(inputs)) {
    if (groupId !== null && shift.groupId !== groupId) continue;
    const day = dayOfDate(grid, shift.date);
    if (day === null || (mask !== null && !touches(grid, shift, mask))) continue;
    days[day].push(shift);
  }
  for (const shifts of days) {
    shifts.sort((a, b) => a.startMinute - b.startMinute || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  }
  return days;
}

function touches(grid: IntervalGrid, shift: Shift, mask: Uint8Array): boolean {
  const first = Math.max(0, Math.floor(shift.startMinute / grid.intervalMinutes));
  const end = Math.min(mask.length, Math.ceil(shift.endMinute / grid.intervalMinutes));
  for (let index = first; index < end; index++) if (mask[index] === 1) return true;
  return false;
}

function stretchesOf(grid: IntervalGrid, mask: Uint8Array | null): Stretches {
  if (mask === null)
    return [{ startMinute: 0, endMinute: (intervalCount(grid) + 96) * grid.intervalMinutes }];
  return runsOfMask(grid, mask).map(({ first, end }) => ({
    startMinute: first * grid.intervalMinutes,
    endMinute: end * grid.intervalMinutes,
  }));
}

/** An even sample of each day's shifts, `share` of them, has no work in the window; wages go on. */
export function addAbsence(inputs: ScenarioInputs, change: ChangeOf<"absence">): ScenarioInputs {
  const mask = windowMask(inputs.forecast.grid, change.window);
  return missing(inputs, change.groupId, mask, () => change.share);
}

export function addEpidemic(inputs: ScenarioInputs, change: ChangeOf<"epidemic">): ScenarioInputs {
  const { grid } = inputs.forecast;
  return missing(inputs, change.groupId, null, (day) => {
    const away = daysBetween(change.peakDate, dateOfDay(grid, day)) / change.spreadDays;
    return change.peakShare * exp(-0.5 * away * away);
  });
}

/** Ids of an even sample of each day's shifts. */
function sampled(
  inputs: ScenarioInputs,
  groupId: string | null,
  mask: Uint8Array | null,
  shareOfDay: (day: number) => number,
): Set<string> {
  const chosen = new Set<string>();
  shiftsByDay(inputs, groupId, mask).forEach((shifts, day) => {
    const count = Math.round(shifts.length * shareOfDay(day));
    for (const at of evenOrder(shifts.length).slice(0, count)) chosen.add(shifts[at].id);
  });
  return chosen;
}

function missing(
  inputs: ScenarioInputs,
  groupId: string | null,
  mask: Uint8Array | null,
  shareOfDay: (day: number) => number,
): ScenarioInputs {
  const absent = sampled(inputs, groupId, mask, shareOfDay);
  if (absent.size === 0) return inputs;
  const stretches = stretchesOf(inputs.forecast.grid, mask);
  return withShifts(inputs, (shift) => (absent.has(shift.id) ? withoutWork(shift, stretches, true) : shift));
}

/**
 * More agents: work through the window, or through the opening hours of the group's queues, without breaks, on every
 * day of it. Fewer: an even sample of each day's shifts loses its work, and its wage, inside the window.
 */
export function changeAgents(
  inputs: ScenarioInputs,
  change: ChangeOf<"agents">,
  place: number,
): ScenarioInputs {
  const { grid } = inputs.forecast;
  const mask = windowMask(grid, change.window);
  if (change.count === 0) return inputs;
  if (change.count < 0) {
    const gone = new Set<string>();
    for (const shifts of shiftsByDay(inputs, change.groupId, mask)) {
      for (const at of evenOrder(shifts.length).slice(0, -change.count)) gone.add(shifts[at].id);
    }
    const stretches = stretchesOf(grid, mask);
    return withShifts(inputs, (shift) => (gone.has(shift.id) ? withoutWork(shift, stretches, false) : shift));
  }
  const runs = runsWanted(inputs, change.groupId, mask);
  const ids = Array.from({ length: change.count }, (_, agent) => `scenario-${place}-${agent}`);
  return withMoreAgents(inputs, change.groupId, ids, runs, {
    templateId: cheapestTemplate(inputs.plan, change.groupId)?.id ?? "",
    paid: true,
  });
}

/** A service provider's agents: as more agents of a group, but at no wage, and their hours are charged. */
export function addVendorAgents(
  inputs: ScenarioInputs,
  { groupId, count, window, pricePerHour }: ChangeOf<"vendorAgents">,
  place: number,
): ScenarioInputs {
  if (count === 0) return inputs;
  const { grid } = inputs.forecast;
  const runs = runsWanted(inputs, groupId, windowMask(grid, window));
  const ids = Array.from({ length: count }, (_, agent) => `vendor-${place}-${agent}`);
  const perDay = new Float64Array(grid.dayCount);
  for (const { day, first, end } of runs) perDay[day] += (count * (end - first) * grid.intervalMinutes) / 60;
  const price = pricePerHour ?? null;
  return withCharge(withMoreAgents(inputs, groupId, ids, runs, { templateId: "vendor", paid: false }), {
    kind: "vendorHours",
    place: place + 1,
    perDay,
    once: 0,
    price,
  });
}

/** Stretches of each day inside the mask in which a queue of the group is open. */
function runsWanted(inputs: ScenarioInputs, groupId: string, mask: Uint8Array | null) {
  const { grid } = inputs.forecast;
  const group = inputs.plan.groups.find(({ id }) => id === groupId);
  const served = inputs.forecast.queues.filter(({ queueId }) => group?.queueIds.includes(queueId));
  const wanted = new Uint8Array(intervalCount(grid));
  for (let index = 0; index < wanted.length; index++) {
    const open = served.some((queue) => queue.open[index] === 1);
    if (open && (mask === null || mask[index] === 1)) wanted[index] = 1;
  }
  return runsOfMask(grid, wanted);
}

/** Each works one shift in every run of intervals; where the roster has names, each is a person of the plan. */
function withMoreAgents(
  inputs: ScenarioInputs,
  groupId: string,
  wantedIds: readonly string[],
  runs: ReturnType<typeof runsOfMask>,
  { templateId, paid }: { readonly templateId: string; readonly paid: boolean },
): ScenarioInputs {
  const { plan, roster } = inputs;
  const { intervalMinutes } = inputs.forecast.grid;
  const taken = new Set([...plan.agents.map(({ id }) => id), ...shiftsAtWork(inputs).map(({ id }) => id)]);
  const isTaken = (id: string) => taken.has(id) || runs.some(({ first }) => taken.has(`${id}@${first}`));
  const agentIds = wantedIds.map((id) => freeId(id, isTaken));
  const added = runs.flatMap(({ day, first, end }) =>
    agentIds.map((agentId) => {
      const startMinute = first * intervalMinutes;
      const endMinute = end * intervalMinutes;
      const shift: Shift = {
        id: `${agentId}@${first}`,
        templateId,
        groupId,
        date: dateOfDay(inputs.forecast.grid, day),
        startMinute,
        endMinute,
        activities: [{ kind: "work", startMinute, endMinute, paid }],
        pinned: false,
      };
      return { agentId, shift, pinned: false };
    }),
  );
  if (roster === null) return withMoreShifts(inputs, added);
  const group = plan.groups.find(({ id }) => id === groupId);
  const colleague = plan.agents.find((agent) => agent.groupId === groupId) ?? plan.agents[0];
  const people = agentIds.map(
    (id, at): Agent => ({
      id,
      name: `+${at + 1} ${group?.name ?? groupId}`,
      team: colleague?.team ?? "",
      groupId,
      contractId: colleague?.contractId ?? plan.contracts[0]?.id ?? "",
      proficiency: 1,
      joined: plan.firstDate,
      daysOff: [],
      wishes: [],
    }),
  );
  return withMoreShifts({ ...inputs, plan: { ...plan, agents: [...plan.agents, ...people] } }, added);
}

/** Shifts on top, of the schedule and, with their people, of the roster where there is one. */
export function withMoreShifts(inputs: ScenarioInputs, added: readonly Assignment[]): ScenarioInputs {
  const { schedule, roster } = inputs;
  const shifts = added.map(({ shift }) => shift);
  return {
    ...inputs,
    schedule: schedule && { ...schedule, shifts: [...schedule.shifts, ...shifts] },
    roster: roster && { ...roster, assignments: [...roster.assignments, ...added] },
  };
}

/** The id itself, or one like it that is not taken: what a scenario brought may have become part of the plan. */
export function freeId(wanted: string, isTaken: (id: string) => boolean): string {
  let id = wanted;
  for (let number = 2; isTaken(id); number++) id = `${wanted}.${number}`;
  return id;
}

/** What an added hour of a group is priced at: the cheapest template it may work. */
export function cheapestTemplate(plan: Pick<Plan, "templates">, groupId: string) {
  return plan.templates
    .filter(({ groupIds }) => groupIds.length === 0 || groupIds.includes(groupId))
    .reduce<Plan["templates"][number] | null>(
      (best, template) => (best === null || template.costPerHour < best.costPerHour ? template : best),
      null,
    );
}

/** An even sample of the group's people moves to a new group that serves the further queue as well. */
export function crossTrain(
  inputs: ScenarioInputs,
  change: ChangeOf<"crossTraining">,
  place: number,
): ScenarioInputs {
  const { plan } = inputs;
  const group = plan.groups.find(({ id }) => id === change.groupId);
  if (group === undefined || change.count === 0 || group.queueIds.includes(change.queueId)) return inputs;
  const id = `${group.id}+${change.queueId}`;
  const trained = { id, name: id, queueIds: [...group.queueIds, change.queueId] };
  const groups = plan.groups.some((other) => other.id === id) ? plan.groups : [...plan.groups, trained];
  const next = { ...inputs, plan: { ...plan, groups } };
  return chargeTraining(toGroup(next, group.id, id, change.count), change, place);
}

/** An even sample of the group's people changes to another group, with the shifts they have. */
export function movePeople(inputs: ScenarioInputs, change: ChangeOf<"move">, place: number): ScenarioInputs {
  const { groupId, toGroupId, count } = change;
  if (count === 0 || groupId === toGroupId) return inputs;
  return chargeTraining(toGroup(inputs, groupId, toGroupId, count), change, place);
}

function chargeTraining(
  inputs: ScenarioInputs,
  { count, costPerPerson }: ChangeOf<"move" | "crossTraining">,
  place: number,
): ScenarioInputs {
  const price = costPerPerson ?? null;
  return withCharge(inputs, { kind: "training", place: place + 1, perDay: null, once: count, price });
}

/**
 * So many of a group's people belong to another one, an even sample of them. Where shifts have no names, the same share
 * of each day's shifts does.
 */
function toGroup(inputs: ScenarioInputs, fromId: string, toId: string, count: number): ScenarioInputs {
  const { plan } = inputs;
  const people = plan.agents.filter(({ groupId }) => groupId === fromId);
  const chosen = new Set(
    evenOrder(people.length)
      .slice(0, count)
      .map((at) => people[at].id),
  );
  const agents = plan.agents.map((agent) => (chosen.has(agent.id) ? { ...agent, groupId: toId } : agent));
  const next = { ...inputs, plan: { ...plan, agents } };
  if (inputs.roster !== null) return next;
  const byDay = shiftsByDay(inputs, fromId, null);
  const crowd = people.length > 0 ? people.length : Math.max(0, ...byDay.map((shifts) => shifts.length));
  const share = crowd > 0 ? Math.min(1, count / crowd) : 0;
  const moved = new Set<string>();
  for (const shifts of byDay) {
    for (const at of evenOrder(shifts.length).slice(0, Math.round(shifts.length * share))) {
      moved.add(shifts[at].id);
    }
  }
  return withShifts(next, (shift) => (moved.has(shift.id) ? { ...shift, groupId: toId } : shift));
}

/** Every day an even sample of the group's shifts works for the other queue alone. */
export function rotate(inputs: ScenarioInputs, change: ChangeOf<"rotation">): ScenarioInputs {
  const { plan } = inputs;
  if (change.share === 0) return inputs;
  const only = plan.groups.find(({ queueIds }) => queueIds.length === 1 && queueIds[0] === change.queueId);
  const id = only?.id ?? `${change.groupId}>${change.queueId}`;
  const groups =
    only === undefined ? [...plan.groups, { id, name: id, queueIds: [change.queueId] }] : plan.groups;
  const moved = sampled(inputs, change.groupId, null, () => change.share);
  const roster = inputs.roster && {
    ...inputs.roster,
    // Agents belong to one group: whoever works elsewhere does so under another name.
    assignments: inputs.roster.assignments.map((one) =>
      moved.has(one.shift.id)
        ? { ...one, agentId: `${one.agentId}>${change.queueId}`, shift: { ...one.shift, groupId: id } }
        : one,
    ),
  };
  const next = { ...inputs, plan: { ...plan, groups }, roster };
  if (roster !== null) return next;
  return withShifts(next, (shift) => (moved.has(shift.id) ? { ...shift, groupId: id } : shift));
}

/** An even sample of the day's shifts works on, paid, for some minutes more. */
export function addOvertime(inputs: ScenarioInputs, change: ChangeOf<"overtime">): ScenarioInputs {
  const day = dayOfDate(inputs.forecast.grid, change.date);
  const longer = sampled(inputs, change.groupId, null, (at) => (at === day ? change.share : 0));
  if (longer.size === 0) return inputs;
  return withShifts(inputs, (shift) => {
    if (!longer.has(shift.id)) return shift;
    const endMinute = shift.endMinute + change.minutes;
    const more: Activity = { kind: "work", startMinute: shift.endMinute, endMinute, paid: true };
    return { ...shift, endMinute, activities: [...shift.activities, more] };
  });
}
