import { addDays, daysBetween, type LocalDate } from "../../domain/calendar/clock.ts";
import { fail, type Outcome, succeed } from "../../domain/outcome.ts";
import { longestPeriodDays, type Plan } from "../../domain/plan/plan.ts";
import { type Change, type ChangeKind, reversedDates, type Scenario } from "../../domain/plan/scenario.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";
import type { QueueRequirement, Requirement } from "../../domain/results/requirement.ts";
import { applyChanges } from "../changes/apply-changes.ts";

/** Dates that a scenario speaks of. */
export interface ScenarioDates {
  readonly firstDate: LocalDate;
  readonly dayCount: number;
}

/**
 * From the first to the last date that a scenario names, where all of them lie outside the plan's period; null: it
 * names none, or one inside.
 */
export function datesBeyond(
  plan: Pick<Plan, "firstDate" | "dayCount">,
  { changes }: Pick<Scenario, "changes">,
): ScenarioDates | null {
  const dates = changes.flatMap(datesOf).sort();
  const end = addDays(plan.firstDate, plan.dayCount);
  const spansPlan = (change: Change) =>
    "window" in change &&
    (change.window?.fromDate ?? end) < plan.firstDate &&
    (change.window?.toDate ?? "") >= end;
  if (changes.some(spansPlan)) return null;
  if (dates.length === 0 || dates.some((date) => date >= plan.firstDate && date < end)) return null;
  return { firstDate: dates[0], dayCount: 1 + daysBetween(dates[0], dates[dates.length - 1]) };
}

function datesOf(change: Change): LocalDate[] {
  const window = "window" in change ? change.window : null;
  return [
    "date" in change ? change.date : null,
    "withDate" in change ? change.withDate : null,
    "peakDate" in change ? change.peakDate : null,
    "startDate" in change ? change.startDate : null,
    window?.fromDate ?? null,
    window?.toDate ?? null,
  ].filter((date) => date !== null);
}

/** What is known of dates without a roster. Hours are agent-hours, money is in the plan's currency. */
export interface BeyondFigures {
  readonly contacts: number;
  /** Most agents on queue required at once. */
  readonly peakAgents: number;
  /** Agents required on queue, and with shrinkage on top. */
  readonly hoursNeeded: number;
  readonly hoursToSchedule: number;
  /** Hours to schedule at the mean hourly cost of the shift templates; null: the plan has no template. */
  readonly cost: number | null;
}
export const beyondMeasures = ["contacts", "peakAgents", "hoursNeeded", "hoursToSchedule", "cost"] as const;

export interface BeyondComparison extends ScenarioDates {
  readonly scenarioId: string;
  readonly name: string;
  /** One queue's figures, or those of all queues together (null): as forecast, and with the scenario's changes. */
  readonly scopes: readonly {
    readonly queueId: string | null;
    readonly base: BeyondFigures;
    readonly changed: BeyondFigures;
  }[];
  /** Changes about people, shifts or routing, which mean nothing where there are no shifts. */
  readonly uncounted: number;
}

/** Runs the two stages that need no shifts, for the plan's days: here, or in workers on the page. */
export interface DemandMakers {
  readonly forecast: (plan: Plan) => Promise<Outcome<DemandForecast>>;
  readonly requirement: (plan: Plan, forecast: DemandForecast) => Promise<Outcome<Requirement>>;
}

/** They change who works, who serves whom or what else is paid; only a simulated roster knows what comes of them. */
const aboutShifts: ReadonlySet<ChangeKind> = new Set([
  "absence",
  "epidemic",
  "agents",
  "crossTraining",
  "overflow",
  "callback",
  "routing",
  "rotation",
  "overtime",
  "newTemplate",
  "withoutTemplate",
  "redials",
  "handleTimeSpread",
  "fastLane",
  "hire",
  "move",
  "shifts",
  "vendorAgents",
  "cost",
]);

