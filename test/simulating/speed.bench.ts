import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { compilePlan } from "../../src/simulating/compile/compile-plan.ts";
import type { SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { createEngine } from "../../src/simulating/engine/engine.ts";
import { blockCount } from "../../src/simulating/measure/estimates.ts";
import { createBlockRunner } from "../../src/simulating/measure/replication-blocks.ts";
import { createTally, queueCount, queueCounts } from "../../src/simulating/measure/tally.ts";
import { dayOf, problemOfDay } from "./days.ts";
import { singleQueue } from "./single-queue.ts";

/**
 * `npm run bench:simulate`: contacts per CPU second of the engine, of simjs (npm) and of SimPy (Debian's
 * python3-simpy3, where it is installed) on the same day, the drawing of customers included in
 * all three; and how long the plans people have take.
 */
const agents = 1000;
const ahtSeconds = 400;
const patienceSeconds = 120;
const daySeconds = 36_000;
const contacts = 100_000;

/** Ten hours at 1,000 agents, 100,000 contacts, load 1,111: about 80 % in 20 s, every other contact waits. */
const single = singleQueue(
  { agents, intervals: 20 },
  { offeredPerHalfHour: contacts / 20, ahtSeconds },
  { patience: { kind: "exponential", mean: patienceSeconds } },
);

/** The same day over four queues and six groups: priorities, flexible groups, overflow, and breaks every quarter-hour. */
function multiSkill(): SimulationProblem {
  const intervals = 40;
  const queue = (id: string, share: number) => ({
    ...single.queues[0],
    id,
    offered: new Float64Array(intervals).fill((contacts / intervals) * share),
    open: new Uint8Array(intervals).fill(1),
    ahtSeconds: new Float64Array(intervals).fill(ahtSeconds),
  });
  // A twelfth of each group is on break at any time, in turns.
  const staffing = (size: number, phase: number) =>
    Int32Array.from(
      { length: intervals },
      (_, k) => size + ((k + phase) % 4 === 0 ? -Math.round(size / 12) : 0),
    );
  const service = (q: number, level: number, preference: number, afterSeconds = 0) => ({
    queue: q,
    level,
    preference,
    afterSeconds,
  });
  return {
    ...single,
    intervalSeconds: 900,
    intervalCount: intervals,
    dayOffsets: [0, intervals],
    queues: [queue("gold", 0.1), queue("sales", 0.4), queue("service", 0.3), queue("billing", 0.2)],
    groups: [
      { id: "gold", staffing: staffing(60, 0), serves: [service(0, 0, 0)] },
      { id: "sales", staffing: staffing(300, 1), serves: [service(0, 0, 1), service(1, 1, 0)] },
      { id: "service", staffing: staffing(240, 2), serves: [service(2, 0, 0)] },
      { id: "billing", staffing: staffing(160, 3), serves: [service(3, 0, 0)] },
      { id: "both", staffing: staffing(140, 1), serves: [service(2, 0, 1), service(3, 0, 1)] },
      {
        id: "all",
        staffing: staffing(130, 2),
        serves: [service(0, 0, 2), service(1, 1, 2), service(2, 1, 2), service(3, 1, 2, 10)],
      },
    ],
  };
}

interface Speed {
  /** Per CPU second. */
  readonly contactsPerSecond: number;
  readonly serviceLevel: number;
  readonly abandoned: number;
}

function engineSpeed(problem: SimulationProblem): Speed {
  const run = createEngine(problem);
  const tally = createTally(problem);
  for (let replication = 0; replication < 10; replication++) run(replication, tally);
  let best = 0;
  for (let round = 0; round < 5; round++) {
    tally.contacts = 0;
    tally.queues.fill(0);
    const started = process.cpuUsage().user;
    for (let replication = 0; replication < 10; replication++) run(10 * round + replication, tally);
    best = Math.max(best, tally.contacts / ((process.cpuUsage().user - started) / 1e6));
  }
  const total = (what: number) => {
    let sum = 0;
    for (let cell = 0; cell < tally.queues.length; cell += queueCounts) sum += tally.queues[cell + what];
    return sum;
  };
  return {
    contactsPerSecond: best,
    serviceLevel: total(queueCount.answeredInTime) / total(queueCount.offered),
    abandoned: total(queueCount.abandoned) / total(queueCount.offered),
  };
}

async function simjsSpeed(): Promise<Speed> {
  // simjs is written for pages: it leaves its classes on the window.
  const page: { Sim?: Record<string, unknown> } = {};
  Object.assign(globalThis, { window: page });
  // @ts-expect-error simjs ships no types.
  await import("simjs");
  // biome-ignore lint/suspicious/noExplicitAny: as said, no types
  const { Sim, Entity, Facility, Random } = page.Sim as any;
  const started = process.cpuUsage().user;
  const random = new Random(1);
  const arrivals = Float64Array.from({ length: contacts }, () => random.random() * daySeconds).sort();
  const handling = Float64Array.from({ length: contacts }, () => random.exponential(1 / ahtSeconds));
  const patience = Float64Array.from({ length: contacts }, () => random.exponential(1 / patienceSeconds));
  let inTime = 0;
  let abandoned = 0;
  const team = new Facility("team", Facility.FCFS, agents);
  class Source extends Entity {
    next = 0;
    start() {
      this.arrive();
    }
    arrive() {
      if (this.next === contacts) return;
      const contact = this.next++;
      this.setTimer(arrivals[contact] - this.time()).done(() => {
        const arrived = this.time();
        this.useFacility(team, handling[contact])
          .waitUntil(patience[contact], () => {
            abandoned++;
          })
          .done(() => {
            if (this.time() - arrived - handling[contact] <= 20) inTime++;
          });
        this.arrive();
      });
    }
  }
  const sim = new Sim("peer");
  sim.addEntity(Source);
  sim.simulate(10 * daySeconds);
  const spent = (process.cpuUsage().user - started) / 1e6;
  return {
    contactsPerSecond: contacts / spent,
    serviceLevel: inTime / contacts,
    abandoned: abandoned / contacts,
  };
}

function simpySpeed(): Speed | null {
  const script = join(import.meta.dirname, "simpy_peer.py");
  const given = [agents, contacts, daySeconds, ahtSeconds, patienceSeconds].map(String);
  for (const python of ["/usr/bin/python3", "python3"]) {
    const { status, stdout } = spawnSync(python, [script, ...given], { encoding: "utf8" });
    if (status !== 0) continue;
    const [contactsPerSecond, serviceLevel, abandoned] = stdout.trim().split(" ").map(Number);
    return { contactsPerSecond, serviceLevel, abandoned };
  }
  return null;
}

function report(name: string, speed: Speed | null, beside?: Speed): void {
  if (speed === null) {
    console.log(`${name.padEnd(44)} not installed here, left out`);
    return;
  }
  const { contactsPerSecond, serviceLevel, abandoned } = speed;
  const ratio = beside === undefined ? "" : `${(beside.contactsPerSecond / contactsPerSecond).toFixed(1)} ×`;
  console.log(
    `${name.padEnd(44)}${Math.round(contactsPerSecond).toLocaleString("en").padStart(12)}${(serviceLevel * 100).toFixed(1).padStart(8)} %${(abandoned * 100).toFixed(1).padStart(7)} %${ratio.padStart(12)}`,
  );
}

/** In a process of its own, as a worker that has just begun: the compiler specialises on the first problem it sees. */
function inOwnProcess(problems: string): Speed {
  const { stdout } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, problems], {
    encoding: "utf8",
  });
  return JSON.parse(stdout);
}

