import type { PlanDocument } from "../../../../src/domain/plan/plan.ts";
import type { Scenario } from "../../../../src/domain/plan/scenario.ts";
import { flatForecast, madeFrom, smallDocument } from "../../../app/sample-document.ts";

export const busier: Scenario = {
  id: "busier",
  name: "Busier",
  changes: [{ kind: "volume", queueId: null, factor: 1.2, window: null }],
};
export const slower: Scenario = {
  id: "slower",
  name: "Slower",
  changes: [{ kind: "aht", queueId: null, factor: 1.1, window: null }],
};

/** A week with a forecast of 60 calls an hour, one eight-hour shift a day from midnight on, and two scenarios. */
export function plannedDocument(): PlanDocument {
  const document = smallDocument();
  const forecast = madeFrom("forecast", document, flatForecast(document, 60));
  const { grid } = forecast.value;
  const shifts = Array.from({ length: 7 }, (_, day) => ({
    id: `s${day}`,
    templateId: "t",
    groupId: "all",
    date: `2026-11-0${2 + day}`,
    startMinute: day * 1440,
    endMinute: day * 1440 + 480,
    activities: [{ kind: "work" as const, startMinute: day * 1440, endMinute: day * 1440 + 480, paid: true }],
    pinned: false,
  }));
  const schedule = { ...forecast, value: { grid, shifts } as never };
  return {
    ...document,
    plan: { ...document.plan, scenarios: [busier, slower] },
    results: { ...document.results, forecast, schedule },
  };
}
