import { describe, expect, test } from "vitest";
import type { Assignment } from "../../src/domain/plan/roster.ts";
import { type LeaveLimitInput, leaveLimits } from "../../src/leave/leave-limit.ts";
import { shiftsThatCover } from "../../src/leave/limit-by-contracts.ts";
import { eightHours, fiveDays, group, people, requirementOf, rosterOf, shiftOn } from "./small-plan.ts";

const plan: LeaveLimitInput["plan"] = {
  agents: people(10, "voice"),
  groups: [group("voice", "Voice")],
  contracts: [fiveDays],
  templates: [eightHours],
  shrinkage: [],
};

function more(input: Partial<LeaveLimitInput> & { readonly requirement: LeaveLimitInput["requirement"] }) {
  const limits = leaveLimits({ plan, roster: null, ...input });
  return Object.fromEntries(limits.groups.map(({ groupId, days }) => [groupId, days.map((day) => day.more)]));
}

describe("before there is a roster", () => {
  test("ten people of five days have 50 person-days: with 49 needed, one more may be off on any day", () => {
    expect(more({ requirement: requirementOf({ Voice: [7, 7, 7, 7, 7, 7, 7] }) })).toEqual({
      voice: [1, 1, 1, 1, 1, 1, 1],
    });
  });

  test("a busy day is the limit of its own, and a quiet one of the week's hours", () => {
    // Tuesday needs 8 of ten people; the week 44 of 50 person-days.
    expect(more({ requirement: requirementOf({ Voice: [6, 8, 6, 6, 6, 6, 6] }) })).toEqual({
      voice: [4, 2, 4, 4, 4, 4, 4],
    });
  });

  test("who is on leave is counted out, and the day takes one of the week's five", () => {
    const [first, ...others] = people(10, "voice");
    const away = { ...plan, agents: [{ ...first, daysOff: ["2026-11-03"] }, ...others] };
    const limits = leaveLimits({
      plan: away,
      requirement: requirementOf({ Voice: [6, 8, 6, 6, 6, 6, 6] }),
      roster: null,
    });
    expect(limits.groups[0].days.map((day) => day.more)).toEqual([4, 1, 4, 4, 4, 4, 4]);
    expect(limits.groups[0].days[1]).toEqual({ more: 1, short: 0, people: 10, away: 1 });
  });

  test("a day that lacks people says how many, and leaves the other days alone", () => {
    const limits = leaveLimits({
      plan,
      requirement: requirementOf({ Voice: [2, 13, 2, 2, 2, 0, 0] }),
      roster: null,
    });
    expect(limits.groups[0].days[1]).toMatchObject({ more: 0, short: 3 });
    expect(limits.groups[0].days[0]).toMatchObject({ more: 8, short: 0 });
  });

  test("shrinkage is taken off, but not that which stands for leave", () => {
    const item = { name: "", planned: true, weekdays: null, fromMinute: null, toMinute: null };
    const shrinkage = [
      { id: "leave", share: 0.2, ...item },
      { id: "coaching", share: 0.1, ...item },
    ];
    // 5.4 on queue are 6 people at 10 %, and 7.5 where leave is taken off once more.
    const requirement = requirementOf({ Voice: [5.4, 5.4, 5.4, 5.4, 5.4, 0, 0] });
    expect(more({ plan: { ...plan, shrinkage }, requirement }).voice[1]).toBe(2);
    const leave = { requests: [], allowances: [], shrinkageIds: ["leave"] };
    expect(more({ plan: { ...plan, shrinkage, leave }, requirement }).voice[1]).toBe(4);
  });

  test("flexible people serve whichever queue lacks them", () => {
    const shared = {
      ...plan,
      agents: [...people(3, "voice"), ...people(3, "chat"), ...people(2, "both")],
      groups: [group("voice", "Voice"), group("chat", "Chat"), group("both", "Voice", "Chat")],
    };
    // Voice needs 4 of 3 + 2, chat 2 of 3 + 2: all together 6 of 8, and 30 of 40 person-days.
    const requirement = requirementOf({ Voice: [4, 4, 4, 4, 4, 0, 0], Chat: [2, 2, 2, 2, 2, 0, 0] });
    expect(more({ plan: shared, requirement })).toEqual({
      voice: [1, 1, 1, 1, 1, 3, 3],
      chat: [2, 2, 2, 2, 2, 3, 3],
      both: [1, 1, 1, 1, 1, 2, 2],
    });
  });

  test("two peaks of a long day need more people than its hours", () => {
    // 12 hours flat at 2: three shifts by hours, four because none spans it.
    expect(shiftsThatCover(new Float64Array(12).fill(2), 8)).toBe(4);
    expect(shiftsThatCover([1, 0, 0, 3, 0], 2)).toBe(4);
  });
});

describe("with a roster", () => {
  const work = (day: number, from: number, to: number, ...agentIds: string[]): Assignment[] =>
    agentIds.map((agentId) => ({
      agentId,
      shift: shiftOn(day, agentId.split("-")[0], `${agentId}/${day}`, from, to),
      pinned: false,
    }));

  test("who is beyond what every hour of the shift needs may be off", () => {
    const roster = rosterOf([
      ...work(0, 8, 16, "voice-1", "voice-2", "voice-3"),
      ...work(1, 8, 16, "voice-1", "voice-2", "voice-3", "voice-4", "voice-5"),
    ]);
    const limits = leaveLimits({
      plan,
      roster,
      requirement: requirementOf({ Voice: [3, 3, 3, 0, 0, 0, 0] }),
    });
    expect(limits.basis).toBe("roster");
    expect(limits.groups[0].days.slice(0, 3).map((day) => [day.more, day.short])).toEqual([
      [0, 0],
      [2, 0],
      [0, 3],
    ]);
  });

  test("one short hour holds those who work in it, and nobody else", () => {
    const roster = rosterOf([
      ...work(0, 8, 15, "voice-1", "voice-2", "voice-3", "voice-4"),
      ...work(0, 15, 23, "voice-5", "voice-6"),
    ]);
    // Three from 8 to 16: at 15 one is missing, before it one is beyond need.
    expect(more({ roster, requirement: requirementOf({ Voice: [3, 0, 0, 0, 0, 0, 0] }) }).voice[0]).toBe(1);
  });

  test("a queue that lacks people holds nobody who cannot serve it", () => {
    const shared = {
      ...plan,
      agents: [...people(5, "voice"), ...people(2, "chat"), ...people(1, "both")],
      groups: [group("voice", "Voice"), group("chat", "Chat"), group("both", "Voice", "Chat")],
    };
    const roster = rosterOf([
      ...work(0, 8, 16, "voice-1", "voice-2", "voice-3", "voice-4", "voice-5"),
      ...work(0, 8, 16, "chat-1", "chat-2", "both-1"),
    ]);
    const requirement = requirementOf({ Voice: [3, 0, 0, 0, 0, 0, 0], Chat: [6, 0, 0, 0, 0, 0, 0] });
    const limits = leaveLimits({ plan: shared, roster, requirement });
    expect(limits.groups.map(({ days }) => [days[0].more, days[0].short])).toEqual([
      [2, 0],
      [0, 3],
      [0, 3],
    ]);
  });

  test("a roster of other dates is not read", () => {
    const other = { ...rosterOf([]), grid: { ...rosterOf([]).grid, firstDate: "2026-11-09" } };
    const requirement = requirementOf({ Voice: [7, 7, 7, 7, 7, 7, 7] });
    expect(leaveLimits({ plan, roster: other, requirement }).basis).toBe("contracts");
  });
});
