import { dateOfDay } from "../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../domain/calendar/ranges.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change, ChangeOf } from "../../domain/plan/scenario.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { compareScenarios } from "../measuring/compare-scenarios.ts";
import type { Figure } from "../measuring/figures.ts";
import type { FixGoal } from "./remedies.ts";
import { type Investment, returnOnInvestment, standsForMonths } from "./return-on-investment.ts";
import { simulatedLevels } from "./simulated-levels.ts";

/** One way to more service, of which there can be more or less. */
export type Way =
  /** New people on a contract, one by one. */
  | { readonly kind: "hire"; readonly change: ChangeOf<"hire"> }
  /** On every day a per cent more of a group's shifts stays so much longer. */
  | { readonly kind: "overtime"; readonly groupId: string; readonly minutes: number }
  /** A service provider's agents, one by one, through the opening hours. */
  | { readonly kind: "vendorAgents"; readonly groupId: string; readonly pricePerHour: number | null }
  /** A per cent more of a queue's contacts goes to a service provider. */
  | { readonly kind: "outsourcing"; readonly queueId: string; readonly pricePerContact: number | null };

export interface WaysInput extends ScenarioInputs {
  /** What holds besides, such as a scenario's changes. */
  readonly changes: readonly Change[];
  readonly ways: readonly Way[];
  /** Each of them is to be reached over the days. */
  readonly goals: readonly FixGoal[];
  readonly days: DayRange;
  readonly replications: number;
}

/** A way as large as the goals take, and what that costs. */
export interface SizedWay {
  readonly way: Way;
  /** People, agents or per cent; 0: the goals are reached without. */
  readonly size: number;
  /** False: even the largest size is not enough, and this is what it gives. */
  readonly reached: boolean;
  readonly changes: readonly Change[];
  /** In the order of the goals; null: nobody comes to that queue. */
  readonly levels: readonly (Figure | null)[];
  /** Gain in the service level of the one queue, or of all together where several are asked for. */
  readonly gain: Figure;
  /** Money of the days, carried to months where they stand for any, and what is paid once: as for payback. */
  readonly money: Investment;
  /** Wages and other costs of the days per point of service won; null: nothing is won, or a price is missing. */
  readonly costPerPoint: Figure | null;
}

const largest: Readonly<Record<Way["kind"], number>> = {
  hire: 1000,
  overtime: 100,
  vendorAgents: 1000,
  outsourcing: 100,
};

/** A way of a size, as changes of a scenario. */
export function wayChanges(inputs: ScenarioInputs, days: DayRange, way: Way, size: number): Change[] {
  if (size === 0) return [];
  switch (way.kind) {
    case "hire":
      return [{ ...way.change, count: size }];
    case "overtime":
      return Array.from({ length: days.end - days.first }, (_, at) => ({
        kind: "overtime",
        groupId: way.groupId,
        date: dateOfDay(inputs.forecast.grid, days.first + at),
        share: size / 100,
        minutes: way.minutes,
      }));
    case "vendorAgents":
      return [{ ...way, count: size, window: datesOf(inputs, days) }];
    case "outsourcing":
      return [{ ...way, share: size / 100, window: datesOf(inputs, days) }];
  }
}

function datesOf({ forecast: { grid } }: ScenarioInputs, { first, end }: DayRange) {
  return {
    fromDate: dateOfDay(grid, first),
    toDate: dateOfDay(grid, end - 1),
    weekdays: null,
    fromMinute: null,
    toMinute: null,
  };
}

/**
 * Hire, overtime or a service provider: each as large as the goals take, side by side, with what a point of service
 * costs by it.
 *
 * The least size is looked for by doubling and halving, taking more to be never worse, judged by simulation on the same
 * customers; then each is measured against none of it, with the difference and its interval. Costs are those of the
 * comparison's ledgers on the days; what is paid once stands apart.
 *
 * Fails with `leastCost.noGoal`, `ways.none`, and as `applyChanges` and `compareScenarios` do.
 */
