import type { HistoryImport } from "../../src/history/reading/history-import.ts";
import { importHistory } from "../../src/history/reading/import-history.ts";
import type { HistoryMapping } from "../../src/history/reading/layouts.ts";
import { type RandomStream, randomStream } from "../../src/numerics/random.ts";
import { newcomerFolder } from "../history/reading/newcomer-folder.ts";
import { strangeExports } from "../history/reading/strange-exports.ts";
import { below, damagedBytes, damagedText, encodedText, pickOf } from "./mutations.ts";
import type { Round } from "./round.ts";

/** Zones with whole, half and quarter hours, and with clock changes of all kinds. */
const timeZones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "America/St_Johns",
  "Africa/Casablanca",
  "Asia/Shanghai",
];

/** Lines a file is cut to: enough to be recognised, few enough for a million files. */
const [leastLines, mostLines] = [8, 26];

/** Days by their number, without any date. */
const numberedDays = ["Index,Incoming Calls,Answered Calls,Talk Duration (AVG)"].concat(
  Array.from({ length: mostLines }, (_, at) => `${at + 1},${200 + ((at * 7) % 40)},${190 + at},0:02:14`),
);

/** The heads of all files that newcomers bring, every vendor's layout among them. */
const heads = [
  ...[...newcomerFolder(1), ...strangeExports(1)].map(({ text, bytes }) => {
    const whole = bytes === undefined ? text : new TextDecoder().decode(bytes);
    return whole.split(/\r\n|\n/).slice(0, mostLines);
  }),
  numberedDays,
];

/** One damaged file of history through `importHistory`. */
export async function historyRound(seed: number, index: number): Promise<Round> {
  const chance = randomStream(seed, "history", index);
  const bytes = damagedHistory(chance);
  const timeZone = pickOf(timeZones, chance);
  const intervalMinutes = pickOf([15, 30, 60], chance);
  const outcome = await importHistory({
    source: { name: "damaged.csv", data: bytes },
    mapping: null,
    timeZone,
    intervalMinutes,
    queueId: "main",
  });
  if (outcome.ok) return { end: "read", ...judgement(bytes, outcome.value) };
  const hasReason = outcome.issues.some(({ severity }) => severity === "error");
  return { end: "refused", fault: hasReason ? null : "refused without a reason", isCounted: false };
}

export function damagedHistory(chance: RandomStream): Uint8Array<ArrayBuffer> {
  const cut = leastLines + below(mostLines - leastLines, chance);
  const text = damagedText(pickOf(heads, chance).slice(0, cut).join("\n"), chance);
  return damagedBytes(encodedText(text, chance), chance);
}

function judgement(bytes: Uint8Array, result: HistoryImport): Pick<Round, "fault" | "isCounted"> {
  const { rowsInFile, rowsRead, rowsRefused, contacts, history, mapping } = result;
  const wrong = (fault: string) => ({ fault, isCounted: false });
  if (rowsRead + rowsRefused !== rowsInFile)
    return wrong("rows read and refused are not the rows in the file");
  for (const { queueId, ...series } of history.queues) {
    for (const [name, values] of Object.entries(series)) {
      if (!(values instanceof Float64Array)) continue;
      if (values.some((value) => !(value >= 0 && value < 1e300)))
        return wrong(`${name} of ${queueId} is no count`);
    }
  }
  const counted = countedFile(bytes, mapping);
  if (counted.rows !== null && counted.rows !== rowsInFile)
    return wrong(`${counted.rows} rows in the file, ${rowsInFile} accounted for`);
  if (rowsInFile > counted.lines)
    return wrong(`${counted.lines} lines in the file, ${rowsInFile} rows accounted for`);
  let [inHistory, inFile] = [0, 0];
  for (const account of contacts.queues) {
    const offered =
      history.queues.find(({ queueId }) => queueId === account.queueId)?.offered ?? new Float64Array();
    const sum = offered.reduce((total, one) => total + one, 0);
    if (!isNear(sum, account.inHistory)) return wrong(`${account.queueId}: history holds another sum`);
    if (!isNear(account.inFile, sum + account.leftOut + account.refused))
      return wrong(`${account.queueId}: read, left out and refused are not what is in the file`);
    inFile += account.inFile;
    inHistory += sum;
  }
  const held = history.queues.reduce(
    (all, { offered }) => all + offered.reduce((sum, one) => sum + one, 0),
    0,
  );
  if (!isNear(held, inHistory)) return wrong("a queue of the history has no account");
  if (counted.contacts === null) return { fault: null, isCounted: false };
  if (!isNear(counted.contacts, inFile))
    return wrong(`${counted.contacts} contacts in the file, ${inFile} accounted for`);
  return { fault: null, isCounted: true };
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
}

/** What a file holds, counted without any of the program's readers. */
interface CountedFile {
  /** Lines below the header that are not blank. */
  readonly lines: number;
  /** Rows below the header; null where quotes run over lines, so that readers may differ. */
  readonly rows: number | null;
  /** Contacts in them by the columns that the mapping names; null where they are not just summed. */
  readonly contacts: number | null;
}

