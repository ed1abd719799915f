import { fork } from "node:child_process";
import { closeSync, mkdtempSync, openAsBlob, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { samplePlan } from "../../sample-data/plan.ts";
import { addDays } from "../../src/domain/calendar/clock.ts";
import { clockSlots, createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { Issue, Outcome } from "../../src/domain/outcome.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { Plan, PlanDocument, StageName } from "../../src/domain/plan/plan.ts";
import { updatePeople } from "../../src/domain/plan/update-people.ts";
import type { DemandForecast } from "../../src/domain/results/demand.ts";
import { recogniseColumns } from "../../src/files/people-columns.ts";
import { peopleTableOfText, readPeople } from "../../src/files/people-list.ts";
import { readPlansFile } from "../../src/files/plan-archive.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { importHistory } from "../../src/history/reading/import-history.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { scheduleStage } from "../../src/stages/schedule.ts";
import { simulationStage } from "../../src/stages/simulation.ts";

/**
 * `npm run loads -- [NAME]`: the program's engines under the largest loads, each in a process of its own: seconds, most
 * memory, and how it ended: done, refused beforehand with the reason, or given up after `mostSeconds`. The page runs the
 * same engines in workers, so that it answers meanwhile.
 */
const mostSeconds = Number(process.env.LOADS_SECONDS ?? 300);

/** What came of a load, in a few words. */
const loads: Readonly<Record<string, () => Promise<string>>> = {
  "5 million rows, over 300 MB": () => readHistory(5_000_000),
  "a plan file of 300 MB": async () => ended(await readPlansFile(new Blob([new Uint8Array(3e8).fill(0x20)]))),
  "a packed plan file that unpacks to 2 GB": async () => {
    const piece = new Uint8Array(1 << 24);
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (count++ === 128) controller.close();
        else controller.enqueue(piece);
      },
    });
    let count = 0;
    const packed = await new Response(stream.pipeThrough(new CompressionStream("gzip") as never)).blob();
    return `${(packed.size / 1e6).toFixed(1)} MB packed: ${ended(await readPlansFile(packed))}`;
  },
  "300 queues, agents required": () => run(withQueues(300), ["requirement"]),
  "300 queues, shifts": () => run(withQueues(300), ["requirement", "schedule"]),
  "30 queues, shifts": () => run(withQueues(30), ["requirement", "schedule"]),
  "5,000 people, a list read and taken over, the plan saved and opened": listOfPeople,
  "5,000 people, a roster of two weeks": () =>
    run(withPeople(5000, 14), ["requirement", "schedule", "roster"]),
  "10,000 agents, a day simulated": () =>
    run(withPeople(0, 1, 10_000), ["requirement", "schedule", "simulation"]),
  "26 weeks, shifts": () => run(withPeople(0, 182), ["requirement", "schedule"]),
};

if (process.send !== undefined) {
  process.once("message", (name: string) => {
    void loads[name]().then(
      (end) => process.send?.({ end, memory: process.resourceUsage().maxRSS }),
      (error) => process.send?.({ end: `threw ${error}`, memory: process.resourceUsage().maxRSS }),
    );
  });
} else {
  const wanted = process.argv[2] ?? "";
  for (const name of Object.keys(loads).filter((one) => one.includes(wanted))) await print(name);
}

async function print(name: string): Promise<void> {
  const started = performance.now();
  const child = fork(fileURLToPath(import.meta.url), {
    execArgv: [...process.execArgv, "--max-old-space-size=4096"],
  });
  const { end, memory } = await new Promise<{ end: string; memory: number }>((resolve) => {
    const timer = setTimeout(() => resolve({ end: "GIVEN UP", memory: Number.NaN }), mostSeconds * 1000);
    child.once("message", (message) => {
      clearTimeout(timer);
      resolve(message as { end: string; memory: number });
    });
    child.once("exit", (code) => resolve({ end: `DIED with ${code}`, memory: Number.NaN }));
    child.send(name);
  });
  child.kill("SIGKILL");
  const seconds = (performance.now() - started) / 1000;
  if (/GIVEN UP|DIED|threw/.test(end)) process.exitCode = 1;
  const megabytes = Number.isNaN(memory) ? "?" : (memory / 1024).toFixed(0);
  console.log(`${name}: ${seconds.toFixed(0)} s, ${megabytes} MB at most, ${end}`);
}

