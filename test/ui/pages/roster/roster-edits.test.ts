import { describe, expect, test } from "vitest";
import { samplePlan } from "../../../../sample-data/plan.ts";
import { createIntervalGrid } from "../../../../src/domain/calendar/interval-grid.ts";
import { withTimes } from "../../../../src/domain/plan/edit-shift.ts";
import { noResults } from "../../../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../../../src/domain/plan/plan.ts";
import type { Roster } from "../../../../src/domain/plan/roster.ts";
import type { Schedule, Shift } from "../../../../src/domain/plan/shift.ts";
import type { ProvedFix } from "../../../../src/rostering/open-shift-fixes.ts";
import { stageFreshness, stageInputKey } from "../../../../src/stages/freshness.ts";
import { withRoster } from "../../../../src/stages/judged-roster.ts";
import { exchanges, obstaclesOf, replacements } from "../../../../src/ui/pages/roster/roster-answers.ts";
import {
  applyFixes,
  callInSick,
  copyShifts,
  editShifts,
  giveShift,
  moveShifts,
  pinShifts,
  retimed,
  setWish,
  takeShiftsOff,
  togglePins,
  withMeetingsPlaced,
} from "../../../../src/ui/pages/roster/roster-edits.ts";

/** Two colleagues of the sample plan, two shifts on Monday and one on Tuesday; the first has Monday's first. */
function document(): PlanDocument {
  const sample = samplePlan();
  const [template] = sample.templates;
  const grid = createIntervalGrid(sample.timeZone, 15, "2026-11-02", 7);
  const group = sample.groups[0].id;
  const agents = sample.agents
    .filter(({ groupId }) => groupId === group)
    .slice(0, 2)
    .map((agent, index) => ({ ...agent, id: ["Ada", "Ben"][index], daysOff: [], wishes: [] }));
  const contracts = sample.contracts.map((contract) => ({
    ...contract,
    minimumMinutesPerWeek: 0,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
  }));
  const shift = (id: string, day: number, hour: number): Shift => {
    const startMinute = day * 1440 + hour * 60;
    const endMinute = startMinute + 480;
    return {
      id,
      templateId: template.id,
      groupId: group,
      date: `2026-11-0${2 + day}`,
      startMinute,
      endMinute,
      activities: [{ kind: "work", startMinute, endMinute, paid: true }],
      pinned: false,
    };
  };
  const shifts = [shift("mon-8", 0, 8), shift("mon-9", 0, 9), shift("tue-8", 1, 8)];
  const schedule = { grid, shifts } as unknown as Schedule;
  const roster: Roster = {
    grid,
    assignments: [{ agentId: "Ada", shift: shifts[0], pinned: false }],
    unassigned: shifts.slice(1),
    violations: [],
    status: "optimal",
    objective: 0,
    bound: null,
    seconds: null,
  };
  const plan = { ...sample, firstDate: "2026-11-02", dayCount: 7, agents, contracts };
  const made = { madeAt: "2026-11-01T00:00:00Z", inputKey: "" };
  const start: PlanDocument = {
    plan,
    history: null,
    results: { ...noResults, schedule: { ...made, value: schedule }, roster: { ...made, value: roster } },
  };
  const inputKey = stageInputKey("roster", start)!;
  return { ...start, results: { ...start.results, roster: { ...made, inputKey, value: roster } } };
}

const monday = "2026-11-02";
const tuesday = "2026-11-03";
const who = ({ results }: PlanDocument) =>
  results.roster!.value.assignments.map(
    ({ agentId, shift, pinned }) => `${agentId} ${shift.id}${pinned ? " pinned" : ""}`,
  );
const open = ({ results }: PlanDocument) => results.roster!.value.unassigned.map(({ id }) => id);

