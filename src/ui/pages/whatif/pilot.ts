import { intervalCount, minuteOfInstant } from "../../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import { fail, type Outcome, succeed } from "../../../domain/outcome.ts";
import { type Actuals, setKnown, unknownSeries } from "../../../domain/plan/actuals.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import { type DemandHistory, intervalState } from "../../../domain/results/demand.ts";
import { actualsSheet, readActualsCsv } from "../../../files/actuals-csv.ts";
import { applyChanges } from "../../../scenarios/changes/apply-changes.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import { agentsOfGroups } from "../../../scenarios/measuring/expected-service.ts";

/** The sheet to fill in for some days of a scenario; the plan's own where the scenario cannot be applied. */
export function pilotSheet(base: ScenarioInputs, changes: readonly Change[], days: DayRange): string {
  const changed = applyChanges(base, changes);
  const inputs = changed.ok ? changed.value : base;
  const agents = agentsOfGroups(inputs).map((series, at) => ({
    groupId: inputs.plan.groups[at].id,
    agents: series,
  }));
  return actualsSheet(inputs.forecast, agents, days);
}

/** Actuals from a file's text, or from the history where it reaches into the plan's days (contacts, handle times and, where it counts by
 * the queue's own threshold, service). */
export function readPilotActuals(
  source: string | DemandHistory | null,
  name: string,
  { plan, forecast: { grid } }: ScenarioInputs,
): Outcome<Actuals> {
  if (typeof source === "string") return readActualsCsv(source, name, grid, plan);
  const none = fail({ code: "pilot.historyEndsBefore", severity: "error" });
  if (source === null || source.grid.intervalMinutes !== grid.intervalMinutes) return none;
  const shift = Math.round(minuteOfInstant(grid, source.grid.startEpochSeconds) / grid.intervalMinutes);
  const count = intervalCount(grid);
  const queues = source.queues.flatMap((queue) => {
    const { handled, handleSeconds, inTime, unknown } = queue;
    const goal = plan.queues.find(({ id }) => id === queue.queueId)?.goal;
    // Counted with another threshold it is another service level.
    const contactsInTime = inTime?.seconds === goal?.answerWithinSeconds ? inTime?.contacts : undefined;
    const [offered, ahtSeconds, answeredInTime] = [0, 0, 0].map(() => unknownSeries(count));
    for (let from = Math.max(0, -shift); from < queue.state.length && from + shift < count; from++) {
      if (queue.state[from] !== intervalState.open) continue;
      setKnown(offered, from + shift, queue.offered[from]);
      const handleTime = handleSeconds?.[from] ?? 0;
      if (handled !== null && handled[from] > 0 && handleTime > 0)
        setKnown(ahtSeconds, from + shift, handleTime / handled[from]);
      if (contactsInTime !== undefined && unknown?.inTime?.[from] !== 1)
        setKnown(answeredInTime, from + shift, contactsInTime[from]);
    }
    return offered.known.includes(1) ? [{ queueId: queue.queueId, offered, ahtSeconds, answeredInTime }] : [];
  });
  return queues.length === 0 ? none : succeed({ grid, queues, groups: [] });
}