function countedFile(bytes: Uint8Array, mapping: HistoryMapping): CountedFile {
  const text = new TextDecoder(mapping.encoding).decode(bytes);
  const lines = text.split(/\r\n|\n|\r/).slice(mapping.headerLine);
  const rows = lines.filter((line) => line.trim() !== "");
  // Lines with a date for the rows below them are no rows, and a quote that stays open runs over lines.
  const isPlain = mapping.dateLines !== true && !rows.some((line) => line.split('"').length % 2 === 0);
  if (!isPlain) return { lines: rows.length, rows: null, contacts: null };
  const counts = countColumns(mapping);
  if (counts === null) return { lines: rows.length, rows: rows.length, contacts: null };
  let contacts = 0;
  for (const row of rows) {
    const cells = cellsOfRow(row, mapping.delimiter);
    if (cells === null) return { lines: rows.length, rows: rows.length, contacts: null };
    // A header that comes again speaks of no contacts, nor does a row of blanks.
    if (
      mapping.columns.every(
        ({ header }, at) => (cells[at] ?? "").trim() === "" || cells[at].trim() === header,
      )
    )
      continue;
    if (counts.length === 0) contacts++;
    for (const column of counts) contacts += countOf(cells[column] ?? "", mapping.decimal);
  }
  return { lines: rows.length, rows: rows.length, contacts };
}

/** Columns whose cells sum to the contacts; none where each row is one; null where it is not that simple. */
function countColumns({ columns, rows, joinLegs }: HistoryMapping): number[] | null {
  if (joinLegs === true || columns.some(({ counting }) => counting !== undefined)) return null;
  const across = columns.flatMap(({ minute, date, weekday }, at) =>
    minute !== undefined || date !== undefined || weekday !== undefined ? [at] : [],
  );
  if (across.length > 0) return across;
  if (rows === "contact") return columns.some(({ role }) => role === "offered") ? null : [];
  const queues = new Set(
    columns.filter(({ role }) => role === "offered" || role === "handled").map(({ queueId }) => queueId),
  );
  return [...queues].flatMap((queue) => {
    const of = (role: string) =>
      columns.flatMap((column, at) => (column.role === role && column.queueId === queue ? [at] : []));
    // Of several columns of the offered the first counts; where there is none, its parts do, but not side by side.
    const offered = of("offered").slice(0, 1);
    return offered.length > 0 || queues.size > 1 || queue !== null
      ? offered
      : [...of("handled"), ...of("abandoned"), ...of("blocked").slice(0, 1)];
  });
}

/** Cells of a row by the rule of quotes, one character at a time; null where a quote stands in the midst of a cell. */
function cellsOfRow(row: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  let cell = "";
  let [quoted, wasQuoted] = [false, false];
  for (let at = 0; at < row.length; at++) {
    const character = row[at];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (row[at + 1] === '"') {
        cell += '"';
        at++;
      } else [quoted, wasQuoted] = [false, true];
    } else if (character === delimiter) {
      cells.push(cell);
      [cell, wasQuoted] = ["", false];
    } else if (character === '"' && cell === "" && !wasQuoted) quoted = true;
    else if (character === '"' || wasQuoted) return null;
    else cell += character;
  }
  return [...cells, cell];
}

/** A count as written: digits with marks between thousands and one before decimals; anything else is no count. */
function countOf(cell: string, decimal: string): number {
  let text = "";
  for (const character of cell.trim()) {
    const code = character.charCodeAt(0);
    const zero = [0xff10, 0x966, 0x6f0, 0x660].find((first) => code >= first && code <= first + 9);
    text += zero === undefined ? character : String(code - zero);
  }
  const isShare = text.endsWith("%");
  if (isShare) text = text.slice(0, -1).trim();
  const thousands = decimal === "." ? "," : ".";
  const [mantissa, exponent, ...more] = text.toLowerCase().split("e");
  if (more.length > 0 || (exponent !== undefined && !/^[+-]?\d+$/.test(exponent))) return 0;
  const [whole, fraction = "", ...rest] = mantissa.split(decimal);
  if (rest.length > 0 || /\D/.test(fraction)) return 0;
  const groups = whole.replace(/^[+-]/, "").split(new RegExp(`[${thousands}\\s'’ʼ´\`٬，]`));
  if (groups.some((group) => /\D/.test(group)) || groups.slice(1).some((group) => group.length !== 3))
    return 0;
  if (groups.length > 1 && (groups[0] === "" || groups[0].length > 3)) return 0;
  const digits = groups.join("");
  if (digits === "" && fraction === "") return 0;
  const value = Number(
    `${whole.startsWith("-") ? "-" : ""}${digits || "0"}.${fraction || "0"}e${exponent ?? "0"}`,
  );
  const count = isShare ? value / 100 : value;
  return count >= 0 && count <= 1e10 ? count : 0;
}

/** The damaged file of a round, to be looked at. */
export function historyFile(seed: number, index: number): Uint8Array {
  return damagedHistory(randomStream(seed, "history", index));
}