/**
 * What-if on dates outside the plan's period, such as a peak in ten weeks: they are forecast from the same history, and
 * the agents required for the forecast are compared with those for what the scenario makes of it. There are no shifts
 * there, so nothing is simulated: the goals are taken to be kept, and cost is that of the hours to schedule.
 *
 * Errors: `scenario.notBeyond` (the scenario names no date, or one inside), `scenario.reversedDates`, `scenario.beyondTooLong` (over 26 weeks),
 * those of the changes as in `compareScenarios`, and those of the makers.
 *
 * @example
 * const window = { fromDate: "2027-02-12", toDate: "2027-02-12", weekdays: null, fromMinute: null, toMinute: null };
 * const peak = { id: "peak", name: "Peak", changes: [{ kind: "volume", queueId: null, factor: 1.6, window }] };
 * const outcome = await compareBeyondPlan(plan, peak, makers);
 * if (outcome.ok) console.log(outcome.value.scopes.at(-1).changed.hoursNeeded);
 */
export async function compareBeyondPlan(
  plan: Plan,
  scenario: Scenario,
  makers: DemandMakers,
): Promise<Outcome<BeyondComparison>> {
  const values = { scenario: scenario.name };
  for (const [place, change] of scenario.changes.entries()) {
    const reversed = reversedDates(change);
    if (reversed !== null)
      return fail({
        code: "scenario.reversedDates",
        severity: "error",
        values: { ...values, place: place + 1, ...reversed },
      });
  }
  const dates = datesBeyond(plan, scenario);
  if (dates === null) return fail({ code: "scenario.notBeyond", severity: "error", values });
  if (dates.dayCount > longestPeriodDays)
    return fail({
      code: "scenario.beyondTooLong",
      severity: "error",
      values: { ...values, days: dates.dayCount, most: longestPeriodDays },
    });
  const there: Plan = { ...plan, ...dates };
  const forecast = await makers.forecast(there);
  if (!forecast.ok) return forecast;
  const counted = scenario.changes.filter(({ kind }) => !aboutShifts.has(kind));
  const changed = applyChanges(
    { plan: there, forecast: forecast.value, schedule: null, roster: null },
    counted,
  );
  if (!changed.ok)
    return fail(...changed.issues.map((issue) => ({ ...issue, values: { ...issue.values, ...values } })));
  const base = await makers.requirement(there, forecast.value);
  if (!base.ok) return base;
  const required = await makers.requirement(changed.value.plan, changed.value.forecast);
  if (!required.ok) return required;
  const queueIds = base.value.queues.map(({ queueId }) => queueId);
  return succeed({
    ...dates,
    scenarioId: scenario.id,
    name: scenario.name,
    uncounted: scenario.changes.length - counted.length,
    scopes: [...queueIds, null].map((queueId) => ({
      queueId,
      base: figuresOf(there, base.value, queueId),
      changed: figuresOf(changed.value.plan, required.value, queueId),
    })),
  });
}

function figuresOf(plan: Plan, { grid, queues }: Requirement, queueId: string | null): BeyondFigures {
  const own = queues.filter((queue) => queueId === null || queue.queueId === queueId);
  const hours = grid.intervalMinutes / 60;
  const total = (series: (queue: QueueRequirement) => Float64Array) =>
    own.reduce((sum, queue) => sum + series(queue).reduce((a, b) => a + b, 0), 0);
  const atOnce = (own[0]?.requiredAgents ?? new Float64Array()).map((_, at) =>
    own.reduce((sum, { requiredAgents }) => sum + requiredAgents[at], 0),
  );
  const hoursToSchedule = total(({ scheduledAgents }) => scheduledAgents) * hours;
  const { templates } = plan;
  const perHour = templates.reduce((sum, { costPerHour }) => sum + costPerHour, 0) / templates.length;
  return {
    contacts: total(({ offered }) => offered),
    peakAgents: atOnce.reduce((most, agents) => Math.max(most, agents), 0),
    hoursNeeded: total(({ requiredAgents }) => requiredAgents) * hours,
    hoursToSchedule,
    cost: templates.length === 0 ? null : hoursToSchedule * perHour,
  };
}
