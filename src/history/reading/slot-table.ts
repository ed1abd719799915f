import { type Measure, measures } from "./measure-columns.ts";

/** One slot of a series: where a row's figures go. */
export interface Place {
  readonly cells: Cells;
  readonly slot: number;
}

/** Slots of 1,440 minutes of one series. */
export type Cells = Readonly<Record<Measure, Float64Array>> & {
  /** Line of the last row that wrote here; 0: none yet. */
  readonly line: Int32Array;
};

/** Rows of one queue, and of one combination of its further dimensions, that must not repeat an interval. */
interface Series {
  readonly queueId: string;
  readonly blocks: Map<number, Cells>;
}

/** A slot that holds something. */
export interface FilledSlot {
  readonly queueId: string;
  /** Start of the row, seconds since 1970 UTC (of a day: its epoch day × 86,400). */
  readonly start: number;
  readonly cells: Cells;
  readonly slot: number;
}

/** Figures by series and slot of `slotSeconds`, made as rows come, whatever their order. */
export interface SlotTable {
  place(queueId: string, dimensions: string, instant: number): Place;
  filled(): Generator<FilledSlot>;
  readonly slotSeconds: number;
}

/**
 * Seconds of the slots that rows of a length are kept in: at most a quarter of an hour, because local clocks differ from
 * each other, and from themselves across a change, by whole quarters. Days are kept as days.
 */
export function slotSecondsFor(rowSeconds: number): number {
  let [a, b] = [rowSeconds, 900];
  while (b > 0) [a, b] = [b, a % b];
  return rowSeconds === 86_400 ? rowSeconds : a;
}

/** @param phaseSeconds how long after a multiple of `slotSeconds` slots begin, for rows that start at odd minutes */
export function slotTable(slotSeconds: number, phaseSeconds = 0): SlotTable {
  const slotsPerBlock = Math.max(1, Math.round(86_400 / slotSeconds));
  const allSeries = new Map<string, Series>();
  /** Instant of slot 0 of block 0: the UTC day of the first row. */
  let base: number | null = null;
  return {
    slotSeconds,
    place(queueId, dimensions, instant) {
      const name = `${queueId}\u0000${dimensions}`;
      let series = allSeries.get(name);
      if (series === undefined) {
        series = { queueId, blocks: new Map() };
        allSeries.set(name, series);
      }
      base ??= Math.floor(instant / 86_400) * 86_400 + phaseSeconds;
      const position = Math.floor((instant - base) / slotSeconds);
      const block = Math.floor(position / slotsPerBlock);
      let cells = series.blocks.get(block);
      if (cells === undefined) {
        cells = emptyCells(slotsPerBlock);
        series.blocks.set(block, cells);
      }
      return { cells, slot: position - block * slotsPerBlock };
    },
    *filled() {
      for (const { queueId, blocks } of allSeries.values()) {
        for (const [block, cells] of blocks) {
          for (let slot = 0; slot < slotsPerBlock; slot++) {
            if (cells.line[slot] === 0) continue;
            yield { queueId, start: (base ?? 0) + (block * slotsPerBlock + slot) * slotSeconds, cells, slot };
          }
        }
      }
    },
  };
}

function emptyCells(count: number): Cells {
  const series = Object.fromEntries(measures.map((measure) => [measure, new Float64Array(count)]));
  return { ...(series as Record<Measure, Float64Array>), line: new Int32Array(count) };
}