describe("a roster edited by hand", () => {
  test("a shift goes to a colleague; two shifts change hands", () => {
    const moved = moveShifts(document(), [
      { from: { agentId: "Ada", date: monday }, to: { agentId: "Ben", date: monday } },
    ]);
    expect(who(moved)).toEqual(["Ben mon-8"]);
    const both = giveShift(moved, moved.results.roster!.value.unassigned[0], "Ada");
    expect(who(both)).toEqual(["Ben mon-8", "Ada mon-9"]);
    const swapped = moveShifts(both, [
      { from: { agentId: "Ada", date: monday }, to: { agentId: "Ben", date: monday } },
    ]);
    expect(who(swapped).sort()).toEqual(["Ada mon-8", "Ben mon-9"]);
  });

  test("moved to another day it takes an open shift of its kind, or goes beyond the schedule", () => {
    const tuesdayShift = moveShifts(document(), [
      { from: { agentId: "Ada", date: monday }, to: { agentId: "Ada", date: tuesday } },
    ]);
    expect(who(tuesdayShift)).toEqual(["Ada tue-8"]);
    expect(open(tuesdayShift)).toEqual(["mon-8", "mon-9"]);
    const copied = copyShifts(tuesdayShift, [
      { from: { agentId: "Ada", date: tuesday }, to: { agentId: "Ben", date: tuesday } },
    ]);
    expect(who(copied)).toEqual(["Ada tue-8", "Ben extra-2026-11-03-Ben"]);
    expect(copied.results.roster!.value.violations.some(({ rule }) => rule === "coverOver")).toBe(true);
  });

  test("what an edit breaks stands beside it, and its price follows", () => {
    const before = document();
    const off = takeShiftsOff(before, [{ agentId: "Ada", date: monday }]);
    expect(who(off)).toEqual([]);
    expect(open(off)).toHaveLength(3);
    expect(off.results.roster!.value.objective).toBeGreaterThan(0);
    const saturday = "2026-11-07";
    const wrong = copyShifts(before, [
      { from: { agentId: "Ada", date: monday }, to: { agentId: "Ada", date: saturday } },
    ]);
    // The early template is for weekdays.
    expect(wrong.results.roster!.value.violations).toContainEqual({
      rule: "availability",
      agentId: "Ada",
      date: saturday,
      penalty: null,
    });
  });

  test("is judged over the border to the period before, and names its last shift", () => {
    const night = {
      templateId: "night",
      date: "2026-11-01",
      start: "2026-11-01T21:00:00Z",
      end: "2026-11-02T05:00:00Z",
      paidMinutes: 480,
    };
    const before = document();
    const priorRoster = {
      firstDate: "2026-10-26",
      lastDate: "2026-11-01",
      people: [{ agentId: "Ben", shifts: [night] }],
    };
    const after = { ...before, plan: { ...before.plan, priorRoster } };
    const moved = moveShifts(after, [
      { from: { agentId: "Ada", date: monday }, to: { agentId: "Ben", date: monday } },
    ]);
    expect(moved.results.roster!.value.violations).toContainEqual({
      rule: "restBetweenShifts",
      agentId: "Ben",
      date: monday,
      penalty: null,
      priorShift: night,
    });
    const found = replacements(after, after.results.roster!.value.unassigned[0]);
    expect(found.map(({ agentId, breaks }) => [agentId, ...breaks])).toEqual([["Ben", "restBetweenShifts"]]);
  });

  test("is judged the same when the page is opened again", () => {
    const wrong = copyShifts(document(), [
      { from: { agentId: "Ada", date: monday }, to: { agentId: "Ada", date: "2026-11-07" } },
    ]);
    // Another plan object, as a file or the browser's storage gives it: nothing is remembered of it.
    const { assignments, violations } = wrong.results.roster!.value;
    const reopened = { ...wrong, plan: { ...wrong.plan, templates: [...wrong.plan.templates] } };
    expect(withRoster(reopened, assignments).results.roster!.value.violations).toEqual(violations);
  });

  test("has no bound: the solver proved its own for other pins, people and changes", () => {
    const base = document();
    const made = base.results.roster!;
    const solved: PlanDocument = {
      ...base,
      results: { ...base.results, roster: { ...made, value: { ...made.value, bound: 1000 } } },
    };
    const place = { agentId: "Ada", date: monday };
    const edits = [
      takeShiftsOff(solved, [place]),
      callInSick(solved, [place]),
      togglePins(solved, [place]),
      setWish(solved, [place], { kind: "shiftOff", templateId: null, weight: 3 }),
      moveShifts(solved, [{ from: place, to: { agentId: "Ben", date: monday } }]),
    ];
    expect(edits.map(({ results }) => results.roster!.value.bound)).toEqual(edits.map(() => null));
  });

  test("a block moved onto itself by a day keeps all its shifts", () => {
    const both = giveShift(document(), document().results.roster!.value.unassigned[1], "Ada");
    expect(who(both)).toEqual(["Ada mon-8", "Ada tue-8"]);
    const later = moveShifts(both, [
      { from: { agentId: "Ada", date: monday }, to: { agentId: "Ada", date: tuesday } },
      { from: { agentId: "Ada", date: tuesday }, to: { agentId: "Ada", date: "2026-11-04" } },
    ]);
    const days = later.results.roster!.value.assignments.map(({ shift }) => shift.date);
    expect(days.sort()).toEqual([tuesday, "2026-11-04"]);
  });

  test("pinned shifts are not moved, taken off or replaced", () => {
    const pinned = pinShifts(document(), () => true, true);
    expect(who(pinned)).toEqual(["Ada mon-8 pinned"]);
    const place = { agentId: "Ada", date: monday };
    expect(takeShiftsOff(pinned, [place])).toBe(pinned);
    expect(moveShifts(pinned, [{ from: place, to: { agentId: "Ben", date: monday } }])).toBe(pinned);
    expect(who(pinShifts(pinned, () => true, false))).toEqual(["Ada mon-8"]);
  });

  test("called in sick: away in the plan, the shift open, somebody else found, nothing stale", () => {
    const sick = callInSick(document(), [{ agentId: "Ada", date: monday }]);
    expect(sick.plan.agents[0].daysOff).toEqual([monday]);
    expect(open(sick)).toContain("mon-8");
    const ranked = replacements(sick, sick.results.roster!.value.unassigned[0]);
    expect(ranked.map(({ agentId, breaks }) => [agentId, breaks.length])).toEqual([["Ben", 0]]);
    const replaced = giveShift(sick, sick.results.roster!.value.unassigned[0], "Ben");
    expect(who(replaced)).toEqual(["Ben mon-8"]);
    expect(stageFreshness("roster", replaced)).toBe(stageFreshness("roster", document()));
    expect(replaced.results.roster!.inputKey).toBe(stageInputKey("roster", replaced));
  });
});

