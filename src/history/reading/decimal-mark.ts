import { type DecimalMark, parseDuration, parseNumber } from "../../files/cell-values.ts";
import type { ColumnUse } from "./layouts.ts";

export interface DecimalReading {
  readonly mark: DecimalMark;
  /** A column whose numbers can be read with either mark, a thousand times apart, and nothing tells which is meant. */
  readonly doubtful: ColumnUse | null;
  /** A cell of it. */
  readonly example: string;
}

const countRoles = ["offered", "handled", "abandoned", "blocked", "inTime"];
const durationRole = /Seconds$/;

/** Means beyond these are no handle times of a contact. */
export const plausibleSeconds = { least: 15, most: 14_400 } as const;

const grouped = { ".": /^[1-9]\d{0,2}(\.\d{3})+$/, ",": /^[1-9]\d{0,2}(,\d{3})+$/ } as const;
const surely = {
  ".": /^-?(0?\.\d+|0\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d+|\d{1,3}(,\d{3})+\.\d+)$|^\d{1,3}(,\d{3}){2,}$|^\d{1,2}(,\d{2})+,\d{3}(\.\d+)?$/,
  ",": /^-?(0?,\d+|0,\d+|\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|\d{1,3}(\.\d{3})+,\d+)$|^\d{1,3}(\.\d{3}){2,}$/,
} as const;

/**
 * Which of `.` and `,` marks decimals. Cells that can only be read one way tell (`1.234,5`, `0.375`, `12,5`). Where all with
 * a mark have three digits behind it, either a thousand or three decimals: whole numbers without a mark beside them tell by
 * their size, handle times by what is possible, and daily totals are thousands.
 */
export function recogniseDecimal(
  columns: readonly ColumnUse[],
  rows: readonly (readonly string[])[],
  delimiter: string,
  daily: boolean,
): DecimalReading {
  const customary: DecimalMark = delimiter === ";" ? "," : ".";
  const some = rows.slice(0, 5000);
  const used = columns.flatMap((column, index) =>
    countRoles.includes(column.role) || durationRole.test(column.role)
      ? [{ column, cells: some.map((cells) => (cells[index] ?? "").trim()) }]
      : [],
  );
  const certain = (mark: DecimalMark) =>
    used.reduce((sum, { cells }) => sum + cells.filter((text) => surely[mark].test(text)).length, 0);
  const [dots, commas] = [certain("."), certain(",")];
  const settled = (mark: DecimalMark): DecimalReading => ({ mark, doubtful: null, example: "" });
  if (dots !== commas) return settled(dots > commas ? "." : ",");
  let doubtful: { column: ColumnUse; example: string } | null = null;
  let votes = 0;
  for (const { column, cells } of used) {
    for (const mark of [".", ","] as const) {
      const either = cells.filter((text) => grouped[mark].test(text));
      if (either.length === 0) continue;
      const vote = meaningOfGroups(cells, either, mark, durationRole.test(column.role), daily);
      if (vote === "decimals") votes += mark === "." ? 1 : -1;
      else if (vote === "thousands") votes += mark === "." ? -1 : 1;
      else if (isDoubtful(mark, customary, durationRole.test(column.role)))
        doubtful ??= { column, example: either[0] };
    }
  }
  if (votes !== 0) return settled(votes > 0 ? "." : ",");
  if (doubtful !== null) return { mark: customary, doubtful: doubtful.column, example: doubtful.example };
  return settled(customary);
}

/** `12.345` among semicolons, and counts with three decimals anywhere, are asked about; `240.125` and `"1,234"` among commas are what they are there. */
function isDoubtful(mark: DecimalMark, customary: DecimalMark, duration: boolean): boolean {
  if (mark === ".") return customary === "," || !duration;
  return customary === "," && !duration;
}

/** Whether the three digits behind a mark are decimals or the end of a thousand; null when nothing tells. */
function meaningOfGroups(
  cells: readonly string[],
  either: readonly string[],
  mark: DecimalMark,
  duration: boolean,
  daily: boolean,
): "decimals" | "thousands" | null {
  const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
  const plain = cells.filter((text) => /^[1-9]\d*$/.test(text)).map(Number);
  const fronts = either.map((text) => Number(text.split(mark)[0]));
  if (plain.length > 0) {
    // 229 and 240.125 are of one size; 870 and 1.017 meet at a thousand.
    if (Math.max(...plain) > 999) return "decimals";
    return middle(plain) > 5 * middle(fronts) ? "thousands" : "decimals";
  }
  if (duration) {
    const asDecimals = middle(either.map((text) => parseDuration(text, mark) ?? 0));
    const asThousands = middle(either.map((text) => parseDuration(text, mark === "." ? "," : ".") ?? 0));
    const plausible = (seconds: number) =>
      seconds >= plausibleSeconds.least && seconds <= plausibleSeconds.most;
    // 4.125 may be minutes.
    if (plausible(asDecimals) === plausible(asThousands) || asDecimals < plausibleSeconds.least) return null;
    return "decimals";
  }
  const thousands = either.map((text) => parseNumber(text, mark === "." ? "," : ".") ?? 0);
  return daily && middle(thousands) < 100_000 && either.length === cells.filter((text) => text !== "").length
    ? "thousands"
    : null;
}
