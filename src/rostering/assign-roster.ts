import type { LocalDate } from "../domain/calendar/clock.ts";
import { dateOfDay } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Roster, RosteredAgent } from "../domain/plan/roster.ts";
import { loadHighs } from "../optimising/highs-adapter.ts";
import { judgeAssignments } from "./judge-assignments.ts";
import { nextLedger } from "./next-ledger.ts";
import { assignmentsOf, toursOf } from "./problem/assigned-tours.ts";
import { type PresentRoster, withChangePrice, withPins } from "./problem/pins-and-changes.ts";
import { problemFromPlan } from "./problem/problem-from-plan.ts";
import { type RosterInput, rosterSource } from "./problem/roster-input.ts";
import type { RosterProblem, Tour } from "./problem/roster-problem.ts";
import { freePerson } from "./search/relax-infeasible.ts";
import { solveRoster } from "./search/solve-roster.ts";
import { type TourGraph, tourUnfolder } from "./search/tour-graph.ts";
import { grantWishes } from "./shift-bidding.ts";

/** Effort: some five seconds for the sample plan; five times the steps lower its price by three per cent. */
const searchStepsPerPerson = 100;
const boundSteps = 500;
const neighbourhoods = 4;

/**
 * Gives the schedule's shifts to named agents under all hard rules, so that few shifts stay open and many wishes are
 * granted. Pinned assignments stay; days that differ from `start` cost
 * `rostering.changePrice`.
 *
 * Issues: `roster.noAgents`, `roster.noShifts`, `roster.unknownContract` end it. `roster.conflict` (a warning) names a
 * person whom no tour satisfies, the rules that conflict and the one that was set aside for them; the roster then
 * shows that rule as broken.
 */
export async function assignRoster(
  input: RosterInput,
  onProgress?: OnProgress<Roster>,
): Promise<Outcome<Roster>> {
  const began = performance.now();
  const fromRequirement = input.rostering?.buildFrom === "requirement" && input.requirement;
  if (!input.schedule && !fromRequirement) return fail({ code: "roster.noShifts", severity: "error" });
  const source = rosterSource(input);
  if (input.agents.length === 0) return fail({ code: "roster.noAgents", severity: "error" });
  if (source.requirement ? source.templates.length === 0 : source.shifts.length === 0)
    return fail({ code: "roster.noShifts", severity: "error" });
  const known = new Set(input.contracts.map((contract) => contract.id));
  const strangers = input.agents.filter((agent) => !known.has(agent.contractId));
  if (strangers.length > 0) {
    return fail(
      ...strangers.map(
        ({ name, contractId }): Issue => ({
          code: "roster.unknownContract",
          severity: "error",
          values: { agent: name, contract: contractId },
        }),
      ),
    );
  }
  const further = [...input.pinned, ...(input.start ?? [])].map(({ shift }) => shift);
  const plan = problemFromPlan(source, further);
  const dates = Array.from({ length: source.grid.dayCount }, (_, day) => dateOfDay(source.grid, day));
  const present: PresentRoster | null =
    input.start && input.rostering?.changePrice
      ? { assignments: input.start, changePrice: input.rostering.changePrice }
      : null;
  const pinned = withPins(plan, input.pinned);
  const priced = present === null ? pinned : withChangePrice(plan, pinned, present);
  const { problem: open, graphs, issues } = freed(priced, input.agents, dates);
  const bidding = input.rostering?.selfRostering;
  const { problem, awards } = bidding
    ? grantWishes(plan, open, graphs, bidding.order, input.seed)
    : { problem: open, awards: undefined };

  const rosterOf = (
    tours: readonly Tour[],
    bound: number | null,
    isProved: boolean,
    isDone: boolean,
  ): Roster => {
    const assignments = assignmentsOf(plan, tours, input.pinned);
    const { violations, objective, unassigned } = judgeAssignments(plan, assignments, present);
    return {
      grid: source.grid,
      assignments,
      unassigned,
      violations,
      status: isProved ? "optimal" : isDone ? "timeLimit" : "stopped",
      objective,
      bound,
      seconds: input.timed ? (performance.now() - began) / 1000 : null,
      ledger: nextLedger(plan, assignments),
      ...(awards ? { awards } : {}),
    };
  };
  let lastPost = Number.NEGATIVE_INFINITY;
  let lastPartial = Number.NEGATIVE_INFINITY;
  let partialPrice = Infinity;
  const solution = await solveRoster(
    problem,
    graphs,
    await solverOrNull(),
    {
      searchStepsPerPerson,
      boundSteps,
      relaxationRounds: 0,
      proofArcs: 0,
      neighbourhoods: input.seconds === null ? neighbourhoods : Number.MAX_SAFE_INTEGER,
      seconds: input.seconds === null ? null : input.seconds - (performance.now() - began) / 1000,
    },
    input.seed,
    input.start ? toursOf(plan, input.start).tours : null,
    {
      onNews(news) {
        const now = performance.now();
        if (!onProgress || now - lastPost < 100) return;
        lastPost = now;
        // A whole roster is judged and sent only when it is better than the last one sent, and once a second at most.
        const isWorthSending = news.price < partialPrice && now - lastPartial >= 1000;
        if (isWorthSending) {
          partialPrice = news.price;
          lastPartial = now;
        }
        onProgress({
          phase: news.phase,
          completed: news.completed,
          total: news.total,
          best: news.price,
          ...(news.bound === null ? {} : { bound: news.bound }),
          ...(isWorthSending ? { partial: rosterOf(news.tours, news.bound, false, false) } : {}),
        });
      },
    },
  );
  return succeed(rosterOf(solution.tours, solution.bound, solution.status === "optimal", true), issues);
}

/** Without WebAssembly the search goes on alone. */
async function solverOrNull() {
  try {
    return await loadHighs();
  } catch {
    return null;
  }
}

/** Sets aside as few rules as it takes for everybody to have a tour, and says which and why. */
function freed(
  problem: RosterProblem,
  agents: readonly RosteredAgent[],
  dates: readonly LocalDate[],
): { problem: RosterProblem; graphs: TourGraph[]; issues: Issue[] } {
  const unfold = tourUnfolder(problem);
  const issues: Issue[] = [];
  const people = problem.people.map((person, index) => {
    const { freedPerson, conflicts } = freePerson(problem, person, unfold(person.limits));
    for (const { rules, days, dropped } of conflicts) {
      issues.push({
        code: "roster.conflict",
        severity: "warning",
        values: {
          agent: agents[index].name,
          rules: rules.join(", "),
          days: days.map((day) => dates[day]).join(", "),
          dropped,
        },
      });
    }
    return freedPerson;
  });
  return { problem: { ...problem, people }, graphs: people.map(({ limits }) => unfold(limits)!), issues };
}
