import { describe, expect, test } from "vitest";
import type { Change } from "../../../../src/domain/plan/scenario.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { changeWords, digitsOf } from "../../../../src/ui/pages/whatif/change-words.ts";
import { smallPlan } from "../../../scenarios/small-plan.ts";
import { wordsOf } from "../../words.ts";

const { plan } = smallPlan();
const t = await wordsOf("whatif");
const words = (change: Change) => changeWords(t, formatFor("en"), plan, change).replaceAll("\u00a0", " ");
const hire = (part: Partial<Extract<Change, { kind: "hire" }>>): Change => ({
  kind: "hire",
  groupId: "team",
  contractId: null,
  count: 2,
  startDate: null,
  trainingWeeks: 0,
  startingPace: 1,
  learningWeeks: 0,
  ...part,
});

describe("new hires in words", () => {
  test("name training and learning pace", () => {
    expect(words(hire({ trainingWeeks: 3, startingPace: 1.4, learningWeeks: 6 }))).toMatch(
      /3 weeks of training, then \+40\s?% handle time, up to speed after 6 weeks$/,
    );
    expect(words(hire({ trainingWeeks: 1, startingPace: 1.25, learningWeeks: 1 }))).toMatch(
      /1 week of training, then \+25\s?% handle time, up to speed after 1 week$/,
    );
  });

  test("say that there is no training, and nothing of a pace that is the others'", () => {
    expect(words(hire({}))).toMatch(/40 h a week, no training$/);
    expect(words(hire({ startingPace: 1.4 }))).toMatch(/no training$/);
  });
});

test("numbers have the decimals that they need", () => {
  const campaign: Change = {
    kind: "campaign",
    queueId: "voice",
    contacts: 1000,
    date: "2026-11-02",
    peakDays: 2,
    halfLifeDays: 2.5,
    echoShare: 0.1,
    echoDays: 4,
  };
  expect(words(campaign)).toContain("1,000 contacts, peak after 2 days");
  expect(words({ kind: "handleTimeSpread", cv: 0.25 })).toContain("0.25");
  expect([3, 2.5, 0.25, 1 / 3, -4].map((value) => digitsOf(value))).toEqual([0, 1, 2, 2, 0]);
});