function ended({ ok, issues }: { readonly ok: boolean; readonly issues: readonly Issue[] }): string {
  if (ok) return "done";
  const [{ code, values }] = issues;
  return `refused: ${code} ${JSON.stringify(values ?? {})}`;
}

async function readHistory(rowCount: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "shiftwright-"));
  const path = join(folder, "history.csv");
  const file = openSync(path, "w");
  let block = "interval_start,queue,offered,handled,abandoned,aht_seconds\n";
  let [rows, contacts] = [0, 0];
  for (let day = 0; rows < rowCount; day++) {
    const date = addDays("2016-01-04", day);
    for (let quarter = 0; quarter < 96; quarter++) {
      const clock = `${String(quarter >> 2).padStart(2, "0")}:${String((quarter & 3) * 15).padStart(2, "0")}`;
      for (let queue = 0; queue < 15 && rows < rowCount; queue++, rows++) {
        const count = 20 + ((day * 7 + quarter * 3 + queue) % 50);
        contacts += count;
        block += `${date}T${clock}:00+00:00,queue of the centre ${queue},${count},${count - 1},1,${180 + queue}.25\n`;
      }
    }
    writeSync(file, block);
    block = "";
  }
  closeSync(file);
  const data = await openAsBlob(path);
  const outcome = await importHistory({
    source: { name: "history.csv", data },
    mapping: null,
    timeZone: "UTC",
    intervalMinutes: 15,
    queueId: "main",
  });
  rmSync(folder, { recursive: true });
  if (!outcome.ok) return ended(outcome);
  const read = outcome.value.contacts.queues.reduce((sum, { inHistory }) => sum + inHistory, 0);
  const sums = read === contacts ? "all contacts there" : `CONTACTS DIFFER: ${read} of ${contacts}`;
  return `done: ${outcome.value.rowsRead} rows of ${(data.size / 1e6).toFixed(0)} MB, ${sums}`;
}

/** A working day's curve of contacts for every queue of a plan, so many at the busiest interval. */
function forecastOf(plan: Plan, busiest: number): DemandForecast {
  const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, plan.firstDate, plan.dayCount);
  const slots = clockSlots(grid);
  const hour = (at: number) => (slots[at] * plan.intervalMinutes) / 60;
  const curve = Float64Array.from({ length: intervalCount(grid) }, (_, at) =>
    hour(at) >= 8 && hour(at) < 18 ? busiest * Math.sin(((hour(at) - 7.5) / 11) * Math.PI) : 0,
  );
  const scaled = (factor: number) => curve.map((value) => value * factor);
  return {
    grid,
    queues: plan.queues.map(({ id }) => ({
      queueId: id,
      open: Uint8Array.from(curve, (value) => (value > 0 ? 1 : 0)),
      offered: curve,
      offeredLower80: scaled(0.9),
      offeredUpper80: scaled(1.1),
      offeredLower95: scaled(0.8),
      offeredUpper95: scaled(1.2),
      dispersion: scaled(0),
      dayFactorVariance: 0,
      ahtSeconds: curve.map(() => 240),
      model: "flat",
      backtest: [],
      notes: [],
    })),
  };
}

function documentOf(plan: Plan, busiest: number): PlanDocument {
  const value = forecastOf(plan, busiest);
  return {
    plan,
    history: null,
    results: { ...noResults, forecast: { value, madeAt: "2026-11-01T10:00:00.000Z", inputKey: "" } },
  };
}

/** One queue type, so many times, each with a group of its own. */
function withQueues(count: number): PlanDocument {
  const plan = samplePlan();
  const queue = plan.queues.find(({ channel }) => channel === "voice")!;
  const queues = Array.from({ length: count }, (_, at) => ({
    ...queue,
    id: `q${at}`,
    name: `Queue ${at}`,
    minimumAgents: 0,
  }));
  return documentOf(
    {
      ...bare(plan),
      dayCount: 7,
      queues,
      groups: queues.map(({ id, name }) => ({ id: `g-${id}`, name, queueIds: [id] })),
    },
    20,
  );
}

