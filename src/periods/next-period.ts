import { addDays, daysBetween, type LocalDate, startOfDayEpochSeconds } from "../domain/calendar/clock.ts";
import { sameGrid } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { noResults } from "../domain/plan/no-results.ts";
import { longestPeriodDays, type Plan, type PlanDocument } from "../domain/plan/plan.ts";
import type { Agent, LedgerEntry } from "../domain/plan/roster.ts";
import type { Scenario } from "../domain/plan/scenario.ts";
import type { DemandHistory } from "../domain/results/demand.ts";
import { nextLedger } from "../rostering/next-ledger.ts";
import { problemFromPlan } from "../rostering/problem/problem-from-plan.ts";
import { rosterSource } from "../rostering/problem/roster-input.ts";
import { rosterStage } from "../stages/roster.ts";
import { extendedHistory, type JoinedQueue, lastKnownDate, workingDaysBetween } from "./next-history.ts";
import { pastWith } from "./past-periods.ts";
import { priorDayCount, priorRosterOf } from "./prior-roster.ts";
import { type RosterStart, startOfRoster } from "./start-of-roster.ts";

export interface NextPeriodOptions {
  /** Default: the day after the period. */
  readonly firstDate?: LocalDate;
  /** Default: as many as the period has. */
  readonly dayCount?: number;
  /** Queues of the new history that are the plan's under other names. */
  readonly joins?: readonly JoinedQueue[];
  /** What the next roster begins with. Default: `empty`. */
  readonly start?: RosterStart;
}

/**
 * Plans the next period: the period just planned becomes the past, what came since is added to the history, and the
 * dates move on. People, contracts, groups, templates, special days, prices and scenarios come along, and so do
 * overrides, events, leave and wishes that still lie ahead. The fairness ledger gets what the roster gave everybody, and
 * the roster's last four weeks become the prior roster, over which rules hold on. The former period is kept as it was
 * published (`PlanDocument.past`); of its results and pins the new one has none, but for what `start` asks for.
 *
 * @param came contacts since the last history, on the plan's zone and interval; null: nothing new is known
 *
 * Errors: `nextPeriod.notLater`, `nextPeriod.badLength`, `nextPeriod.otherIntervals`, `nextPeriod.noQueueInCommon`,
 * `nextPeriod.joinUnknown`, `nextPeriod.joinTwice`, and those of `startOfRoster`. All that is lost or changed is an issue with a count.
 *
 * @example
 * const outcome = nextPeriod(document, imported.history);
 * if (outcome.ok) console.log(outcome.value.plan.firstDate, outcome.issues);
 */
export function nextPeriod(
  document: PlanDocument,
  came: DemandHistory | null,
  { firstDate, dayCount, joins = [], start = "empty" }: NextPeriodOptions = {},
): Outcome<PlanDocument> {
  const { plan, results } = document;
  const end = addDays(plan.firstDate, plan.dayCount);
  const begin = firstDate ?? end;
  const days = dayCount ?? plan.dayCount;
  if (begin <= plan.firstDate)
    return fail({
      code: "nextPeriod.notLater",
      severity: "error",
      values: { date: begin, firstDate: plan.firstDate },
    });
  if (!Number.isInteger(days) || days < 1 || days > longestPeriodDays)
    return fail({
      code: "nextPeriod.badLength",
      severity: "error",
      values: { days, most: longestPeriodDays },
    });
  const history =
    came === null ? succeed(document.history) : extendedHistory(plan, document.history, came, joins);
  if (!history.ok) return history;
  const issues: Issue[] = [
    ...history.issues,
    ...dateIssues(history.value, begin, end),
    ...rosterIssues(document, begin),
  ];
  const roster = results.roster?.value ?? null;
  const { ledger: _ledger, priorRoster: _prior, today: _today, ...lasting } = plan;
  const ledger = ledgerAfter(document);
  const agents = agentsFrom(plan.agents, begin, issues);
  const next: Plan = {
    ...lasting,
    firstDate: begin,
    dayCount: days,
    forecast: forecastFrom(plan, begin, issues),
    agents,
    simulation: simulationFrom(plan, begin, issues),
    ...(ledger ? { ledger } : {}),
    ...(roster
      ? {
          priorRoster: priorRosterOf(
            roster,
            plan.priorRoster,
            agents.map(({ id }) => id),
            begin,
          ),
        }
      : {}),
  };
  const dated = plan.scenarios.filter((scenario) => speaksOfThePast(scenario, begin)).length;
  if (dated > 0)
    issues.push({ code: "nextPeriod.pastScenarios", severity: "info", values: { count: dated } });
  const started = startOfRoster(results.roster, next, start);
  if (!started.ok) return started;
  return succeed(
    {
      plan: next,
      history: history.value,
      results: { ...noResults, roster: started.value },
      ...pastWith(document, begin),
    },
    [...issues, ...started.issues],
  );
}

