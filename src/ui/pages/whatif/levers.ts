import type { Change, Scenario } from "../../../domain/plan/scenario.ts";

/** The scenario that the page's levers make; never saved. */
export const liveScenarioId = "live";

/** What the levers of the page stand for, as changes; those at rest make none. */
export interface Levers {
  /** 0.2 is +20 % contacts. */
  readonly volume: number;
  readonly aht: number;
  /** Agents more (or fewer) of `groupId` during opening hours. */
  readonly agents: number;
  readonly groupId: string;
  /** null: every queue. */
  readonly queueId: string | null;
}

export const leversAtRest = { volume: 0, aht: 0, agents: 0, queueId: null };

/** The levers as a scenario; null while all are at rest. */
export function liveScenario(levers: Levers): Scenario | null {
  const changes = leverChanges(levers);
  return changes.length === 0 ? null : { id: liveScenarioId, name: liveScenarioId, changes };
}

function leverChanges(levers: Levers): Change[] {
  const { volume, aht, agents, groupId, queueId } = levers;
  const changes: Change[] = [];
  if (volume !== 0) changes.push({ kind: "volume", queueId, factor: round(1 + volume), window: null });
  if (aht !== 0) changes.push({ kind: "aht", queueId, factor: round(1 + aht), window: null });
  if (agents !== 0) changes.push({ kind: "agents", groupId, count: agents, window: null });
  return changes;
}

/** Sums of binary fractions would show as 1.2000000000000002 in a saved scenario. */
function round(factor: number): number {
  return Math.round(factor * 1e6) / 1e6;
}
