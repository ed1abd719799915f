import { type Measure, measures, type RowValues } from "./measure-columns.ts";
import type { Place } from "./slot-table.ts";

/** What a row of running counts says, to be differenced when all rows are there. */
export interface RunningRow {
  readonly queueId: string;
  readonly dimensions: string;
  readonly day: number;
  readonly instant: number;
  readonly place: Place;
  readonly values: RowValues;
}

/** What the running counts of a file came to. */
export interface RunningSummary {
  readonly contacts: number;
  /** Rows after a missing one, whose contacts they hold too. */
  readonly afterHoles: number;
}

/** Sums that follow a running count: means of the row times the contacts so far. */
const following: readonly Measure[] = ["handleSeconds", "waitSeconds", "inTime"];

/** A first count no larger than so many usual ones is that of its interval, and not of all that came before the file. */
const usualTimes = 5;

/**
 * Differences counts that run on: through the day, where most days begin lower than the one before ended, otherwise through
 * the file. A count that falls a little was corrected, and the difference goes on from the highest; one that falls to half
 * began anew. Handle times go with the counts as they make sense: a mean so far, or that of the row's own interval.
 *
 * @param running measures whose columns run on
 * @param write takes the difference of each row
 */
export function differenceRows(
  rows: readonly RunningRow[],
  running: ReadonlySet<Measure>,
  rowSeconds: number,
  write: (row: RunningRow, values: RowValues) => void,
): RunningSummary {
  const series = new Map<string, RunningRow[]>();
  for (const row of rows) {
    const key = `${row.queueId}\u0001${row.dimensions}`;
    const list = series.get(key);
    if (list === undefined) series.set(key, [row]);
    else list.push(row);
  }
  let [contacts, afterHoles] = [0, 0];
  for (const list of series.values()) {
    list.sort((a, b) => a.instant - b.instant);
    const byMeasure = new Map<Measure, (number | null)[]>();
    for (const measure of running) byMeasure.set(measure, differencesOf(list, measure));
    const handled = byMeasure.get("handled") ?? byMeasure.get("offered");
    for (const measure of following) {
      if (running.has(measure) || handled === undefined) continue;
      const differences = differencesOf(list, measure);
      const falls = list.filter(
        (row, at) =>
          at > 0 && row.day === list[at - 1].day && row.values[measure] < list[at - 1].values[measure] - 1e-6,
      );
      const counted = byMeasure.has("handled") ? "handled" : "offered";
      const own = list.map(({ values }, at) => {
        const mean = values[counted] > 0 ? values[measure] / values[counted] : 0;
        return mean * (handled[at] ?? 0);
      });
      byMeasure.set(measure, falls.length <= list.length * 0.02 ? differences : own);
    }
    for (const [at, row] of list.entries()) {
      const values: Record<string, number> = { ...row.values };
      let isKnown = true;
      for (const measure of measures) {
        const difference = byMeasure.get(measure)?.[at];
        if (difference === null) isKnown = false;
        else if (difference !== undefined) values[measure] = difference;
      }
      if (!isKnown) continue;
      const before = list[at - 1];
      if (before?.day === row.day && row.instant - before.instant > rowSeconds && values.offered > 0)
        afterHoles++;
      contacts += values.offered;
      write(row, values as unknown as RowValues);
    }
  }
  return { contacts, afterHoles };
}

/** Difference of each row to the one before; null: what came before the file is not known. */
function differencesOf(rows: readonly RunningRow[], measure: Measure): (number | null)[] {
  const value = (at: number) => rows[at].values[measure];
  const turns = rows.flatMap((row, at) => (at > 0 && row.day !== rows[at - 1].day ? [at] : []));
  const restarts = turns.filter((at) => value(at) < value(at - 1));
  const isDaily = restarts.length * 2 > turns.length || turns.length === 0;
  let highest = 0;
  const differences = rows.map((row, at) => {
    const isNew = at > 0 && row.day !== rows[at - 1].day;
    if ((isDaily && isNew) || value(at) <= highest / 2) highest = 0;
    const difference = Math.max(0, value(at) - highest);
    highest = Math.max(highest, value(at));
    return difference;
  });
  const usual = [...differences.slice(1)].sort((a, b) => a - b)[differences.length >> 1] ?? 0;
  if (isDaily || differences[0] <= usualTimes * Math.max(1, usual)) return differences;
  return [null, ...differences.slice(1)];
}
