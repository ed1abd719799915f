import type { GridLine } from "./grid-lines.ts";
import type { PlacePair, RosterPlace } from "./roster-edits.ts";

/** Lines and days of the grid, half-open; days are those of the roster's own grid. */
export interface Block {
  readonly firstLine: number;
  readonly endLine: number;
  readonly firstDay: number;
  readonly endDay: number;
}

/** Blocks of cells, as they are selected, copied and moved. Headings inside a block hold no places. */
export function gridBlocks(
  lines: readonly GridLine[],
  lineOf: ReadonlyMap<string, number>,
  dates: readonly string[],
) {
  const placeOn = (line: GridLine | undefined, date: string | undefined): RosterPlace | null =>
    line?.kind === "agent" && date !== undefined ? { agentId: line.row.agent.id, date } : null;

  /** The smallest block that holds both; one that is out of sight counts as the other. */
  function blockOf(a: RosterPlace, b: RosterPlace): Block {
    const last = lineOf.get(b.agentId) ?? lineOf.get(a.agentId) ?? 0;
    const ends = [lineOf.get(a.agentId) ?? last, last];
    const days = [dates.indexOf(a.date), dates.indexOf(b.date)];
    return {
      firstLine: Math.min(...ends),
      endLine: Math.max(...ends) + 1,
      firstDay: Math.min(...days),
      endDay: Math.max(...days) + 1,
    };
  }

  function placesOf(block: Block): RosterPlace[] {
    const days = dates.slice(block.firstDay, block.endDay);
    return lines
      .slice(block.firstLine, block.endLine)
      .flatMap((line) => days.flatMap((date) => placeOn(line, date) ?? []));
  }

  /** From each place of a block to the one as far from `to` as it is from the block's first. */
  function pairsTo(from: Block, to: RosterPlace): PlacePair[] {
    const downBy = (lineOf.get(to.agentId) ?? 0) - from.firstLine;
    const acrossBy = dates.indexOf(to.date) - from.firstDay;
    return placesOf(from).flatMap((place): PlacePair[] => {
      const line = lines[(lineOf.get(place.agentId) ?? 0) + downBy];
      const target = placeOn(line, dates[dates.indexOf(place.date) + acrossBy]);
      return target ? [{ from: place, to: target }] : [];
    });
  }

  return { blockOf, placesOf, pairsTo };
}
