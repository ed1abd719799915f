import { describe, expect, test } from "vitest";
import {
  openSession,
  type SessionAction,
  sessionReducer,
  visibleRange,
} from "../../../src/app/session/session.ts";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import type { Plan, PlanDocument } from "../../../src/domain/plan/plan.ts";
import { stageFreshness } from "../../../src/stages/freshness.ts";
import { flatForecast, flatRequirement, madeFrom, smallDocument } from "../sample-document.ts";

function editPlan(label: string, change: (plan: Plan) => Plan, at: number, mergeKey?: string): SessionAction {
  return {
    type: "edit",
    label,
    change: (document) => ({ ...document, plan: change(document.plan) }),
    at,
    mergeKey,
  };
}

const rename = (name: string, at: number, mergeKey?: string) =>
  editPlan("rename", (plan) => ({ ...plan, name }), at, mergeKey);

function withPatience(plan: Plan, patienceSeconds: number): Plan {
  return { ...plan, queues: plan.queues.map((queue) => ({ ...queue, patienceSeconds })) };
}

function filledDocument(): PlanDocument {
  let document = smallDocument();
  const forecast = madeFrom("forecast", document, flatForecast(document, 60));
  document = { ...document, results: { ...document.results, forecast } };
  const requirement = madeFrom("requirement", document, flatRequirement(forecast.value, 5));
  return { ...document, results: { ...document.results, requirement } };
}

describe("undo and redo", () => {
  test("go back and forth through edits, and a new edit ends the future", () => {
    let state = openSession(smallDocument());
    state = sessionReducer(state, rename("A", 0));
    state = sessionReducer(state, rename("B", 5000));
    state = sessionReducer(state, { type: "undo" });
    expect(state.document.plan.name).toBe("A");
    state = sessionReducer(state, { type: "redo" });
    expect(state.document.plan.name).toBe("B");
    state = sessionReducer(sessionReducer(state, { type: "undo" }), rename("C", 9000));
    expect(state.future).toHaveLength(0);
    state = sessionReducer(sessionReducer(state, { type: "undo" }), { type: "undo" });
    expect(state.document.plan.name).toBe("Small");
    expect(sessionReducer(state, { type: "undo" })).toBe(state);
  });

  test("a dragged slider is one step, a later touch of it another", () => {
    let state = openSession(smallDocument());
    for (let step = 0; step < 20; step++)
      state = sessionReducer(state, rename(`N${step}`, step * 100, "name"));
    expect(state.past).toHaveLength(1);
    state = sessionReducer(state, rename("late", 60_000, "name"));
    expect(state.past).toHaveLength(2);
    state = sessionReducer(sessionReducer(state, { type: "undo" }), { type: "undo" });
    expect(state.document.plan.name).toBe("Small");
  });

  test("undoing a rename keeps a result made after it", () => {
    let state = openSession(smallDocument());
    state = sessionReducer(state, rename("A", 0));
    const forecast = madeFrom("forecast", state.document, flatForecast(state.document, 60));
    state = sessionReducer(state, { type: "result", stage: "forecast", made: forecast });
    state = sessionReducer(state, { type: "undo" });
    expect(state.document.results.forecast).toBe(forecast);
    expect(stageFreshness("forecast", state.document)).toBe("fresh");
  });

  test("undoing a change of inputs brings the result back that belongs to them", () => {
    const before = filledDocument();
    let state = openSession(before);
    state = sessionReducer(
      state,
      editPlan("patience", (plan) => withPatience(plan, 120), 0),
    );
    expect(stageFreshness("requirement", state.document)).toBe("stale");
    const again = madeFrom("requirement", state.document, flatRequirement(before.results.forecast!.value, 4));
    state = sessionReducer(state, { type: "result", stage: "requirement", made: again });
    expect(stageFreshness("requirement", state.document)).toBe("fresh");
    state = sessionReducer(state, { type: "undo" });
    expect(state.document.results.requirement).toBe(before.results.requirement);
    expect(stageFreshness("requirement", state.document)).toBe("fresh");
    state = sessionReducer(state, { type: "redo" });
    expect(state.document.results.requirement).toBe(again);
  });

  test("undoing an edit of a result by hand takes the edit back, though its inputs still fit", () => {
    let state = openSession(filledDocument());
    const original = state.document.results.requirement!;
    const byHand = { ...original, value: { ...original.value, queues: [] } };
    state = sessionReducer(state, {
      type: "edit",
      label: "by hand",
      at: 0,
      change: (document) => ({ ...document, results: { ...document.results, requirement: byHand } }),
    });
    expect(state.document.results.requirement).toBe(byHand);
    state = sessionReducer(state, { type: "undo" });
    expect(state.document.results.requirement).toBe(original);
  });

  test("a tab that mirrors another refuses edits", () => {
    const state = sessionReducer(openSession(smallDocument()), { type: "writable", writable: false });
    expect(sessionReducer(state, rename("A", 0))).toBe(state);
  });
});

