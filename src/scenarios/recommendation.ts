import type { Queue } from "../domain/plan/queue.ts";
import type { Change, ChangeKind, Scenario } from "../domain/plan/scenario.ts";
import type { ComparedPlan, Comparison } from "./measuring/comparison.ts";
import type { Figure } from "./measuring/figures.ts";

/** One of what was compared, held against every queue's service level goal. */
export interface Candidate {
  readonly plan: ComparedPlan;
  /** Of queues with a goal and contacts. `kept`: by the mean; `certain`: by the whole 95 % interval. */
  readonly goals: readonly {
    readonly queueId: string;
    readonly goal: number;
    readonly level: Figure;
    readonly kept: boolean;
    readonly certain: boolean;
  }[];
  /** All that is paid; null: a price is missing, so that it cannot be called cheaper than others. */
  readonly cost: Figure | null;
}

/** What to choose under one set of circumstances. */
export interface Recommendation {
  /** Changes that nobody decides, such as more contacts; none: as planned. */
  readonly circumstances: readonly Change[];
  /** Those that keep every goal first, the cheapest of them first; the rest by how far they are from their goals. */
  readonly candidates: readonly Candidate[];
  /** null: none of them keeps every goal. */
  readonly best: Candidate | null;
}

/** Changes that happen to a plan. All others are decisions. */
const happens: ReadonlySet<ChangeKind> = new Set([
  "volume",
  "aht",
  "surge",
  "campaign",
  "demandQuantile",
  "outage",
  "absence",
  "epidemic",
  "shrinkage",
  "patience",
  "redials",
  "handleTimeSpread",
]);

/**
 * What the comparison recommends: among those that face the same circumstances, the one that keeps every queue's service
 * level goal at the lowest cost. Twenty per cent more contacts are no choice, so a scenario that adds agents to them is
 * held against the same contacts without, and not against the plan.
 *
 * Assumes that goals of service level decide; goals of waiting, abandonment and occupancy are what requirements are made
 * from. A goal is kept where the figure's mean is not below it. Of two that cost the same the one that loses fewer contacts
 * comes first.
 */
export function recommend(
  comparison: Comparison,
  scenarios: readonly Scenario[],
  queues: readonly Queue[],
): readonly Recommendation[] {
  const groups = new Map<string, { circumstances: readonly Change[]; plans: ComparedPlan[] }>();
  for (const plan of comparison.plans) {
    const changes = scenarios.find(({ id }) => id === plan.scenarioId)?.changes ?? [];
    const circumstances = changes.filter(({ kind }) => happens.has(kind));
    const key = JSON.stringify(circumstances);
    const group = groups.get(key) ?? { circumstances, plans: [] };
    group.plans.push(plan);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ circumstances, plans }) => {
    const candidates = plans.map((plan) => candidateOf(plan, queues)).sort(byGoalsThenCost);
    const best = candidates.find(keepsAll) ?? null;
    return { circumstances, candidates, best };
  });
}

function candidateOf(plan: ComparedPlan, queues: readonly Queue[]): Candidate {
  const figuresOf = (queueId: string | null) =>
    plan.scopes.find((scope) => scope.queueId === queueId)?.figures;
  const goals = queues.flatMap(({ id, goal: { serviceLevel: goal } }) => {
    const level = figuresOf(id)?.serviceLevel ?? null;
    if (goal === null || level === null) return [];
    const kept = level.value >= goal;
    return [{ queueId: id, goal, level, kept, certain: level.value - level.halfWidth >= goal }];
  });
  const all = figuresOf(null);
  return { plan, goals, cost: all?.totalCost ?? null };
}

function keepsAll({ goals }: Candidate): boolean {
  return goals.length > 0 && goals.every(({ kept }) => kept);
}

function costOf({ cost }: Candidate): number {
  return cost?.value ?? Number.MAX_VALUE;
}

function lostBy({ plan }: Candidate): number {
  return plan.scopes.find(({ queueId }) => queueId === null)?.figures.lost?.value ?? 0;
}

/** Points of service level missing to the goals, over all queues. */
function missing({ goals }: Candidate): number {
  return goals.reduce((sum, { goal, level }) => sum + Math.max(0, goal - level.value), 0);
}

function byGoalsThenCost(a: Candidate, b: Candidate): number {
  const [aKeeps, bKeeps] = [keepsAll(a), keepsAll(b)];
  if (aKeeps !== bKeeps) return aKeeps ? -1 : 1;
  if (aKeeps) return costOf(a) - costOf(b) || lostBy(a) - lostBy(b);
  return missing(a) - missing(b);
}
