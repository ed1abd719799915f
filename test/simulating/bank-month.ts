import { readFileSync } from "node:fs";
import { noAgents, type SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { singleQueue } from "./single-queue.ts";

/** A call of the bank's log that reached the queue, times in seconds since midnight before 1 February 1999. */
export interface Call {
  readonly arrival: number;
  /** Waited, until answered or given up. */
  readonly wait: number;
  readonly answered: boolean;
  readonly serviceStart: number;
  readonly serviceEnd: number;
  /** null where the log does not say. */
  readonly server: string | null;
  readonly highValue: boolean;
}

export const bankDays = 28;

/** Calls that reached the queue; those hung up in the voice menu and the phantoms are left out, as the log's notes say. */
export function readBankMonth(path: string): Call[] {
  const [, ...lines] = readFileSync(path, "utf8").split(/\r?\n/);
  const rows = lines.filter((line) => line !== "").map((line) => line.split("\t"));
  const seconds = (clock: string) => {
    const [h, m, s] = clock.split(":").map(Number);
    return h * 3600 + m * 60 + s;
  };
  // Priority is recorded only for callers who waited; a caller once known as high value is so every time.
  const highValueCustomers = new Set(
    rows.filter((row) => row[3] === "2" && row[2] !== "0").map((row) => row[2]),
  );
  const calls = rows.flatMap((row): Call[] => {
    const [
      ,
      ,
      customer,
      priority,
      ,
      date,
      ,
      vruExit,
      ,
      queueStart,
      ,
      queueTime,
      outcome,
      start,
      end,
      ,
      server,
    ] = row;
    const wait = Number(queueTime);
    const answered = outcome === "AGENT";
    if (!answered && !(outcome === "HANG" && wait > 0)) return [];
    const midnight = (Number(date.slice(4)) - 1) * 86_400;
    // A few answered calls have no service recorded.
    if (answered && start === "0:00:00") return [];
    const serviceStart = midnight + seconds(start);
    const serviceEnd = midnight + seconds(end);
    return [
      {
        arrival: midnight + seconds(wait > 0 ? queueStart : vruExit),
        wait,
        answered,
        serviceStart,
        // A service that ends after midnight.
        serviceEnd: serviceEnd < serviceStart ? serviceEnd + 86_400 : serviceEnd,
        server: server === "NO_SERVER" ? null : server,
        highValue: priority === "2" || highValueCustomers.has(customer),
      },
    ];
  });
  return calls.sort((a, b) => a.arrival - b.arrival);
}

/**
 * Kaplan–Meier: patience when those who were answered only show that theirs was longer. 1,001 quantiles; beyond the
 * last abandonment the tail goes on with the hazard of the last fifth.
 */
export function patienceOf(calls: readonly Call[]): number[] {
  const waits = calls
    .filter((call) => call.wait > 0)
    .map(({ wait, answered }) => ({ wait, gaveUp: !answered }))
    .sort((a, b) => a.wait - b.wait || Number(b.gaveUp) - Number(a.gaveUp));
  const times: number[] = [];
  const survival: number[] = [];
  let left = 1;
  waits.forEach(({ wait, gaveUp }, index) => {
    if (!gaveUp) return;
    left *= 1 - 1 / (waits.length - index);
    times.push(wait);
    survival.push(left);
  });
  const from = Math.floor(times.length * 0.8);
  const hazard =
    Math.log(survival[from] / survival[times.length - 2]) / (times[times.length - 2] - times[from]);
  const [lastTime, lastSurvival] = [times[times.length - 2], survival[times.length - 2]];
  let at = 0;
  return Array.from({ length: 1001 }, (_, k) => {
    const surviving = 1 - Math.min(0.9995, k / 1000);
    if (surviving < lastSurvival) return lastTime + Math.log(lastSurvival / surviving) / hazard;
    while (at + 1 < survival.length && survival[at + 1] > surviving) at++;
    return times[at];
  });
}

export interface Assumptions {
  /** A pause between two calls of an agent up to this long is waiting for work; a longer one is away. */
  readonly longestIdleSeconds: number;
  /**
   * Part of a pause during which somebody waited in vain is work that the log does not record, and belongs to the call
   * before it. Otherwise agents are taken to be ready at once.
   */
  readonly unrecordedWork: boolean;
  /** Waiting with which a high-value customer is credited. */
  readonly creditSeconds: number;
}

/** Seconds after each call during which its agent stood between two calls and somebody waited in vain. */
export function unrecordedWork(
  calls: readonly Call[],
  { longestIdleSeconds }: Assumptions,
): Map<Call, number> {
  const queues = timesSomebodyWaited(calls);
  const work = new Map<Call, number>();
  for (const own of callsByAgentDay(calls)) {
    for (let k = 1; k < own.length; k++) {
      const end = own[k - 1].serviceEnd;
      const next = own[k].serviceStart;
      if (next <= end || next - end > longestIdleSeconds) continue;
      const seconds = overlapping(queues, end, next).reduce((sum, part) => sum + part.end - part.start, 0);
      if (seconds > 0) work.set(own[k - 1], seconds);
    }
  }
  return work;
}

function callsByAgentDay(calls: readonly Call[]): Call[][] {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    if (!call.answered || call.server === null) continue;
    const key = `${call.server}/${Math.floor(call.serviceStart / 86_400)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [call]);
    else group.push(call);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.serviceStart - b.serviceStart));
}

/** Stretches in which each agent was at work, from the calls they took. */
export function dutySpans(
  calls: readonly Call[],
  { longestIdleSeconds }: Assumptions,
): { agent: number; start: number; end: number }[] {
  return callsByAgentDay(calls).flatMap((own, agent) => {
    const spans: { agent: number; start: number; end: number }[] = [];
    for (const { serviceStart, serviceEnd } of own) {
      const last = spans.at(-1);
      if (last !== undefined && serviceStart - last.end <= longestIdleSeconds) {
        last.end = Math.max(last.end, serviceEnd);
      } else {
        spans.push({ agent, start: serviceStart, end: serviceEnd });
      }
    }
    return spans.filter(({ start, end }) => end > start);
  });
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** When at least one caller was waiting, in order. */
function timesSomebodyWaited(calls: readonly Call[]): Stretch[] {
  const stretches: { start: number; end: number }[] = [];
  for (const { arrival, wait } of calls) {
    if (wait === 0) continue;
    const last = stretches.at(-1);
    if (last !== undefined && arrival <= last.end) last.end = Math.max(last.end, arrival + wait);
    else stretches.push({ start: arrival, end: arrival + wait });
  }
  return stretches;
}

/** The parts of `stretches` inside [start, end). */
function overlapping(stretches: readonly Stretch[], start: number, end: number): Stretch[] {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle].end <= start) low = middle + 1;
    else high = middle;
  }
  const parts: Stretch[] = [];
  for (let k = low; k < stretches.length && stretches[k].start < end; k++) {
    parts.push({ start: Math.max(start, stretches[k].start), end: Math.min(end, stretches[k].end) });
  }
  return parts;
}

/** The month as a problem: the very calls and agents, patience drawn anew in every replication. */
export function bankProblem(calls: readonly Call[], assumptions: Assumptions, seed = 1): SimulationProblem {
  const intervals = bankDays * 96;
  const spans = dutySpans(calls, assumptions);
  const base = singleQueue(
    { agents: 0, intervals },
    { offeredPerHalfHour: 1, ahtSeconds: 180 },
    { patience: { kind: "empirical", values: patienceOf(calls) } },
  );
  const times = calls.filter((call) => call.answered).map((call) => call.serviceEnd - call.serviceStart);
  const mean = times.reduce((a, b) => a + b, 0) / times.length;
  const work = assumptions.unrecordedWork ? unrecordedWork(calls, assumptions) : new Map<Call, number>();
  const meanWork = [...work.values()].reduce((a, b) => a + b, 0) / times.length;
  const agents = Math.max(...spans.map((span) => span.agent)) + 1;
  return {
    ...base,
    seed,
    intervalSeconds: 900,
    intervalCount: intervals,
    dayOffsets: Array.from({ length: bankDays + 1 }, (_, day) => day * 96),
    queues: [
      {
        ...base.queues[0],
        offered: perInterval(calls, intervals),
        open: Uint8Array.from(perInterval(calls, intervals), (count) => (count > 0 ? 1 : 0)),
        ahtSeconds: new Float64Array(intervals).fill(mean + meanWork),
        handleTime: {
          kind: "empirical",
          values: times.sort((a, b) => a - b).map((time) => (time + meanWork) / (mean + meanWork)),
        },
        classes: [
          { share: 0.5, level: 0, creditSeconds: 0 },
          { share: 0.5, level: 0, creditSeconds: assumptions.creditSeconds },
        ],
        log: {
          arrivalSeconds: Float64Array.from(calls, (call) => call.arrival),
          handleSeconds: calls.map((call) =>
            call.answered ? call.serviceEnd - call.serviceStart + (work.get(call) ?? 0) : null,
          ),
          classIndex: Uint8Array.from(calls, (call) => (call.highValue ? 1 : 0)),
        },
      },
    ],
    groups: [{ ...base.groups[0], staffing: new Int32Array(0) }],
    agents: {
      ...noAgents,
      group: new Int32Array(agents),
      handleFactor: new Float64Array(agents).fill(1),
      absenceKey: new Int32Array(agents),
      atomAgent: Int32Array.from(spans, (span) => span.agent),
      atomStart: Float64Array.from(spans, (span) => span.start),
      atomEnd: Float64Array.from(spans, (span) => span.end),
      atomAbsences: new Int32Array(spans.length),
    },
  };
}

function perInterval(calls: readonly Call[], intervals: number): Float64Array {
  const counts = new Float64Array(intervals);
  for (const call of calls) counts[Math.min(intervals - 1, Math.floor(call.arrival / 900))]++;
  return counts;
}

/** Service of some calls as it really was. */
export interface Service {
  readonly calls: number;
  readonly waited: number;
  readonly inTime: number;
  readonly abandoned: number;
  readonly asaSeconds: number;
}

export function realService(calls: readonly Call[]): Service {
  const answered = calls.filter((call) => call.answered);
  return {
    calls: calls.length,
    waited: calls.filter((call) => call.wait > 0).length / calls.length,
    inTime: answered.filter((call) => call.wait <= 20).length / calls.length,
    abandoned: 1 - answered.length / calls.length,
    asaSeconds: answered.reduce((sum, call) => sum + call.wait, 0) / answered.length,
  };
}
