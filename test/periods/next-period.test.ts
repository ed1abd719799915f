import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { addDays, daysBetween } from "../../src/domain/calendar/clock.ts";
import {
  createIntervalGrid,
  dateOfDay,
  intervalCount,
  localTimeOf,
} from "../../src/domain/calendar/interval-grid.ts";
import type { Outcome } from "../../src/domain/outcome.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { type DemandHistory, intervalState } from "../../src/domain/results/demand.ts";
import { readPlanDocument } from "../../src/files/plan-document.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { withExcluded } from "../../src/history/review/quality-report.ts";
import { nextPeriod } from "../../src/periods/next-period.ts";
import { summaryOfNext } from "../../src/periods/next-summary.ts";
import { pastDocument } from "../../src/periods/past-periods.ts";
import { stageFreshness } from "../../src/stages/freshness.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { inputOf } from "../../src/stages/stage.ts";
import { made } from "../builders.ts";
import { checkRoster } from "../rostering/roster-check.ts";

/** One week from 2 November 2026 with 13 agents, every stage run, and history until 31 October. */
function planOf010(): PlanDocument {
  const path = join(import.meta.dirname, "../files/fixtures/plan-0.1.0.json.gz");
  const outcome = readPlanFile(gunzipSync(readFileSync(path)));
  if (!outcome.ok) throw new Error("not read");
  return outcome.value;
}

/** So many contacts, give or take a few, in each hour from 8 to 18. */
function contacts(from: string, dayCount: number, offered: number, ...queueIds: string[]): DemandHistory {
  const grid = createIntervalGrid("Europe/Berlin", 60, from, dayCount);
  const isOpen = Array.from({ length: intervalCount(grid) }, (_, interval) => {
    const { minuteOfDay } = localTimeOf(grid, interval);
    return minuteOfDay >= 480 && minuteOfDay < 1080;
  });
  const came = Float64Array.from(isOpen, (open, interval) =>
    open ? offered + (((interval * 13) % 29) % 4) : 0,
  );
  return {
    grid,
    queues: queueIds.map((queueId) => ({
      queueId,
      state: Uint8Array.from(isOpen, (open) => (open ? intervalState.open : intervalState.closed)),
      offered: came,
      handled: came,
      abandoned: null,
      handleSeconds: came.map((handled) => handled * 200),
    })),
  };
}

const counts = ({ issues }: Outcome<unknown>) =>
  Object.fromEntries(
    issues.map(({ code, values }) => [code.replace("nextPeriod.", ""), values?.count ?? null]),
  );

function usable<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

const cameSince = contacts("2026-11-01", 8, 20, "Voice", "Chat");

