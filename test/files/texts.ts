import fc from "fast-check";

/** Letters that files and spreadsheets stumble over: separators, quotes, line ends, formulas, both directions of writing. */
const letters = [
  ..."aZ0 ,;|'\"=+-@.%/\\",
  "\t",
  "\n",
  "\r",
  "\r\n",
  "é",
  "é",
  "ß",
  "班",
  "😀",
  "＝",
  "\u200f",
  "\u202e",
  "\u2066",
  "\u00a0",
  "\ufeff",
];

/** A text such as somebody might name an agent or a queue; never only blanks. */
export const anyName = fc
  .string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 })
  .filter((text) => text.trim() !== "");

/** Different names. */
export function differentNames(count: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(anyName, { minLength: count, maxLength: count });
}

/** A figure as files hold it: not negative, at most six decimals. */
export const anyFigure = fc.integer({ min: 0, max: 10 ** 9 }).map((millionths) => millionths / 1e6);
