import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fingerprint } from "../../src/domain/fingerprint.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { shiftwrightHere } from "./in-process.ts";
import { scratchFolder } from "./shiftwright.ts";

const scratch = scratchFolder();
const planOf010 = join(import.meta.dirname, "../files/fixtures/plan-0.1.0.json.gz");
const people = (...args: string[]) => shiftwrightHere(["people", planOf010, ...args]);

const read = (path: string) => {
  const outcome = readPlanFile(readFileSync(path));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
};

const list = scratch.file(
  "hr.csv",
  [
    "Employee Number,Employee Name,Skills,Contract Hours/Week,Days Off,Hire Date",
    '100200,"Okafor, Ada",Voice;Chat,40,Sat;Sun,03/04/1998',
    '100203,"Brandt, Ben",Phones,37.5,Sun,05/06/2001',
    '100206,"Dubois, Chloe",Voice,forty,Sun,05/06/2001',
  ].join("\n"),
);

describe("shiftwright people", () => {
  test("asks what it cannot know, and ends without a plan", async () => {
    const out = scratch.pathOf("asked.json");
    const { status, output, error } = await people("--import", list, "--out", out);
    expect([status, output]).toEqual([1, ""]);
    expect(error).toContain("error hr.csv “03/04/1998” can be read with the day or the month first");
    expect(error).toContain("Options: --date-order. (people.dateOrderOpen)");
    expect(() => readFileSync(out)).toThrow();
  });

  test("says which file cannot be written, and does not call it a fault of the program", async () => {
    const out = scratch.pathOf("nowhere/plan.json");
    const { status, error } = await people("--import", list, "--date-order", "mdy", "--out", out);
    expect(status).toBe(1);
    expect(error).toContain(`error ${out} The file cannot be written (ENOENT).`);
  });

  test("takes a list over into a plan of version 0.1.0, and the same list again changes nothing", async () => {
    const [one, two, three] = ["one.json", "two.json", "three.json"].map((name) => scratch.pathOf(name));
    const options = ["--date-order", "mdy", "--map-skill", "Phones=Voice", "--gone", "remove"];
    const first = await people("--import", list, ...options, "--out", one);
    expect(first.status, first.error).toBe(0);
    expect(first.output.split("\n").slice(0, 4)).toEqual([
      "change,line,key,name,field,from,to",
      'added,2,100200,"Okafor, Ada",,,',
      'added,3,100203,"Brandt, Ben",,,',
      expect.stringMatching(/^gone,,/),
    ]);
    expect(first.error).toContain("warning hr.csv:4 [Contract Hours/Week] “forty” is not a number of hours");
    const { plan } = read(one);
    expect(plan.agents.map(({ id, joined }) => [id, joined])).toEqual([
      ["100200", "1998-03-04"],
      ["100203", "2001-05-06"],
    ]);
    // How the list was read is known from the first time.
    const second = await shiftwrightHere(["people", one, "--import", list, "--json", "--out", two]);
    expect(JSON.parse(second.output)).toEqual({
      ...{ added: [], changed: [], gone: [], unchangedCount: 2, madeContracts: [] },
      refused: [
        {
          line: 4,
          column: "Contract Hours/Week",
          code: "people.badHours",
          reason: "“forty” is not a number of hours per week from 0 to 168. The row is left out.",
        },
      ],
    });
    expect(fingerprint(read(two))).toBe(fingerprint(read(one)));
    await shiftwrightHere(["people", two, "--import", list, "--out", three]);
    expect(readFileSync(three, "utf8")).toBe(readFileSync(two, "utf8"));
  });

  test("columns are named by heading or number, and a dry run writes nothing", async () => {
    const odd = scratch.file("odd.csv", "A,B,C\n7,Ada,x\n");
    const { status, output } = await people(
      "--import",
      odd,
      "--columns",
      "key=A,name=#2,Chat=C",
      "--dry-run",
    );
    expect(status).toBe(0);
    expect(output).toContain("added,2,7,Ada,,,");
    const wrong = await people("--import", odd, "--columns", "key=Z", "--dry-run");
    expect(wrong.status).toBe(1);
    expect(wrong.error).toContain("“Z” is nothing that --columns can name");
  });

  test("a plan has to go somewhere, and a list without people is none", async () => {
    expect((await people("--import", list)).status).toBe(2);
    const nobody = scratch.file("nobody.csv", "ID,Weekly hours\n1,forty\n");
    const { status, error } = await people("--import", nobody, "--dry-run");
    expect(status).toBe(1);
    expect(error).toContain("(people.nobody)");
  });
});