describe("the next period of a plan of version 0.1.0", () => {
  const before = planOf010();
  const outcome = nextPeriod(before, cameSince);
  const { plan, history, results } = usable(outcome);

  test("begins the day after, as long, with everybody and everything that lasts", () => {
    expect([plan.firstDate, plan.dayCount, plan.id]).toEqual(["2026-11-09", 7, before.plan.id]);
    expect(results).toEqual(noResults);
    const lasting = [
      "queues",
      "groups",
      "contracts",
      "templates",
      "shrinkage",
      "scheduling",
      "scenarios",
    ] as const;
    for (const part of lasting) expect(plan[part]).toEqual(before.plan[part]);
    expect(plan.agents.map(({ id }) => id)).toEqual(before.plan.agents.map(({ id }) => id));
    expect(plan.forecast.specialDays).toEqual(before.plan.forecast.specialDays);
    const again = readPlanFile(new TextEncoder().encode(planFileText(usable(outcome))));
    expect(usable(again).plan).toEqual(plan);
  });

  test("keeps the former period as it was published, and plan files bring it back", () => {
    const { past } = usable(outcome);
    expect(past?.map(({ plan: former, historyLastDate }) => [former.firstDate, historyLastDate])).toEqual([
      ["2026-11-02", "2026-10-31"],
    ]);
    const again = readPlanFile(new TextEncoder().encode(planFileText(usable(outcome))));
    expect(again.issues).toEqual([]);
    expect(usable(again).past).toEqual(past);
    const reopened = pastDocument(past![0], history);
    expect(reopened.history).toEqual(before.history);
    expect(reopened.results.roster).toBe(before.results.roster);
    for (const stage of ["forecast", "requirement", "schedule", "roster"] as const)
      expect(stageFreshness(stage, reopened)).toBe(stageFreshness(stage, before));
  });

  test("a damaged past period is left out with a warning, and the plan opens", () => {
    const document = usable(outcome);
    const damaged = { ...document, past: [{ plan: { schemaVersion: 2 } }, ...document.past!] };
    const read = readPlanDocument(damaged);
    expect(read.issues).toMatchObject([{ code: "planFile.partLeftOut", column: "past.0" }]);
    expect(usable(read).past).toHaveLength(1);
  });

  test("past periods are kept for a year", () => {
    const old = { ...before.plan, firstDate: "2025-11-01", dayCount: 9 };
    const year = { ...before.plan, firstDate: "2025-11-01", dayCount: 10 };
    const past = [old, year].map((plan) => ({ plan, results: noResults, historyLastDate: null }));
    expect(usable(nextPeriod({ ...before, past }, null)).past).toHaveLength(2);
  });

  test("is summed up in figures", () => {
    const starter = { ...before.plan.agents[0], id: "new", name: "New", joined: "2026-11-10" };
    const agents = [...before.plan.agents, { ...starter, daysOff: ["2026-11-11", "2026-12-01"], wishes: [] }];
    const special = { id: "x", name: "Sale", dates: ["2026-11-12"], closed: false, effect: 2 };
    const document = {
      ...before,
      plan: { ...before.plan, agents, forecast: { ...before.plan.forecast, specialDays: [special] } },
    };
    expect(summaryOfNext(document, usable(nextPeriod(document, cameSince)))).toMatchObject({
      former: { firstDate: "2026-11-02", dayCount: 7 },
      next: { firstDate: "2026-11-09", dayCount: 7 },
      historyBefore: "2026-10-31",
      historyAfter: "2026-11-08",
      historyDaysAdded: 8,
      people: 14,
      starting: ["New"],
      leaveDays: 1,
      wishes: 0,
      specialDays: [{ name: "Sale", dates: ["2026-11-12"] }],
      priorShifts: before.results.roster!.value.assignments.length,
      startShifts: 0,
    });
  });

  test("has the new history added to the old", () => {
    expect([history?.grid.firstDate, history?.grid.dayCount]).toEqual(["2026-08-24", 77]);
    const voiceOf = (from: DemandHistory | null) => from!.queues.find(({ queueId }) => queueId === "Voice")!;
    const [now, old] = [voiceOf(history), voiceOf(before.history)];
    expect(now.offered.subarray(-8 * 24)).toEqual(voiceOf(cameSince).offered);
    expect(now.offered.subarray(0, old.offered.length)).toEqual(old.offered);
    // Of the new days alone it is asked whether they look like an outage: the others are as the planner left them.
    expect(now.state.subarray(0, old.state.length)).toEqual(old.state);
    expect(counts(outcome).leftOut).toBeGreaterThan(0);
    expect(now.state).toContain(intervalState.excluded);
  });

  test("leaves behind what is past, and says how much", () => {
    const { leftOut: _, ...past } = counts(outcome);
    expect(past).toEqual({
      pastWishes: before.plan.agents.reduce((sum, { wishes }) => sum + wishes.length, 0),
      pastLeave: before.plan.agents.reduce(
        (sum, { daysOff, unavailable = [] }) => sum + daysOff.length + unavailable.length,
        0,
      ),
      pastOverrides: 1,
      pastOutside: 1,
      pastEvents: 1,
    });
    expect(plan.forecast.overrides).toEqual([]);
    expect(plan.simulation.events).toEqual([]);
  });

  test("counts on from the roster: its ledger, and its shifts as the end of the one before", () => {
    const roster = before.results.roster!.value;
    expect(plan.ledger).toEqual(roster.ledger);
    const prior = plan.priorRoster!;
    expect([prior.firstDate, prior.lastDate]).toEqual(["2026-11-02", "2026-11-08"]);
    expect(prior.people.reduce((sum, { shifts }) => sum + shifts.length, 0)).toBe(roster.assignments.length);
    const { agentId, shift } = roster.assignments[0];
    const former = prior.people.find((person) => person.agentId === agentId)?.shifts[0];
    expect(former?.date).toBe(shift.date);
    const minute = (instant: string) => (Date.parse(instant) / 1000 - roster.grid.startEpochSeconds) / 60;
    expect([minute(former!.start), minute(former!.end)]).toEqual([shift.startMinute, shift.endMinute]);
  });

  test("is rostered over the border and on, three periods in all", async () => {
    let document = usable(outcome);
    const second = await withRoster(document);
    const third = nextPeriod(second, contacts("2026-11-09", 7, 20, "Voice", "Chat"));
    document = usable(third);
    expect(document.past?.map(({ plan: former }) => former.firstDate)).toEqual(["2026-11-02", "2026-11-09"]);
    // Two weeks are known by now.
    expect([document.plan.priorRoster?.firstDate, document.plan.priorRoster?.lastDate]).toEqual([
      "2026-11-02",
      "2026-11-15",
    ]);
    await withRoster(document);
  }, 120_000);

  test("an end that is nearer, further or too early says so", () => {
    expect(counts(nextPeriod(before, cameSince, { firstDate: "2026-11-16", dayCount: 14 }))).toMatchObject({
      daysSkipped: 7,
      daysUnknown: 7,
      rosterEndsBefore: 7,
    });
    const again = nextPeriod(before, cameSince, { firstDate: "2026-11-06" });
    expect(counts(again)).toMatchObject({ daysAgain: 3, historyReachesIn: 3 });
    expect(usable(again).plan.priorRoster?.lastDate).toBe("2026-11-05");
    expect(counts(nextPeriod(before, cameSince, { firstDate: "2026-11-02" }))).toEqual({ notLater: null });
    expect(counts(nextPeriod(before, cameSince, { dayCount: 183 }))).toEqual({ badLength: null });
  });

  test("days in both histories are counted, and the newer ones stay", () => {
    const came = contacts("2026-10-26", 14, 7, "Voice", "Chat");
    const overlapping = nextPeriod(before, came);
    expect(counts(overlapping)).toMatchObject({ overlap: 6 });
    // What the planner left out or took back in on those days stays so.
    const formerly = intervalCount(before.history!.grid);
    const excludedIn = ({ history: whole }: PlanDocument) => {
      const { state } = whole!.queues.find(({ queueId }) => queueId === "Voice")!;
      return Array.from(state.keys()).filter(
        (interval) => interval < formerly && state[interval] === intervalState.excluded,
      );
    };
    expect(excludedIn(usable(overlapping))).toEqual([]);
    const first = before.history!.grid.dayOffsets[64] + 10;
    const planners = withExcluded(before.history!, { queueId: "Voice", first, end: first + 2 }, true);
    const kept = usable(nextPeriod({ ...before, history: planners }, came));
    expect(excludedIn(kept)).toEqual([first, first + 1]);
    const late = nextPeriod(before, contacts("2026-11-04", 5, 7, "Voice", "Chat"));
    expect(counts(late)).toMatchObject({ hole: 3 });
    const early = nextPeriod(before, contacts("2026-08-17", 5, 7, "Voice", "Chat"));
    expect(counts(early)).toMatchObject({ hole: 2 });
    const { grid, queues } = usable(overlapping).history!;
    const day = Array.from({ length: grid.dayCount }, (_, index) => dateOfDay(grid, index)).indexOf(
      "2026-10-27",
    );
    expect(queues.find(({ queueId }) => queueId === "Voice")?.offered[grid.dayOffsets[day] + 10]).toBe(
      came.queues[0].offered[24 + 10],
    );
  });

  test("a queue that is gone and one that is new are named, and can be joined", () => {
    const came = contacts("2026-11-01", 8, 20, "Voice EU", "Chat");
    expect(counts(nextPeriod(before, came))).toMatchObject({
      queueGone: null,
      queueNew: null,
      queueRenamed: null,
    });
    const joined = nextPeriod(before, came, { joins: [{ from: "Voice EU", to: "Voice" }] });
    expect(counts(joined)).not.toHaveProperty("queueGone");
    expect(usable(joined).history).toEqual(history);
    const wrong = [{ from: "Sales", to: "Voice" }];
    expect(counts(nextPeriod(before, came, { joins: wrong }))).toEqual({ joinUnknown: null });
    const twice = [{ from: "Voice EU", to: "Chat" }];
    expect(counts(nextPeriod(before, came, { joins: twice }))).toEqual({ joinTwice: null });
    const strange = contacts("2026-11-01", 8, 20, "Sales");
    expect(counts(nextPeriod(before, strange))).toEqual({ noQueueInCommon: null });
  });
});

