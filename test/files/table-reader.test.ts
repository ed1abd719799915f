import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/domain/outcome.ts";
import { readTable, type Table } from "../../src/files/table-reader.ts";
import { csvText } from "../../src/files/table-writer.ts";
import { anyName } from "./texts.ts";

const layout = { prefix: "testFile", required: ["name", "count"], numbers: ["count"] };
const read = (text: string): Outcome<Table> => readTable(text, "t.csv", layout);
function table(text: string): Table {
  const outcome = read(text);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value;
}

describe("a table", () => {
  test("is found under any separator, with a byte order mark, in any order and case of columns", () => {
    for (const separator of [",", ";", "\t", "|"]) {
      const text = `\uFEFF${["Note", " COUNT ", "Name"].join(separator)}\r\n${["x", "7", "Ada"].join(separator)}\r\n`;
      const [row] = table(text).rows;
      expect([row.cell("name"), row.number("count", "bad"), row.line]).toEqual(["Ada", 7, 2]);
    }
  });

  test("lacks columns by name, in the file's own code", () => {
    const outcome = read("name;size\nAda;1\n");
    expect(outcome.ok).toBe(false);
    expect(outcome.issues).toEqual([
      {
        code: "testFile.missingColumn",
        severity: "error",
        table: "t.csv",
        line: 1,
        column: "count",
        values: { column: "count" },
      },
    ]);
    expect(read("").issues).toHaveLength(2);
  });

  test("passes over empty rows and reads what was written into it before", () => {
    const rows = table('name,count\n\n"Ada\nBerg",1\n,\nBen,2\n').rows;
    expect(rows.map((row) => [row.line, row.text("name")])).toEqual([
      [3, "Ada\nBerg"],
      [6, "Ben"],
    ]);
    expect([rows[0].text("nowhere"), rows[0].cell("nowhere")]).toEqual(["", ""]);
  });

  test("knows a decimal comma by semicolons, or by a comma that cannot stand between thousands", () => {
    const counts = (text: string) => table(text).rows.map((row) => row.number("count", "bad"));
    expect(counts("name;count\na;1,5\nb;2\n")).toEqual([1.5, 2]);
    expect(counts("name;count\na;1.5\nb;2\n")).toEqual([1.5, 2]);
    expect(counts('name,count\na,"1,5"\nb,2\n')).toEqual([1.5, 2]);
    expect(counts('name,count\na,"1,234"\nb,2\n')).toEqual([1234, 2]);
  });

  test("tells an empty number from a wrong one", () => {
    const { rows, issues } = table("name,count\na,\nb,many\nc,-1\nd,3\n");
    expect(rows.map((row) => row.number("count", "badCount", (value) => value >= 0))).toEqual([
      null,
      undefined,
      undefined,
      3,
    ]);
    expect(issues().map(({ code, line, column, values }) => [code, line, column, values?.text])).toEqual([
      ["testFile.badCount", 3, "count", "many"],
      ["testFile.badCount", 4, "count", "-1"],
    ]);
  });

  test("lists twenty issues of a kind and counts the rest", () => {
    const { rows, issues, remark } = table(`name,count\n${"a,x\n".repeat(50)}`);
    for (const row of rows) row.number("count", "bad");
    remark("odd", "info");
    const all = issues();
    expect(all).toHaveLength(22);
    expect(all[20]).toEqual({
      code: "import.furtherIssues",
      severity: "warning",
      table: "t.csv",
      line: 22,
      column: "count",
      values: { of: "testFile.bad", count: 30, text: "x" },
    });
    expect(all[21].code).toBe("testFile.odd");
  });
});

test("whatever text is written into a cell comes back, and the line it stands in is right", () => {
  const name = fc.oneof(anyName, fc.string(), fc.constantFrom("'=x", "''=x", "-5", "'-5", "\t", "'", " =1"));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => {
      const text = csvText(
        ["name", "count"],
        names.map((one, at) => [one, at]),
      );
      const { rows } = table(text);
      expect(rows.map((row) => row.text("name"))).toEqual(names);
      expect(rows.map((row) => row.number("count", "bad"))).toEqual(names.map((_, at) => at));
      const lines = names.map((_, at) => text.slice(0, endOf(text, at)).split(/\r\n|\r|\n/).length);
      expect(rows.map((row) => row.line)).toEqual(lines);
    }),
    { numRuns: 500 },
  );

  /** Where the row before row `at` ends: the places of line ends outside of quotes. */
  function endOf(text: string, at: number): number {
    let quoted = false;
    let rows = 0;
    for (let place = 0; place < text.length; place++) {
      if (text[place] === '"') quoted = !quoted;
      if (text[place] === "\n" && !quoted && rows++ === at) return place + 1;
    }
    return text.length;
  }
});
