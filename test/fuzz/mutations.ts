import type { RandomStream } from "../../src/numerics/random.ts";

/** Cells that files hold although nobody expects them there. */
export const strangeCells = [
  "",
  " ",
  "-5",
  "-",
  "0",
  "NaN",
  "N/A",
  "Infinity",
  "1e400",
  "1e308",
  "9".repeat(40),
  "0x1F",
  "1,5",
  "1.234,5",
  "1,234.5",
  "12.5%",
  "31.02.2003",
  "2026-13-45",
  "9999-12-31",
  "+010000-01-01",
  "1899-12-30",
  "24:00",
  "25:61",
  "02:30",
  "Total",
  "Summe",
  "合计",
  '"',
  '""',
  '"open',
  "=1+1",
  "＝1+1",
  "<script>",
  "__proto__",
  "constructor",
  "é",
  "\u202E",
  "\u0000",
  "\uFEFF",
  "\uD800",
] as const;

/** Days on which clocks change somewhere, or the calendar does something of its own. */
const changeDates = ["2025-09-28", "2025-10-05", "2025-10-26", "2025-11-02", "2025-04-06", "2025-02-29"];
/** Days far from all others: a history that reaches there is long, and takes as long. */
const farDates = ["2011-12-30", "2024-02-29", "1970-01-01", "2199-12-31", "2200-01-01", "0001-01-01"];

function oddDate(chance: RandomStream): string {
  return pickOf(chance.uniform() < 0.05 ? farDates : changeDates, chance);
}

export function pickOf<T>(list: readonly T[], chance: RandomStream): T {
  return list[Math.floor(chance.uniform() * list.length)];
}

/** A whole number from 0 to below `count`. */
export function below(count: number, chance: RandomStream): number {
  return Math.floor(chance.uniform() * count);
}

type Damage = (lines: string[], chance: RandomStream) => string[];

/** What breaks the lines and cells of a text file: each is a kind of damage that real files have. */
const damages: readonly Damage[] = [
  // A cell becomes something else.
  (lines, chance) => inCell(lines, chance, () => pickOf(strangeCells, chance)),
  (lines, chance) => inCell(lines, chance, () => oddDate(chance)),
  (lines, chance) => inCell(lines, chance, (cell) => cell.replace(/\d/, () => String(below(10, chance)))),
  (lines, chance) => inCell(lines, chance, (cell) => `"${cell}"`),
  // Lines are lost, repeated, moved, cut.
  (lines, chance) => lines.toSpliced(below(lines.length, chance), 1),
  (lines, chance) => lines.toSpliced(below(lines.length, chance), 1 + below(6, chance)),
  (lines, chance) => lines.toSpliced(below(lines.length, chance), 0, pickOf(lines, chance)),
  (lines) => [...lines, ...lines.slice(1)],
  (lines, chance) => shuffled(lines, chance),
  (lines) => [lines[0], ...lines.slice(1).reverse()],
  (lines, chance) => lines.slice(0, 1 + below(lines.length, chance)),
  (lines, chance) => lines.toSpliced(below(lines.length + 1, chance), 0, "", "   "),
  (lines, chance) => inLine(lines, chance, (line) => line.slice(0, below(line.length + 1, chance))),
  // The header: gone, again, under a title, with a name twice.
  (lines) => lines.slice(1),
  (lines, chance) => lines.toSpliced(below(lines.length, chance), 0, lines[0]),
  (lines) => ["Report of calls", "", ...lines],
  (lines, chance) => [
    `${lines[0]}${separatorOf(lines)}${pickOf(cellsOf(lines[0] ?? ""), chance)}`,
    ...lines.slice(1),
  ],
  // Sums at the foot.
  (lines) => [...lines, `Total${separatorOf(lines)}${"1234".concat(separatorOf(lines)).repeat(3)}`],
  // Separators and decimal marks.
  (lines, chance) => {
    const [from, to] = [separatorOf(lines), pickOf([",", ";", "\t", "|"], chance)];
    return lines.map((line) => line.replaceAll(from, to));
  },
  (lines) => lines.map((line) => line.replace(/(\d)\.(\d)/g, "$1,$2")),
  (lines) => lines.map((line) => line.replace(/(\d),(\d)/g, "$1.$2")),
  (lines) => lines.map((line) => `${line}${separatorOf(lines)}`),
  // Columns change places, or one is lost.
  (lines, chance) => {
    const order = shuffled([...cellsOf(lines[0] ?? "").keys()], chance);
    const separator = separatorOf(lines);
    return lines.map((line) => {
      const cells = line.split(separator);
      return cells.length === order.length ? order.map((at) => cells[at]).join(separator) : line;
    });
  },
  (lines, chance) => {
    const separator = separatorOf(lines);
    const column = below((lines[0] ?? "").split(separator).length, chance);
    return lines.map((line) => line.split(separator).toSpliced(column, 1).join(separator));
  },
  // All dates of the file move to where clocks change.
  (lines, chance) => {
    const first = /\d{4}-\d\d-\d\d/.exec(lines.join("\n"))?.[0];
    const moved = oddDate(chance);
    return first === undefined ? lines : lines.map((line) => line.replaceAll(first, moved));
  },
  // A character from anywhere, a stray quote, a carriage return.
  (lines, chance) =>
    inLine(lines, chance, (line) => insert(line, String.fromCharCode(below(0x3000, chance)), chance)),
  (lines, chance) => inLine(lines, chance, (line) => insert(line, '"', chance)),
  (lines, chance) => inLine(lines, chance, (line) => insert(line, "\r", chance)),
];