/** How the new period lies to the one before and to the history. */
function dateIssues(history: DemandHistory | null, begin: LocalDate, end: LocalDate): Issue[] {
  const issues: Issue[] = [];
  const skipped = daysBetween(end, begin);
  if (skipped > 0)
    issues.push({ code: "nextPeriod.daysSkipped", severity: "warning", values: { count: skipped } });
  if (skipped < 0)
    issues.push({ code: "nextPeriod.daysAgain", severity: "warning", values: { count: -skipped } });
  const last = history && lastKnownDate(history);
  if (!history || !last) return [...issues, { code: "nextPeriod.noHistory", severity: "warning" }];
  const unknown = workingDaysBetween(last, begin, [history]).length;
  if (unknown > 0)
    issues.push({ code: "nextPeriod.daysUnknown", severity: "info", values: { count: unknown, date: last } });
  const within = daysBetween(begin, last) + 1;
  if (within > 0)
    issues.push({ code: "nextPeriod.historyReachesIn", severity: "warning", values: { count: within } });
  return issues;
}

/** What of the roster is known, and what of it stays behind. */
function rosterIssues({ plan, results }: PlanDocument, begin: LocalDate): Issue[] {
  if (plan.agents.length === 0) return [];
  const roster = results.roster?.value;
  if (!roster) return [{ code: "nextPeriod.noRoster", severity: "warning" }];
  const issues: Issue[] = [];
  const unknown = daysBetween(addDays(roster.grid.firstDate, roster.grid.dayCount), begin);
  if (unknown > 0)
    issues.push({ code: "nextPeriod.rosterEndsBefore", severity: "warning", values: { count: unknown } });
  const pins = roster.assignments.filter(({ pinned }) => pinned).length;
  if (pins > 0) issues.push({ code: "nextPeriod.pins", severity: "info", values: { count: pins } });
  return issues;
}

/** The ledger with what the roster, as it stands, gave everybody; undefined: there is none. */
function ledgerAfter({ plan, history, results }: PlanDocument): LedgerEntry[] | undefined {
  const roster = results.roster?.value;
  if (!roster) return plan.ledger;
  const input = rosterStage.read({ plan, history, results });
  const grid = input?.requirement?.grid ?? input?.schedule?.grid;
  const contractIds = new Set(plan.contracts.map(({ id }) => id));
  const isCountable =
    grid !== undefined &&
    sameGrid(grid, roster.grid) &&
    plan.agents.every(({ contractId }) => contractIds.has(contractId));
  // Where the plan has moved on since, what was counted when the roster was made is all there is.
  if (!input || !isCountable) return roster.ledger?.slice() ?? plan.ledger;
  const assignments = roster.assignments.filter(({ agentId }) =>
    input.agents.some(({ id }) => id === agentId),
  );
  const problem = problemFromPlan(
    rosterSource(input),
    assignments.map(({ shift }) => shift),
  );
  return nextLedger(problem, assignments);
}

