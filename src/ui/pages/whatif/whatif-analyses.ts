import type { CompareWorker } from "../../../../workers/compare.worker.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";
import type { OnProgress } from "../../../domain/outcome.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import type { Remedy } from "../../../scenarios/searches/least-cost.ts";

/** Questions about one scenario, answered in the compare worker. Types under the names that pages use. */

type Question = Exclude<keyof CompareWorker, "transientColumn" | "agentBalance">;
type InputOf<Name extends Question> = Parameters<CompareWorker[Name]>[0];
type AnswerOf<Name extends Question> = ReturnType<CompareWorker[Name]>;

const compareWorker = createWorkerClient<CompareWorker>(
  () => new Worker(new URL("../../../../workers/compare.worker.ts", import.meta.url), { type: "module" }),
);

/** Asks the compare worker by the name of its function. Rejects as worker calls do. */
export function ask<Name extends Question>(
  name: Name,
  input: InputOf<Name>,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): AnswerOf<Name> {
  return compareWorker.call(
    (worker, listen) =>
      (worker[name] as (input: InputOf<Name>, onProgress: OnProgress<unknown>) => Promise<unknown>)(
        input,
        listen,
      ),
    onProgress,
    signal,
  ) as AnswerOf<Name>;
}

/** Parts of the opening hours, `hours` long each, through which remedies are offered: of all queues a group serves. */
export function dayParts(
  { forecast, plan }: ScenarioInputs,
  groupId: string,
  hours: number,
): Remedy["window"][] {
  const queueIds = plan.groups.find(({ id }) => id === groupId)?.queueIds ?? [];
  const { grid } = forecast;
  let open = 1440;
  let close = 0;
  for (const queue of forecast.queues) {
    if (!queueIds.includes(queue.queueId)) continue;
    for (let day = 0; day < grid.dayCount; day++) {
      const first = grid.dayOffsets[day];
      for (let index = first; index < grid.dayOffsets[day + 1]; index++) {
        if (queue.open[index] === 0) continue;
        open = Math.min(open, (index - first) * grid.intervalMinutes);
        close = Math.max(close, (index - first + 1) * grid.intervalMinutes);
      }
    }
  }
  const parts: Remedy["window"][] = [];
  for (let from = open; from < close; from += hours * 60) {
    const toMinute = Math.min(close, from + hours * 60, 1440);
    parts.push({ fromDate: null, toDate: null, weekdays: null, fromMinute: from, toMinute });
  }
  return parts;
}
