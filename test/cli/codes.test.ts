import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { minuteIso } from "../../src/domain/calendar/interval-grid.ts";
import { changesWithCodes, codeBook, withAgentCodes } from "../../src/domain/plan/agent-codes.ts";
import { withAgentIds } from "../../src/domain/plan/agent-ids.ts";
import { withShiftsFreed } from "../../src/domain/plan/edit-people.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { publishRoster, rosterChanges } from "../../src/domain/plan/roster-changes.ts";
import { cxoneScheduleCsv } from "../../src/files/cxone-schedule.ts";
import { ledgerCsv } from "../../src/files/ledger-csv.ts";
import { peopleCsv } from "../../src/files/people-list.ts";
import { personCalendars } from "../../src/files/person-calendars.ts";
import { planFileText } from "../../src/files/plan-file.ts";
import { draftCalendar } from "../../src/files/roster-calendar.ts";
import { rosterChangesCsv } from "../../src/files/roster-changes-csv.ts";
import { scheduleCsv } from "../../src/files/schedule-csv.ts";
import { wishesCsv } from "../../src/files/wishes-csv.ts";
import { staffedPlan } from "../leave/staffed-plan.ts";
import { shiftwrightHere } from "./in-process.ts";
import { scratchFolder } from "./shiftwright.ts";

/** Everybody's name, id, address and note holds one of these. */
const planted = /zebulon|quillfeather/i;
const document = plantedDocument();
const scratch = scratchFolder();
const [plan, log, first] = ["plan.json", "log.csv", "first.json"].map((name) => scratch.pathOf(name));

/** Two days, published, then two shifts freed; wishes, a ledger with somebody who has left, leave, sickness and a meeting. */
function plantedDocument(): PlanDocument {
  const named = withAgentIds(staffedPlan({ days: 2 }), (id) => `Zebulon-${id}`);
  const { agents } = named.plan;
  const one = agents[0].id;
  const rich: PlanDocument = {
    ...named,
    plan: {
      ...named.plan,
      agents: agents.map((agent, at) => ({
        ...agent,
        name: `Quillfeather ${at}`,
        email: `quillfeather.${at}@example.org`,
        wishes: [{ date: "2026-11-03", kind: "shiftOff", templateId: null, weight: 1 }],
      })),
      ledger: [one, "Zebulon-gone"].map((agentId) => ({
        agentId,
        nights: 1,
        weekends: 1,
        lates: 1,
        undesired: 1,
        wishes: 1,
        wishesGranted: 1,
      })),
      leave: {
        requests: [
          {
            id: "L1",
            agentId: one,
            kind: "holiday",
            fromDate: "2026-11-03",
            toDate: "2026-11-03",
            askedOn: null,
            state: "asked",
            note: "with Quillfeather",
          },
        ],
        allowances: [{ agentId: one, year: 2026, daysPerYear: 20, carriedOverDays: 0 }],
        shrinkageIds: [],
      },
    },
  };
  const outcome = publishRoster(rich, { publishedAt: "2026-11-01T11:00:00.000Z", note: "for Quillfeather" });
  if (!outcome.ok) throw new Error("the roster cannot be published");
  const freed = new Set([agents[0].id, agents[1].id]);
  return withShiftsFreed(
    outcome.value,
    ({ agentId, shift }) => freed.has(agentId) && shift.date === "2026-11-02",
  );
}

describe("with codes, no byte of a name, an id, an address or a note leaves", () => {
  test("in any file that a page writes", () => {
    const coded = withAgentCodes(document);
    const roster = coded.results.roster!.value;
    const people = changesWithCodes(rosterChanges(document, 0, "roster"), codeBook(document));
    const files = {
      plan: planFileText(coded),
      roster: scheduleCsv(coded.plan, roster),
      cxone: cxoneScheduleCsv(coded.plan, roster),
      wishes: wishesCsv(coded.plan.agents),
      ledger: ledgerCsv(coded.plan.agents, coded.plan.ledger ?? []),
      people: peopleCsv(coded.plan),
      draft: draftCalendar(coded, "2026-11-01T11:00:00.000Z", null),
      changes: rosterChangesCsv(people, coded.plan.timeZone),
      calendars: JSON.stringify(personCalendars(coded.published!, 0, people)),
    };
    for (const [name, text] of Object.entries(files)) {
      expect(text.length, name).toBeGreaterThan(100);
      expect(planted.exec(text)?.[0], name).toBeUndefined();
    }
    expect(files.wishes).toContain("P001,P001,2026-11-03,off");
    expect(files.ledger).toContain("X001,,1,1,1,1,1,1");
    // The same file without codes holds them: the search finds what is there.
    expect(planFileText(document)).toMatch(planted);
  });

  beforeAll(() => {
    writeFileSync(plan, planFileText(document));
    const { grid, assignments } = document.results.roster!.value;
    const rows = assignments
      .filter(({ shift }) => shift.date === "2026-11-03")
      .map(({ agentId, shift }) =>
        [agentId, minuteIso(grid, shift.startMinute), minuteIso(grid, shift.endMinute), "Available"].join(),
      );
    writeFileSync(log, `agent,start,end,state\n${rows.join("\n")}\n`);
  });

  const someone = document.plan.agents[2].id;
  test.each([
    ["adherence, by day", ["adherence", plan, log]],
    ["adherence, by interval", ["adherence", plan, log, "--by", "interval"]],
    ["adherence, JSON", ["adherence", plan, log, "--json"]],
    ["changes", ["publish", plan, "--since", "0"]],
    [
      "changes of one person, JSON",
      ["publish", plan, "--since", "0", "--json", "--person", "Quillfeather 0"],
    ],
    ["calendars", ["publish", plan, "--since", "0", "--calendars", scratch.pathOf("calendars")]],
    ["leave", ["leave", plan, "--grant", `${someone}:2026-11-03..2026-11-03`, "--replications", "2"]],
    [
      "leave, JSON",
      ["leave", plan, "--grant", `${someone}:2026-11-03..2026-11-03`, "--replications", "2", "--json"],
    ],
    ["the day", ["day", plan, "--now", "2026-11-03T09:00", "--sick", someone]],
    ["options of the day", ["day", plan, "--now", "2026-11-03T09:00", "--sick", someone, "--options"]],
    [
      "an option of the day, JSON",
      ["day", plan, "--now", "2026-11-03T09:00", "--sick", someone, "--apply", "1", "--json"],
    ],
  ])(
    "in what the command line prints: %s",
    async (_name, args) => {
      const ended = await shiftwrightHere([...args, "--codes"]);
      expect(ended.status, ended.error).toBe(0);
      expect(ended.output.length).toBeGreaterThan(20);
      expect(planted.exec(`${ended.output}${ended.error}`)?.[0]).toBeUndefined();
    },
    60_000,
  );

  test("in the calendars it writes, neither in their names", () => {
    const folder = scratch.pathOf("calendars");
    const names = readdirSync(folder);
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      expect(name).not.toMatch(planted);
      expect(readFileSync(`${folder}/${name}`, "utf8")).not.toMatch(planted);
    }
  });

  test("and a plan that is written keeps its names, so both are not had at once", async () => {
    const ended = await shiftwrightHere([
      "day",
      plan,
      "--now",
      "2026-11-03T09:00",
      "--codes",
      "--out",
      first,
    ]);
    expect(ended.status).not.toBe(0);
    expect(ended.error).toContain("--codes is for what is printed");
  });
});
