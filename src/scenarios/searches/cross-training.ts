import type { DayRange } from "../../domain/calendar/ranges.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { compareScenarios } from "../measuring/compare-scenarios.ts";
import type { Figure } from "../measuring/figures.ts";

export interface TrainingInput extends ScenarioInputs {
  /** What holds besides, such as a scenario's changes. */
  readonly changes: readonly Change[];
  /** Agents trained in one step, and how many steps to take. */
  readonly agentsPerStep: number;
  readonly steps: number;
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
}

export interface Training {
  readonly steps: readonly TrainingStep[];
  /** The trainings together, ready for a scenario. */
  readonly changes: readonly Extract<Change, { kind: "crossTraining" }>[];
}

/**
 * Which cross-trainings buy most: step by step the one that raises the simulated service level most on top of those
 * before. It ends early when no further one raises it. Greedy, so the set is good but not proved best.
 *
 * Fails with `training.nothingToLearn` when every group serves every queue of its like, and as `compareScenarios`.
 */
export async function bestTrainings(
  input: TrainingInput,
  onProgress?: OnProgress<Training>,
): Promise<Outcome<Training>> {
  const { plan, forecast, schedule, roster, days, replications, agentsPerStep } = input;
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
    const candidates = pairs.map((pair) => ({ pair, changes: withMore(chosen, pair, agentsPerStep) }));
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
    const levels = comparison.value.plans.map(
      ({ scopes }) => scopes.find(({ queueId }) => queueId === input.queueId) ?? scopes[0],
    );
    if (step === 0) reached = levels[0].figures.serviceLevel?.value ?? 0;
    let best = -1;
    for (let at = 0; at < candidates.length; at++) {
      const level = levels[at + 1].figures.serviceLevel?.value ?? 0;
      if (level > reached) {
        best = at;
        reached = level;
      }
    }
    if (best < 0) break;
    chosen = candidates[best].changes;
    const { groupId, queueId } = candidates[best].pair;
    const none = { value: 0, halfWidth: 0 };
    steps.push({
      groupId,
      queueId,
      agents: chosen.find((change) => change.groupId === groupId && change.queueId === queueId)?.count ?? 0,
      serviceLevel: levels[best + 1].figures.serviceLevel ?? none,
      gain: levels[best + 1].differences?.serviceLevel ?? none,
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
): Training["changes"] {
  const known = chosen.some((change) => change.groupId === groupId && change.queueId === queueId);
  return known
    ? chosen.map((change) =>
        change.groupId === groupId && change.queueId === queueId
          ? { ...change, count: change.count + count }
          : change,
      )
    : [...chosen, { kind: "crossTraining", groupId, queueId, count }];
}
