import { describe, expect, test } from "vitest";
import type { Scenario } from "../../../../src/domain/plan/scenario.ts";
import { readScenarioFile, scenarioFileText } from "../../../../src/files/scenario-file.ts";
import {
  scenarioOfAddress,
  scenarioParameter,
  withScenario,
} from "../../../../src/ui/pages/whatif/scenario-exchange.ts";

const scenario: Scenario = {
  id: "black-friday",
  name: "Schwarzer Freitag, 黑色星期五 + 60 %",
  changes: [
    {
      kind: "volume",
      queueId: "Voice",
      factor: 1.6,
      window: {
        fromDate: "2026-11-27",
        toDate: "2026-11-30",
        weekdays: null,
        fromMinute: 540,
        toMinute: 1440,
      },
    },
    { kind: "crossTraining", groupId: "chat", queueId: "Voice", count: 6 },
  ],
};

describe("a scenario on its own", () => {
  test("reads back the same from a file and from an address", () => {
    expect(readScenarioFile(scenarioFileText(scenario))).toMatchObject({ ok: true, value: scenario });
    const address = `#/whatif?${scenarioParameter(scenario)}`;
    expect(address).toMatch(/^[#/?=\w-]+$/);
    expect(scenarioOfAddress(address)).toMatchObject({ ok: true, value: scenario });
  });

  test("an address without one is not one; a broken one says so", () => {
    expect(scenarioOfAddress("#/whatif")).toBeNull();
    expect(scenarioOfAddress("#/whatif?scenario=abc")?.ok).toBe(false);
  });

  test.each([
    ["", "scenarioFile.notAScenario"],
    ["[]", "scenarioFile.notAScenario"],
    ['{"plan": {}}', "scenarioFile.notAScenario"],
    [scenarioFileText(scenario).replace("1.6", "-1"), "scenarioFile.wrongField"],
    [scenarioFileText(scenario).replace("crossTraining", "magic"), "scenarioFile.wrongField"],
  ])("what is not a scenario is refused (%#)", (text, code) => {
    const outcome = readScenarioFile(text);
    expect(outcome.ok).toBe(false);
    expect(outcome.issues[0].code).toBe(code);
  });

  test("opened twice it replaces itself", () => {
    const changed = { ...scenario, name: "other" };
    expect(withScenario([scenario], changed)).toEqual([changed]);
    expect(withScenario([], scenario)).toEqual([scenario]);
  });
});
