import { daysBetween } from "../../domain/calendar/clock.ts";
import { dayOfDate } from "../../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import { type Change, type ChangeKind, type ChangeOf, reversedDates } from "../../domain/plan/scenario.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";
import { windowMask } from "../measuring/time-window.ts";
import { addCampaign, campaignInside } from "./campaign.ts";
import {
  addOutage,
  addSurge,
  changeAht,
  changeVolume,
  deflect,
  resolveMore,
  settledBy,
  shortenAfterContactWork,
  swapDays,
  takeQuantile,
  turnedAwayBy,
} from "./change-demand.ts";
import {
  addAbsence,
  addEpidemic,
  addOvertime,
  addVendorAgents,
  changeAgents,
  crossTrain,
  freeId,
  movePeople,
  rotate,
} from "./change-people.ts";
import { hirePeople } from "./hire.ts";
import { addTemplateShifts } from "./more-shifts.ts";
import { addCost, chargeBot, outsource } from "./outsource.ts";
import type { ScenarioInputs } from "./scenario-inputs.ts";

/**
 * The inputs with the changes made to them, in order. No change leaves the very same objects, so a scenario without
 * effect computes exactly what the base computes.
 *
 * Issues: `scenario.reversedDates`, `scenario.unknownQueue`, `scenario.unknownGroup`, `scenario.unknownItem`, `scenario.outsidePlan` (a date),
 * `scenario.emptyWindow` (no interval of the plan), `scenario.noSuchShift` (no template has it), each with the place of the change in the list. Remark: `scenario.campaignCut`, less than half of a campaign
 * comes before the plan ends.
 */
export function applyChanges(inputs: ScenarioInputs, changes: readonly Change[]): Outcome<ScenarioInputs> {
  const issues = changes.flatMap((change, place) => issuesOf(inputs, change, place));
  if (issues.length > 0) return fail(...issues);
  let changed = inputs;
  for (const [place, change] of changes.entries()) {
    const next = applied(changed, change, place);
    if (next === null) {
      const wantsShifts = change.kind === "shifts" || change.kind === "hire";
      return fail(issue(wantsShifts ? "scenario.noSuchShift" : "scenario.outsidePlan", place, change));
    }
    changed = next;
  }
  return succeed(
    changed,
    changes.flatMap((change, place) => campaignCut(inputs, change, place)),
  );
}

/** That less than half of a campaign's contacts come before the plan ends. */
function campaignCut({ forecast }: ScenarioInputs, change: Change, place: number): Issue[] {
  if (change.kind !== "campaign") return [];
  const inside = campaignInside(forecast.grid, change);
  if (inside >= 0.5) return [];
  const { values, ...rest } = issue("scenario.campaignCut", place, change);
  return [{ ...rest, severity: "info", values: { ...values, share: Math.round(100 * inside) } }];
}

function issue(code: string, place: number, change: Change, name = ""): Issue {
  return { code, severity: "error", values: { place: place + 1, change: change.kind, name } };
}

function issuesOf({ plan, forecast }: ScenarioInputs, change: Change, place: number): Issue[] {
  const issues: Issue[] = [];
  if ("queueId" in change && change.queueId !== null) {
    const known = forecast.queues.some(({ queueId }) => queueId === change.queueId);
    if (!known) issues.push(issue("scenario.unknownQueue", place, change, change.queueId));
  }
  if ("groupId" in change && change.groupId !== null) {
    const known = plan.groups.some(({ id }) => id === change.groupId);
    if (!known) issues.push(issue("scenario.unknownGroup", place, change, change.groupId));
  }
  if ("date" in change && change.kind !== "swapDays" && dayOfDate(forecast.grid, change.date) === null) {
    issues.push(issue("scenario.outsidePlan", place, change));
  }
  const reversed = reversedDates(change);
  if (reversed !== null) {
    const { values, ...rest } = issue("scenario.reversedDates", place, change);
    issues.push({ ...rest, values: { ...values, ...reversed } });
  } else if ("window" in change && windowMask(forecast.grid, change.window)?.includes(1) === false) {
    issues.push(issue("scenario.emptyWindow", place, change));
  }
  if (change.kind === "move" && !plan.groups.some(({ id }) => id === change.toGroupId)) {
    issues.push(issue("scenario.unknownGroup", place, change, change.toGroupId));
  }
  if (change.kind === "hire" && change.startDate !== null) {
    const { firstDate, dayCount } = forecast.grid;
    if (daysBetween(firstDate, change.startDate) >= dayCount)
      issues.push(issue("scenario.outsidePlan", place, change));
  }
  if (change.kind === "hire" && change.contractId !== null) {
    const known = plan.contracts.some(({ id }) => id === change.contractId);
    if (!known) issues.push(issue("scenario.unknownItem", place, change, change.contractId));
  }
  if (change.kind === "shrinkage" && change.itemId !== null) {
    const known = plan.shrinkage.some(({ id }) => id === change.itemId);
    if (!known) issues.push(issue("scenario.unknownItem", place, change, change.itemId));
  }
  const usesTemplate = change.kind === "withoutTemplate" || change.kind === "shifts";
  if (usesTemplate && !plan.templates.some(({ id }) => id === change.templateId)) {
    issues.push(issue("scenario.unknownItem", place, change, change.templateId));
  }
  return issues;
}

