import { existsSync } from "node:fs";
import { join } from "node:path";
import { createEngine } from "../../src/simulating/engine/engine.ts";
import { createTally, queueCount, queueCounts } from "../../src/simulating/measure/tally.ts";
import {
  type Assumptions,
  bankDays,
  bankProblem,
  type Call,
  dutySpans,
  patienceOf,
  readBankMonth,
  realService,
  type Service,
  unrecordedWork,
} from "./bank-month.ts";

/** `npm run bench:replay`: February 1999 of the bank, simulated call by call and compared with what happened. */
const path = join(import.meta.dirname, "../../../shared/data/anonymous_bank_1999_02.txt");
if (!existsSync(path)) {
  console.log(`left out: ${path} is not there`);
  process.exit();
}
const calls = readBankMonth(path);
const replications = 40;

/** Simulated service of the calls that arrived in the intervals a filter takes. */
function simulated(assumptions: Assumptions) {
  const problem = bankProblem(calls, assumptions);
  const engine = createEngine(problem);
  const tally = createTally(problem);
  for (let replication = 0; replication < replications; replication++) engine(replication, tally);
  return (takes: (interval: number) => boolean): Service => {
    const sum = (what: number) => {
      let total = 0;
      for (let interval = 0; interval < problem.intervalCount; interval++) {
        if (takes(interval)) total += tally.queues[interval * queueCounts + what];
      }
      return total / replications;
    };
    const offered = sum(queueCount.offered);
    const answered = sum(queueCount.answered);
    return {
      calls: offered,
      waited: Number.NaN,
      inTime: sum(queueCount.answeredInTime) / offered,
      abandoned: sum(queueCount.abandoned) / offered,
      asaSeconds: sum(queueCount.waitAnswered) / answered,
    };
  };
}

const row = (name: string, { calls: count, inTime, abandoned, asaSeconds }: Service) =>
  console.log(
    `${name.padEnd(50)}${count.toFixed(0).padStart(8)}${(inTime * 100).toFixed(1).padStart(9)} %${(abandoned * 100).toFixed(1).padStart(9)} %${asaSeconds.toFixed(1).padStart(9)} s`,
  );
const all = () => true;
const patience = patienceOf(calls);
const base: Assumptions = { longestIdleSeconds: 900, unrecordedWork: true, creditSeconds: 90 };
const work = [...unrecordedWork(calls, base).values()];
console.log(
  `patience by Kaplan–Meier: median ${patience[500].toFixed(0)} s, mean ${(patience.reduce((a, b) => a + b, 0) / patience.length).toFixed(0)} s; after ${work.length} calls somebody waited in vain, ${(work.reduce((a, b) => a + b, 0) / work.length).toFixed(1)} s on average`,
);
console.log(
  `${"".padEnd(50)}${"calls".padStart(8)}${"in 20 s".padStart(11)}${"abandoned".padStart(11)}${"ASA".padStart(11)}`,
);
row("what happened", realService(calls));
const settings: [string, Partial<Assumptions>][] = [
  ["A  pauses up to 15 min are idle time", { unrecordedWork: false }],
  ["B  A, but pauses up to 5 min", { unrecordedWork: false, longestIdleSeconds: 300 }],
  ["C  A, work after calls while somebody waits", {}],
  ["D  C, pauses up to 5 min", { longestIdleSeconds: 300 }],
  ["E  C, without the credit of 90 s", { creditSeconds: 0 }],
];
for (const [name, assumptions] of settings) row(name, simulated({ ...base, ...assumptions })(all));

const service = simulated(base);
const spans = dutySpans(calls, base);
console.log("\nby hour of the day, assumption C");
console.log(
  "hour   agents     calls    in 20 s real / simulated   abandoned real / simulated   ASA real / simulated",
);
for (let hour = 7; hour < 24; hour++) {
  const real = realService(calls.filter((call) => Math.floor((call.arrival % 86_400) / 3600) === hour));
  const ours = service((interval) => Math.floor((interval % 96) / 4) === hour);
  let present = 0;
  for (const { start, end } of spans) {
    for (let day = 0; day < bankDays; day++) {
      const from = day * 86_400 + hour * 3600;
      present += Math.max(0, Math.min(end, from + 3600) - Math.max(start, from));
    }
  }
  const pair = (a: number, b: number, digits: number) =>
    `${a.toFixed(digits).padStart(9)} / ${b.toFixed(digits).padEnd(9)}`;
  console.log(
    `${String(hour).padStart(4)}${(present / 3600 / bankDays).toFixed(1).padStart(9)}${String(real.calls).padStart(10)}   ${pair(real.inTime * 100, ours.inTime * 100, 1)}        ${pair(real.abandoned * 100, ours.abandoned * 100, 1)}       ${pair(real.asaSeconds, ours.asaSeconds, 1)}`,
  );
}
const days = Array.from({ length: bankDays }, (_, day) => ({
  real: realService(calls.filter((call: Call) => Math.floor(call.arrival / 86_400) === day)),
  ours: service((interval) => Math.floor(interval / 96) === day),
})).filter(({ real }) => real.calls > 0);
const correlation = (read: (service: Service) => number) => {
  const x = days.map(({ real }) => read(real));
  const y = days.map(({ ours }) => read(ours));
  const mean = (series: number[]) => series.reduce((a, b) => a + b, 0) / series.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, k) => sum + (value - mx) * (y[k] - my), 0);
  const spread = (series: number[], centre: number) =>
    series.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return covariance / Math.sqrt(spread(x, mx) * spread(y, my));
};
console.log(
  `\nday by day, correlation of simulated with real: in 20 s ${correlation((s) => s.inTime).toFixed(2)}, abandoned ${correlation((s) => s.abandoned).toFixed(2)}, ASA ${correlation((s) => s.asaSeconds).toFixed(2)}`,
);
