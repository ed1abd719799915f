import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { withoutGuard } from "../../src/domain/formula-guard.ts";
import { publishedCalendars } from "../../src/files/roster-calendar.ts";
import { csvText } from "../../src/files/table-writer.ts";
import { cellsOfText, rangeText } from "../../src/ui/kit/controls/grid-cursor.ts";
import { payloads } from "../payloads.ts";

/** What a spreadsheet runs: a cell that begins so, whatever it takes for the end of the cell before. */
const runs = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
const office = ["/usr/bin/soffice", "/usr/bin/libreoffice"].find(existsSync);
const rows = payloads.map((payload, at) => [at, payload, "end"]);

test("there are 300 payloads, all different", () => {
  expect(new Set(payloads).size).toBe(300);
});

describe("300 payloads in a table", () => {
  const text = csvText(["number", "name", "last"], rows);

  test.each([",", ";", "\t", "|"])("none begins a cell with a formula where cells end at %j", (delimiter) => {
    const { data } = Papa.parse<string[]>(text, { delimiter });
    expect(data.flat().filter((cell) => runs.test(cell))).toEqual([]);
    // A spreadsheet set to another separator knows no quotes within cells.
    const torn = text.split(/[\n\r]/).flatMap((line) => line.split(delimiter));
    expect(torn.map((cell) => cell.replace(/^"+/, "")).filter((cell) => runs.test(cell))).toEqual([]);
  });

  test("each reads back as it was", () => {
    const { data } = Papa.parse<string[]>(text.slice(0, -1), { delimiter: "," });
    expect(data.slice(1).map((cells) => withoutGuard(cells[1]))).toEqual(payloads);
  });

  test.skipIf(office === undefined)("LibreOffice computes none (skipped where it is not installed)", () => {
    const folder = mkdtempSync(join(tmpdir(), "payloads-"));
    writeFileSync(join(folder, "names.csv"), text);
    const args = ["--headless", "--convert-to", "fods", "--outdir", folder, join(folder, "names.csv")];
    spawnSync(office as string, args, { timeout: 60_000 });
    expect(readFileSync(join(folder, "names.fods"), "utf8")).not.toContain("table:formula");
  });
});

test("300 payloads on the clipboard: none is a formula, and pasted here each is as it was but for its line ends", () => {
  const range = { firstRow: 0, endRow: payloads.length, firstColumn: 0, endColumn: 1 };
  const text = rangeText(range, (row) => payloads[row]);
  expect(text.split("\n").filter((cell) => runs.test(cell))).toEqual([]);
  const pasted = cellsOfText(text, { row: 0, column: 0 }).map((cell) => cell.text);
  expect(pasted).toEqual(payloads.map((payload) => payload.replace(/[\t\n\r]+/g, " ")));
});

test("300 payloads in calendars: one event each, without a line of its own for anybody else's words", () => {
  const shift = {
    templateId: "t",
    start: "2026-11-02T08:00:00Z",
    end: "2026-11-02T16:00:00Z",
    activities: [{ kind: "work" as const, startMinute: 0, endMinute: 480, paid: true }],
  };
  const { events } = publishedCalendars(
    {
      calendarId: "c",
      versions: [
        {
          publishedAt: "2026-11-01T08:00:00Z",
          note: payloads[0],
          firstDate: "2026-11-02",
          lastDate: "2026-11-02",
          timeZone: "UTC",
          names: Object.fromEntries(payloads.map((payload) => [payload, payload])),
          changes: payloads.map((payload) => ({
            personKey: payload,
            date: "2026-11-02",
            number: 1,
            shift: { ...shift, name: payload },
          })),
        },
      ],
    },
    0,
    null,
  );
  const unfolded = (events ?? "").replaceAll("\r\n ", "");
  const names = new Set(unfolded.split("\r\n").map((line) => line.split(/[:;]/)[0]));
  expect([...names].sort()).toEqual(
    [
      ...[
        "",
        "BEGIN",
        "CALSCALE",
        "DESCRIPTION",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "END",
        "LAST-MODIFIED",
        "METHOD",
      ],
      ...["ORGANIZER", "PRODID", "SEQUENCE", "STATUS", "SUMMARY", "UID", "VERSION"],
    ].sort(),
  );
  expect(unfolded).not.toMatch(/[^\P{Cc}\r\n\t]/u);
  expect(unfolded.split("\r\n").filter((line) => line === "BEGIN:VEVENT").length).toBe(300);
});