describe("staleness", () => {
  test("a stage is stale when the stage before it is, and fresh again when that comes out the same", () => {
    let document = filledDocument();
    expect(stageFreshness("requirement", document)).toBe("fresh");
    document = {
      ...document,
      plan: { ...document.plan, forecast: { ...document.plan.forecast, model: "x" } },
    };
    expect(stageFreshness("forecast", document)).toBe("stale");
    expect(stageFreshness("requirement", document)).toBe("stale");
    const same = madeFrom("forecast", document, flatForecast(document, 60));
    document = { ...document, results: { ...document.results, forecast: same } };
    expect(stageFreshness("requirement", document)).toBe("fresh");
  });

  test("names and goals leave the forecast alone; goals make the requirement stale", () => {
    const document = filledDocument();
    const queues = document.plan.queues.map((queue) => ({
      ...queue,
      name: "Other words",
      goal: { ...queue.goal, serviceLevel: 0.9 },
    }));
    const changed = { ...document, plan: { ...document.plan, queues } };
    expect(stageFreshness("forecast", changed)).toBe("fresh");
    expect(stageFreshness("requirement", changed)).toBe("stale");
    const renamed = document.plan.queues.map((queue) => ({ ...queue, name: "Other words" }));
    expect(stageFreshness("requirement", { ...document, plan: { ...document.plan, queues: renamed } })).toBe(
      "fresh",
    );
  });

  test("what has not been made is none", () => {
    expect(stageFreshness("forecast", smallDocument())).toBe("none");
  });
});

describe("what the time picker shows", () => {
  const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-14", 28);

  test("a week is Monday to Sunday, cut at the plan's ends", () => {
    expect(visibleRange({ date: "2026-10-14", span: "week" }, grid)).toMatchObject({
      firstDate: "2026-10-14",
      dayCount: 5,
      first: 0,
      end: 5 * 96,
    });
    expect(visibleRange({ date: "2026-10-25", span: "week" }, grid)).toMatchObject({
      firstDate: "2026-10-19",
      dayCount: 7,
      end: 5 * 96 + 6 * 96 + 100,
    });
  });

  test("the 25-hour day has 100 quarter-hours", () => {
    const day = visibleRange({ date: "2026-10-25", span: "day" }, grid);
    expect(day.end - day.first).toBe(100);
  });

  test("a date outside the plan is brought back into it", () => {
    const state = sessionReducer(openSession(smallDocument()), {
      type: "view",
      change: { date: "2031-01-01" },
    });
    expect(state.view.date).toBe("2026-11-08");
  });
});

test("a file that is done with goes, and one that came meanwhile stays", () => {
  const [first, second] = ["first.csv", "second.csv"].map((name) => ({ name, data: new Blob() }));
  const dropped = sessionReducer(openSession(smallDocument()), { type: "incoming", file: first });
  expect(sessionReducer(dropped, { type: "fileDone", file: first }).incoming).toBeNull();
  const another = sessionReducer(dropped, { type: "incoming", file: second });
  expect(sessionReducer(another, { type: "fileDone", file: first }).incoming).toBe(second);
});