describe("open shifts closed by a fix", () => {
  const back: ProvedFix = {
    fix: { kind: "leave", agentId: "Ben", dates: [monday] },
    closes: 1,
    given: [{ agentId: "Ben", shiftId: "mon-9" }],
  };
  const hired: ProvedFix = {
    fix: { kind: "hire", agentId: "new-1", groupId: "voice", contractId: "full" },
    closes: 1,
    given: [{ agentId: "new-1", shiftId: "tue-8" }],
  };
  const onLeave = callInSick(document(), [{ agentId: "Ben", date: monday }]);

  const none = { closes: 0, given: [] };

  test("nothing but what can be given out as things stand", () => {
    const start = document();
    const already = { closes: 1, given: [{ agentId: "Ben", shiftId: "mon-9" }] };
    const assigned = applyFixes(start, { already, fixes: [] }, String);
    expect(assigned.plan.agents).toEqual(start.plan.agents);
    expect(who(assigned)).toEqual(["Ada mon-8", "Ben mon-9"]);
    expect(open(assigned)).toEqual(["tue-8"]);
  });

  test("what it changes in the plan, and the shifts that it gives out", () => {
    expect(obstaclesOf(onLeave, onLeave.results.roster!.value.unassigned[0], "Ben")).toEqual(["leave"]);
    const fixed = applyFixes(onLeave, { already: none, fixes: [back] }, String);
    expect(fixed.plan.agents[1].daysOff).toEqual([]);
    expect(who(fixed)).toEqual(["Ada mon-8", "Ben mon-9"]);
    expect(open(fixed)).toEqual(["tue-8"]);
    expect(fixed.results.roster!.inputKey).toBe(stageInputKey("roster", fixed));
  });

  test("one after the other, somebody new among them", () => {
    const fixed = applyFixes(onLeave, { already: none, fixes: [back, hired] }, (number) => `New ${number}`);
    expect(fixed.plan.agents.map(({ name }) => name).at(-1)).toBe("New 3");
    expect(open(fixed)).toEqual([]);
    expect(who(fixed)).toEqual(["Ada mon-8", "Ben mon-9", "new-1 tue-8"]);
  });
});

