import { formatMinuteOfDay } from "../domain/calendar/clock.ts";
import { minuteIso } from "../domain/calendar/interval-grid.ts";
import type { Plan, PlanDocument } from "../domain/plan/plan.ts";
import type { Activity, Shift } from "../domain/plan/shift.ts";
import type { DayMeasure } from "../domain/plan/today.ts";
import { type CsvCell, figure } from "../files/table-writer.ts";
import type { DayOptions, PersonChange } from "../intraday/options/option.ts";
import type { Figure } from "../scenarios/measuring/figures.ts";

export const optionColumns = [
  "option",
  "kind",
  "people",
  "cost",
  "keeps_goals",
  "in_time_change",
  "in_time_change_half_width",
  "lost_change",
  "lost_change_half_width",
  "queue",
  "service_level",
  "service_level_change",
  "service_level_change_half_width",
  "abandonment_rate",
  "abandonment_change",
  "abandonment_change_half_width",
];

/** One row per option and queue; option 0 is the day as it stands. */
export function optionRows({ queues }: Pick<Plan, "queues">, { base, options }: DayOptions): CsvCell[][] {
  const nameOf = new Map(queues.map(({ id, name }) => [id, name]));
  const asItStands = { ...base, kind: "asItStands", changes: [], measures: [], cost: 0 };
  return [asItStands, ...options].flatMap(
    ({ kind, changes, measures, cost, keepsGoals, inTimeChange, lostChange, queues: effects }, number) =>
      effects.map((effect) => [
        number,
        kind,
        changes.length + measures.filter((one) => one.kind === "lent").length,
        figure(cost),
        keepsGoals ? 1 : 0,
        ...both(inTimeChange),
        ...both(lostChange),
        nameOf.get(effect.queueId) ?? effect.queueId,
        both(effect.serviceLevel)[0],
        ...both(effect.serviceLevelChange),
        both(effect.abandonmentRate)[0],
        ...both(effect.abandonmentChange),
      ]),
  );
}

function both(of: Figure | null): [CsvCell, CsvCell] {
  return of === null ? [null, null] : [figure(of.value), figure(of.halfWidth)];
}

export const changeColumns = [
  "agent_id",
  "agent",
  "from_start",
  "from_end",
  "to_start",
  "to_end",
  "from_breaks",
  "to_breaks",
  "cost",
];

/** One row per person: the shift as it was and as it is now. */
export function changeRows(
  { plan, results }: Pick<PlanDocument, "plan" | "results">,
  changes: readonly PersonChange[],
): CsvCell[][] {
  const grid = results.roster!.value.grid;
  const time = (minute: number | undefined) => (minute === undefined ? null : minuteIso(grid, minute));
  const clock = (minute: number) => minuteIso(grid, minute).slice(11, 16);
  const elsewhere = (shift: Shift | null) =>
    (shift?.activities ?? [])
      .filter(({ kind }: Activity) => kind !== "work")
      .map(({ kind, startMinute, endMinute }) => `${kind} ${clock(startMinute)}-${clock(endMinute)}`)
      .join("; ");
  return changes.map(({ agentId, from, to, cost }) => [
    agentId,
    plan.agents.find(({ id }) => id === agentId)?.name ?? agentId,
    time(from?.startMinute),
    time(from?.endMinute),
    time(to.startMinute),
    time(to.endMinute),
    elsewhere(from),
    elsewhere(to),
    figure(cost),
  ]);
}

export const measureColumns = ["kind", "queue", "from", "agent_id"];

/** One row per decision about a queue. */
export function measureRows({ queues }: Pick<Plan, "queues">, measures: readonly DayMeasure[]): CsvCell[][] {
  return measures.map((measure) => [
    measure.kind,
    queues.find(({ id }) => id === measure.queueId)?.name ?? measure.queueId,
    formatMinuteOfDay(measure.fromMinute),
    measure.kind === "lent" ? measure.agentId : null,
  ]);
}
