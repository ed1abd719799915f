import { formatMinuteOfDay } from "../../domain/calendar/clock.ts";
import type { Issue } from "../../domain/outcome.ts";
import { randomStream } from "../../numerics/random.ts";
import type { Solver } from "../../optimising/solver.ts";
import { lowerBound } from "../bound/lower-bound.ts";
import type { ShiftBlock, ShiftsInput } from "../problem/shift-block.ts";
import { buildShiftProblem } from "../problem/shift-problem.ts";
import { searchShifts } from "../search/search.ts";

/** A hard rule of the planner's, and the input without it. */
interface Rule {
  readonly issue: (relaxed: Readonly<Record<string, string | number>>) => Issue;
  readonly without: (input: ShiftsInput) => ShiftsInput;
  /** Milder and milder forms of it, for the least that must give way. */
  readonly milder: readonly { readonly limit: number; readonly apply: (input: ShiftsInput) => ShiftsInput }[];
}

/**
 * A smallest set of rules that cannot hold together on the days from `firstDay`, by a deletion filter: each rule is
 * left out in turn, and stays out when the others still contradict each other. What is left is a conflict of which
 * every single rule is needed: give way on any one and there is a schedule. Each comes with what it would have to
 * become, where that is a number, and what these days would then cost at least; the cheapest way out first.
 *
 * Empty when the conflict cannot be proved.
 */
export function conflictingRules(input: ShiftsInput, firstDay: number, solver: Solver): Issue[] {
  const infeasible = (candidate: ShiftsInput) => isInfeasible(blockOf(candidate, firstDay), solver);
  if (!infeasible(input)) return [];
  const everyRule = rulesOf(input);
  const kept = new Set(everyRule);
  const withOnly = (rules: ReadonlySet<Rule>) =>
    everyRule.filter((rule) => !rules.has(rule)).reduce((task, rule) => rule.without(task), input);
  for (const rule of everyRule) {
    kept.delete(rule);
    if (!infeasible(withOnly(kept))) kept.add(rule);
  }
  const ways = [...kept].map((rule) => {
    const way = rule.milder.find(({ apply }) => !infeasible(apply(input)));
    const relaxed = way?.apply(input) ?? rule.without(input);
    const block = blockOf(relaxed, firstDay);
    const cost = block === null ? 0 : lowerBound(block, solver, [], 200, () => false).bound;
    return { cost, issue: rule.issue({ ...(way && { enough: way.limit }), cost: Math.round(cost) }) };
  });
  return ways.sort((a, b) => a.cost - b.cost).map(({ issue }) => issue);
}

function blockOf(input: ShiftsInput, firstDay: number): ShiftBlock | null {
  const { blocks } = buildShiftProblem(input);
  return blocks.find((block) => block.firstDay <= firstDay && block.endDay > firstDay) ?? null;
}

/** True when it is proved that no shifts reach every hard minimum: the linear relaxation already misses one. */
function isInfeasible(block: ShiftBlock | null, solver: Solver): boolean {
  if (block === null) return true;
  const zero = new Float64Array(block.asked.length);
  const onlyMinimums: ShiftBlock = {
    ...block,
    asked: zero,
    shortPrice: zero,
    overPrice: zero,
    shortageSteps: [],
    hardPrice: 1,
    forms: block.forms.map((form) => ({ ...form, extra: 0 })),
    limits: block.limits.map((limit) =>
      limit.missingPrice === null ? limit : { ...limit, missingPrice: 0 },
    ),
    pay: block.pay.map((pay) => new Float64Array(pay.length)),
  };
  const found = searchShifts(onlyMinimums, [], randomStream(1, "conflict"), {
    rounds: 200,
    target: 1e-9,
    timeUsed: () => 0,
  });
  if (found.cost <= 1e-9) return false;
  return lowerBound(onlyMinimums, solver, found.pieces, 200, () => false).bound > 1e-6;
}

