import { expect, test } from "vitest";
import { samplePlan } from "../../../../sample-data/plan.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { setupFinding } from "../../../../src/ui/pages/setup/finding.ts";
import { typedSkill } from "../../../../src/ui/pages/setup/typed-skill.ts";
import { readable, wordsOf } from "../../words.ts";

test("the headline says dates, queues, groups and people, and before all which queue nobody serves", async () => {
  const t = await wordsOf("setup");
  const plan = samplePlan();
  const said = (of: typeof plan) => readable(setupFinding(of, t, formatFor("en")));
  expect(said(plan).text).toMatch(/^2–29 Nov 2026: 2 queues, 3 groups, \d+ people\.$/);
  expect(said({ ...plan, agents: [] }).text).toContain("nobody named");
  const voiceOnly = plan.groups.map((group) => ({ ...group, queueIds: ["Voice"] }));
  expect(said({ ...plan, groups: voiceOnly })).toEqual({ text: "No group serves Chat.", tone: "short" });
});

test.for([
  ["x", "serves"],
  [" Serves ", "serves"],
  ["1", "serves"],
  ["", "none"],
  ["0", "none"],
  ["—", "none"],
  ["30", { afterSeconds: 30 }],
  ["after 45 s", { afterSeconds: 45 }],
  ["3601", null],
  ["maybe", null],
] as const)("a cell of skills reads %j", ([text, skill]) => {
  expect(typedSkill(text, { least: 0, most: 3600 }, "serves")).toEqual(skill);
});
