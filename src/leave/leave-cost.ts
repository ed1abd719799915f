import { dateOfDay, dayOfInterval, type IntervalGrid } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import {
  grantRequest,
  type NewLeaveRequest,
  requestIssues,
  shiftsMet,
  withRequest,
} from "../domain/plan/edit-leave.ts";
import { datesOfRequest } from "../domain/plan/leave.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Assignment } from "../domain/plan/roster.ts";
import { paidHoursOf, wagesOf } from "../domain/plan/wages.ts";
import type { LeaveCost } from "./cost-figures.ts";
import { coverFor } from "./cover-for-leave.ts";
import { leaveLimits, limitSource } from "./leave-limit.ts";
import { hoursShortOn } from "./limit-by-roster.ts";
import { serviceByRequirement } from "./service-by-requirement.ts";
import { serviceBySimulation } from "./service-by-simulation.ts";

export interface LeaveCostInput {
  readonly document: PlanDocument;
  readonly request: NewLeaveRequest & { readonly id?: string };
  /** Default: as many as the plan's simulation has, and 100 at least. */
  readonly replications?: number;
}

/**
 * What it would cost to grant a request for leave, before it is granted: service, goals and hours of each day as they
 * are and as they would be, and who could cover.
 *
 * Assumes that the person's shifts in that time stay open (a shift that the hours asked for cut opens as a whole), and
 * that nothing else of the roster changes. Leave is counted by name, so the items of shrinkage that stand for leave are
 * left out on both sides.
 *
 * Method: with a roster, both sides are simulated on the same customers and absences; a difference is taken replication
 * by replication before its spread, so that chance common to both cancels out. Without one, the people whom a day lacks
 * (`leaveLimits`, before and after) are taken off the agents required in proportion, and the steady-state formulas say
 * what service is left; half-widths are then 0. Who could cover is whoever breaks no rule by taking the shift, best
 * first (`replacementsFor`), each shift in turn.
 *
 * Service levels are fractions 0–1, hours agent-hours, money in the plan's currency.
 *
 * Errors: those of `requestIssues`; `leave.noRequirement`; `leave.outsidePeriod` (here an error: nothing is known of such
 * days); those of `simulateContacts`. Warning: `leave.overLimit` names the first day on which nobody more may be off.
 *
 * Source: Law, Simulation Modeling and Analysis (common random numbers, paired differences).
 *
 * @example
 * const request = { agentId: "4711", kind: "holiday", fromDate: "2026-11-03", toDate: "2026-11-03", askedOn: null };
 * const outcome = await leaveCost({ document, request });
 * if (outcome.ok) outcome.value.total[0].difference; // { value: -0.013, halfWidth: 0.004 }
 */
export async function leaveCost(
  { document, request, replications }: LeaveCostInput,
  onProgress?: OnProgress<never>,
): Promise<Outcome<LeaveCost>> {
  const { plan, results } = document;
  const issues = requestIssues(document, request);
  if (issues.some(({ severity }) => severity === "error")) return fail(...issues);
  const requirement = results.requirement?.value;
  if (requirement === undefined) return fail({ code: "leave.noRequirement", severity: "error" });
  const after = granted(document, request);
  const { groupId } = plan.agents.find(({ id }) => id === request.agentId)!;
  const roster = results.roster?.value ?? null;
  const limits = leaveLimits({ plan, requirement, roster });
  const limitsOfGroup = limits.groups.find((group) => group.groupId === groupId)?.days ?? [];
  const days = daysOfLeave(document, request, requirement.grid, limits.basis === "roster");
  const asked = datesOfRequest(request).filter((date) => limits.dates.includes(date));
  if (asked.length === 0)
    return fail({ ...issues.find(({ code }) => code === "leave.outsidePeriod")!, severity: "error" });
  const over = days.filter((day) => limitsOfGroup[day]?.more === 0);
  const warnings: Issue[] =
    over.length === 0
      ? issues
      : [
          ...issues,
          {
            code: "leave.overLimit",
            severity: "warning",
            values: { count: over.length, date: limits.dates[over[0]] },
          },
        ];
  const met = shiftsMet(document, request);
  const frame = {
    openShifts: met.length,
    openHours: met.reduce((sum, { shift }) => sum + paidHoursOf(shift), 0),
    ...coverOf(after, met),
  };
  const limitOn = (day: number) => limitsOfGroup[day];
  if (limits.basis === "contracts" || roster === null) {
    const costs = serviceByRequirement(plan, after.plan, requirement, groupId, days);
    return succeed(
      {
        method: "requirement",
        replications: null,
        ...frame,
        days: costs.days.map((cost, at) => ({
          ...cost,
          date: limits.dates[days[at]],
          limit: limitOn(days[at]),
        })),
        total: costs.total,
      },
      warnings,
    );
  }
  if (days.length === 0)
    return succeed({ method: "simulation", replications: null, ...frame, days: [], total: [] }, warnings);
  const simulated = await serviceBySimulation(document, after, days, replications, onProgress);
  if (!simulated.ok) return simulated;
  const source = limitSource(plan, requirement);
  const sourceAfter = limitSource(after.plan, requirement);
  return succeed(
    {
      method: "simulation",
      ...simulated.value,
      ...frame,
      days: simulated.value.days.map((queues, at) => ({
        date: limits.dates[days[at]],
        queues,
        hoursShortBefore: hoursShortOn(source, roster, days[at]),
        hoursShortAfter: hoursShortOn(sourceAfter, after.results.roster!.value, days[at]),
        limit: limitOn(days[at]),
      })),
    },
    warnings,
  );
}

/** The document as it would be. */
function granted(document: PlanDocument, request: LeaveCostInput["request"]): PlanDocument {
  const isThere = document.plan.leave?.requests.some(({ id }) => id === request.id) ?? false;
  const asking = isThere ? document : withRequest(document, request);
  const id = isThere ? request.id! : asking.plan.leave!.requests.at(-1)!.id;
  const outcome = grantRequest(asking, id);
  return outcome.ok ? outcome.value : document;
}

/** Days of the grid that lose work; without a roster those asked for. */
function daysOfLeave(
  document: PlanDocument,
  request: NewLeaveRequest,
  grid: IntervalGrid,
  hasRoster: boolean,
): number[] {
  const days = new Set<number>();
  if (hasRoster) {
    const last = grid.dayOffsets[grid.dayCount];
    for (const { shift } of shiftsMet(document, request))
      for (const { kind, startMinute, endMinute } of shift.activities) {
        if (kind !== "work") continue;
        const first = Math.floor(startMinute / grid.intervalMinutes);
        const end = Math.ceil(endMinute / grid.intervalMinutes);
        for (let at = Math.max(0, first); at < Math.min(last, end); at++) days.add(dayOfInterval(grid, at));
      }
  } else {
    const agent = document.plan.agents.find(({ id }) => id === request.agentId);
    const dates = new Set(datesOfRequest(request).filter((date) => !agent?.daysOff.includes(date)));
    for (let day = 0; day < grid.dayCount; day++) if (dates.has(dateOfDay(grid, day))) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

function coverOf(after: PlanDocument, met: readonly Assignment[]) {
  const cover = coverFor(after, met);
  const { templates, scheduling } = after.plan;
  const roster = after.results.roster?.value;
  const covered = cover.filter(({ agentId }) => agentId !== null).map(({ shift }) => shift);
  return {
    cover,
    coverCost: roster === undefined ? 0 : wagesOf(roster.grid, templates, scheduling.premiums ?? [], covered),
  };
}
