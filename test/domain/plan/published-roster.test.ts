import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { openStorage } from "../../../src/app/keeping/storage.ts";
import { keepUnsaved, unsaved, withUnsaved } from "../../../src/app/keeping/unsaved.ts";
import { openSession, sessionReducer } from "../../../src/app/session/session.ts";
import { withAgentCodes } from "../../../src/domain/plan/agent-codes.ts";
import {
  withAgentKey,
  withNewAgents,
  withoutAgents,
  withShiftsFreed,
} from "../../../src/domain/plan/edit-people.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import { isPublished, toldUntil } from "../../../src/domain/plan/published-roster.ts";
import { publishRoster, rosterChanges } from "../../../src/domain/plan/roster-changes.ts";
import { toldRoster } from "../../../src/domain/plan/told-roster.ts";
import { readPlanDocument } from "../../../src/files/plan-document.ts";
import { planFileText, readPlanFile } from "../../../src/files/plan-file.ts";
import { rosterChangesCsv } from "../../../src/files/roster-changes-csv.ts";
import { nextPeriod } from "../../../src/periods/next-period.ts";
import { staffedPlan } from "../../leave/staffed-plan.ts";

const document = staffedPlan({ days: 2 });

function published(before: PlanDocument, note: string): PlanDocument {
  const outcome = publishRoster(before, { publishedAt: "2026-11-01T10:00:00Z", note });
  if (!outcome.ok) throw new RangeError("not published");
  return outcome.value;
}
const once = published(document, "First");

/** Without the shift of one person on the first day. */
const withoutShift = (of: PlanDocument, id: string) =>
  withShiftsFreed(of, ({ agentId, shift }) => agentId === id && shift.date === "2026-11-02");

/** Each shift of the first day an hour shorter. */
function shortened(of: PlanDocument, id: string): PlanDocument {
  const { roster } = of.results;
  const assignments = roster!.value.assignments.map((one) => {
    if (one.agentId !== id || one.shift.date !== "2026-11-02") return one;
    const endMinute = one.shift.endMinute - 60;
    const activities = one.shift.activities.map((activity) => ({
      ...activity,
      endMinute: Math.min(activity.endMinute, endMinute),
    }));
    return { ...one, shift: { ...one.shift, endMinute, activities } };
  });
  return {
    ...of,
    results: { ...of.results, roster: { ...roster!, value: { ...roster!.value, assignments } } },
  };
}

const peopleOf = (of: PlanDocument, since: number) =>
  rosterChanges(of, since, "roster").map(({ name, changes }) => [
    name,
    changes.map(({ before, after }) => (before === null ? "new" : after === null ? "dropped" : "changed")),
  ]);

test("the first version is everybody's shifts, and nothing differs from it then", () => {
  expect(isPublished(document.published, document.results.roster!.value.grid)).toBe(false);
  expect(rosterChanges(document, 0, "roster")).toHaveLength(10);
  expect(isPublished(once.published, once.results.roster!.value.grid)).toBe(true);
  expect(once.published!.versions[0].changes).toHaveLength(20);
  expect(rosterChanges(once, 1, "roster")).toEqual([]);
  expect(published(once, "Again")).toBe(once);
  expect(
    publishRoster(
      { ...document, results: { ...document.results, roster: null } },
      { publishedAt: "", note: "" },
    ),
  ).toMatchObject({ ok: false, issues: [{ code: "publish.noRoster" }] });
});

test("what differs is said of whom it concerns and of nobody else, break for break", () => {
  const edited = shortened(withoutShift(once, "voice-1"), "voice-0");
  expect(peopleOf(edited, 1)).toEqual([
    ["Agent voice-0", ["changed"]],
    ["Agent voice-1", ["dropped"]],
  ]);
  const twice = published(edited, "Second");
  expect(rosterChanges(twice, 2, "roster")).toEqual([]);
  expect(twice.published!.versions[1].changes).toHaveLength(2);
  // Who knows the first version hears the same after a third that changed only the hours back.
  const { roster } = once.results;
  const third = published({ ...twice, results: { ...twice.results, roster } }, "Third");
  expect(peopleOf(third, 1)).toEqual([]);
  expect(rosterChanges(third, 2, 3)).toHaveLength(2);
  const told = [...toldUntil(third.published!).values()].filter(({ sequence }) => sequence > 0);
  expect(told.map(({ personKey, sequence }) => [personKey, sequence])).toEqual([
    ["voice-0", 2],
    ["voice-1", 2],
  ]);
});

test("the table of changes has a row a shift, with the times before and after", () => {
  const edited = shortened(withoutShift(once, "voice-1"), "voice-0");
  const rows = rosterChangesCsv(rosterChanges(edited, 1, "roster"), "UTC")
    .trim()
    .split(/\r?\n/);
  expect(rows).toHaveLength(3);
  const [, changed, dropped] = rows.map((row) => row.split(","));
  expect(changed.slice(0, 4)).toEqual(["2026-11-02", "voice-0", "Agent voice-0", "changed"]);
  expect(Date.parse(changed[6]) - Date.parse(changed[10])).toBe(3_600_000);
  expect(dropped.slice(3, 4)).toEqual(["dropped"]);
  expect(dropped.slice(8)).toEqual(["", "", "", ""]);
});

