import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { recogniseColumns, saysPeople } from "../../src/files/people-columns.ts";
import { readPeople } from "../../src/files/people-list.ts";
import { peopleTableOfFile } from "../../src/files/people-workbook.ts";
import { textCell, workbook } from "./workbook.ts";

const { queues } = samplePlan();
test("a workbook is read with its dates and numbers; of a formula the value counts that was saved with it", async () => {
  const bytes = workbook([
    `<row r="1">${["Employee Number", "Name", "Skills", "Hire Date", "Weekly hours"].map((heading, at) => textCell(`${"ABCDE"[at]}1`, heading)).join("")}</row>`,
    `<row r="2"><c r="A2"><v>100200</v></c>${textCell("B2", "Ada")}${textCell("C2", "Voice")}<c r="D2" s="1"><v>36958</v></c><c r="E2"><f>30+7.5</f><v>37.5</v></c></row>`,
    `<row r="4"><c r="A4"><v>100203</v></c><c r="B4" t="str"><f>HYPERLINK("http://x.example","Ben")</f><v>Ben</v></c>${textCell("C4", "Chat")}</row>`,
  ]);
  const table = await peopleTableOfFile(bytes, "hr.xlsx", queues);
  if (!table.ok) throw new Error(JSON.stringify(table.issues));
  const columns = recogniseColumns(table.value.headings, queues, undefined);
  const outcome = readPeople(table.value, { queues, agents: [] }, { columns, dateOrder: null, skills: [] });
  expect(outcome.ok && outcome.value.people).toMatchObject([
    { line: 2, key: "100200", name: "Ada", joined: "2001-03-08", weeklyMinutes: 2250 },
    { line: 4, key: "100203", name: "Ben" },
  ]);
  expect(outcome.issues).toEqual([]);
});

test("what is no workbook is said in words, and text stays text", async () => {
  const codes = async (bytes: Uint8Array<ArrayBuffer>) =>
    (await peopleTableOfFile(bytes, "hr.xlsx", queues)).issues.map(({ code }) => code);
  expect(await codes(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toEqual(["people.badWorkbook"]);
  expect(await codes(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]))).toEqual(["people.oldWorkbook"]);
  expect(await codes(Uint8Array.from(strToU8("ID,Name\n1,Ada")))).toEqual([]);
});

test.each([
  ["Employee Number,Employee Name,E-mail,Team,Contract Hours/Week,Skills,Days Off,Hire Date", true],
  ["姓名,合同,每周工时", true],
  ["Start,Queue,Channel,Offered,AHT", false],
  ["Contact ID,Agent,Queue,Start Date,End Date,Duration,Hours", false],
  ["Ticket ID,Requester,Email,Created,Team", false],
  ["Date,Calls,Agents,Hours", false],
])("whether %s heads a list of people", (line, expected) => {
  expect(saysPeople(line.split(","), queues)).toBe(expected);
});
