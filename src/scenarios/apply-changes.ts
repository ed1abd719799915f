import type { DemandForecast } from "../domain/demand.ts";
import { dayOfDate } from "../domain/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { Roster } from "../domain/roster.ts";
import type { Change } from "../domain/scenario.ts";
import type { Schedule } from "../domain/shift.ts";
import {
  addOutage,
  addSurge,
  changeAht,
  changeVolume,
  deflect,
  resolveMore,
  shortenAfterContactWork,
  swapDays,
  takeQuantile,
  turnedAwayBy,
} from "./change-demand.ts";
import { addAbsence, addEpidemic, changeAgents, crossTrain } from "./change-people.ts";
import { windowMask } from "./time-window.ts";

/** What the stages read, base or changed. A scenario shares with the base everything it does not change. */
export interface ScenarioInputs {
  readonly plan: Plan;
  readonly forecast: DemandForecast;
  readonly schedule: Schedule | null;
  readonly roster: Roster | null;
  /** Contacts that no longer reach their queue (an outage), per interval of the grid. Absent: none. */
  readonly turnedAway?: readonly TurnedAway[];
}

export interface TurnedAway {
  readonly queueId: string;
  readonly contacts: Float64Array;
}

/**
 * The inputs with the changes made to them, in order. No change leaves the very same objects, so a scenario without
 * effect computes exactly what the base computes.
 *
 * Issues: `scenario.unknownQueue`, `scenario.unknownGroup`, `scenario.unknownItem`, `scenario.outsidePlan` (a date),
 * `scenario.emptyWindow` (no interval of the plan), each with the place of the change in the list.
 */
export function applyChanges(inputs: ScenarioInputs, changes: readonly Change[]): Outcome<ScenarioInputs> {
  const issues = changes.flatMap((change, place) => issuesOf(inputs, change, place));
  if (issues.length > 0) return fail(...issues);
  let changed = inputs;
  for (const [place, change] of changes.entries()) {
    const next = applied(changed, change, place);
    if (next === null) return fail(issue("scenario.outsidePlan", place, change));
    changed = next;
  }
  return succeed(changed);
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
  if (
    (change.kind === "outage" || change.kind === "surge") &&
    dayOfDate(forecast.grid, change.date) === null
  ) {
    issues.push(issue("scenario.outsidePlan", place, change));
  }
  if ("window" in change && windowMask(forecast.grid, change.window)?.includes(1) === false) {
    issues.push(issue("scenario.emptyWindow", place, change));
  }
  if (change.kind === "shrinkage" && change.itemId !== null) {
    const known = plan.shrinkage.some(({ id }) => id === change.itemId);
    if (!known) issues.push(issue("scenario.unknownItem", place, change, change.itemId));
  }
  return issues;
}

function applied(inputs: ScenarioInputs, change: Change, place: number): ScenarioInputs | null {
  const { plan, forecast } = inputs;
  switch (change.kind) {
    case "volume":
      return withForecast(inputs, changeVolume(forecast, change));
    case "aht":
      return withForecast(inputs, changeAht(forecast, change));
    case "surge":
      return withForecast(inputs, addSurge(forecast, change));
    case "swapDays": {
      const swapped = swapDays(forecast, change);
      return swapped === null ? null : withForecast(inputs, swapped);
    }
    case "demandQuantile":
      return withForecast(inputs, takeQuantile(forecast, change));
    case "outage": {
      const next = withForecast(inputs, addOutage(forecast, change));
      if (next === inputs) return inputs;
      return { ...next, turnedAway: [...(inputs.turnedAway ?? []), ...turnedAwayBy(forecast, change)] };
    }
    case "deflection":
      return withForecast(inputs, deflect(forecast, change));
    case "afterContactWork":
      return withForecast(inputs, shortenAfterContactWork(forecast, change));
    case "resolution":
      return withForecast(inputs, resolveMore(forecast, change));
    case "absence":
      return addAbsence(inputs, change);
    case "epidemic":
      return addEpidemic(inputs, change);
    case "agents":
      return changeAgents(inputs, change, place);
    case "crossTraining":
      return crossTrain(inputs, change);
    case "handleTimeSpread":
      return change.cv === plan.simulation.handleTimeCv
        ? inputs
        : withPlan(inputs, { simulation: { ...plan.simulation, handleTimeCv: change.cv } });
    case "shrinkage":
      return withPlan(inputs, {
        shrinkage: plan.shrinkage.map((item) =>
          change.factor !== 1 && (change.itemId === null || item.id === change.itemId)
            ? { ...item, share: Math.min(0.99, item.share * change.factor) }
            : item,
        ),
      });
    case "wages":
      return withPlan(inputs, {
        templates: plan.templates.map((template) => ({
          ...template,
          costPerHour: template.costPerHour * change.factor,
        })),
      });
    case "goal":
      return withQueues(inputs, change.queueId, (queue) => ({
        ...queue,
        goal: {
          ...queue.goal,
          serviceLevel: change.serviceLevel,
          answerWithinSeconds: change.answerWithinSeconds,
        },
      }));
    case "redials":
      return withQueues(inputs, change.queueId, (queue) => {
        const { redial: _, ...rest } = queue;
        const { share, afterMinutes } = change;
        return share === 0
          ? queue.redial === undefined
            ? queue
            : rest
          : { ...queue, redial: { share, afterMinutes } };
      });
    case "fastLane":
      return withFastLane(inputs, change.queueId, change.share);
    case "overflow":
      return withPlan(inputs, {
        groups: plan.groups.map((group) =>
          group.id === change.groupId && !group.queueIds.includes(change.queueId)
            ? {
                ...group,
                overflow: [
                  ...(group.overflow ?? []).filter(({ queueId }) => queueId !== change.queueId),
                  { queueId: change.queueId, afterSeconds: change.afterSeconds },
                ],
              }
            : group,
        ),
      });
    case "patience":
      return withQueues(inputs, change.queueId, (queue) => ({
        ...queue,
        patienceSeconds: change.patienceSeconds,
      }));
  }
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

function withForecast(inputs: ScenarioInputs, forecast: DemandForecast): ScenarioInputs {
  return forecast === inputs.forecast ? inputs : { ...inputs, forecast };
}

function withPlan(inputs: ScenarioInputs, part: Partial<Plan>): ScenarioInputs {
  return { ...inputs, plan: { ...inputs.plan, ...part } };
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