export async function waysToGoal(
  input: WaysInput,
  onProgress?: OnProgress<readonly SizedWay[]>,
): Promise<Outcome<readonly SizedWay[]>> {
  const { ways, goals } = input;
  if (goals.length === 0) return fail({ code: "leastCost.noGoal", severity: "error" });
  if (ways.length === 0) return fail({ code: "ways.none", severity: "error" });
  const { plan, forecast, schedule, roster } = input;
  const changed = applyChanges({ plan, forecast, schedule, roster }, input.changes);
  if (!changed.ok) return changed;
  const sized: SizedWay[] = [];
  for (const way of ways) {
    const size = await leastSize(input, changed.value, way);
    if (!size.ok) return size;
    const measured = await measuredWay(input, changed.value, way, size.value);
    if (!measured.ok) return measured;
    sized.push(measured.value);
    onProgress?.({ phase: "ways", completed: sized.length, total: ways.length, partial: [...sized] });
  }
  return succeed(sized);
}

/** The least size that reaches every goal; one more than the largest: none does. */
async function leastSize(input: WaysInput, inputs: ScenarioInputs, way: Way): Promise<Outcome<number>> {
  const { days, goals, replications } = input;
  async function isEnough(size: number): Promise<Outcome<boolean>> {
    const applied = applyChanges(inputs, wayChanges(inputs, days, way, size));
    if (!applied.ok) return applied;
    const levels = await simulatedLevels(applied.value, days, replications);
    if (!levels.ok) return levels;
    return succeed(
      goals.every(({ queueId, serviceLevel }) => {
        const level = levels.value(queueId, days);
        return level === null || level.value >= serviceLevel;
      }),
    );
  }
  const most = largest[way.kind];
  let low = -1;
  let high = 0;
  for (;;) {
    const enough = await isEnough(high);
    if (!enough.ok) return enough;
    if (enough.value) break;
    if (high === most) return succeed(most + 1);
    low = high;
    high = Math.min(most, Math.max(1, 2 * high));
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const enough = await isEnough(middle);
    if (!enough.ok) return enough;
    if (enough.value) high = middle;
    else low = middle;
  }
  return succeed(high);
}

async function measuredWay(
  input: WaysInput,
  inputs: ScenarioInputs,
  way: Way,
  least: number,
): Promise<Outcome<SizedWay>> {
  const { days, goals, replications } = input;
  const reached = least <= largest[way.kind];
  const size = Math.min(least, largest[way.kind]);
  const changes = wayChanges(inputs, days, way, size);
  const { plan, forecast, schedule, roster } = input;
  const comparison = await compareScenarios({
    plan,
    forecast,
    schedule,
    roster,
    base: input.changes,
    scenarios: [{ id: "way", name: "way", changes }],
    days,
    method: "simulation",
    replications,
  });
  if (!comparison.ok) return comparison;
  const [base, column] = comparison.value.plans;
  const scopeOf = (queueId: string | null) => column.scopes.find((scope) => scope.queueId === queueId);
  const gain = scopeOf(goals.length === 1 ? goals[0].queueId : null)?.differences?.serviceLevel ?? {
    value: 0,
    halfWidth: 0,
  };
  const money = returnOnInvestment({
    ledger: column.ledger,
    base: base.ledger,
    dayCount: days.end - days.first,
    recurs: standsForMonths(input.changes, days.end - days.first),
  });
  // What is paid once stands apart: it is not the price of these days' points.
  const parts = (["cost", "otherCost", "penalties"] as const).map(
    (measure) => scopeOf(null)?.differences?.[measure]?.value ?? null,
  );
  const cost = parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);
  return succeed({
    way,
    size,
    reached,
    changes,
    levels: goals.map(({ queueId }) => scopeOf(queueId)?.figures.serviceLevel ?? null),
    gain,
    money,
    costPerPoint: cost === null || gain.value <= 0 ? null : perPoint(cost, gain),
  });
}

/** Cost ÷ points; the interval is that of the points, to first order. */
function perPoint(cost: number, { value, halfWidth }: Figure): Figure {
  const points = 100 * value;
  return { value: cost / points, halfWidth: (Math.abs(cost) / points) * (halfWidth / value) };
}
