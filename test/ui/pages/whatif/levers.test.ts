import { expect, it } from "vitest";
import { leversAtRest, liveScenario } from "../../../../src/ui/pages/whatif/levers.ts";

const atRest = { ...leversAtRest, groupId: "all" };

it("levers at rest make no scenario", () => {
  expect(liveScenario(atRest)).toBeNull();
});

it("each lever that is moved makes a change, without the noise of binary fractions", () => {
  const live = liveScenario({ ...atRest, volume: 0.1 + 0.2, aht: -0.1, agents: 3, queueId: "voice" });
  expect(live).toEqual({
    id: "live",
    name: "live",
    changes: [
      { kind: "volume", queueId: "voice", factor: 1.3, window: null },
      { kind: "aht", queueId: "voice", factor: 0.9, window: null },
      { kind: "agents", groupId: "all", count: 3, window: null },
    ],
  });
});
