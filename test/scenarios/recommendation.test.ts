import { expect, test } from "vitest";
import type { Change, Scenario } from "../../src/domain/plan/scenario.ts";
import { recommend } from "../../src/scenarios/recommendation.ts";
import { compared } from "./compared.ts";
import { smallPlan } from "./small-plan.ts";

const busier: Change = { kind: "volume", queueId: null, factor: 1.6, window: null };
const more = (count: number): Change => ({ kind: "agents", groupId: "team", count, window: null });

async function recommended(agents: number, ...changes: Change[][]) {
  const base = smallPlan({ groups: [{ id: "team", queueIds: ["voice"], agents }], replications: 10 });
  const scenarios = changes.map((list, at): Scenario => ({ id: `s${at}`, name: `s${at}`, changes: list }));
  const comparison = await compared(base, "simulation", ...changes);
  return recommend(comparison, scenarios, base.plan.queues);
}

test("the cheapest that keeps every goal is recommended, and the plan where it keeps them already", async () => {
  const [short] = await recommended(5, [more(3)], [more(6)]);
  expect(short.best?.plan.scenarioId).toBe("s0");
  expect(short.candidates.map(({ plan }) => plan.scenarioId)).toEqual(["s0", "s1", null]);
  const [enough] = await recommended(9, [more(3)]);
  expect(enough.best?.plan.scenarioId).toBe(null);
});

test("nothing is recommended where none keeps every goal, and the nearest comes first", async () => {
  const [group] = await recommended(3, [more(1)]);
  expect(group.best).toBe(null);
  expect(group.candidates[0].plan.scenarioId).toBe("s0");
  expect(group.candidates[0].goals[0]).toMatchObject({ queueId: "voice", kept: false, certain: false });
});

test("what happens is no choice: more contacts with more agents are held against more contacts without", async () => {
  const groups = await recommended(8, [busier], [busier, more(6)]);
  expect(groups).toHaveLength(2);
  const [asPlanned, busy] = groups;
  expect(asPlanned.candidates.map(({ plan }) => plan.scenarioId)).toEqual([null]);
  expect(busy.circumstances).toEqual([busier]);
  expect(busy.best?.plan.scenarioId).toBe("s1");
});