const asked = process.argv[2];
if (asked !== undefined) {
  const speeds = asked.split("+").map((name) => engineSpeed(name === "single" ? single : multiSkill()));
  console.log(JSON.stringify(speeds.at(-1)));
  process.exit();
}

console.log(
  `${"one queue with abandonment, 1,000 agents".padEnd(44)}${"contacts/s".padStart(12)}${"in 20 s".padStart(10)}${"aband.".padStart(9)}${"ours is".padStart(12)}`,
);
const ours = inOwnProcess("single");
report("this engine", ours);
report("simjs", await simjsSpeed(), ours);
report("SimPy", simpySpeed(), ours);
const multi = inOwnProcess("multi");
report("this engine, 4 queues × 6 groups, breaks", multi);
report("the same after another problem", inOwnProcess("single+multi"));
console.log(`multi-skill ÷ single queue: ${(multi.contactsPerSecond / ours.contactsPerSecond).toFixed(2)}`);

function cpuSeconds(problem: SimulationProblem, replications: number): { cpu: number; contacts: number } {
  const started = process.cpuUsage().user;
  const run = createBlockRunner(problem, replications);
  let total = 0;
  for (let block = 0; block < blockCount(replications); block++) total += run(block).contacts;
  return { cpu: (process.cpuUsage().user - started) / 1e6, contacts: total };
}

function reportPlan(name: string, problem: SimulationProblem): void {
  const { cpu, contacts: total } = cpuSeconds(problem, 100);
  console.log(
    `${name}: ${total.toLocaleString("en")} contacts, ${cpu.toFixed(1)} s CPU, so ${(cpu / 2).toFixed(1)} s on two cores`,
  );
}

console.log("\n100 replications, statistics included:");
const samplePath = join(import.meta.dirname, "../../dist/sample-plan.json.gz");
const sample = existsSync(samplePath) ? readPlanFile(gunzipSync(readFileSync(samplePath))) : null;
if (sample?.ok && sample.value.results.forecast !== null) {
  const { plan, results } = sample.value;
  const forecast = sample.value.results.forecast.value;
  const { dayOffsets } = forecast.grid;
  const volumes = Array.from({ length: forecast.grid.dayCount }, (_, day) =>
    forecast.queues.reduce((sum, queue) => {
      let volume = sum;
      for (let k = dayOffsets[day]; k < dayOffsets[day + 1]; k++) volume += queue.offered[k];
      return volume;
    }, 0),
  );
  const busiest = volumes.indexOf(Math.max(...volumes));
  const compiled = compilePlan({
    plan,
    forecast,
    schedule: results.schedule?.value ?? null,
    roster: results.roster?.value ?? null,
    days: { first: busiest, end: busiest + 1 },
  });
  if (compiled.ok) reportPlan("the sample plan's busiest day", compiled.value.problem);
} else {
  console.log("the sample plan's busiest day: build first (npm run build)");
}
const day = dayOf(998);
const week = problemOfDay({
  contactsPerSecond: Float64Array.from({ length: 96 * 7 }, (_, k) => day.contactsPerSecond[k % 96]),
  agents: Int32Array.from({ length: 96 * 7 }, (_, k) => day.agents[k % 96]),
});
reportPlan("a week at 998 agents", {
  ...week,
  intervalCount: 96 * 7,
  dayOffsets: Array.from({ length: 8 }, (_, k) => 96 * k),
  queues: week.queues.map((queue) => ({
    ...queue,
    open: new Uint8Array(96 * 7).fill(1),
    ahtSeconds: new Float64Array(96 * 7).fill(queue.ahtSeconds[0]),
  })),
});
