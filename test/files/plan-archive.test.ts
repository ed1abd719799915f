import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { exportFileName } from "../../src/files/export-names.ts";
import { backupText, packedFile, readPlansFile } from "../../src/files/plan-archive.ts";
import { largestBytes, planFileText } from "../../src/files/plan-file.ts";
import { smallDocument } from "../app/sample-document.ts";

const fileOf = (text: string) => new Blob([text]);

function named(name: string) {
  const document = smallDocument();
  return { ...document, plan: { ...document.plan, id: name, name } };
}

describe("plans in files", () => {
  test("a backup gives every plan back", async () => {
    const outcome = await readPlansFile(fileOf(backupText([named("one"), named("two")])));
    expect(outcome.ok && outcome.value).toEqual([named("one"), named("two")]);
  });

  test("a plan file gives its plan, gzipped or not", async () => {
    const text = planFileText(named("one"));
    const packed = await packedFile(text);
    expect(packed.size).toBeLessThan(text.length / 2);
    for (const file of [fileOf(text), packed, new Blob([new Uint8Array(gzipSync(text))])]) {
      const outcome = await readPlansFile(file);
      expect(outcome.ok && outcome.value).toEqual([named("one")]);
    }
  });

  test("a packed file that is cut off or damaged is refused with the reason", async () => {
    const packed = new Uint8Array(gzipSync(planFileText(named("one"))));
    const cut = await readPlansFile(new Blob([packed.subarray(0, packed.length / 2)]));
    expect(cut).toMatchObject({ ok: false, issues: [{ code: "planFile.truncated" }] });
    const damaged = packed.slice();
    damaged.fill(0xff, 20, 60);
    const outcome = await readPlansFile(new Blob([damaged]));
    expect(outcome).toMatchObject({ ok: false, issues: [{ code: "planFile.damaged" }] });
  });

  test("a small file that unpacks to more than any plan is refused before it fills the memory", async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(largestBytes + 1), { level: 1 }));
    expect(bomb.length).toBeLessThan(5_000_000);
    const outcome = await readPlansFile(new Blob([bomb]));
    expect(outcome).toMatchObject({ ok: false, issues: [{ code: "planFile.tooLarge" }] });
  });

  test("a damaged plan in a backup does not take the others with it", async () => {
    const backup = { format: "shiftwright-backup", plans: [planFileText(named("one")), "{"] };
    const outcome = await readPlansFile(fileOf(JSON.stringify(backup)));
    expect(outcome.ok && outcome.value.map(({ plan }) => plan.name)).toEqual(["one"]);
    expect(outcome.issues[0]).toMatchObject({ severity: "error", values: { plan: 2 } });
    const allBroken = await readPlansFile(fileOf(JSON.stringify({ ...backup, plans: ["{", ""] })));
    expect(allBroken.ok).toBe(false);
  });

  test("what is no plan is refused", async () => {
    for (const text of ["", "{}", "date,calls\n1,2", '{"format":"shiftwright-backup"'])
      expect((await readPlansFile(fileOf(text))).ok).toBe(false);
  });

  test("names of files come from the plan, in any script", () => {
    expect(exportFileName("Autumn plan (2)", "schedule", "csv")).toBe("autumn-plan-2-schedule.csv");
    expect(exportFileName("秋季计划", "", "shiftwright.json")).toBe("秋季计划.shiftwright.json");
    expect(exportFileName("///", "roster", "csv")).toBe("plan-roster.csv");
  });
});