/** A plan without what names queues, groups or people. */
function bare(plan: Plan): Plan {
  const {
    penalties: _p,
    rotations: _r,
    meetings: _m,
    leave: _l,
    ledger: _g,
    priorRoster: _b,
    ...rest
  } = plan;
  return {
    ...rest,
    scenarios: [],
    agents: [],
    forecast: { ...plan.forecast, overrides: [], outside: null },
    scheduling: { ...plan.scheduling, minimums: [], tours: [], activities: [], seconds: 10 },
    templates: plan.templates.map((template) => ({
      ...template,
      groupIds: [],
      minimumCount: null,
      maximumCount: null,
    })),
    simulation: { ...plan.simulation, replications: 2, routing: undefined, events: undefined },
  };
}

/** One large queue: so many people, or contacts for so many agents. */
function withPeople(people: number, dayCount: number, agents = people / 1.5): PlanDocument {
  const plan = samplePlan();
  const queue = plan.queues.find(({ channel }) => channel === "voice")!;
  const one = bare(plan);
  const contract = plan.contracts[0];
  const edited: Plan = {
    ...one,
    dayCount,
    queues: [{ ...queue, transfers: undefined, callback: undefined, minimumAgents: 0 }],
    groups: [{ id: "all", name: "All", queueIds: [queue.id] }],
    agents: Array.from({ length: people }, (_, at) => ({
      id: `p${at}`,
      name: `Person ${at}`,
      team: `Team ${at % 100}`,
      groupId: "all",
      contractId: contract.id,
      proficiency: 1,
      joined: "2020-01-01",
      daysOff: [],
      wishes: [],
    })),
  };
  const perInterval = (plan.intervalMinutes * 60) / 240;
  return documentOf(edited, Math.max(20, agents * 0.8 * perInterval));
}

const stages = {
  requirement: requirementStage,
  schedule: scheduleStage,
  roster: rosterStage,
  simulation: simulationStage,
} as const;

/** Stages of a document, one after the other, until one is refused. */
async function run(
  document: PlanDocument,
  names: readonly Exclude<StageName, "forecast">[],
): Promise<string> {
  let current = document;
  const said: string[] = [];
  for (const name of names) {
    const stage = stages[name];
    const started = performance.now();
    const input = stage.read(current);
    if (input === null) return `${said.join(", ")}, ${name} has no input`;
    const outcome = (await stage.run(input as never)) as Outcome<never>;
    said.push(`${name} ${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (!outcome.ok) return `${said.join(", ")}: ${ended(outcome)}`;
    const made = { value: outcome.value, madeAt: "2026-11-01T10:00:00.000Z", inputKey: "" };
    current = { ...current, results: { ...current.results, [name]: made } };
  }
  const { schedule, simulation } = current.results;
  if (schedule !== null) said.push(`${schedule.value.shifts.length} shifts`);
  if (simulation !== null) said.push(`${Math.round(simulation.value.contacts)} contacts`);
  return `done: ${said.join(", ")}`;
}

async function listOfPeople(): Promise<string> {
  const { plan } = withPeople(10, 7);
  const rows = Array.from(
    { length: 5000 },
    (_, at) =>
      `${at},Person ${at},p${at}@example.com,Team ${at % 100},"${plan.contracts[0].name}",${plan.queues[0].name},2024-01-15`,
  );
  const text = `Employee number,Name,E-mail,Team,Contract,Skills,Hire date\n${rows.join("\n")}\n`;
  const table = peopleTableOfText(text, "people.csv", plan.queues);
  if (!table.ok) return ended(table);
  const columns = recogniseColumns(table.value.headings, plan.queues, undefined);
  const reading = readPeople(table.value, plan, { columns, dateOrder: null, skills: [] });
  if (!reading.ok) return ended(reading);
  const { document, issues } = updatePeople(
    { plan, history: null, results: noResults },
    reading.value.people,
    {
      contracts: [],
      refusedKeys: new Set(),
      departures: new Map(),
    },
  );
  const again = readPlanFile(new TextEncoder().encode(planFileText(document)));
  if (!again.ok) return ended(again);
  return `done: ${again.value.plan.agents.length} people, ${issues.length} remarks`;
}