type Apply<Kind extends ChangeKind> = (
  inputs: ScenarioInputs,
  change: ChangeOf<Kind>,
  place: number,
) => ScenarioInputs | null;

/** What each kind of change does to the inputs; null: a date lies outside of the plan. */
const applyOf: { readonly [Kind in ChangeKind]: Apply<Kind> } = {
  volume: onForecast(changeVolume),
  aht: onForecast(changeAht),
  surge: onForecast(addSurge),
  swapDays: onForecast(swapDays),
  demandQuantile: onForecast(takeQuantile),
  outage: turnAway,
  deflection: (inputs, change, place) => chargeBot(settleByBot(inputs, change), inputs, change, place),
  afterContactWork: onForecast(shortenAfterContactWork),
  resolution: onForecast(resolveMore),
  absence: addAbsence,
  epidemic: addEpidemic,
  agents: changeAgents,
  crossTraining: crossTrain,
  rotation: rotate,
  overtime: addOvertime,
  move: movePeople,
  hire: hirePeople,
  shifts: addTemplateShifts,
  vendorAgents: addVendorAgents,
  outsourcing: outsource,
  campaign: onForecast(addCampaign),
  cost: addCost,
  dropQueue: (inputs, change) =>
    turnAway(inputs, { ...change, kind: "outage", redialShare: 0, redialMinutes: 1 }),
  handleTimeSpread: (inputs, { cv }) =>
    cv === inputs.plan.simulation.handleTimeCv ? inputs : withSimulation(inputs, { handleTimeCv: cv }),
  routing: (inputs, { contact, agent }) =>
    withSimulation(inputs, { routing: { ...inputs.plan.simulation.routing, contact, agent } }),
  shrinkage: (inputs, { factor, itemId }) =>
    withPlan(inputs, {
      shrinkage: inputs.plan.shrinkage.map((item) =>
        factor !== 1 && (itemId === null || item.id === itemId)
          ? { ...item, share: Math.min(0.99, item.share * factor) }
          : item,
      ),
    }),
  wages: (inputs, { factor }) =>
    withPlan(inputs, {
      templates: inputs.plan.templates.map((template) => ({
        ...template,
        costPerHour: template.costPerHour * factor,
      })),
    }),
  newTemplate: (inputs, change, place) => {
    const { groupId, lengthMinutes, fromMinute, latestStartMinute, costPerHour } = change;
    const template: Plan["templates"][number] = {
      id: freeId(`scenario-${place}`, (id) => inputs.plan.templates.some((other) => other.id === id)),
      name: `+${lengthMinutes / 60} h`,
      groupIds: groupId === null ? [] : [groupId],
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      earliestStartMinute: fromMinute,
      latestStartMinute: Math.max(fromMinute, latestStartMinute),
      startStepMinutes: inputs.plan.intervalMinutes,
      lengthsMinutes: [lengthMinutes],
      breaks: [],
      minimumWorkMinutes: 0,
      costPerHour,
      minimumCount: null,
      maximumCount: null,
    };
    return withPlan(inputs, { templates: [...inputs.plan.templates, template] });
  },
  // The shifts that are there keep their price until others are made.
  withoutTemplate: (inputs, { templateId }) =>
    withPlan(inputs, { templates: inputs.plan.templates.filter(({ id }) => id !== templateId) }),
  goal: (inputs, { queueId, serviceLevel, answerWithinSeconds }) =>
    withQueues(inputs, queueId, (queue) => ({
      ...queue,
      goal: { ...queue.goal, serviceLevel, answerWithinSeconds },
    })),
  patience: (inputs, { queueId, patienceSeconds }) =>
    withQueues(inputs, queueId, (queue) => ({ ...queue, patienceSeconds })),
  redials: (inputs, { queueId, share, afterMinutes }) =>
    withQueues(inputs, queueId, (queue) => {
      const { redial: _, ...rest } = queue;
      if (share > 0) return { ...queue, redial: { share, afterMinutes } };
      return queue.redial === undefined ? queue : rest;
    }),
  /** What the queue promises already it goes on promising, unless the change says otherwise. */
  callback: (inputs, { kind: _, queueId, ...offer }) =>
    withQueues(inputs, queueId, (queue) => {
      if (queue.channel !== "voice") return queue;
      const promiseMinutes = offer.promiseMinutes ?? queue.callback?.promiseMinutes;
      return { ...queue, callback: { ...offer, ...(promiseMinutes && { promiseMinutes }) } };
    }),
  fastLane: (inputs, { queueId, share }) => withFastLane(inputs, queueId, share),
  overflow: (inputs, { groupId, queueId, afterSeconds }) =>
    withPlan(inputs, {
      groups: inputs.plan.groups.map((group) =>
        group.id === groupId && !group.queueIds.includes(queueId)
          ? {
              ...group,
              overflow: [
                ...(group.overflow ?? []).filter((other) => other.queueId !== queueId),
                { queueId, afterSeconds },
              ],
            }
          : group,
      ),
    }),
};

