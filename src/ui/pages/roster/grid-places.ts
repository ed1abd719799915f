import type { CellRange, GridPlace } from "../../kit/controls/grid-cursor.ts";
import type { GridLine } from "./grid-lines.ts";
import type { PlacePair, RosterPlace } from "./roster-edits.ts";
import type { RosterCell, RosterRow } from "./roster-rows.ts";

/** Line of the grid in which each agent stands. */
export function linesOfAgents(lines: readonly GridLine[]): ReadonlyMap<string, number> {
  return new Map(lines.flatMap((line, at) => (line.kind === "agent" ? [[line.row.agent.id, at]] : [])));
}

/**
 * The agents and dates behind the grid's rows and columns: a row is a line of the grid, a column a day of the roster's
 * own grid. Headings inside a range hold no places.
 */
export function gridPlaces(
  lines: readonly GridLine[],
  lineOf: ReadonlyMap<string, number>,
  dates: readonly string[],
) {
  function rowOf({ agentId }: RosterPlace): RosterRow | null {
    const line = lines[lineOf.get(agentId) ?? -1];
    return line?.kind === "agent" ? line.row : null;
  }

  /** −1 for an agent or a date that is not shown. */
  function indexOf({ agentId, date }: RosterPlace): GridPlace {
    return { row: lineOf.get(agentId) ?? -1, column: dates.indexOf(date) };
  }

  function placeOf({ row, column }: GridPlace): RosterPlace | null {
    const line = lines[row];
    const date = dates[column];
    return line?.kind === "agent" && date !== undefined ? { agentId: line.row.agent.id, date } : null;
  }

  function cellOf(place: RosterPlace): RosterCell | null {
    return rowOf(place)?.cells[dates.indexOf(place.date)] ?? null;
  }

  function placesOf(range: CellRange): RosterPlace[] {
    const places: RosterPlace[] = [];
    for (let row = range.firstRow; row < range.endRow; row++)
      for (let column = range.firstColumn; column < range.endColumn; column++) {
        const place = placeOf({ row, column });
        if (place) places.push(place);
      }
    return places;
  }

  /** From each place of a range to the one as far from `to` as it is from the range's first. */
  function pairsTo(range: CellRange, to: RosterPlace): PlacePair[] {
    const first = indexOf(to);
    return placesOf(range).flatMap((from): PlacePair[] => {
      const { row, column } = indexOf(from);
      const target = placeOf({
        row: row + first.row - range.firstRow,
        column: column + first.column - range.firstColumn,
      });
      return target ? [{ from, to: target }] : [];
    });
  }

  return { rowOf, indexOf, placeOf, cellOf, placesOf, pairsTo };
}
