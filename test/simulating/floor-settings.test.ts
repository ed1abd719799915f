import { describe, expect, test } from "vitest";
import type { FloorEvent } from "../../src/domain/plan/floor-event.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import type { Queue } from "../../src/domain/plan/queue.ts";
import { contactOutcome, type SimulationResult } from "../../src/domain/results/simulation.ts";
import { compilePlan } from "../../src/simulating/compile/compile-plan.ts";
import type { SimulationInput } from "../../src/simulating/compile/simulation-input.ts";
import { traceContacts } from "../../src/simulating/measure/trace-contacts.ts";
import { simulateContacts } from "../../src/simulating/simulate-contacts.ts";
import { input } from "./two-queue-plan.ts";

const date = "2026-11-02";

/** The plan of two queues with other settings, and the voice queue with a few more. */
function floor(simulation: Partial<Plan["simulation"]>, voice: Partial<Queue> = {}): SimulationInput {
  const { plan } = input();
  const [first, ...others] = plan.queues;
  return input({
    simulation: { ...plan.simulation, replications: 40, ...simulation },
    queues: [{ ...first, ...voice }, ...others],
  });
}

async function result(from: SimulationInput): Promise<SimulationResult> {
  const outcome = await simulateContacts(from);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value;
}

const onMonday = async (event: FloorEvent, voice: Partial<Queue> = {}) =>
  result(floor({ events: [event] }, voice));
/** Of the voice queue in the half-hours from `from` to `end` on Monday. */
const sum = (of: SimulationResult, measure: "offered" | "blocked" | "answered", from: number, end: number) =>
  of.queues[0].intervals[measure].mean.slice(2 * from, 2 * end).reduce((a, b) => a + b, 0);

