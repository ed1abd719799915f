import { expect, test } from "vitest";
import { finiteQueue } from "../../src/queueing/finite-queue.ts";
import { erlangB, linesForBlocking } from "../../src/queueing/steady/erlang-b.ts";
import { requiredAgents } from "../../src/queueing/steady/required-agents.ts";
import { type QueueLoad, steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import { difference, numberOf, referenceRows } from "./reference-data.ts";

type Row = Record<string, string>;

function loadOf(row: Row): QueueLoad {
  const aht = row.aht_s !== "" ? Number(row.aht_s) : row.mu !== "" ? 1 / Number(row.mu) : 1;
  const arrivals = row.lambda_ !== "" ? Number(row.lambda_) : Number(row.a) / aht;
  return {
    arrivalsPerSecond: arrivals,
    ahtSeconds: aht,
    patienceSeconds: row.nu === "" ? null : 1 / Number(row.nu),
    answerWithinSeconds: row.t === "" ? 0 : Number(row.t),
  };
}

const goals = (row: Row) => ({
  serviceLevel: row.target === "" ? null : Number(row.target),
  serviceLevelRule: "offered" as const,
  maxAsaSeconds: null,
  maxAbandonment: null,
  maxOccupancy: row.max_occ === "" ? null : Number(row.max_occ),
});

/** The case worked out by this program; null for a model or measure that is not known here. */
function ours(row: Row): number | null {
  const load = loadOf(row);
  const agents = Number(row.c);
  const erlangs = Number(row.a);
  switch (`${row.model}.${row.metric}`) {
    case "erlang_b.p_blocked":
      return erlangB(agents, erlangs);
    case "erlang_b_staffing.lines":
      return linesForBlocking(erlangs, Number(row.target));
    case "erlang_b_staffing.lines_with_shrinkage":
      return Math.ceil(linesForBlocking(erlangs, Number(row.target)) / (1 - Number(row.shrinkage)) - 1e-9);
    case "erlang_c_staffing.agents":
      return requiredAgents(load, goals(row), 1);
    case "erlang_c_staffing.agents_with_shrinkage":
      return Math.ceil(requiredAgents(load, goals(row), 1)! / (1 - Number(row.shrinkage)) - 1e-9);
    case "staffing.agents_for_max_occupancy":
      return requiredAgents({ ...load, patienceSeconds: null }, { ...goals(row), serviceLevel: null }, 1);
  }
  if (row.model === "erlang_c" || row.model === "erlang_a") {
    const service = steadyQueue(load, agents);
    if (row.metric === "p_wait") return service.waitProbability;
    if (row.metric === "p_immediate") return 1 - service.waitProbability;
    if (row.metric === "service_level") return service.serviceLevelOffered;
    if (row.metric === "asa_s") return service.asaSeconds;
    if (row.metric === "mean_wait_s") return service.meanWaitSeconds;
    if (row.metric === "mean_queue_length") return service.meanWaiting;
    if (row.metric === "occupancy") return service.occupancy;
    if (row.metric === "p_abandon") return service.abandonmentRate;
  }
  if (row.model === "erlang_a_finite") {
    const service = finiteQueue(load, agents, Number(row.K));
    if (row.metric === "p_blocked") return service.blockedShare;
    // The source counts abandonment against all who come.
    if (row.metric === "p_abandon") return service.abandonmentRate;
    if (row.metric === "mean_queue_length") return service.meanWaiting;
    if (row.metric === "mean_in_system") return service.meanInSystem;
    if (row.metric === "mean_wait_s") return service.meanWaitSeconds;
    if (row.metric === "occupancy") return service.occupancy;
    if (row.metric === "service_level") return service.serviceLevelAdmitted;
  }
  return null;
}

const rows = referenceRows("cases.csv");
test.skipIf(rows === null)("all rows of cases.csv that are ok", () => {
  const ok = rows!.filter((row) => row.status === "ok");
  expect(ok.length).toBeGreaterThan(300);
  const wrong: string[] = [];
  for (const row of ok) {
    const got = ours(row);
    const wanted = numberOf(row.recomputed);
    // Two rows start from a P(wait) rounded to four digits: they can agree no further than that.
    const rounded = row.note.startsWith("p_wait given as");
    const allowed = rounded ? 1e-3 : /asa|wait_s|queue|system/.test(row.metric) ? 1e-9 : 1e-12;
    if (got === null || difference(got, wanted) > allowed)
      wrong.push(`${row.id} ${row.model} ${row.metric} ${got} ${wanted}`);
  }
  expect(wrong).toEqual([]);
});

const simulated = referenceRows("sim_reference.csv");
test.skipIf(simulated === null)(
  "a queue of five places, against a published simulation of 1,000 days",
  () => {
    const load = {
      arrivalsPerSecond: 4.2 / 60,
      ahtSeconds: 120,
      patienceSeconds: null,
      answerWithinSeconds: 20,
    };
    const service = finiteQueue(load, 12, 17);
    const exact = (metric: string) =>
      Number(
        simulated!.find((row) => row.metric === metric && row.source.includes("MMCBlocked"))!
          .exact_steady_state_recomputed,
      );
    expect(service.blockedShare * 4.2 * 480).toBeCloseTo(exact("blocked_per_day"), 9);
    expect(service.serviceLevelAdmitted).toBeCloseTo(exact("service_level_20s"), 12);
    expect(service.serviceLevelOffered).toBeCloseTo(exact("service_level_with_blocked"), 12);
    expect(service.meanWaitSeconds / 60).toBeCloseTo(exact("asa_min"), 12);
    expect(service.occupancy).toBeCloseTo(exact("occupancy"), 12);
  },
);
