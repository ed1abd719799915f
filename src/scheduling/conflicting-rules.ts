import { formatMinuteOfDay } from "../domain/calendar/clock.ts";
import type { Issue } from "../domain/outcome.ts";
import type { ShiftTemplate } from "../domain/plan/shift.ts";
import { randomStream } from "../numerics/random.ts";
import type { Solver } from "../optimising/solver.ts";
import { lowerBound } from "./bound/lower-bound.ts";
import type { ShiftBlock, ShiftsInput } from "./problem/shift-block.ts";
import { buildShiftProblem } from "./problem/shift-problem.ts";
import { leanestSchedule } from "./search/leanest-schedule.ts";
import { searchShifts } from "./search/ruin-and-recreate.ts";

/** A hard rule of the planner's, and the input without it. */
interface Rule {
  readonly issue: (relaxed: Readonly<Record<string, string | number>>) => Issue;
  readonly without: (input: ShiftsInput) => ShiftsInput;
  /** Milder and milder forms of it, for the least that must give way. */
  readonly milder: readonly { readonly limit: number; readonly apply: (input: ShiftsInput) => ShiftsInput }[];
}

/**
 * A smallest set of rules that cannot hold together on some days, by a deletion filter: each rule is
 * left out in turn, and stays out when the others still contradict each other. What is left is a conflict of which
 * every single rule is needed: give way on any one and there is a schedule. Each comes with what it would have to
 * become, where that is a number, and what these days would then cost at least; the cheapest way out first.
 *
 * Empty when the conflict cannot be proved.
 */
export function conflictingRules(input: ShiftsInput, days: Days, solver: Solver): Issue[] {
  const infeasible = (candidate: ShiftsInput) => {
    const blocks = blocksOf(candidate, days);
    return blocks.length === 0 || blocks.some((block) => isInfeasible(block, solver));
  };
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
    const effort = { start: [], mostRounds: 60 };
    const cost = blocksOf(relaxed, days).reduce(
      (sum, block) => sum + lowerBound(block, solver, effort).bound,
      0,
    );
    return { cost, issue: rule.issue({ ...(way && { enough: way.limit }), cost: Math.round(cost) }) };
  });
  return ways.sort((a, b) => a.cost - b.cost).map(({ issue }) => issue);
}

/** Days [firstDay, endDay) of the plan. */
interface Days {
  readonly firstDay: number;
  readonly endDay: number;
}

/** Blocks that reach into the days: rules that are left out may cut or join them. */
function blocksOf(input: ShiftsInput, days: Days): ShiftBlock[] {
  const { blocks } = buildShiftProblem(input);
  return blocks.filter(({ firstDay, endDay }) => firstDay < days.endDay && endDay > days.firstDay);
}

/**
 * True when it is proved that no shifts reach every hard minimum: the linear relaxation already misses one, or, where
 * it does not, the program with whole shifts.
 */
function isInfeasible(block: ShiftBlock, solver: Solver): boolean {
  const onlyMinimums = withoutCosts(block);
  const effort = { rounds: 200, target: 1e-9 };
  const found = searchShifts(onlyMinimums, [], randomStream(1, "conflict"), effort);
  if (found.cost <= 1e-9) return false;
  const bounding = { start: found.pieces, mostRounds: 60, atMost: provenShortage };
  if (lowerBound(onlyMinimums, solver, bounding).bound > provenShortage) return true;
  const leanest = leanestSchedule(onlyMinimums, solver, found.pieces);
  return leanest?.isProved === true && !leanest.meetsMinimums;
}

/** Agents missing at hard minimums by the linear program, beyond what its tolerance allows. */
const provenShortage = 1e-4;