/** A text file with one to four kinds of damage. */
export function damagedText(text: string, chance: RandomStream): string {
  let lines = text.split("\n");
  for (let times = 1 + below(4, chance); times > 0; times--) {
    if (lines.length > 0) lines = pickOf(damages, chance)(lines, chance);
  }
  return lines.join(pickOf(["\n", "\n", "\r\n", "\r"], chance));
}

/** A value of JSON with one to three of its parts lost, doubled, made huge, of another kind or deeply nested. */
export function damagedValue(value: unknown, chance: RandomStream): unknown {
  const copy = structuredClone(value);
  for (let times = 1 + below(3, chance); times > 0; times--) {
    const holders = holdersIn(copy);
    // The higher a part, the fewer there are: half of the damage is near the root.
    const holder =
      chance.uniform() < 0.5 ? holders[below(Math.min(40, holders.length), chance)] : pickOf(holders, chance);
    damageHolder(holder, chance);
  }
  return copy;
}

type Holder = Record<string | number, unknown>;

function holdersIn(root: unknown): Holder[] {
  const holders: Holder[] = [];
  const queue: unknown[] = [root];
  for (const one of queue) {
    if (typeof one !== "object" || one === null || ArrayBuffer.isView(one)) continue;
    const parts = Object.values(one);
    if (parts.length > 0) holders.push(one as Holder);
    queue.push(...parts.slice(0, 60));
  }
  return holders;
}