test("what people knew after a version is a roster of its own", () => {
  const twice = published(shortened(withoutShift(once, "voice-1"), "voice-0"), "Second");
  const { plan, results } = twice;
  const { grid, assignments } = results.roster!.value;
  const knownAs = (version?: number) =>
    toldRoster(twice.published, plan.agents, grid, version)!
      .assignments.map(({ agentId, shift: { date, startMinute, endMinute } }) =>
        [date, agentId, startMinute, endMinute].join(" "),
      )
      .sort();
  const as = (list: typeof assignments) =>
    list
      .map(({ agentId, shift }) => [shift.date, agentId, shift.startMinute, shift.endMinute].join(" "))
      .sort();
  expect(knownAs()).toEqual(as(assignments));
  expect(knownAs(1)).toEqual(as(once.results.roster!.value.assignments));
  expect(toldRoster(twice.published, plan.agents, grid, 0)).toBeNull();
});

test("another id of somebody is no change, and a newcomer with their old id is somebody else", () => {
  const keyed = withAgentKey(once, "voice-0", "E-1");
  expect(rosterChanges(keyed, 1, "roster")).toEqual([]);
  const back = withAgentKey(withAgentKey(keyed, "E-1", "E-2"), "voice-1", "voice-0");
  expect(rosterChanges(back, 1, "roster")).toEqual([]);
  expect(peopleOf(withoutShift(back, "voice-0"), 1)).toEqual([["Agent voice-1", ["dropped"]]]);
});

test("who has left is told that their shifts are gone, and nobody new gets their id", () => {
  const gone = withoutAgents(once, new Set(["voice-0"]));
  expect(peopleOf(gone, 1)).toEqual([["Agent voice-0", ["dropped", "dropped"]]]);
  expect(rosterChanges(gone, 1, "roster")[0].agentId).toBeNull();
  const numbered = published(withAgentKey(document, "voice-0", "agent-10"), "First");
  const grown = withNewAgents(withoutAgents(numbered, new Set(["agent-10"])), 1, "New");
  const { plan: later } = withNewAgents(withoutAgents(once, new Set(["voice-0"])), 1, "New");
  expect(later.agents.at(-1)?.id).toBe("agent-10");
  // `agent-10` is what voice-0 was renamed to: versions know that person as voice-0.
  expect(rosterChanges(grown, 1, "roster").map(({ personKey }) => personKey)).toEqual(["voice-0"]);
});

test("undo takes no version back", () => {
  const at = 0;
  let state = openSession(document);
  state = sessionReducer(state, { type: "edit", label: "", change: (of) => withoutShift(of, "voice-1"), at });
  state = sessionReducer(state, {
    type: "published",
    published: published(state.document, "First").published!,
  });
  const { published: told } = state.document;
  state = sessionReducer(state, { type: "undo" });
  expect(state.document.published).toBe(told);
  expect(peopleOf(state.document, 1)).toEqual([["Agent voice-1", ["new"]]]);
  state = sessionReducer(state, { type: "redo" });
  expect(state.document.published).toBe(told);
  expect(peopleOf(state.document, 1)).toEqual([]);
});

test("the next period goes on with the versions, and has none of its own days yet", () => {
  const outcome = nextPeriod(once, null, { start: "copy" });
  if (!outcome.ok) throw new RangeError("no next period");
  const next = outcome.value;
  expect(next.published).toEqual(once.published);
  expect(next.results.roster === null || isPublished(next.published, next.results.roster!.value.grid)).toBe(
    false,
  );
  const { plan, published: told, results } = next;
  expect(toldRoster(told, plan.agents, results.roster!.value.grid)).toBeNull();
  expect([...toldUntil(next.published!).values()].every(({ shift }) => shift !== null)).toBe(true);
});

test("a year later only the notes are left", () => {
  const outcome = nextPeriod(once, null, { firstDate: "2028-01-03" });
  if (!outcome.ok) throw new RangeError("no next period");
  expect(outcome.value.published?.versions).toMatchObject([{ note: "First", changes: [] }]);
});

test("plan file, browser storage and what a closing page kept hold the versions", async () => {
  const read = readPlanFile(new TextEncoder().encode(planFileText(once)));
  if (!read.ok) throw new RangeError("not read");
  expect(read.issues).toEqual([]);
  expect(read.value.published).toEqual(once.published);

  const storage = await openStorage("published");
  await storage.save(document, null, null);
  expect((await storage.load(document.plan.id))?.document.published).toBeUndefined();
  await storage.save(once, document, 1);
  expect((await storage.load(document.plan.id))?.document.published).toEqual(once.published);
  storage.close();

  const texts = new Map<string, string>();
  const store = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
  keepUnsaved(once, document, 2, store);
  const kept = unsaved(store)!;
  expect(kept.parts).toEqual(["published"]);
  const held = readPlanFile(new TextEncoder().encode(kept.text));
  if (!held.ok) throw new RangeError("not read");
  expect(withUnsaved(document, held.value, kept.parts).published).toEqual(once.published);
});

test("versions that are damaged are left out with a warning, and the plan opens", () => {
  const outcome = readPlanDocument({ ...once, published: { calendarId: "x", versions: [{ note: 1 }] } });
  expect(outcome).toMatchObject({
    ok: true,
    issues: [{ code: "planFile.partLeftOut", values: { part: "published" } }],
  });
});

test("with codes in place of names no version names anybody", () => {
  const gone = withoutAgents(
    withAgentKey(published(once, "Ada is ill"), "voice-1", "E-7"),
    new Set(["voice-0"]),
  );
  const coded = withAgentCodes(gone);
  expect(
    JSON.stringify([coded.published, coded.plan.agents.map(({ id, firstId }) => [id, firstId])]),
  ).not.toMatch(/voice-|both-|Agent|E-7|Ada/);
  expect(rosterChanges(coded, 1, "roster").map(({ agentId, name }) => [agentId, name])).toEqual([
    [null, "X001"],
  ]);
});
