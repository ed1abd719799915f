import type { DayRange } from "../../domain/calendar/ranges.ts";
import { type Outcome, succeed } from "../../domain/outcome.ts";
import { simulateContacts } from "../../simulating/simulate-contacts.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { type Figure, ratioFigure } from "../measuring/figures.ts";
import { pairsOf } from "../measuring/measured-plan.ts";

/** The simulated service level of a queue on some of the days; null: nobody came. */
export type SimulatedLevels = (queueId: string, within: DayRange) => Figure | null;

/**
 * Simulates the days and nothing else of a comparison: what searches ask for again and again.
 * @param seedStep 0: the customers of every comparison; others: customers it has not seen
 */
export async function simulatedLevels(
  { plan, forecast, schedule, roster }: ScenarioInputs,
  days: DayRange,
  replications: number,
  seedStep = 0,
): Promise<Outcome<SimulatedLevels>> {
  const seed = (plan.seed + seedStep * 7919) % 0x1_0000_0000;
  const simulated = await simulateContacts({
    plan: { ...plan, seed },
    forecast,
    schedule,
    roster,
    days,
    replications,
  });
  if (!simulated.ok) return simulated;
  return succeed((queueId, within) => {
    const queue = simulated.value.queues.find((one) => one.queueId === queueId);
    if (queue === undefined) return null;
    const range = { first: within.first - days.first, end: within.end - days.first };
    const { serviceLevel } = pairsOf(queue, { plan }, range);
    return serviceLevel === undefined ? null : ratioFigure(serviceLevel);
  });
}
