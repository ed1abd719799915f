import { expect, test } from "vitest";
import { importHistory } from "../../../src/history/reading/import-history.ts";
import { type RandomStream, randomStream } from "../../../src/numerics/random.ts";

/** Valid files of different layouts, two weeks each, to be damaged. */
const valid: readonly string[] = [
  file(
    "interval_start,queue,offered,handled,abandoned,aht_seconds",
    (date, time, n) => `${date}T${time}:00,Voice,${n},${n},0,${200 + n}`,
  ),
  file(
    "Datum;Uhrzeit;Anrufe;AHT",
    (date, time, n) =>
      `${date.split("-").reverse().join(".")};${time};1.${String(n).padStart(3, "0")};${n},5`,
  ),
  file("DateTime\tCalls", (date, time, n) => `${date} ${time}\t${n}`),
  file(
    "Timestamp;Offered_A;AHT_A;Offered_B;AHT_B",
    (date, time, n) => `${date} ${time};${n};200;${n + 1};300`,
  ),
  file(
    'date,time,"calls, all",note',
    (date, time, n) => `${date},${time},${n},"said ""hello"", left"`,
  ).replace('"calls, all"', "calls"),
];

function file(header: string, row: (date: string, time: string, n: number) => string): string {
  const rows: string[] = [];
  for (let day = 2; day <= 15; day++) {
    for (let half = 16; half < 24; half++) {
      const time = `${String(half >> 1).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
      rows.push(row(`2026-03-${String(day).padStart(2, "0")}`, time, (day * 7 + half * 3) % 40));
    }
  }
  return `${header}\n${rows.join("\n")}\n`;
}

const junk = [
  "",
  "-5",
  "abc",
  "31.02.2003",
  '"',
  ",",
  ";",
  "\t",
  "\n",
  "\r\n",
  "\u0000",
  "1e400",
  "NaN",
  "9".repeat(40),
  "é",
  "=1+1",
  "2026-13-45",
];

function mutate(text: string, chance: RandomStream): string {
  const pick = (count: number) => Math.floor(chance.uniform() * count);
  let mutated = text;
  for (let times = 1 + pick(4); times > 0; times--) {
    const at = pick(mutated.length + 1);
    const lines = mutated.split("\n");
    const line = pick(lines.length);
    switch (pick(7)) {
      case 0:
        mutated = mutated.slice(0, at) + junk[pick(junk.length)] + mutated.slice(at);
        break;
      case 1:
        mutated = mutated.slice(0, at) + mutated.slice(at + 1 + pick(6));
        break;
      case 2:
        mutated = [...lines.slice(0, line), lines[line], ...lines.slice(line)].join("\n");
        break;
      case 3:
        mutated = [...lines.slice(0, line), ...lines.slice(line + 1)].join("\n");
        break;
      case 4:
        mutated = mutated.slice(0, Math.max(1, at));
        break;
      case 5: {
        const cells = lines[line].split(/[,;\t]/);
        lines[line] = lines[line].replace(cells[pick(cells.length)], junk[pick(junk.length)]);
        mutated = lines.join("\n");
        break;
      }
      default:
        mutated = mutated.slice(0, at) + String.fromCharCode(pick(0x2000)) + mutated.slice(at);
    }
  }
  return mutated;
}

test("2,000 damaged files: never an exception, and every row is either read or refused with a reason", {
  timeout: 240_000,
}, async () => {
  const chance = randomStream(20260302, "fuzz");
  let usable = 0;
  for (let round = 0; round < 2000; round++) {
    const text = mutate(valid[round % valid.length], chance);
    const outcome = await importHistory({
      source: { name: `round ${round}`, data: new TextEncoder().encode(text) },
      mapping: null,
      timeZone: round % 2 === 0 ? "Europe/Berlin" : "UTC",
      intervalMinutes: 30,
      queueId: "main",
    });
    if (!outcome.ok) {
      expect(
        outcome.issues.some(({ severity }) => severity === "error"),
        text,
      ).toBe(true);
      continue;
    }
    usable++;
    const { rowsInFile, rowsRead, rowsRefused, mapping, history } = outcome.value;
    // Counted here without the reader: lines that are not blank, below the header. A quoted field may span several.
    const lines = text.split(/\r\n|\n|\r/);
    const below = lines.slice(mapping.headerLine).filter((line) => line.trim() !== "").length;
    expect(rowsRead + rowsRefused, text).toBe(rowsInFile);
    expect(rowsInFile, text).toBeLessThanOrEqual(below);
    if (!text.includes('"')) expect(rowsInFile, text).toBe(below);
    const told = outcome.issues.filter(({ line, column }) => line !== undefined && column !== undefined);
    expect(told.length, text).toBeGreaterThanOrEqual(Math.min(rowsRefused, 1));
    for (const { offered } of history.queues)
      expect(offered.every((count) => count >= 0 && Number.isFinite(count))).toBe(true);
  }
  expect(usable).toBeGreaterThan(1000);
});