test("the next period of the sample plan keeps its ledger and says that there was no roster", () => {
  const plan = samplePlan();
  const outcome = nextPeriod({ plan, history: null, results: noResults }, null);
  const next = usable(outcome).plan;
  expect([next.firstDate, next.dayCount]).toEqual(["2026-11-30", 28]);
  expect(next.ledger).toEqual(plan.ledger);
  expect(next).not.toHaveProperty("priorRoster");
  expect(counts(outcome)).toMatchObject({ noHistory: null, noRoster: null });
  expect(next.agents.flatMap(({ wishes }) => wishes).every(({ date }) => date >= "2026-11-30")).toBe(true);
});

/** The shifts of the first week moved to the plan's, rostered, and held against the judge who knows the former roster. */
async function withRoster({ plan, history, past }: PlanDocument): Promise<PlanDocument> {
  const schedule = planOf010().results.schedule!.value;
  const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, plan.firstDate, plan.dayCount);
  const later = daysBetween(schedule.grid.firstDate, plan.firstDate);
  const shifts = schedule.shifts.map((shift) => ({ ...shift, date: addDays(shift.date, later) }));
  const results = { ...noResults, schedule: made({ ...schedule, grid, shifts }) };
  const input = inputOf(rosterStage, { plan, history, results })!;
  expect(input.priorRoster).toBe(plan.priorRoster);
  const roster = usable(await rosterStage.run(input));
  expect(roster.assignments.length).toBeGreaterThan(40);
  expect(checkRoster(input, roster).hard).toEqual([]);
  return { plan, history, results: { ...results, roster: made(roster) }, past };
}
