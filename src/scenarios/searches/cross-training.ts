import type { DayRange } from "../../domain/calendar/ranges.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { compareScenarios } from "../measuring/compare-scenarios.ts";
import type { Figure } from "../measuring/figures.ts";
import { type Investment, returnOnInvestment } from "./return-on-investment.ts";

export interface TrainingInput extends ScenarioInputs {
  /** What holds besides, such as a scenario's changes. */
  readonly changes: readonly Change[];
  /** Agents trained in one step, and how many steps to take. */
  readonly agentsPerStep: number;
  readonly steps: number;
  /** What a step is chosen by: service won, or money earned in the first year, the cost of training taken off. */
  readonly by: "points" | "money";
  /** null: nobody has said; then training is not in the money, and that is listed as unknown. */
  readonly costPerPerson: number | null;
  /** null: the service level of all queues together. */
  readonly queueId: string | null;
  readonly days: DayRange;
  readonly replications: number;
}

/** One step: so many agents of a group have learnt a queue by now, and what all steps so far bring. */
export interface TrainingStep {
  readonly groupId: string;
  readonly queueId: string;
  /** Of this group for this queue, this step included. */
  readonly agents: number;
  readonly serviceLevel: Figure;
  /** Gain of all steps so far over no training, on the same customers. */
  readonly gain: Figure;
  /** Money of all steps so far: contacts not lost, penalties not paid, wages, training. */
  readonly money: Investment;
}

export interface Training {
  readonly steps: readonly TrainingStep[];
  /** The trainings together, ready for a scenario. */
  readonly changes: readonly Extract<Change, { kind: "crossTraining" }>[];
}

/**
 * Which cross-trainings buy most: step by step the one that raises the simulated service level most on top of those
 * before, or what the first year earns. It ends early when no further one raises it. Greedy, so the set is good but not
 * proved best.
 *
 * Fails with `training.nothingToLearn` when every group serves every queue of its like, and as `compareScenarios`.
 */
export async function bestTrainings(
  input: TrainingInput,
  onProgress?: OnProgress<Training>,
): Promise<Outcome<Training>> {
  const { plan, forecast, schedule, roster, days, replications, agentsPerStep, costPerPerson } = input;
  const pairs = plan.groups.flatMap((group) =>
    plan.queues
      .filter(({ id }) => !group.queueIds.includes(id))
      .map(({ id }) => ({ groupId: group.id, queueId: id })),
  );
  if (pairs.length === 0) return fail({ code: "training.nothingToLearn", severity: "error" });
  const steps: TrainingStep[] = [];
  let chosen: Training["changes"] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < input.steps; step++) {
    const candidates = pairs.map((pair) => ({
      pair,
      changes: withMore(chosen, pair, agentsPerStep, costPerPerson),
    }));
    const comparison = await compareScenarios({
      plan,
      forecast,
      schedule,
      roster,
      base: input.changes,
      scenarios: candidates.map(({ changes }, at) => ({ id: `${at}`, name: `${at}`, changes: [...changes] })),
      days,
      method: "simulation",
      replications,
    });
    if (!comparison.ok) return comparison;
    const { plans } = comparison.value;
    const [base, ...columns] = plans.map((column) => {
      const money = returnOnInvestment({
        ledger: column.ledger,
        base: plans[0].ledger,
        dayCount: days.end - days.first,
      });
      const scope = column.scopes.find(({ queueId }) => queueId === input.queueId) ?? column.scopes[0];
      const level = scope.figures.serviceLevel;
      const worth = input.by === "points" ? (level?.value ?? 0) : 12 * money.netPerMonth.value - money.once;
      return { scope, money, worth };
    });
    if (step === 0) reached = base.worth;
    let best = -1;
    for (const [at, { worth }] of columns.entries()) {
      if (worth <= reached) continue;
      best = at;
      reached = worth;
    }
    if (best < 0) break;
    chosen = candidates[best].changes;
    const { groupId, queueId } = candidates[best].pair;
    const none = { value: 0, halfWidth: 0 };
    steps.push({
      groupId,
      queueId,
      agents: chosen.find((change) => change.groupId === groupId && change.queueId === queueId)?.count ?? 0,
      serviceLevel: columns[best].scope.figures.serviceLevel ?? none,
      gain: columns[best].scope.differences?.serviceLevel ?? none,
      money: columns[best].money,
    });
    onProgress?.({
      phase: "training",
      completed: step + 1,
      total: input.steps,
      partial: { steps: [...steps], changes: chosen },
    });
  }
  return succeed({ steps, changes: chosen });
}

function withMore(
  chosen: Training["changes"],
  { groupId, queueId }: { groupId: string; queueId: string },
  count: number,
  costPerPerson: number | null,
): Training["changes"] {
  const known = chosen.some((change) => change.groupId === groupId && change.queueId === queueId);
  return known
    ? chosen.map((change) =>
        change.groupId === groupId && change.queueId === queueId
          ? { ...change, count: change.count + count }
          : change,
      )
    : [...chosen, { kind: "crossTraining", groupId, queueId, count, costPerPerson }];
}
