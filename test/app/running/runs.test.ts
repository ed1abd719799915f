import { describe, expect, test, vi } from "vitest";
import { createRuns, type StageRunners } from "../../../src/app/running/runs.ts";
import { abortError, WorkerCrash } from "../../../src/app/running/worker-client.ts";
import { createSessionStore } from "../../../src/app/session/store.ts";
import { fail, succeed } from "../../../src/domain/outcome.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import type { Schedule } from "../../../src/domain/plan/shift.ts";
import { stageFreshness } from "../../../src/stages/freshness.ts";
import type { StageSources } from "../../../src/stages/stage.ts";
import { scheduleOf } from "../../builders.ts";
import { flatForecast, flatRequirement, smallDocument } from "../sample-document.ts";

function runnersWith(changes: Partial<StageRunners> = {}): { runners: StageRunners; log: string[] } {
  const log: string[] = [];
  const runners: StageRunners = {
    async forecast(document) {
      log.push("forecast");
      return succeed(flatForecast(document, 60));
    },
    async requirement(document) {
      log.push("requirement");
      return succeed(flatRequirement(document.results.forecast!.value, 5));
    },
    async schedule(document) {
      log.push("schedule");
      return succeed(emptySchedule(document));
    },
    async roster() {
      log.push("roster");
      return fail({ code: "roster.none", severity: "error" });
    },
    async simulation() {
      log.push("simulation");
      return fail({ code: "simulate.none", severity: "error" });
    },
    ...changes,
  };
  return { runners, log };
}

function emptySchedule(document: StageSources): Schedule {
  return scheduleOf(document.results.forecast!.value.grid, []) as Schedule;
}

function documentWithTemplate(): PlanDocument {
  const document = smallDocument();
  const template = { id: "early", name: "Early" } as StageSources["plan"]["templates"][number];
  return { ...document, plan: { ...document.plan, templates: [template] } };
}

