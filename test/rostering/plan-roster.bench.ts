import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { addDays, daysBetween, type LocalDate } from "../../src/domain/calendar/clock.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { agentShares, fairnessFigures } from "../../src/rostering/agent-shares.ts";
import { assignRoster } from "../../src/rostering/assign-roster.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { assignmentsOf } from "../../src/rostering/problem/assigned-tours.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { type RosterInput, rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { rosterFigures } from "../../src/rostering/roster-figures.ts";
import { rosterSearch } from "../../src/rostering/search/ruin-and-recreate.ts";
import { tourUnfolder } from "../../src/rostering/search/tour-graph.ts";

/**
 * Rosters of a plan: `npm run bench:roster-plan -- [--agents 80,500]`. The sample plan's chain is run once; more agents
 * are copies of its people with leave and wishes moved by some days, and as many copies of its shifts. Beside the
 * solver stands a greedy assignment: each person in turn gets the cheapest tour that keeps every rule.
 */
const at = process.argv.indexOf("--agents");
const sizes = (at < 0 ? "80,500" : process.argv[at + 1]).split(",").map(Number);
const { plan, results } = sampleChain();
const schedule = results.schedule!.value;

console.log(
  "agents | shifts | seconds, CPU | hard | shifts taken, greedy | open hours, greedy | greedy ÷ solver | price ÷ greedy | wishes granted | weekends ± | nights ±",
);
for (const size of sizes) {
  const input = scaled(size);
  const began = performance.now();
  const before = process.cpuUsage();
  const outcome = await assignRoster(input);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const { assignments, unassigned, objective } = outcome.value;
  const problem = problemFromPlan(
    rosterSource(input),
    assignments.map(({ shift }) => shift),
  );
  const figures = rosterFigures(problem, outcome.value);
  const { weekends, nights } = fairnessFigures(agentShares(problem, assignments));
  const greedy = greedyRoster(input);
  const total = input.schedule!.shifts.length;
  const hours = openHours(unassigned);
  const greedyHours = openHours(greedy.unassigned);
  const share = (open: number) => `${(100 * (1 - open / total)).toFixed(1)} %`;
  console.log(
    [
      size,
      total,
      `${seconds.toFixed(1)}, ${((user + system) / 1e6).toFixed(1)}`,
      figures.hardViolations,
      `${share(unassigned.length)}, ${share(greedy.unassigned.length)}`,
      `${hours.toFixed(0)}, ${greedyHours.toFixed(0)}`,
      hours === 0 ? "∞" : (greedyHours / hours).toFixed(2),
      (objective / greedy.objective).toFixed(2),
      `${figures.wishesGranted}/${figures.wishes}`,
      `${weekends.mean.toFixed(1)} ± ${weekends.deviation.toFixed(2)}`,
      `${nights.mean.toFixed(1)} ± ${nights.deviation.toFixed(2)}`,
    ].join(" | "),
  );
}

function openHours(shifts: readonly Shift[]): number {
  return shifts.reduce((sum, { startMinute, endMinute }) => sum + (endMinute - startMinute) / 60, 0);
}

function greedyRoster(input: RosterInput) {
  const problem = problemFromPlan(rosterSource(input));
  const unfold = tourUnfolder(problem.problem);
  const graphs = problem.problem.people.map(({ limits }) => unfold(limits)!);
  const { tours } = rosterSearch(problem.problem, graphs, 1, null).best();
  return judgeAssignments(problem, assignmentsOf(problem, tours, []));
}

/** So many agents, and shifts in proportion. */
function scaled(size: number): RosterInput {
  const known = plan.agents.length;
  const moved = (date: LocalDate, copy: number): LocalDate => {
    const day = daysBetween(plan.firstDate, date);
    if (day < 0 || day >= plan.dayCount) return date;
    return addDays(plan.firstDate, (day + 5 * copy) % plan.dayCount);
  };
  const agents = Array.from({ length: size }, (_, index) => {
    const copy = Math.floor(index / known);
    const agent = plan.agents[index % known];
    if (copy === 0) return agent;
    return {
      ...agent,
      id: `${agent.id}-${copy}`,
      name: `${agent.name} ${copy}`,
      daysOff: agent.daysOff.map((date) => moved(date, copy)),
      wishes: agent.wishes.map((wish) => ({ ...wish, date: moved(wish.date, copy) })),
    };
  });
  const wanted = Math.round((schedule.shifts.length * size) / known);
  const shifts = Array.from({ length: wanted }, (_, index) => {
    // A stride that shares no factor with the count takes part of the shifts evenly from the whole horizon.
    const shift = schedule.shifts[(index * 7919) % schedule.shifts.length];
    const copy = Math.floor(index / schedule.shifts.length);
    return copy === 0 ? shift : { ...shift, id: `${shift.id}-${copy}` };
  });
  return {
    schedule: { ...schedule, shifts },
    groups: plan.groups,
    templates: plan.templates,
    contracts: plan.contracts,
    agents,
    costPerHourShort: plan.scheduling.costPerHourShort,
    costPerHourOver: plan.scheduling.costPerHourOver,
    present: null,
    seed: plan.seed,
    seconds: null,
    timed: false,
  };
}

function sampleChain(): PlanDocument {
  const root = resolve(import.meta.dirname, "../..");
  const folder = mkdtempSync(join(tmpdir(), "roster-bench-"));
  try {
    const file = join(folder, "plan.json");
    const arguments_ = ["tsx", "src/cli/shiftwright.ts", "plan", "sample-data/history.csv"];
    spawnSync("npx", [...arguments_, "--plan", "sample-data/plan.json", "--plan-file", file], { cwd: root });
    const outcome = readPlanFile(readFileSync(file));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    return outcome.value;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