/** Hard rules that may give way, those that a planner would rather not hear of first, so that they are left out first. */
function rulesOf(input: ShiftsInput): Rule[] {
  const template = (
    code: string,
    has: (of: ShiftsInput["templates"][number]) => boolean,
    change: (of: ShiftsInput["templates"][number]) => Partial<ShiftsInput["templates"][number]>,
    values: (of: ShiftsInput["templates"][number]) => Readonly<Record<string, string | number>> = () => ({}),
    milder: (of: ShiftsInput["templates"][number]) => readonly { limit: number; change: object }[] = () => [],
  ): Rule[] =>
    input.templates.filter(has).map((of) => {
      const changed = (to: object) => (task: ShiftsInput) => ({
        ...task,
        templates: task.templates.map((other) => (other.id === of.id ? { ...other, ...to } : other)),
      });
      return {
        issue: (relaxed) => ({
          code: `shifts.conflictRule.${code}`,
          severity: "error",
          values: { template: of.name, ...values(of), ...relaxed },
        }),
        without: changed(change(of)),
        milder: milder(of).map(({ limit, change: to }) => ({ limit, apply: changed(to) })),
      };
    });
  const steps = (many: number) => Array.from({ length: many }, (_, index) => index + 1);
  return [
    ...template(
      "breaks",
      ({ breaks }) => breaks.length > 0,
      () => ({ breaks: [] }),
    ),
    ...template(
      "weekdays",
      ({ weekdays }) => weekdays.length < 7,
      () => ({ weekdays: [1, 2, 3, 4, 5, 6, 7] }),
    ),
    ...template(
      "minimumCount",
      ({ minimumCount }) => minimumCount !== null,
      () => ({ minimumCount: null }),
      ({ minimumCount }) => ({ limit: minimumCount ?? 0 }),
    ),
    ...template(
      "startWindow",
      () => true,
      ({ startStepMinutes, earliestStartMinute }) => ({
        earliestStartMinute: earliestStartMinute % startStepMinutes,
        latestStartMinute: 1439,
      }),
    ),
    ...template(
      "maximumCount",
      ({ maximumCount }) => maximumCount !== null,
      () => ({ maximumCount: null }),
      ({ maximumCount }) => ({ limit: maximumCount ?? 0 }),
      ({ maximumCount }) =>
        steps(20).map((more) => ({
          limit: (maximumCount ?? 0) + more,
          change: { maximumCount: (maximumCount ?? 0) + more },
        })),
    ),
    ...(input.settings.minimums ?? []).map((minimum, index): Rule => {
      const changed = (agents: number) => (task: ShiftsInput) => ({
        ...task,
        settings: {
          ...task.settings,
          minimums: task.settings.minimums?.map((other, at) => (at === index ? { ...other, agents } : other)),
        },
      });
      const queue = input.queues.find(({ id }) => id === minimum.queueId)?.name ?? minimum.queueId;
      return {
        issue: (relaxed) => ({
          code: "shifts.conflictRule.minimumByTime",
          severity: "error",
          values: {
            queue,
            from: formatMinuteOfDay(minimum.fromMinute),
            to: formatMinuteOfDay(minimum.toMinute % 1440),
            limit: minimum.agents,
            ...relaxed,
          },
        }),
        without: changed(0),
        milder: steps(minimum.agents).map((less) => ({
          limit: minimum.agents - less,
          apply: changed(minimum.agents - less),
        })),
      };
    }),
    ...input.queues
      .filter(({ minimumAgents }) => minimumAgents > 0)
      .map((queue): Rule => {
        const changed = (minimumAgents: number) => (task: ShiftsInput) => ({
          ...task,
          queues: task.queues.map((other) => (other.id === queue.id ? { ...other, minimumAgents } : other)),
        });
        return {
          issue: (relaxed) => ({
            code: "shifts.conflictRule.minimumAgents",
            severity: "error",
            values: { queue: queue.name, limit: queue.minimumAgents, ...relaxed },
          }),
          without: changed(0),
          milder: steps(Math.ceil(queue.minimumAgents)).map((less) => ({
            limit: Math.max(0, queue.minimumAgents - less),
            apply: changed(Math.max(0, queue.minimumAgents - less)),
          })),
        };
      }),
  ];
}
