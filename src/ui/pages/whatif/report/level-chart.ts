export interface LevelRow {
  readonly name: string;
  /** 0–1, with the half-width of its interval; null: not known. */
  readonly level: { readonly value: number; readonly halfWidth: number } | null;
  readonly text: string;
}

const width = 640;
const left = 190;
const right = 110;
const rowHeight = 18;

/** Service levels of one queue, a dot with its 95 % interval for each plan, and the goal as a line; 0 to 100 %. */
export function levelChart(
  rows: readonly LevelRow[],
  goal: { readonly value: number; readonly text: string } | null,
  label: string,
): string {
  const x = (share: number) => left + Math.max(0, Math.min(1, share)) * (width - left - right);
  const height = 26 + rows.length * rowHeight;
  const ticks = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (share) =>
        `<line x1="${x(share)}" x2="${x(share)}" y1="18" y2="${height - 6}" stroke="#e4e0d8"/>` +
        `<text x="${x(share)}" y="12" text-anchor="middle" fill="#5d5850">${share * 100} %</text>`,
    )
    .join("");
  const marks = rows
    .map(({ name, level, text }, at) => {
      const y = 30 + at * rowHeight;
      const kept = level === null || goal === null || level.value >= goal.value;
      const colour = kept ? "#0b6b67" : "#a8330a";
      const dot =
        level === null
          ? ""
          : `<line x1="${x(level.value - level.halfWidth)}" x2="${x(level.value + level.halfWidth)}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="5" stroke-opacity="0.3"/>` +
            (kept
              ? `<circle cx="${x(level.value)}" cy="${y}" r="4" fill="${colour}"/>`
              : `<circle cx="${x(level.value)}" cy="${y}" r="3.5" fill="#fff" stroke="${colour}" stroke-width="2"/>`);
      return `<text x="0" y="${y + 3}">${escaped(shortened(name))}</text>${dot}<text x="${width}" y="${y + 3}" text-anchor="end">${escaped(text)}</text>`;
    })
    .join("");
  const line =
    goal === null
      ? ""
      : `<line x1="${x(goal.value)}" x2="${x(goal.value)}" y1="18" y2="${height - 6}" stroke="#6b3fa0" stroke-dasharray="5 3" stroke-width="1.3"/><text x="${x(goal.value)}" y="${height + 5}" text-anchor="middle" fill="#6b3fa0">${escaped(goal.text)}</text>`;
  return `<svg viewBox="0 0 ${width} ${height + 8}" role="img" aria-label="${escaped(label)}" xmlns="http://www.w3.org/2000/svg">${ticks}${line}${marks}</svg>`;
}

/** As much of a name as fits beside the dots; the table has it in full. */
function shortened(name: string): string {
  const wide = [...name].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
  if (wide <= 34) return name;
  let text = "";
  let used = 0;
  for (const sign of name) {
    used += sign.charCodeAt(0) > 0x2e80 ? 2 : 1;
    if (used > 33) break;
    text += sign;
  }
  return `${text}…`;
}

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