function applied(inputs: ScenarioInputs, change: Change, place: number): ScenarioInputs | null {
  return (applyOf[change.kind] as Apply<ChangeKind>)(inputs, change, place);
}

/** A change of the forecast alone; an unchanged forecast leaves the very same inputs. */
function onForecast<Kind extends ChangeKind>(
  change: (forecast: DemandForecast, change: ChangeOf<Kind>) => DemandForecast | null,
): Apply<Kind> {
  return (inputs, of) => {
    const forecast = change(inputs.forecast, of);
    if (forecast === null) return null;
    return forecast === inputs.forecast ? inputs : { ...inputs, forecast };
  };
}

function turnAway(inputs: ScenarioInputs, change: ChangeOf<"outage">): ScenarioInputs {
  const forecast = addOutage(inputs.forecast, change);
  if (forecast === inputs.forecast) return inputs;
  const turnedAway = [...(inputs.turnedAway ?? []), ...turnedAwayBy(inputs.forecast, change)];
  return { ...inputs, forecast, turnedAway };
}

function settleByBot(inputs: ScenarioInputs, change: ChangeOf<"deflection">): ScenarioInputs {
  const forecast = deflect(inputs.forecast, change);
  if (forecast === inputs.forecast) return inputs;
  return { ...inputs, forecast, settled: [...(inputs.settled ?? []), ...settledBy(inputs.forecast, change)] };
}

/**
 * A share of a queue's contacts as a queue of its own, served by the same agents, ahead of every other queue. The rest
 * keeps the queue's name.
 */
function withFastLane(inputs: ScenarioInputs, queueId: string, share: number): ScenarioInputs {
  const { plan, forecast } = inputs;
  const fastId = `${queueId}!`;
  const queue = plan.queues.find(({ id }) => id === queueId);
  if (queue === undefined || plan.queues.some(({ id }) => id === fastId)) return inputs;
  const fast = { ...queue, id: fastId, name: `${queue.name} !`, priority: 0 };
  const behind = plan.queues.map((other) => ({
    ...other,
    priority: (other.priority ?? (other.channel === "deferred" ? 1 : 0)) + 1,
  }));
  const serves = (ids: readonly string[]) => (ids.includes(queueId) ? [...ids, fastId] : [...ids]);
  const slow = changeVolume(forecast, { kind: "volume", queueId, factor: 1 - share, window: null });
  const lane = changeVolume(forecast, { kind: "volume", queueId, factor: share, window: null });
  const own = lane.queues.find((one) => one.queueId === queueId);
  return {
    ...withPlan(inputs, {
      queues: [...behind, fast],
      groups: plan.groups.map((group) => ({ ...group, queueIds: serves(group.queueIds) })),
    }),
    forecast: {
      grid: forecast.grid,
      queues: [...slow.queues, ...(own === undefined ? [] : [{ ...own, queueId: fastId }])],
    },
  };
}

function withPlan(inputs: ScenarioInputs, part: Partial<Plan>): ScenarioInputs {
  return { ...inputs, plan: { ...inputs.plan, ...part } };
}

function withSimulation(inputs: ScenarioInputs, part: Partial<Plan["simulation"]>): ScenarioInputs {
  return withPlan(inputs, { simulation: { ...inputs.plan.simulation, ...part } });
}

function withQueues(
  inputs: ScenarioInputs,
  queueId: string | null,
  edit: (queue: Plan["queues"][number]) => Plan["queues"][number],
): ScenarioInputs {
  return withPlan(inputs, {
    queues: inputs.plan.queues.map((queue) =>
      queueId === null || queue.id === queueId ? edit(queue) : queue,
    ),
  });
}