describe("running stages", () => {
  test("a stage first runs what it reads, and nothing that is fresh runs twice", async () => {
    const store = createSessionStore(smallDocument());
    const { runners, log } = runnersWith();
    const runs = createRuns(store, runners);
    await runs.run("requirement");
    expect(log).toEqual(["forecast", "requirement"]);
    expect(stageFreshness("requirement", store.state().document)).toBe("fresh");
    await runs.bringUpToDate();
    expect(log).toEqual(["forecast", "requirement"]);
    expect(store.state().notices).toEqual([]);
    expect(store.state().jobs).toHaveLength(0);
  });

  test("bringing up to date runs every stage that has what it needs, in order", async () => {
    const store = createSessionStore(documentWithTemplate());
    const { runners, log } = runnersWith();
    await createRuns(store, runners).bringUpToDate();
    expect(log).toEqual(["forecast", "requirement", "schedule", "simulation"]);
  });

  test("what is asked for in the middle of an edit runs on the plan that the edit leaves", async () => {
    const { history, ...rest } = smallDocument();
    const store = createSessionStore({ ...rest, history: null });
    const { runners, log } = runnersWith();
    const runs = createRuns(store, runners);
    const edit = runs.edit(async () => {
      await new Promise((resolve) => setTimeout(resolve));
      store.editDocument("history:edit.import", (document) => ({ ...document, history }));
    });
    await Promise.all([edit, runs.bringUpToDate()]);
    expect(log).toEqual(["forecast", "requirement"]);
    const failing = runs.edit(() => Promise.reject(new Error("the worker is gone")));
    await expect(failing).rejects.toThrow("the worker is gone");
    await runs.run("requirement");
    expect(store.state().notices).toEqual([]);
  });

  test("a chain goes on from the newer run that takes its stage's place", async () => {
    const store = createSessionStore(documentWithTemplate());
    let calls = 0;
    const { runners } = runnersWith({
      async requirement(document, _onProgress, signal) {
        calls++;
        if (calls === 1) {
          await new Promise((_resolve, reject) =>
            signal.addEventListener("abort", () => reject(abortError())),
          );
        }
        return succeed(flatRequirement(document.results.forecast!.value, 5));
      },
    });
    const runs = createRuns(store, runners);
    await runs.run("forecast");
    const chain = runs.run("schedule");
    await new Promise((resolve) => setTimeout(resolve));
    await runs.run("requirement");
    await chain;
    expect(calls).toBe(2);
    expect(stageFreshness("schedule", store.state().document)).toBe("fresh");
  });

  test("Stop keeps the best so far and says that it was stopped", async () => {
    const store = createSessionStore(documentWithTemplate());
    const { runners } = runnersWith({
      schedule: (document, onProgress, signal) =>
        new Promise((_, reject) => {
          onProgress({
            phase: "search",
            completed: 1,
            total: 2,
            partial: { ...emptySchedule(document), cost: 41 },
          });
          signal.addEventListener("abort", () => reject(abortError()));
        }),
    });
    const runs = createRuns(store, runners);
    const ended = runs.run("schedule");
    await vi.waitUntil(() => store.state().jobs.some((job) => job.id === "schedule" && job.hasPartial));
    runs.stop("schedule");
    await ended;
    expect(store.state().document.results.schedule?.value).toMatchObject({ cost: 41, status: "stopped" });
    expect(store.state().notices).toHaveLength(0);
  });

  test("what was made of the period that is over does not become the next one's", async () => {
    const store = createSessionStore(documentWithTemplate());
    const { runners } = runnersWith({
      schedule: (document, onProgress, signal) =>
        new Promise((_, reject) => {
          onProgress({ phase: "search", completed: 1, total: 2, partial: emptySchedule(document) });
          signal.addEventListener("abort", () => reject(abortError()));
        }),
    });
    const runs = createRuns(store, runners);
    const ended = runs.run("schedule");
    await vi.waitUntil(() => store.state().jobs.some((job) => job.id === "schedule" && job.hasPartial));
    runs.stop("schedule");
    store.edit("periods:edit.next", (plan) => ({ ...plan, firstDate: "2027-01-04" }));
    await ended;
    expect(store.state().document.results.schedule).toBeNull();
  });

  test("a crash is said, keeps the old result, and the stage can run again", async () => {
    const store = createSessionStore(smallDocument());
    let crash = true;
    const { runners } = runnersWith({
      async forecast(document) {
        if (crash) throw new WorkerCrash("threw", "no such field");
        return succeed(flatForecast(document, 60));
      },
    });
    const runs = createRuns(store, runners);
    await runs.run("forecast");
    expect(store.state().notices[0].issue).toMatchObject({
      code: "run.workerCrashed",
      values: { job: "forecast", message: "no such field" },
    });
    expect(store.state().document.results.forecast).toBeNull();
    crash = false;
    await runs.run("forecast");
    expect(store.state().document.results.forecast).not.toBeNull();
    expect(store.state().notices).toHaveLength(0);
  });

  test.each([
    ["run.workerMissing", new WorkerCrash("missing", "error")],
    ["run.workerGone", new WorkerCrash("gone", "the browser ended it")],
    ["run.outOfMemory", new WorkerCrash("threw", "Uncaught RangeError: Array buffer allocation failed")],
    ["run.outOfMemory", new RangeError("Invalid typed array length: 4294967296")],
    ["run.workerMissing", new TypeError("Failed to fetch dynamically imported module: x.js")],
    ["run.failed", new RangeError("ahtSeconds must be positive")],
  ])("how a run ended is said in words of its own: %s", async (code, error) => {
    const store = createSessionStore(smallDocument());
    const { runners } = runnersWith({
      async forecast() {
        throw error;
      },
    });
    await createRuns(store, runners).run("forecast");
    expect(store.state().notices[0].issue).toMatchObject({ code, values: { job: "forecast" } });
    expect(store.state().document.results.forecast).toBeNull();
    expect(store.state().jobs).toEqual([]);
  });

  test("a failed stage stops the chain and its issues are said", async () => {
    const store = createSessionStore(smallDocument());
    const { runners, log } = runnersWith({
      forecast: async () => fail({ code: "forecast.noHistory", severity: "error" }),
    });
    await createRuns(store, runners).run("requirement");
    expect(log).toEqual([]);
    expect(store.state().notices.map((notice) => notice.issue.code)).toEqual(["forecast.noHistory"]);
    expect(store.state().issues.forecast?.[0].code).toBe("forecast.noHistory");
  });

  test("a second schedule waits as a proposal; accepting it can be undone", async () => {
    const store = createSessionStore(documentWithTemplate());
    const { runners } = runnersWith();
    const runs = createRuns(store, runners);
    await runs.run("schedule", { propose: true });
    const first = store.state().document.results.schedule;
    expect(first).not.toBeNull();
    await runs.run("schedule", { propose: true });
    expect(store.state().document.results.schedule).toBe(first);
    expect(store.state().proposals.schedule).not.toBeNull();
    runs.accept("schedule");
    expect(store.state().document.results.schedule).not.toBe(first);
    store.undo();
    expect(store.state().document.results.schedule).toBe(first);
  });

  test("an edit during a run leaves its result stale, not wrong", async () => {
    const store = createSessionStore(smallDocument());
    let finish: () => void = () => {};
    const { runners } = runnersWith({
      forecast: (document) =>
        new Promise((resolve) => {
          finish = () => resolve(succeed(flatForecast(document, 60)));
        }),
    });
    const ended = createRuns(store, runners).run("forecast");
    await vi.waitUntil(() => store.state().jobs.length > 0);
    store.edit("model", (plan) => ({ ...plan, forecast: { ...plan.forecast, model: "other" } }));
    finish();
    await ended;
    expect(stageFreshness("forecast", store.state().document)).toBe("stale");
  });

  test("other work runs under the run line and answers null when stopped", async () => {
    const store = createSessionStore(smallDocument());
    const runs = createRuns(store, runnersWith().runners);
    expect(await runs.job("compare", async () => 3)).toBe(3);
    const ended = runs.job(
      "compare",
      (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(abortError()))),
    );
    expect(store.state().jobs[0].id).toBe("compare");
    runs.stop("compare");
    expect(await ended).toBeNull();
    expect(store.state().jobs).toHaveLength(0);
  });
});
