import { describe, expect, it } from "vitest";
import type { Roster, Violation } from "../../../../src/domain/plan/roster.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { rosterFinding } from "../../../../src/ui/pages/roster/finding.ts";
import { readable, wordsOf } from "../../words.ts";

const t = await wordsOf("roster");
const findingOf = (violations: readonly Partial<Violation>[], openDates: readonly string[] = []) =>
  readable(
    rosterFinding(
      { violations, unassigned: openDates.map((date) => ({ date })) } as unknown as Roster,
      t,
      formatFor("en"),
    ),
  );

describe("the finding of a roster", () => {
  it("is good where every shift is assigned and only soft rules are broken", () => {
    expect(findingOf([{ rule: "shiftOffWish", date: "2026-11-02", penalty: 1 }])).toEqual({
      text: "Every shift is assigned, and no hard rule is broken.",
      tone: "good",
    });
  });

  it("names a hard rule that is broken before anything else and opens the first date it has", () => {
    const finding = findingOf(
      [
        { rule: "weeklyMinutes", date: null, penalty: null },
        { rule: "restBetweenShifts", date: "2026-11-04", penalty: null },
      ],
      ["2026-11-02"],
    );
    expect(finding.text).toMatch(/^2 hard rules are broken; the first is /);
    expect(finding.tone).toBe("short");
    expect(finding.opens).toEqual({ view: { date: "2026-11-04" } });
  });

  it("names the first day where open shifts lie on a day of their own each", () => {
    const finding = findingOf([], ["2026-11-04", "2026-11-06"]);
    expect(finding.text).toMatch(/^2 shifts are open, each on another day, the first on .*4 Nov/);
  });

  it("opens nothing where the broken hard rule has no date", () => {
    const finding = findingOf([{ rule: "weeklyMinutes", date: null, penalty: null }]);
    expect(finding.text).toMatch(/^1 hard rule is broken: /);
    expect(finding.opens).toBeUndefined();
  });

  it("names the day with most open shifts", () => {
    expect(findingOf([], ["2026-11-02", "2026-11-03", "2026-11-03"])).toEqual({
      text: "3 shifts are open, most of them on Tue 3 Nov (2); no hard rule is broken.",
      opens: { view: { date: "2026-11-03" } },
    });
    expect(findingOf([], ["2026-11-02"]).text).toBe("1 shift is open, on Mon 2 Nov; no hard rule is broken.");
  });

  it("names the day furthest below the requirement where the roster was built from it", () => {
    const short = (date: string, penalty: number) => ({ rule: "coverShort" as const, date, penalty });
    expect(findingOf([short("2026-11-02", 3), short("2026-11-05", 8)])).toEqual({
      text: "The requirement is missed on 2 days, by most on Thu 5 Nov; no hard rule is broken.",
      opens: { view: { date: "2026-11-05" } },
    });
  });
});
