import type { Issue } from "../../domain/outcome.ts";
import { parseDuration } from "../../files/cell-values.ts";
import { clockReader, type DateOrder } from "../../files/clock-cells.ts";
import { fateOfOutcome, isKnownOutcome } from "./contact-fates.ts";
import type { ColumnRole } from "./layouts.ts";
import type { Column } from "./recognise-moments.ts";

/** Share of rows that must agree for a column to be believed. */
const most = 0.95;

/**
 * What the columns of a log without a header are for, by how their cells go together: a word for how calls end; a moment
 * that is never before the start is the end, one between them that may be missing the answer; a number that is nought where
 * nobody answered, or is the time from the answer to the end, is the talk.
 *
 * @param roles of all columns; changed in place
 */
export function roleUnnamedColumns(
  columns: readonly Column[],
  roles: Map<number, ColumnRole>,
  rows: readonly (readonly string[])[],
  order: DateOrder,
): Issue[] {
  const start = columns.find(({ index }) => roles.get(index) === "start");
  if (start === undefined) return [];
  const isFree = ({ index }: Column) => [undefined, "ignore"].includes(roles.get(index));
  const some = rows.slice(0, 1000);
  const text = (cells: readonly string[], column: Column) => (cells[column.index] ?? "").trim();
  const read = clockReader(order);
  const momentsOf = (column: Column) =>
    some.map((cells) => {
      const reading = read(text(cells, column), null);
      return reading === null ? null : reading.day * 86_400 + reading.secondOfDay;
    });
  const starts = momentsOf(start);
  const given: Column[] = [];
  const take = (column: Column | undefined, role: ColumnRole) => {
    if (column === undefined) return;
    roles.set(column.index, role);
    given.push(column);
  };

  const outcome = columns.find((column) => {
    const { kind, distinct, filled: share } = column.profile;
    if (!isFree(column) || kind !== "text" || distinct > 12 || share < most) return false;
    const words = [...new Set(some.map((cells) => text(cells, column)))];
    return words.every(isKnownOutcome);
  });
  take(outcome, "outcome");
  const isLost = some.map(
    (cells) => outcome !== undefined && fateOfOutcome(text(cells, outcome)) !== "answered",
  );

  const later = columns
    .filter((column) => isFree(column) && ["moment", "blank"].includes(column.profile.kind))
    .map((column) => ({ column, moments: momentsOf(column) }))
    .filter(({ moments }) => {
      const told = moments.flatMap((moment, at) => {
        const from = starts[at];
        return moment === null || from === null ? [] : [moment - from];
      });
      const inTime = told.filter((seconds) => seconds >= 0 && seconds < 86_400).length;
      return told.length > some.length * 0.2 && inTime >= told.length * most;
    });
  const filled = (moments: readonly (number | null)[]) => moments.filter((moment) => moment !== null).length;
  const ends = later
    .filter(({ moments }) => filled(moments) >= some.length * most)
    .sort((a, b) => sumOf(b.moments) - sumOf(a.moments))[0];
  const answers = later.find(
    ({ column, moments }) =>
      column !== ends?.column &&
      moments.every((moment, at) => (moment === null) === isLost[at] || moment !== null),
  );
  take(ends?.column, "endedAt");
  take(answers?.column, "answeredAt");

  const numbers = columns
    .filter((column) => isFree(column) && ["number", "time", "duration"].includes(column.profile.kind))
    .map((column) => ({ column, seconds: some.map((cells) => parseDuration(text(cells, column), ".")) }));
  const lost = isLost.filter(Boolean).length;
  const isTalk = ({ seconds }: (typeof numbers)[number]) => {
    if (answers !== undefined && ends !== undefined) {
      const agree = seconds.filter((value, at) => {
        const [from, to] = [answers.moments[at], ends.moments[at]];
        return from === null || to === null
          ? value === 0 || value === null
          : value !== null && Math.abs(to - from - value) <= 1;
      });
      return agree.length >= some.length * most;
    }
    const agree = seconds.filter((value, at) => (value === 0 || value === null) === isLost[at]);
    return lost > 0 && agree.length >= some.length * most;
  };
  take(numbers.find(isTalk)?.column, "talkSeconds");
  if (given.length === 0) return [];
  const uses = given.map(
    ({ index, header }) => `${(roles.get(index) ?? "").replace(/Seconds$/, "")}=${header}`,
  );
  const columnsGiven = uses.join(", ");
  return [
    {
      code: "import.unnamedColumns",
      severity: "info",
      column: given[0].header,
      values: { columns: columnsGiven, option: `--columns "${uses.join(",")}"` },
    },
  ];
}

function sumOf(moments: readonly (number | null)[]): number {
  return moments.reduce<number>((sum, moment) => sum + (moment ?? 0), 0);
}