describe("times edited by hand", () => {
  const place = { agentId: "Ada", date: monday };
  const longer = (shift: Shift) => withTimes(shift, shift.startMinute, shift.endMinute + 60);
  const found = ({ results }: PlanDocument) => results.roster!.value;

  test("a longer shift stays the schedule's shift: neither short nor beyond it, and the others stay open", () => {
    const before = document();
    const after = editShifts(before, [place], longer);
    expect(found(after).assignments[0].shift).toMatchObject({ id: "mon-8", endMinute: 17 * 60 });
    expect(found(after).unassigned.map(({ id }) => id)).toEqual(["mon-9", "tue-8"]);
    const rules = (of: PlanDocument) => found(of).violations.map(({ rule, date }) => `${rule} ${date}`);
    expect(rules(after)).toEqual(rules(withRoster(before, found(before).assignments)));
    expect(found(after)).not.toBe(found(before));
    expect(after.results.roster!.inputKey).toBe(stageInputKey("roster", after));
  });

  test("back at its old times all is as it was; taken off, the shift is open as the schedule has it", () => {
    const before = withRoster(document(), found(document()).assignments);
    const edited = editShifts(before, [place], longer);
    const back = editShifts(edited, [place], (shift) =>
      withTimes(shift, shift.startMinute, shift.endMinute - 60),
    );
    expect(found(back)).toEqual(found(before));
    const open = found(takeShiftsOff(edited, [place])).unassigned.find(({ id }) => id === "mon-8");
    expect(open?.endMinute).toBe(16 * 60);
  });

  test("a rule that the new times break is named on its day", () => {
    const start = document();
    const short = {
      ...start,
      plan: {
        ...start.plan,
        contracts: start.plan.contracts.map((one) => ({ ...one, maximumMinutesPerDay: 500 })),
      },
    };
    expect(found(editShifts(short, [place], longer)).violations).toContainEqual(
      expect.objectContaining({ agentId: "Ada", date: monday, penalty: null }),
    );
  });

  test("pinned shifts and edits that make no sense change nothing", () => {
    const pinned = togglePins(document(), [place]);
    expect(editShifts(pinned, [place], longer)).toBe(pinned);
    const start = document();
    expect(editShifts(start, [place], () => null)).toBe(start);
    expect(editShifts(start, [{ agentId: "Ben", date: monday }], longer)).toBe(start);
  });
});

describe("meetings in shifts that are edited", () => {
  const meeting = {
    id: "talk",
    name: "Talk",
    kind: "meeting" as const,
    lengthMinutes: 30,
    agentIds: ["Ada", "Ben"],
    teams: [],
    repeats: "once" as const,
    together: true,
    must: true,
    weekdays: [1, 2],
    fromMinute: 600,
    toMinute: 900,
  };
  const start = document();
  const planned = { ...start, plan: { ...start.plan, meetings: [meeting] } };
  const placed = withMeetingsPlaced(planned);
  const kinds = ({ results }: PlanDocument) =>
    results.roster!.value.assignments.map(
      ({ agentId, shift }) => `${agentId} ${shift.date} ${shift.activities.map(({ kind }) => kind).join()}`,
    );

  test("placing is an edit, and placing again is none", () => {
    expect(kinds(placed)).toEqual([`Ada ${monday} work,meeting,work`]);
    expect(withMeetingsPlaced(placed)).toBe(placed);
    expect(withMeetingsPlaced(start)).toBe(start);
  });

  test("a copy, a shift moved to another day and one moved in time leave them behind", () => {
    const place = { agentId: "Ada", date: monday };
    const copied = copyShifts(placed, [{ from: place, to: { agentId: "Ada", date: tuesday } }]);
    expect(kinds(copied)).toEqual([`Ada ${monday} work,meeting,work`, `Ada ${tuesday} work`]);
    const moved = moveShifts(placed, [{ from: place, to: { agentId: "Ben", date: tuesday } }]);
    expect(kinds(moved)).toEqual([`Ben ${tuesday} work`]);
    const { grid } = placed.results.roster!.value;
    expect(kinds(editShifts(placed, [place], (shift) => retimed(grid, shift, "whole", 60)))).toEqual([
      `Ada ${monday} work`,
    ]);
    expect(kinds(editShifts(placed, [place], (shift) => retimed(grid, shift, "end", 60)))).toEqual([
      `Ada ${monday} work,meeting,work`,
    ]);
  });

  test("given to somebody who takes no part, a shift is work again; a wish that was not there is not cleared", () => {
    const alone = { ...placed, plan: { ...placed.plan, meetings: [{ ...meeting, agentIds: ["Ada"] }] } };
    const given = moveShifts(alone, [
      { from: { agentId: "Ada", date: monday }, to: { agentId: "Ben", date: monday } },
    ]);
    expect(kinds(given)).toEqual([`Ben ${monday} work`]);
    expect(setWish(placed, [{ agentId: "Ada", date: monday }], null)).toBe(placed);
  });
});

test("who is sick on the day that is going on is offered neither as cover nor for a swap", () => {
  const start = document();
  const sick = [{ agentId: "Ben", fromMinute: 0 }];
  const today = { date: monday, nowMinute: 600, came: [], sick };
  const known = { ...start, plan: { ...start.plan, today } };
  const [open, tomorrow] = start.results.roster!.value.unassigned;
  const place = { agentId: "Ada", date: monday };
  const names = (of: readonly { readonly agentId: string }[]) => of.map(({ agentId }) => agentId);
  expect(names(replacements(start, open))).toContain("Ben");
  expect(names(replacements(known, open))).not.toContain("Ben");
  expect(names(replacements(known, tomorrow))).toContain("Ben");
  expect(names(exchanges(start, place))).toEqual(["Ben"]);
  expect(names(exchanges(known, place))).toEqual([]);
});