/** Leave and wishes ahead; leave of the last weeks too, since rules about runs of days read it over the border. */
function agentsFrom(agents: readonly Agent[], begin: LocalDate, issues: Issue[]): Agent[] {
  const lookBack = addDays(begin, -priorDayCount);
  let leave = 0;
  let wishes = 0;
  const kept = agents.map((agent): Agent => {
    const daysOff = agent.daysOff.filter((date) => date >= lookBack);
    const ahead = agent.wishes.filter(({ date }) => date >= begin);
    const unavailable = agent.unavailable?.filter(({ date }) => date >= addDays(begin, -1));
    leave += agent.daysOff.filter((date) => date < begin).length;
    leave += agent.unavailable?.filter(({ date }) => date < begin).length ?? 0;
    wishes += agent.wishes.length - ahead.length;
    return { ...agent, daysOff, wishes: ahead, ...(unavailable ? { unavailable } : {}) };
  });
  if (leave > 0) issues.push({ code: "nextPeriod.pastLeave", severity: "info", values: { count: leave } });
  if (wishes > 0) issues.push({ code: "nextPeriod.pastWishes", severity: "info", values: { count: wishes } });
  return kept;
}

/** Overrides and figures from outside that lie ahead. */
function forecastFrom({ forecast, timeZone }: Plan, begin: LocalDate, issues: Issue[]): Plan["forecast"] {
  const overrides = forecast.overrides.filter(({ toDate, toMinute }) =>
    toMinute === 0 ? toDate > begin : toDate >= begin,
  );
  const past = forecast.overrides.length - overrides.length;
  if (past > 0) issues.push({ code: "nextPeriod.pastOverrides", severity: "info", values: { count: past } });
  const cut = overrides.filter(({ fromDate }) => fromDate < begin).length;
  if (cut > 0) issues.push({ code: "nextPeriod.cutOverrides", severity: "warning", values: { count: cut } });
  if (!forecast.outside) return { ...forecast, overrides };
  const from = startOfDayEpochSeconds(begin, timeZone);
  const queues = forecast.outside.queues
    .map((queue) => {
      const isAhead = (_: unknown, index: number) => queue.startEpochSeconds[index] >= from;
      return {
        ...queue,
        startEpochSeconds: queue.startEpochSeconds.filter(isAhead),
        offered: queue.offered.filter(isAhead),
        ahtSeconds: queue.ahtSeconds.filter(isAhead),
      };
    })
    .filter(({ offered }) => offered.length > 0);
  const count = (list: Plan["forecast"]["outside"]) =>
    list?.queues.reduce((sum, { offered }) => sum + offered.length, 0) ?? 0;
  const outside = queues.length > 0 ? { ...forecast.outside, queues } : null;
  const gone = count(forecast.outside) - count(outside);
  if (gone > 0) issues.push({ code: "nextPeriod.pastOutside", severity: "info", values: { count: gone } });
  return { ...forecast, overrides, outside };
}

function simulationFrom({ simulation }: Plan, begin: LocalDate, issues: Issue[]): Plan["simulation"] {
  if (simulation.events === undefined) return simulation;
  const events = simulation.events.filter(({ date }) => date >= begin);
  const past = simulation.events.length - events.length;
  if (past > 0) issues.push({ code: "nextPeriod.pastEvents", severity: "info", values: { count: past } });
  return { ...simulation, events };
}

/** A change of the scenario holds on dates that lie before the new period. */
function speaksOfThePast({ changes }: Scenario, begin: LocalDate): boolean {
  return changes.some((change) => {
    const until = [
      "date" in change ? change.date : null,
      "peakDate" in change ? change.peakDate : null,
      "window" in change ? (change.window?.toDate ?? null) : null,
    ].find((date) => typeof date === "string");
    return until !== undefined && until !== null && until < begin;
  });
}
