/** Blanks and invisible characters, but none that may end a cell. */
const blanks = String.raw`(?:[^\S\t\r\n]|\p{Cf}|[^\P{Cc}\t\r\n])*`;
/**
 * Spreadsheets take what begins with `=`, `+`, `-`, `@` (full-width forms too) or the end of a line or cell for a formula,
 * some also behind blanks and invisible characters.
 */
const formula = String.raw`'*(?:${blanks}[=+\-@＝＋－＠]|[\t\r\n])`;
/** Where a cell begins: at the start, and behind what separates cells where a spreadsheet is set to other separators. */
const cellStart = String.raw`(?:^|(?<=[;,|\t\r\n"]))`;
const needsGuard = new RegExp(`${cellStart}(?=${formula})`, "gu");
const guards = new RegExp(`${cellStart}'(?=${formula})`, "gu");
const negativeNumber = /^-\d+(\.\d+)?(e[+-]?\d+)?$/i;
const mayRun = /[=+\-@＝＋－＠\t\r\n]/;

/**
 * A text with an apostrophe in front of whatever a spreadsheet would run, also where there are apostrophes already, so that
 * one can be taken off again (`withoutGuard`).
 *
 * @example guardedText("=1+1") // "'=1+1"
 * @example guardedText("Team A;=1+1") // "Team A;'=1+1"
 */
export function guardedText(text: string): string {
  return mayRun.test(text) && !negativeNumber.test(text) ? text.replace(needsGuard, "'") : text;
}

/** A text as it was before the guard against formulas was put in. */
export function withoutGuard(text: string): string {
  return text.includes("'") ? text.replace(guards, "") : text;
}
