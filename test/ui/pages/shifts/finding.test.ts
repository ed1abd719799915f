import { describe, expect, it } from "vitest";
import { createIntervalGrid, intervalCount } from "../../../../src/domain/calendar/interval-grid.ts";
import type { Schedule } from "../../../../src/domain/plan/shift.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { shiftsFinding } from "../../../../src/ui/pages/shifts/finding.ts";
import { readable, wordsOf } from "../../words.ts";

const t = await wordsOf("shifts");
const grid = createIntervalGrid("Europe/Berlin", 60, "2026-11-02", 7);

/** Five agents asked for all week; so many are there in the hours named, five else. */
function scheduleWith(agents: Readonly<Record<number, number>>, status: Schedule["status"]): Schedule {
  const asked = new Float64Array(intervalCount(grid)).fill(5);
  const staffed = asked.map((five, at) => agents[at] ?? five);
  return { grid, coverage: [{ queueId: "voice", asked, staffed }], gap: 0.02, status } as never;
}
const week = { first: 0, end: intervalCount(grid) };
const findingOf = (schedule: Schedule, shown = week) =>
  readable(shiftsFinding(schedule, shown, t, formatFor("en")));

describe("the finding of a schedule", () => {
  it("is good where no interval is short of a whole agent", () => {
    expect(findingOf(scheduleWith({ 30: 4.5 }, "optimal"))).toEqual({
      text: "No interval is short of a whole agent. No schedule under these rules costs less.",
      tone: "good",
    });
  });

  it("names the stretch that is short by most hours and opens its day", () => {
    const schedule = scheduleWith({ 9: 3, 33: 3.5, 34: 2.8 }, "gapReached");
    expect(findingOf(schedule)).toEqual({
      text:
        "The largest shortfall is Tue 3 Nov 09:00–11:00: up to 3 agents short. " +
        "The schedule is proven to be within 2.0 % of the lowest possible cost.",
      opens: { view: { date: "2026-11-03", span: "day", selection: { first: 33, end: 35 } } },
    });
  });

  it("names a day that is shown, though another is worse", () => {
    const schedule = scheduleWith({ 9: 3, 33: 3.5, 34: 2.8 }, "optimal");
    const monday = { first: 0, end: 24 };
    expect(findingOf(schedule, monday).text).toContain("The largest shortfall is Mon 2 Nov 09:00–10:00");
  });

  it("says that what is shown holds before it names a day elsewhere", () => {
    const wednesday = { first: 48, end: 72 };
    expect(findingOf(scheduleWith({ 9: 3 }, "optimal"), wednesday)).toEqual({
      text:
        "No interval shown is short of a whole agent. The plan's largest shortfall is Mon 2 Nov 09:00–10:00: " +
        "up to 2 agents short. No schedule under these rules costs less.",
      opens: { view: { date: "2026-11-02", span: "day", selection: { first: 9, end: 10 } } },
    });
  });

  it("a stretch that lasts until midnight ends at 00:00", () => {
    expect(findingOf(scheduleWith({ 23: 3 }, "optimal")).text).toContain("Mon 2 Nov 23:00–00:00");
  });

  it("says why the search ended", () => {
    expect(findingOf(scheduleWith({}, "timeLimit")).text).toContain("The search used up its effort");
    expect(findingOf(scheduleWith({}, "stopped")).text).toContain("Stopped early");
  });
});

describe("the finding of shifts that were made to keep the goals", () => {
  const goal = (missedBy: number, day: number) => ({
    queueId: "voice",
    kind: "serviceLevel" as const,
    goal: 0.8,
    value: 0.8 - missedBy,
    halfWidth: 0.004,
    missedBy,
    firstInterval: 24 * day,
    endInterval: 24 * day + 24,
  });
  const judged = (cost: number, ...missedBy: readonly number[]) =>
    ({
      ...scheduleWith({ 9: 1 }, "timeLimit"),
      cost,
      judgement: {
        goals: missedBy.map(goal),
        keptWithin: 0.003,
        covering: { cost: 1000, paidHours: 40, goals: [] },
      },
    }) as never;

  it("is good where every goal is kept, whatever the requirement lacks, and what chance does is no miss", () => {
    expect(findingOf(judged(900, -0.02, 0.002))).toEqual({
      text: "Simulated, every goal is kept, for 10.0 % less than covering the requirement costs.",
      tone: "good",
    });
    expect(findingOf(judged(1050, -0.02)).text).toContain("costs 5.0 % more than covering the requirement");
  });

  it("counts what is missed and opens the worst day", () => {
    expect(findingOf(judged(900, 0.01, 0.04, -0.1))).toEqual({
      text: "Simulated, 2 of 3 goals are missed, at 10.0 % less than covering the requirement costs.",
      opens: { view: { date: "2026-11-03", span: "day" } },
    });
  });
});
