import type {
  Estimate,
  FollowUpMeasures,
  GroupSimulation,
  QueueMeasures,
  QueueSimulation,
  WaitBounds,
  WaitPercentiles,
} from "../domain/results/simulation.ts";
import type { SimulationProblem } from "../simulating/compile/problem.ts";
import { findBottleneck } from "../simulating/measure/bottleneck.ts";
import { writeCsv } from "./io.ts";

/** What a row of a table of queues is. */
export type RowSpan = "interval" | "day" | "total";

/** What was simulated, and how its times are written. */
export interface TableSource {
  readonly problem: SimulationProblem;
  /** Start of an interval of the simulated span, as text. */
  readonly startOf: (interval: number) => string;
}

type PlainMeasure = Exclude<keyof QueueMeasures, "followUps">;
const columns: readonly (readonly [string, PlainMeasure])[] = [
  ["offered", "offered"],
  ["answered", "answered"],
  ["abandoned", "abandoned"],
  ["blocked", "blocked"],
  ["service_level", "serviceLevel"],
  ["abandonment_rate", "abandonmentRate"],
  ["asa_seconds", "asaSeconds"],
  ["occupancy", "occupancy"],
  ["waiting", "waiting"],
  ["in_service", "inService"],
];

/** Where a queue has redials, transfers or callbacks. */
const followUpColumns: readonly (readonly [string, keyof FollowUpMeasures])[] = [
  ["redialled", "redialled"],
  ["transferred", "transferred"],
  ["callbacks", "callbacks"],
  ["callback_delay_seconds", "callbackDelaySeconds"],
  ["callbacks_owed", "callbacksOwed"],
];

/** Named estimates of a queue, in the order of the columns. */
function estimatesOf(measures: QueueMeasures): (readonly [column: string, name: string, Estimate])[] {
  const { followUps } = measures;
  return [
    ...columns.map(([column, name]) => [column, name, measures[name]] as const),
    ...(followUps === undefined
      ? []
      : followUpColumns.map(([column, name]) => [column, name, followUps[name]] as const)),
  ];
}

export function writeTable(
  queues: readonly {
    readonly queueId: string;
    readonly measures: QueueMeasures;
    readonly waits?: WaitPercentiles;
  }[],
  source: TableSource,
  by: RowSpan,
): void {
  const start = by === "interval" ? "interval_start" : by === "day" ? "day_start" : "start";
  const shares = queues[0]?.waits?.shares ?? [];
  const header = [
    start,
    "queue",
    ...estimatesOf(queues[0].measures).flatMap(([name]) => [name, `${name}_half_width`]),
    ...shares.flatMap((one) => {
      const name = `wait_p${Math.round(one * 100)}_seconds`;
      return [name, `${name}_low`, `${name}_high`];
    }),
  ];
  const { dayOffsets, intervalCount } = source.problem;
  const count = by === "interval" ? intervalCount : by === "day" ? dayOffsets.length - 1 : 1;
  const rows: (string | number)[][] = [];
  for (let k = 0; k < count; k++) {
    for (const { queueId, measures, waits } of queues) {
      // Closed intervals say nothing.
      if (by === "interval" && measures.offered.mean[k] === 0 && measures.inService.mean[k] === 0) continue;
      const percentiles = by === "day" ? waits?.days : waits?.total;
      rows.push([
        source.startOf(by === "interval" ? k : by === "day" ? dayOffsets[k] : 0),
        queueId,
        ...estimatesOf(measures).flatMap(([, , { mean, halfWidth }]) => [mean[k], halfWidth[k]]),
        ...shares.flatMap((_, share) => {
          const at = k * shares.length + share;
          return percentiles === undefined
            ? []
            : [percentiles.seconds[at], percentiles.low[at], percentiles.high[at]];
        }),
      ]);
    }
  }
  writeCsv(header, rows);
}

/** Agents of each group in each state; by shift only of a plan. */
export function writeGroups(groups: readonly GroupSimulation[], source: TableSource): void {
  const states = ["agentsOnQueue", "handling", "available"] as const;
  const names = ["on_queue", "handling", "available"];
  const shifts = ["working", "otherwise"] as const;
  const hasShifts = groups[0]?.working !== undefined;
  const header = [
    "interval_start",
    "group",
    ...names.flatMap((name) => [name, `${name}_half_width`]),
    ...(hasShifts ? ["shift_working", "shift_otherwise"] : []),
  ];
  const rows: (string | number)[][] = [];
  for (let k = 0; k < source.problem.intervalCount; k++) {
    for (const group of groups) {
      if (group.agentsOnQueue.mean[k] === 0 && !(group.working?.[k] ?? 0)) continue;
      rows.push([
        source.startOf(k),
        group.groupId,
        ...states.flatMap((state) => [group[state]?.mean[k] ?? 0, group[state]?.halfWidth[k] ?? 0]),
        ...(hasShifts ? shifts.map((state) => group[state]?.[k] ?? 0) : []),
      ]);
    }
  }
  writeCsv(header, rows);
}

/** A bottleneck with its times as text; null: every goal is met to the last contact. */
export function bottleneckOf(
  { problem, startOf }: TableSource,
  queues: readonly QueueSimulation[],
  groups: readonly GroupSimulation[],
) {
  const { dayOffsets, intervalCount: endInterval, queues: compiled } = problem;
  const found = findBottleneck(
    { grid: { dayOffsets }, firstInterval: 0, endInterval, queues, groups },
    compiled.map(({ id, serviceLevelGoal }) => ({ id, goal: { serviceLevel: serviceLevelGoal } })),
    problem.groups.map(({ id, serves }) => ({ id, queueIds: serves.map(({ queue }) => compiled[queue].id) })),
    { first: 0, end: endInterval },
  );
  return found === null
    ? null
    : { ...found, firstStart: startOf(found.first), lastStart: startOf(found.end - 1) };
}

export function writeBottleneck(found: ReturnType<typeof bottleneckOf>): void {
  const header = [
    "queue",
    "first_interval_start",
    "last_interval_start",
    "service_level",
    "missing_contacts",
    "free_group_without_skill",
    "free_agents",
    "busiest_group",
    "occupancy",
  ];
  if (found === null) {
    writeCsv(header, []);
    return;
  }
  const { queueId, firstStart, lastStart, serviceLevel, missingContacts, idle, busiest } = found;
  writeCsv(header, [
    [
      queueId,
      firstStart,
      lastStart,
      serviceLevel,
      missingContacts,
      idle?.groupId ?? "",
      idle?.freeAgents ?? "",
      busiest?.groupId ?? "",
      busiest?.occupancy ?? "",
    ],
  ]);
}

export function plain(measures: QueueMeasures, only?: number) {
  return Object.fromEntries(
    estimatesOf(measures).map(([, name, estimate]) => {
      const { mean, halfWidth } = plainEstimate(estimate);
      return [
        name,
        only === undefined ? { mean, halfWidth } : { mean: mean[only], halfWidth: halfWidth[only] },
      ];
    }),
  );
}

export function plainBounds({ seconds, low, high }: WaitBounds) {
  return { seconds: [...seconds], low: [...low], high: [...high] };
}

export function plainEstimate({ mean, halfWidth }: Estimate) {
  return { mean: [...mean], halfWidth: [...halfWidth] };
}