/** The block where nothing costs anything but what is missing at hard minimums. */
function withoutCosts(block: ShiftBlock): ShiftBlock {
  const zero = new Float64Array(block.demand.length);
  return {
    ...block,
    demand: zero,
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
}

/** Hard rules that may give way, those that a planner gives up last first, so that they are left out first. */
function rulesOf(input: ShiftsInput): Rule[] {
  return [
    ...templateRules(input.templates),
    ...tourRules(input),
    ...minimumsByTime(input),
    ...minimumsOfQueues(input),
  ];
}

/** One rule for each template that has it. */
function templateRule(
  templates: readonly ShiftTemplate[],
  name: string,
  has: (template: ShiftTemplate) => boolean,
  relaxed: (template: ShiftTemplate) => Partial<ShiftTemplate>,
  limit?: (template: ShiftTemplate) => number,
  milder: (
    template: ShiftTemplate,
  ) => readonly { limit: number; change: Partial<ShiftTemplate> }[] = () => [],
): Rule[] {
  return templates.filter(has).map((template) => {
    const changed = (change: Partial<ShiftTemplate>) => (task: ShiftsInput) => ({
      ...task,
      templates: task.templates.map((other) => (other.id === template.id ? { ...other, ...change } : other)),
    });
    return {
      issue: (way) => ({
        code: `shifts.conflictRule.${name}`,
        severity: "error",
        values: { template: template.name, ...(limit && { limit: limit(template) }), ...way },
      }),
      without: changed(relaxed(template)),
      milder: milder(template).map((step) => ({ limit: step.limit, apply: changed(step.change) })),
    };
  });
}

function templateRules(templates: readonly ShiftTemplate[]): Rule[] {
  return [
    ...templateRule(
      templates,
      "breaks",
      ({ breaks }) => breaks.length > 0,
      () => ({ breaks: [] }),
    ),
    ...templateRule(
      templates,
      "weekdays",
      ({ weekdays }) => weekdays.length < 7,
      () => ({ weekdays: [1, 2, 3, 4, 5, 6, 7] }),
    ),
    ...templateRule(
      templates,
      "minimumCount",
      ({ minimumCount }) => minimumCount !== null,
      () => ({ minimumCount: null }),
      ({ minimumCount }) => minimumCount ?? 0,
    ),
    ...templateRule(
      templates,
      "startWindow",
      () => true,
      ({ startStepMinutes, earliestStartMinute }) => ({
        earliestStartMinute: earliestStartMinute % startStepMinutes,
        latestStartMinute: 1439,
      }),
    ),
    ...templateRule(
      templates,
      "maximumCount",
      ({ maximumCount }) => maximumCount !== null,
      () => ({ maximumCount: null }),
      ({ maximumCount }) => maximumCount ?? 0,
      ({ maximumCount }) =>
        [...upTo(20), 30, 50, 100, 1000].map((more) => ({
          limit: (maximumCount ?? 0) + more,
          change: { maximumCount: (maximumCount ?? 0) + more },
        })),
    ),
  ];
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

function tourRules({ settings }: ShiftsInput): Rule[] {
  return (settings.tours ?? []).map((tour): Rule => {
    const without = (task: ShiftsInput) => ({
      ...task,
      settings: { ...task.settings, tours: task.settings.tours?.filter(({ id }) => id !== tour.id) },
    });
    return {
      issue: (way) => ({
        code: "shifts.conflictRule.tour",
        severity: "error",
        values: { tour: tour.name, ...way },
      }),
      without,
      milder: [],
    };
  });
}

function minimumsByTime(input: ShiftsInput): Rule[] {
  return (input.settings.minimums ?? []).map((minimum, index): Rule => {
    const changed = (agents: number) => (task: ShiftsInput) => ({
      ...task,
      settings: {
        ...task.settings,
        minimums: task.settings.minimums?.map((other, at) => (at === index ? { ...other, agents } : other)),
      },
    });
    return {
      issue: (way) => ({
        code: "shifts.conflictRule.minimumByTime",
        severity: "error",
        values: {
          queue: input.queues.find(({ id }) => id === minimum.queueId)?.name ?? minimum.queueId,
          from: formatMinuteOfDay(minimum.fromMinute),
          to: formatMinuteOfDay(minimum.toMinute % 1440),
          limit: minimum.agents,
          ...way,
        },
      }),
      without: changed(0),
      milder: upTo(minimum.agents).map((fewer) => ({
        limit: minimum.agents - fewer,
        apply: changed(minimum.agents - fewer),
      })),
    };
  });
}

function minimumsOfQueues(input: ShiftsInput): Rule[] {
  return input.queues
    .filter(({ minimumAgents }) => minimumAgents > 0)
    .map((queue): Rule => {
      const changed = (minimumAgents: number) => (task: ShiftsInput) => ({
        ...task,
        queues: task.queues.map((other) => (other.id === queue.id ? { ...other, minimumAgents } : other)),
      });
      return {
        issue: (way) => ({
          code: "shifts.conflictRule.minimumAgents",
          severity: "error",
          values: { queue: queue.name, limit: queue.minimumAgents, ...way },
        }),
        without: changed(0),
        milder: upTo(Math.ceil(queue.minimumAgents)).map((fewer) => {
          const limit = Math.ceil(queue.minimumAgents) - fewer;
          return { limit, apply: changed(limit) };
        }),
      };
    });
}