describe("what a planner may set of the floor", () => {
  test("settings that are not there change nothing", async () => {
    const plain = await result(floor({}));
    const same = await result(
      floor(
        { events: [], routing: { contact: "priority", agent: "longestIdle", reserves: [] } },
        { transfers: [] },
      ),
    );
    expect({ ...same, seconds: null }).toEqual({ ...plain, seconds: null });
    expect(plain.queues[0].intervals.followUps).toBeUndefined();
  });

  test("a surge multiplies contacts while it lasts, to the minute", async () => {
    const surged = await onMonday({
      kind: "surge",
      queueIds: ["Voice"],
      date,
      fromMinute: 600,
      toMinute: 675,
      factor: 2,
    });
    // Fifty a half-hour; the last quarter of an hour is half an interval.
    expect(surged.queues[0].intervals.offered.mean[20] / 100).toBeCloseTo(1, 1);
    expect(surged.queues[0].intervals.offered.mean[22] / 75).toBeCloseTo(1, 1);
    expect(surged.queues[0].intervals.offered.mean[24] / 50).toBeCloseTo(1, 1);
    expect(surged.queues[1].intervals.offered.mean[20]).toBeLessThan(15);
  });

  test("before a late opening everybody is turned away, some of whom call again", async () => {
    const event: FloorEvent = { kind: "lateOpening", queueIds: ["Voice"], date, toMinute: 555 };
    const late = await onMonday(event);
    expect(sum(late, "blocked", 8, 9)).toBe(sum(late, "offered", 8, 9));
    expect(sum(late, "answered", 8, 9)).toBe(0);
    // Until 9:15 of the half-hour from 9:00.
    expect(sum(late, "blocked", 9, 9.5) / sum(late, "offered", 9, 9.5)).toBeCloseTo(0.5, 1);
    expect(sum(late, "blocked", 10, 24)).toBe(0);
    expect(late.queues[1].total.blocked.mean[0]).toBe(0);
    const again = await onMonday(event, { redial: { share: 0.5, afterMinutes: 20 } });
    const { redialled } = again.queues[0].total.followUps!;
    expect(redialled.mean[0]).toBeGreaterThan(50);
    expect(sum(again, "offered", 9.5, 11)).toBeGreaterThan(sum(late, "offered", 9.5, 11) + 10);
  });

  test("in an outage and a drill nobody of the group is on queue, and others are as before", async () => {
    for (const kind of ["outage", "fireDrill"] as const) {
      const times = { date, fromMinute: 660, toMinute: 720, groupIds: ["voice"] };
      const away = await onMonday(
        kind === "outage" ? { kind, ...times, turnsAway: false } : { kind, ...times },
      );
      const onQueue = away.groups.map((group) => group.agentsOnQueue.mean);
      // Eight agents, two at a time on a break; a drill begins when the contact in hand has ended.
      if (kind === "outage") expect(onQueue[0][22]).toBe(0);
      else expect(onQueue[0][22]).toBeLessThan(1.5);
      expect(onQueue[0][23]).toBeLessThan(0.1);
      expect(onQueue[0][25]).toBeCloseTo(6, 0);
      expect(onQueue[2][22]).toBe(2);
      expect(away.groups[0].working![22]).toBeCloseTo(6, 9);
      expect(away.groups[0].otherwise![22]).toBeCloseTo(2, 9);
      expect(away.groups[0].handling!.mean[22] + away.groups[0].available!.mean[22]).toBeCloseTo(
        onQueue[0][22],
        9,
      );
    }
  });

  test("an outage of all who serve a queue can turn its contacts away", async () => {
    const outage = { kind: "outage", date, fromMinute: 660, toMinute: 720, turnsAway: true } as const;
    const all = await onMonday({ ...outage, groupIds: null });
    expect(sum(all, "blocked", 11, 12)).toBe(sum(all, "offered", 11, 12));
    // The group of both queues goes on, so nobody is turned away.
    const some = await onMonday({ ...outage, groupIds: ["voice"] });
    expect(sum(some, "blocked", 0, 24)).toBe(0);
  });

  test("lateness takes from the start of shifts what an exponential delay takes", async () => {
    const [share, meanMinutes] = [0.5, 30];
    const late = await result(floor({ replications: 200, lateness: { share, meanMinutes } }));
    const { mean, halfWidth } = late.groups[0].agentsOnQueue;
    // 08:00–08:30 of eight agents: mean of the delay within the half-hour.
    const missing = (8 * share * meanMinutes * (1 - Math.exp(-30 / meanMinutes))) / 30;
    expect(Math.abs(mean[16] - (8 - missing))).toBeLessThan(1.5 * halfWidth[16]);
    const [before, after] = [mean[17], mean[30]];
    expect(before).toBeLessThan(after);
  });

  test("a full queue blocks, transfers come to the other queue, callbacks are counted by themselves", async () => {
    const from = floor(
      {},
      {
        waitingPlaces: 3,
        transfers: [{ queueId: "Chat", share: 0.1, ahtSeconds: 60 }],
        callback: { afterSeconds: 30, acceptShare: 0.5, when: "inTurn" },
        customers: [{ name: "Gold", share: 0.2, level: -1, creditSeconds: 0 }],
      },
    );
    const { queues } = await result(from);
    const [voice, chat] = queues.map(({ total }) => total);
    expect(voice.blocked.mean[0]).toBeGreaterThan(1);
    expect(chat.followUps!.transferred.mean[0] / voice.answered.mean[0]).toBeCloseTo(0.1, 1);
    const { callbacks, callbackDelaySeconds } = voice.followUps!;
    expect(callbacks.mean[0]).toBeGreaterThan(20);
    expect(callbackDelaySeconds.mean[0]).toBeGreaterThan(30);
    expect(
      voice.answered.mean[0] + voice.abandoned.mean[0] + voice.blocked.mean[0] + callbacks.mean[0],
    ).toBeCloseTo(voice.offered.mean[0], 6);
    const traced = traceContacts(from, 0, 0);
    if (!traced.ok) throw new Error(traced.issues[0].code);
    const outcomes = new Set(traced.value.outcome);
    expect(outcomes.has(contactOutcome.calledBack) && outcomes.has(contactOutcome.blocked)).toBe(true);
  });

  test("mail waits at opening, yields to calls, and is in time when it is done by its deadline", async () => {
    const { plan, forecast } = input();
    const mail = (interruptible: boolean): SimulationInput => {
      const from = input({
        simulation: { ...plan.simulation, replications: 40 },
        groups: [{ id: "voice", name: "Voice", queueIds: ["Voice", "Chat"] }, ...plan.groups.slice(1)],
        queues: [
          plan.queues[0],
          {
            ...plan.queues[1],
            channel: "deferred",
            concurrency: null,
            deferred: { withinMinutes: 120, backlogContacts: 30, interruptible },
          },
        ],
      });
      // Three an hour also come at night.
      const [voice, chat] = forecast.queues;
      const offered = chat.offered.map((contacts) => contacts || 1.5);
      return { ...from, forecast: { ...forecast, queues: [voice, { ...chat, offered }] } };
    };
    const traced = traceContacts(mail(true), 0, 0);
    if (!traced.ok) throw new Error(traced.issues[0].code);
    const { arrival, queue, ended, agent } = traced.value;
    const opening = 8 * 3600;
    const first = arrival.filter((at, k) => queue[k] === 1 && at === opening);
    // Thirty, and sixteen half-hours of the night: 54 in the mean.
    expect(Math.abs(first.length - 54)).toBeLessThan(25);
    expect(arrival.some((at, k) => queue[k] === 1 && at < opening)).toBe(false);
    expect(ended.every((end, k) => agent[k] === null || (end !== null && end > arrival[k]))).toBe(true);
    const [waits, yields] = await Promise.all([result(mail(false)), result(mail(true))]);
    const level = (of: SimulationResult, q: number) => of.queues[q].total.serviceLevel.mean[0];
    // Calls no longer wait behind mail.
    expect(level(yields, 0)).toBeGreaterThan(level(waits, 0) + 0.02);
    expect(level(yields, 1)).toBeLessThan(1);
    expect(level(yields, 1)).toBeGreaterThan(0.2);
  });

  test("routing is compiled: skill order, reserve, and the rules", () => {
    const routing = {
      contact: "skillOrder",
      agent: "leastBusy",
      reserves: [{ groupId: "both", queueId: "Voice", keepFree: 1 }],
    } as const;
    const compiled = compilePlan(floor({ routing: { ...routing, reserves: [...routing.reserves] } }));
    if (!compiled.ok) throw new Error(compiled.issues[0].code);
    const { problem } = compiled.value;
    expect(problem.agentRule).toBe("leastBusy");
    expect(problem.groups[2].serves.map(({ level, keepFree }) => [level, keepFree])).toEqual([
      [0, 1],
      [1, undefined],
    ]);
  });

  test("percentiles of waits are those of the contacts themselves, within their intervals", async () => {
    const from = floor({ replications: 300 });
    const { waitPercentiles } = (await result(from)).queues[0];
    const waits: number[] = [];
    for (let replication = 0; replication < 40; replication++) {
      const traced = traceContacts(from, 0, replication);
      if (!traced.ok) throw new Error(traced.issues[0].code);
      const { queue, arrival, answered } = traced.value;
      queue.forEach((q, k) => {
        const at = answered[k];
        if (q === 0 && at !== null) waits.push(at - arrival[k]);
      });
    }
    waits.sort((a, b) => a - b);
    const { shares, days } = waitPercentiles!;
    expect(shares).toEqual([0.5, 0.8, 0.9, 0.95]);
    shares.forEach((share, k) => {
      const seen = waits[Math.floor(share * waits.length)];
      const slack = 2 * (days.high[k] - days.low[k]) * Math.sqrt(300 / 40) + 1;
      expect(Math.abs(days.seconds[k] - seen), `${share}: ${days.seconds[k]} against ${seen}`).toBeLessThan(
        slack,
      );
      expect(days.low[k]).toBeLessThanOrEqual(days.seconds[k]);
      expect(days.high[k]).toBeGreaterThanOrEqual(days.seconds[k]);
    });
  });
});
