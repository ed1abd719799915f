import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const { file } = scratchFolder();
const templates = join(import.meta.dirname, "../../sample-data/templates.json");
const schedule = (...args: string[]) => shiftwright(["schedule", ...args]);

/** A Monday that asks for eight agents from 8 to 20. */
const rows = Array.from({ length: 48 }, (_, half) => {
  const agents = half >= 16 && half < 40 ? 8 : 0;
  const time = `${String(half >> 1).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
  return `2026-11-02T${time}:00+00:00,Voice,${agents},${agents}`;
});
const requirement = file(
  "requirement.csv",
  ["interval_start,queue,required_agents,scheduled_agents", ...rows, ""].join("\n"),
);
const common = [requirement, "--templates", templates, "--time-zone", "UTC"];

describe("shiftwright schedule", () => {
  test("pays premiums, holds a training, and then moves only breaks", () => {
    const premiums = file(
      "premiums.json",
      JSON.stringify([{ kind: "overtime", id: "over", name: "Overtime", share: 0.5, afterMinutes: 60 }]),
    );
    const activities = file(
      "activities.json",
      JSON.stringify([
        {
          id: "t",
          name: "Training",
          kind: "training",
          lengthMinutes: 60,
          sessions: 1,
          peopleTogether: 3,
          groupIds: [],
          weekdays: [1],
          fromMinute: 540,
          toMinute: 1020,
        },
      ]),
    );
    const first = schedule(...common, "--premiums", premiums, "--activities", activities, "--json");
    expect(first.status, first.error).toBe(0);
    const made = JSON.parse(first.output);
    const seats = made.shifts.flatMap(({ activities: of }: { activities: { kind: string }[] }) =>
      of.filter(({ kind }) => kind === "training"),
    );
    expect(seats).toHaveLength(3);
    expect(made.cost / made.paidHours).toBeGreaterThan(30);
    const present = file("present.json", first.output);
    const again = schedule(...common, "--present", present, "--breaks-only", "--json");
    expect(again.status, again.error).toBe(0);
    const names = (list: { id: string; startMinute: number }[]) =>
      list.map(({ id, startMinute }) => `${id} ${startMinute}`).sort();
    expect(names(JSON.parse(again.output).shifts)).toEqual(names(made.shifts));
  });

  test("prints what each hour buys, refuses a budget that cannot do, and options that make no sense", () => {
    const curve = schedule(...common, "--hours-curve");
    expect(curve.status, curve.error).toBe(0);
    const [header, ...points] = curve.output.trim().split("\n");
    expect(header).toBe("paid_hours,cost,short_hours,over_hours");
    expect(points.length).toBeGreaterThan(3);
    const small = schedule(...common, "--budget-hours", "10", "--minimum-agents", "6");
    expect(small.status).not.toBe(0);
    expect(small.error).toContain("shifts.budgetTooSmall");
    expect(schedule(...common, "--breaks-only").error).toContain("--present");
    expect(schedule(...common, "--shortage-step", "2:0").error).toContain("0.1:3");
  });
});

test("schedule --only: one date is made again, the shifts of the others are the same objects", () => {
  const day = (date: string, agents: number) =>
    Array.from({ length: 48 }, (_, half) => {
      const asked = half >= 16 && half < 40 ? agents : 0;
      const time = `${String(half >> 1).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
      return `${date}T${time}:00+00:00,Voice,${asked},${asked}`;
    });
  const table = (tuesday: number) =>
    [
      "interval_start,queue,required_agents,scheduled_agents",
      ...day("2026-11-02", 3),
      ...day("2026-11-03", tuesday),
    ]
      .concat("")
      .join("\n");
  const eightHours = {
    id: "day",
    name: "Day",
    groupIds: [],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    earliestStartMinute: 480,
    latestStartMinute: 720,
    startStepMinutes: 120,
    lengthsMinutes: [480],
    breaks: [],
    minimumWorkMinutes: 0,
    costPerHour: 20,
    minimumCount: null,
    maximumCount: null,
  };
  const onlyTemplate = file("template.json", JSON.stringify([eightHours]));
  const options = ["--templates", onlyTemplate, "--time-zone", "UTC", "--json"];
  const before = JSON.parse(schedule(file("before.csv", table(3)), ...options).output);
  const present = file("present.json", JSON.stringify(before));
  const asked = [file("after.csv", table(5)), ...options, "--present", present];
  const run = schedule(...asked, "--only", "2026-11-03");
  expect(run.error).toMatch(/\d+ shifts made again on 2026-11-03; \d+ kept/);
  const after = JSON.parse(run.output);
  const on = (shifts: { date: string }[], date: string) => shifts.filter((shift) => shift.date === date);
  expect(on(after.shifts, "2026-11-02")).toEqual(on(before.shifts, "2026-11-02"));
  expect(on(after.shifts, "2026-11-03").length).toBeGreaterThan(on(before.shifts, "2026-11-03").length);
  expect(schedule(...asked, "--only", "2026-12-24").error).toContain("run.daysOutside");
});
