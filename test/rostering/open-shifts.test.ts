import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import { withFix } from "../../src/domain/plan/open-shift-fix.ts";
import { assignRoster } from "../../src/rostering/assign-roster.ts";
import { reportOpenShifts } from "../../src/rostering/open-shift-fixes.ts";
import type { RosterInput } from "../../src/rostering/problem/roster-input.ts";
import { explanationOfSeed } from "./open-shift-check.ts";
import { randomRosterInput } from "./random-plan.ts";
import { checkRoster } from "./roster-check.ts";
import { agent, contract, grid, input, roster, shift } from "./small-plan.ts";

describe("why a shift is open", () => {
  // Two hundred seeds and more: npm run bench:open-explained.
  test("is right against every person and every single relaxation, for seeded rosters", () => {
    const reports = Array.from({ length: 9 }, (_, at) => explanationOfSeed(at + 1));
    expect(reports.flatMap(({ seed, faults }) => faults.map((fault) => `${seed}: ${fault}`))).toEqual([]);
    expect(reports.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(20);
  });
});

describe("what would close open shifts", () => {
  const groups = input([], []).groups;
  const report = async (
    shifts: Parameters<typeof input>[0],
    agents: Parameters<typeof input>[1],
    more = {},
  ) => {
    const given = input(shifts, agents, more);
    const made = await roster(given);
    return { given, made, ...reportOpenShifts({ input: given, roster: made, takenIds: new Set() }) };
  };

  test("two hours more a week, where the week is too short by two", async () => {
    const short = { ...contract, maximumMinutesPerWeek: 2400 - 120 };
    const week = [0, 1, 2, 3, 4].map((day) => shift(day, 8));
    const { open, fixes } = await report(week, [agent("Ana")], { contracts: [short] });
    expect(open.map(({ cause, near }) => [cause, near[0].obstacles])).toEqual([
      ["maximumMinutesPerWeek", ["maximumMinutesPerWeek"]],
    ]);
    expect(fixes[0]).toMatchObject({
      fix: { kind: "weekMinutes", contractId: "full", minutes: 120 },
      closes: 1,
    });
  });

  test("one more person with both skills, where most shifts want both", async () => {
    const shifts = [0, 1, 2].flatMap((day) => [shift(day, 8, "both"), shift(day, 8, "voice")]);
    const { open, fixes } = await report(shifts, [agent("Ana"), agent("Ben")]);
    expect(open.map(({ cause }) => cause)).toEqual(["nobody", "nobody", "nobody"]);
    expect(fixes[0]).toMatchObject({ closes: 3 });
    expect(["skill", "hire"]).toContain(fixes[0].fix.kind);
    expect(
      groups.find(({ id }) => "groupId" in fixes[0].fix && id === fixes[0].fix.groupId)?.queueIds,
    ).toContain("Chat");
  });

  test("what can be assigned as things stand is named", () => {
    const given = input([shift(0, 8)], [agent("Ana")]);
    const [open] = given.schedule!.shifts;
    const { already } = reportOpenShifts({
      input: given,
      roster: { grid, assignments: [], unassigned: [open] },
      takenIds: new Set(),
    });
    expect(already).toEqual({ closes: 1, given: [{ agentId: "Ana", shiftId: open.id }] });
  });

  test("of a roster of another period, days that the plan has too are explained, at the same clock times", () => {
    const earlier = createIntervalGrid("Europe/Berlin", 15, "2026-10-12", 14);
    const on = (date: string, startMinute: number) => {
      const model = shift(0, 8);
      const by = startMinute - model.startMinute;
      const times = { startMinute, endMinute: model.endMinute + by };
      return { ...model, ...times, id: date, date, activities: [{ ...model.activities[0], ...times }] };
    };
    const given = input([shift(0, 8)], [agent("Ana")]);
    const { open } = reportOpenShifts({
      input: given,
      roster: {
        grid: earlier,
        assignments: [],
        unassigned: [on("2026-10-13", 1920), on("2026-10-20", 12_000)],
      },
      takenIds: new Set(),
    });
    expect(open.map((one) => [one.shift.date, one.shift.startMinute, one.cause])).toEqual([
      ["2026-10-20", 1920, "free"],
    ]);
  });

  test("one more person gets an id that nobody has or had", async () => {
    const shifts = [0, 1, 2].flatMap((day) => [shift(day, 8, "both"), shift(day, 8, "voice")]);
    const given = input(shifts, [agent("Ana")]);
    const takenIds = new Set(["new-1", "new-2"]);
    const { fixes } = reportOpenShifts({ input: given, roster: await roster(given), takenIds });
    expect(fixes[0].fix).toMatchObject({ kind: "hire", agentId: "new-3" });
    expect(fixes[0].given.map(({ agentId }) => agentId)).toContain("new-3");
  });

  test("somebody at work takes it, and another what they had: an exchange is found and proved", async () => {
    // Ben alone has both skills and sits on a shift that Ana could work, once she is back from leave.
    const both = agent("Ben", { groupId: "both" });
    const given = input(
      [shift(0, 8, "voice"), shift(0, 8, "both")],
      [agent("Ana", { daysOff: ["2026-10-19"] }), both],
    );
    const unassigned = [given.schedule!.shifts[1]];
    const assignments = [{ agentId: "Ben", shift: given.schedule!.shifts[0], pinned: false }];
    const { open, fixes } = reportOpenShifts({
      input: given,
      roster: { grid, assignments, unassigned },
      takenIds: new Set(),
    });
    expect(open[0].near.find(({ agentId }) => agentId === "Ben")?.obstacles).toEqual(["working"]);
    const back = fixes.find(({ fix }) => fix.kind === "leave") ?? fixes[0];
    expect(back.closes).toBe(1);
    expect(back.given.length).toBeGreaterThan(0);
  });

  test("each fix, made in the plan with its assignments, breaks no rule and leaves so many open fewer", async () => {
    let proved = 0;
    for (const seed of [3, 5, 8, 13, 21, 34]) {
      const drawn = randomRosterInput(seed);
      const given: RosterInput = { ...drawn, present: null, rostering: undefined, requirement: null };
      if (given.schedule === null) continue;
      const outcome = await assignRoster(given);
      if (!outcome.ok) continue;
      const made = outcome.value;
      const { fixes } = reportOpenShifts({ input: given, roster: made, takenIds: new Set() });
      let plan = { ...given, firstDate: made.grid.firstDate };
      const holders = new Map(made.assignments.map((one) => [`${one.agentId} ${one.shift.date}`, one]));
      const shiftOf = new Map(
        [...made.unassigned, ...made.assignments.map((one) => one.shift)].map((one) => [one.id, one]),
      );
      let openCount = made.unassigned.length;
      for (const { fix, closes, given: gives } of fixes) {
        const before = checkRoster(plan, { ...made, assignments: [...holders.values()] }).hard;
        plan = withFix(plan, fix, "New") as typeof plan;
        for (const { agentId, shiftId } of gives) {
          const given = shiftOf.get(shiftId)!;
          holders.set(`${agentId} ${given.date}`, { agentId, shift: given, pinned: false });
        }
        const assignments = [...holders.values()];
        const broken = new Set(before.map(({ agentId, rule }) => `${agentId} ${rule}`));
        const after = checkRoster(plan, { ...made, assignments }).hard;
        // Whoever is new has too few hours until the roster is solved again.
        const isNew = (agentId: string) => agentId.startsWith("new-");
        expect(
          after.filter(
            ({ agentId, rule }) =>
              !broken.has(`${agentId} ${rule}`) && !(isNew(agentId) && rule.startsWith("minimumMinutes")),
          ),
        ).toEqual([]);
        const held = new Set(assignments.map((one) => one.shift.id));
        const open = made.unassigned.filter(({ id }) => !held.has(id)).length;
        expect(openCount - open).toBeGreaterThanOrEqual(closes);
        openCount = open;
        proved++;
      }
    }
    expect(proved).toBeGreaterThan(3);
  });
});
