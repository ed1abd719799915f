import { addDays } from "../../../../domain/calendar/clock.ts";
import type { Plan } from "../../../../domain/plan/plan.ts";
import { type CsvCell, csvText } from "../../../../files/table-writer.ts";
import type { Comparison } from "../../../../scenarios/measuring/comparison.ts";
import { measures } from "../../../../scenarios/measuring/figures.ts";

const header = [
  "first_date",
  "last_date",
  "scenario",
  "queue",
  "measure",
  "value",
  "half_width95",
  "difference",
  "difference_half_width95",
  "method",
  "replications",
  "seed",
] as const;

/**
 * The numbers of a report, a row for each plan, queue and measure: shares 0–1, seconds, hours, money in the plan's
 * currency. An empty scenario is the plan itself, an empty queue all queues.
 */
export function reportCsv(
  { firstDate, queues }: Pick<Plan, "firstDate" | "queues">,
  { days, method, replications, seed, plans }: Comparison,
): string {
  const dates = [addDays(firstDate, days.first), addDays(firstDate, days.end - 1)];
  const rows = plans.flatMap(({ scenarioId, name, scopes }) =>
    scopes.flatMap(({ queueId, figures, differences }) =>
      measures.flatMap((measure): CsvCell[][] => {
        const figure = figures[measure];
        if (figure === null) return [];
        const difference = differences?.[measure] ?? null;
        return [
          [
            ...dates,
            scenarioId === null ? "" : name,
            queueId === null ? "" : (queues.find(({ id }) => id === queueId)?.name ?? queueId),
            measure,
            figure.value,
            figure.halfWidth,
            difference?.value ?? null,
            difference?.halfWidth ?? null,
            method,
            replications,
            seed,
          ],
        ];
      }),
    ),
  );
  return csvText(header, rows);
}
