import { expect, test } from "vitest";
import { finiteQueue } from "../../src/queueing/finite-queue.ts";
import { erlangB, linesForBlocking } from "../../src/queueing/steady/erlang-b.ts";
import { requiredAgents } from "../../src/queueing/steady/required-agents.ts";
import { type QueueLoad, steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import { difference, numberOf, referenceRows } from "./reference-data.ts";

type Row = Record<string, string>;

function loadOf(row: Row): QueueLoad {
  const aht =
    row.aht_seconds !== ""
      ? Number(row.aht_seconds)
      : row.service_rate_per_second !== ""
        ? 1 / Number(row.service_rate_per_second)
        : 1;
  const arrivals =
    row.arrivals_per_second !== "" ? Number(row.arrivals_per_second) : Number(row.offered_load) / aht;
  return {
    arrivalsPerSecond: arrivals,
    ahtSeconds: aht,
    patienceSeconds:
      row.abandonment_rate_per_second === "" ? null : 1 / Number(row.abandonment_rate_per_second),
    answerWithinSeconds: row.answer_within_seconds === "" ? 0 : Number(row.answer_within_seconds),
  };
}

const goals = (row: Row) => ({
  serviceLevel: row.target === "" ? null : Number(row.target),
  serviceLevelRule: "offered" as const,
  maxAsaSeconds: null,
  maxAbandonment: null,
  maxOccupancy: row.max_occupancy === "" ? null : Number(row.max_occupancy),
});

/** The case worked out by this program; null for a model or measure that is not known here. */
function ours(row: Row): number | null {
  const load = loadOf(row);
  const agents = Number(row.agents);
  const erlangs = Number(row.offered_load);
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
    const service = finiteQueue(load, agents, Number(row.places));
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

/** Half a unit of the last digit that is given. */
function halfDigit(text: string): number {
  const [, decimals = "", exponent = "0"] = /^-?\d+(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  return 0.5 * 10 ** (Number(exponent) - decimals.length);
}

test("every row of published-cases.csv, to the last published digit and to twelve exact ones", () => {
  const rows = referenceRows("published-cases.csv");
  expect(rows).toHaveLength(290);
  const wrong: string[] = [];
  for (const row of rows) {
    const got = ours(row);
    const exact = numberOf(row.exact);
    const allowed = /asa|wait_s|queue|system/.test(row.metric) ? 1e-9 : 1e-12;
    const off = Math.abs(numberOf(row.published) - exact);
    const agrees = off <= Math.max(1.001 * halfDigit(row.published), 1e-9 * Math.abs(exact));
    if (got === null || difference(got, exact) > allowed || !agrees)
      wrong.push(`${row.case} ${row.model} ${row.metric} ${got} ${exact} ${row.published}`);
  }
  expect(wrong).toEqual([]);
});

test("a queue of five places, against a published simulation of 1,000 days", () => {
  const load = {
    arrivalsPerSecond: 4.2 / 60,
    ahtSeconds: 120,
    patienceSeconds: null,
    answerWithinSeconds: 20,
  };
  const service = finiteQueue(load, 12, 17);
  // The published day starts empty (umontreal-simul/contactcenters, doc/examples/MMCBlocked.res: 95 % intervals of the
  // means); the exact figures of the steady state were worked out from the birth and death rates for this project.
  const figures = [
    { got: service.blockedShare * 4.2 * 480, exact: 19.105378593870135, interval: [18.045, 19.265] },
    { got: service.serviceLevelAdmitted, exact: 0.927558186693503, interval: [0.928, 0.93] },
    { got: service.serviceLevelOffered, exact: 0.9187678343499399, interval: [0.919, 0.922] },
    { got: service.meanWaitSeconds / 60, exact: 0.0611242407592774, interval: [0.059, 0.061] },
    { got: service.occupancy, exact: 0.6933661879882395, interval: [0.688, 0.69] },
  ];
  for (const { got, exact, interval } of figures) {
    expect(got).toBeCloseTo(exact, 9);
    // Starting empty flatters a day by less than one per cent.
    expect(got).toBeGreaterThan(interval[0] * 0.99);
    expect(got).toBeLessThan(interval[1] * 1.01);
  }
});
