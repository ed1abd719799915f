import { type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Today } from "../domain/plan/today.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import type { SimulationResult } from "../domain/results/simulation.ts";
import { simulateContacts } from "../simulating/simulate-contacts.ts";
import { type DaySources, dayFloor } from "./day-floor.ts";
import { withMeasures } from "./day-measures.ts";

/** What the rest of a day asks for, and what it will be like. */
export interface DayOutlook {
  /** Agents required by the re-forecast, on the plan's grid. */
  readonly requirement: Requirement;
  /** Totals are those of the rest of the day. */
  readonly simulation: SimulationResult;
}

/**
 * The rest of a day that has begun: agents required by its re-forecast, and the service it will get.
 *
 * Fails as `dayFloor` and `simulateContacts` do.
 */
export async function dayOutlook(
  document: DaySources,
  today: Today,
  onProgress?: OnProgress,
): Promise<Outcome<DayOutlook>> {
  const floor = dayFloor(document, today);
  if (!floor.ok) return floor;
  const simulation = await simulateContacts(
    withMeasures(floor.value.simulation, today),
    onProgress && (({ phase, completed, total }) => onProgress({ phase, completed, total })),
  );
  if (!simulation.ok) return simulation;
  return succeed({ requirement: floor.value.requirement, simulation: simulation.value }, [
    ...floor.issues,
    ...simulation.issues,
  ]);
}