function damageHolder(holder: Holder, chance: RandomStream): void {
  const keys = Object.keys(holder);
  if (keys.length === 0) return;
  const key = pickOf(keys, chance);
  const other = pickOf(keys, chance);
  const value = holder[key];
  switch (below(11, chance)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 1:
      if (Array.isArray(holder)) holder.push(structuredClone(value));
      else holder[key] = structuredClone(holder[other]);
      break;
    case 2:
      holder[key] = null;
      break;
    case 3:
      holder[key] = pickOf(
        [0, -1, 0.5, 1e9, 1e308, -1e308, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53],
        chance,
      );
      break;
    case 4:
      holder[key] = pickOf(strangeCells, chance);
      break;
    case 5:
      holder[key] = pickOf([[], {}, [value], { [key]: value }, true, [[]], { __proto__: null }], chance);
      break;
    case 6:
      if (typeof value === "number") holder[key] = value * pickOf([-1, 10, 1000, 1e6, 0.001], chance);
      else if (typeof value === "string")
        holder[key] = pickOf([`${value}x`, value.slice(1), value.repeat(50)], chance);
      else holder[key] = value === true ? "true" : {};
      break;
    case 7:
      Object.defineProperty(holder, pickOf(["__proto__", "constructor", "toString"], chance), {
        value: { polluted: true },
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    case 8:
      if (typeof value === "string") holder[key] = oddDate(chance);
      else if (ArrayBuffer.isView(value)) damageSeries(holder, key, chance);
      break;
    case 9:
      if (ArrayBuffer.isView(value)) damageSeries(holder, key, chance);
      else if (Array.isArray(value)) holder[key] = value.slice(0, below(value.length + 1, chance));
      break;
    default: {
      let nested: unknown = value;
      for (let depth = below(200, chance); depth > 0; depth--) nested = [nested];
      holder[key] = nested;
    }
  }
}

function damageSeries(holder: Holder, key: string, chance: RandomStream): void {
  const series = holder[key] as Float64Array;
  if (chance.uniform() < 0.5) holder[key] = series.slice(0, below(series.length + 1, chance));
  else if (series.length > 0) {
    series[below(series.length, chance)] = pickOf(
      [Number.NaN, -1, 1e9, 1e308, Number.POSITIVE_INFINITY],
      chance,
    );
  }
}

function inCell(lines: string[], chance: RandomStream, change: (cell: string) => string): string[] {
  const separator = separatorOf(lines);
  return inLine(lines, chance, (line) => {
    const cells = line.split(separator);
    const at = below(cells.length, chance);
    return cells.with(at, change(cells[at])).join(separator);
  });
}

function inLine(lines: string[], chance: RandomStream, change: (line: string) => string): string[] {
  const at = below(lines.length, chance);
  return lines.with(at, change(lines[at]));
}

function insert(line: string, text: string, chance: RandomStream): string {
  const at = below(line.length + 1, chance);
  return line.slice(0, at) + text + line.slice(at);
}

function separatorOf(lines: readonly string[]): string {
  const line = lines[Math.min(1, lines.length - 1)] ?? "";
  return [";", "\t", "|"].find((separator) => line.includes(separator)) ?? ",";
}

function cellsOf(line: string): string[] {
  return line.split(separatorOf([line]));
}

function shuffled<T>(list: readonly T[], chance: RandomStream): T[] {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = below(at + 1, chance);
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}

const older = ["windows-1252", "windows-1250", "gb18030", "shift_jis", "big5", "euc-kr"] as const;
const tables = new Map<string, Map<string, readonly number[]>>();

/** Bytes of each character in an encoding, found by decoding every single byte and pair. */
function tableOf(encoding: string): Map<string, readonly number[]> {
  let table = tables.get(encoding);
  if (table !== undefined) return table;
  table = new Map();
  const decoder = new TextDecoder(encoding);
  for (let first = 0; first < 256; first++) {
    const single = decoder.decode(new Uint8Array([first]));
    if (single.length === 1 && single !== "\uFFFD" && !table.has(single)) table.set(single, [first]);
    if (first < 0x80 || encoding.startsWith("windows")) continue;
    for (let second = 0x30; second < 256; second++) {
      const pair = decoder.decode(new Uint8Array([first, second]));
      if (pair.length === 1 && pair !== "\uFFFD" && !table.has(pair)) table.set(pair, [first, second]);
    }
  }
  tables.set(encoding, table);
  return table;
}

/** The text in an encoding that people's programs write; characters it lacks become question marks. */
export function encodedText(text: string, chance: RandomStream): Uint8Array<ArrayBuffer> {
  const kind = chance.uniform();
  if (kind < 0.5) return new TextEncoder().encode(text);
  if (kind < 0.6) return new TextEncoder().encode(`\uFEFF${text}`);
  if (kind < 0.75) {
    const marked = chance.uniform() < 0.7 ? `\uFEFF${text}` : text;
    const isLittle = chance.uniform() < 0.7;
    const view = new DataView(new ArrayBuffer(marked.length * 2));
    for (let at = 0; at < marked.length; at++) view.setUint16(at * 2, marked.charCodeAt(at), isLittle);
    return new Uint8Array(view.buffer);
  }
  const table = tableOf(pickOf(older, chance));
  const bytes: number[] = [];
  for (const character of text) bytes.push(...(table.get(character) ?? [0x3f]));
  return new Uint8Array(bytes);
}

/** Now and then some bytes are wrong, missing or too many. */
export function damagedBytes(bytes: Uint8Array<ArrayBuffer>, chance: RandomStream): Uint8Array<ArrayBuffer> {
  if (bytes.length === 0 || chance.uniform() < 0.7) return bytes;
  const at = below(bytes.length, chance);
  switch (below(4, chance)) {
    case 0: {
      const flipped = bytes.slice();
      for (let times = 1 + below(8, chance); times > 0; times--)
        flipped[below(bytes.length, chance)] ^= 1 << below(8, chance);
      return flipped;
    }
    case 1:
      return bytes.slice(0, at);
    case 2:
      return new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + below(4, chance))]);
    default:
      return new Uint8Array([...bytes.subarray(0, at), below(256, chance), ...bytes.subarray(at)]);
  }
}
