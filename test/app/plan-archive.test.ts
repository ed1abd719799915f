import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { backupText, readPlansFile, unpackedBytes } from "../../src/app/plan-archive.ts";
import { exportFileName } from "../../src/app/plan-exports.ts";
import { planFileText } from "../../src/exporting/plan-file.ts";
import { smallDocument } from "./sample-document.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function named(name: string) {
  const document = smallDocument();
  return { ...document, plan: { ...document.plan, id: name, name } };
}

describe("plans in files", () => {
  test("a backup gives every plan back", () => {
    const outcome = readPlansFile(bytesOf(backupText([named("one"), named("two")])));
    expect(outcome.ok && outcome.value).toEqual([named("one"), named("two")]);
  });

  test("a plan file gives its plan, gzipped or not", async () => {
    const text = planFileText(named("one"));
    for (const file of [new Blob([text]), new Blob([new Uint8Array(gzipSync(text))])]) {
      const outcome = readPlansFile(await unpackedBytes(file));
      expect(outcome.ok && outcome.value).toEqual([named("one")]);
    }
  });

  test("a damaged plan in a backup does not take the others with it", () => {
    const backup = { format: "shiftwright-backup", plans: [planFileText(named("one")), "{"] };
    const outcome = readPlansFile(bytesOf(JSON.stringify(backup)));
    expect(outcome.ok && outcome.value.map(({ plan }) => plan.name)).toEqual(["one"]);
    expect(outcome.issues[0]).toMatchObject({ severity: "error", values: { plan: 2 } });
    const allBroken = readPlansFile(bytesOf(JSON.stringify({ ...backup, plans: ["{", ""] })));
    expect(allBroken.ok).toBe(false);
  });

  test("what is no plan is refused", () => {
    for (const text of ["", "{}", "date,calls\n1,2", '{"format":"shiftwright-backup"'])
      expect(readPlansFile(bytesOf(text)).ok).toBe(false);
  });

  test("names of files come from the plan, in any script", () => {
    expect(exportFileName("Autumn plan (2)", "schedule", "csv")).toBe("autumn-plan-2-schedule.csv");
    expect(exportFileName("秋季计划", "", "shiftwright.json")).toBe("秋季计划.shiftwright.json");
    expect(exportFileName("///", "roster", "csv")).toBe("plan-roster.csv");
  });
});
