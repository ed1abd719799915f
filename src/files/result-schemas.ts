import { z } from "zod";
import { isPlannableDate, isTimeZone } from "../domain/calendar/clock.ts";
import { createIntervalGrid, type IntervalGrid, intervalCount } from "../domain/calendar/interval-grid.ts";
import { fingerprint } from "../domain/fingerprint.ts";
import type { StageName } from "../domain/plan/plan.ts";
import { priorShiftSchema, wishSchema } from "../domain/plan/roster.ts";
import { activityKinds } from "../domain/plan/shift.ts";
import { intervalState } from "../domain/results/demand.ts";
import { reserveSchema } from "../domain/results/simulation.ts";

/*
 * What histories and results must be to be drawn and reckoned with: the page and the engines take them as they are. The
 * grid is checked against the calendar, series against the grid, and numbers for being such.
 */

/** A grid must be the one that its zone, interval and days make: it cannot contradict itself. */
const gridSchema = z.custom<IntervalGrid>((value) => {
  if (typeof value !== "object" || value === null) return false;
  const { timeZone, intervalMinutes, firstDate, dayCount } = value as unknown as IntervalGrid;
  if (typeof timeZone !== "string" || !isTimeZone(timeZone)) return false;
  if (typeof firstDate !== "string" || !isPlannableDate(firstDate) || !(dayCount <= 20_000)) return false;
  try {
    const made = createIntervalGrid(timeZone, intervalMinutes, firstDate, dayCount);
    return fingerprint(made) === fingerprint(value);
  } catch {
    return false;
  }
});

/** Numbers of which none is missing; endless where a wait has no end. */
const series = z.custom<Float64Array>(
  (value) => value instanceof Float64Array && value.every((one) => one >= 0),
);
/** More contacts, or seconds, than any interval of any plan has. */
const largestAmount = 1e10;
const amounts = series.refine((values) => values.every((one) => one <= largestAmount));
/** What is staffed for: beyond it no centre exists, and engines that count agents would count on. */
const demand = series.refine((values) => values.every((one) => one <= 1e6));
/** Infinite where a search has proved nothing yet. */
const extendedNumber = z.custom<number>((value) => typeof value === "number");
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Members of `list` whose typed arrays must all be as long as the grid. */
function aligned<Shape extends z.ZodRawShape>(
  list: string,
  member: z.ZodObject<Shape>,
  rest: z.ZodRawShape = {},
) {
  return z.looseObject({ ...rest, grid: gridSchema, [list]: z.array(member) }).refine(
    (value) => {
      const length = intervalCount(value.grid as IntervalGrid);
      return (value[list] as Record<string, unknown>[]).every((one) =>
        Object.values(one).every(
          (part) => !ArrayBuffer.isView(part) || (part as Float64Array).length === length,
        ),
      );
    },
    { path: [list] },
  );
}

export const historySchema = aligned(
  "queues",
  z
    .looseObject({
      queueId: z.string(),
      state: bytes.refine((state) => state.every((one) => one <= intervalState.excluded)),
      offered: amounts,
      handled: amounts.nullable(),
      abandoned: amounts.nullable(),
      handleSeconds: amounts.nullable(),
      waitSeconds: amounts.optional(),
      inTime: z.looseObject({ seconds: z.number().min(0), contacts: amounts }).optional(),
      redials: amounts.optional(),
      unknown: z.record(z.string(), bytes).optional(),
    })
    .refine(({ state, inTime, unknown }) =>
      [...(inTime === undefined ? [] : [inTime.contacts]), ...Object.values(unknown ?? {})].every(
        (part) => part.length === state.length,
      ),
    ),
);

/** Minutes of the grid's axis; a shift may run over its end. */
const minute = z
  .number()
  .min(-2 * 1440)
  .max(20_000 * 1440);
const stretch = { startMinute: minute, endMinute: minute };
const shiftSchema = z
  .looseObject({
    id: z.string(),
    templateId: z.string(),
    groupId: z.string(),
    date: z.iso.date(),
    ...stretch,
    activities: z.array(z.looseObject({ kind: z.enum(activityKinds), ...stretch, paid: z.boolean() })),
    pinned: z.boolean(),
    handleFactor: z.number().positive().optional(),
  })
  .refine(
    ({ startMinute, endMinute, activities }) =>
      startMinute < endMinute &&
      endMinute - startMinute <= 3 * 1440 &&
      activities.every(
        (one) =>
          one.startMinute <= one.endMinute && one.startMinute >= startMinute && one.endMinute <= endMinute,
      ),
  );

/** What is read of a schedule that stands alone in a file. */
export const presentScheduleSchema = z.looseObject({
  shifts: z.array(shiftSchema),
  tours: z
    .array(
      z.looseObject({
        id: z.string(),
        ruleId: z.string(),
        groupId: z.string(),
        shiftIds: z.array(z.string()),
      }),
    )
    .optional(),
});

const judgedGoalSchema = z.looseObject({
  queueId: z.string(),
  kind: z.enum(["serviceLevel", "abandonment", "asa", "occupancy"]),
  goal: z.number(),
  value: z.number(),
  halfWidth: z.number().nullable(),
  missedBy: z.number(),
  firstInterval: z.number().int().min(0),
  endInterval: z.number().int().min(0),
});

/** What the simulation says of shifts or of a roster. */
const judgedSchema = {
  span: z.enum(["interval", "day", "period"]),
  goals: z.array(judgedGoalSchema),
  keptWithin: z.number(),
  replications: z.number(),
};

const estimate = z
  .looseObject({ mean: series, halfWidth: series })
  .refine(({ mean, halfWidth }) => mean.length === halfWidth.length);
const measures = z.looseObject({
  offered: estimate,
  answered: estimate,
  abandoned: estimate,
  blocked: estimate,
  serviceLevel: estimate,
  abandonmentRate: estimate,
  asaSeconds: estimate,
  occupancy: estimate,
  waiting: estimate,
  inService: estimate,
  followUps: z
    .looseObject({
      redialled: estimate,
      transferred: estimate,
      callbacks: estimate,
      callbackDelaySeconds: estimate,
      callbacksOwed: estimate,
    })
    .optional(),
});
type Measures = z.infer<typeof measures>;
const waitBounds = z.looseObject({ seconds: series, low: series, high: series });
const replicationSums = z.looseObject({
  dayCount: z.number().int().min(1),
  offered: series,
  answered: series,
  abandoned: series,
  answeredInTime: series,
  serviceLevelBase: series,
  waitSeconds: series,
  handlingSeconds: series,
  onQueueSeconds: series,
});

/** Every estimate of some measures as long as it must be. */
function areAligned(of: Measures, length: number): boolean {
  const { followUps, ...rest } = of;
  return [...Object.values(rest), ...Object.values(followUps ?? {})].every((one) => {
    const { mean } = one as Partial<z.infer<typeof estimate>>;
    return mean === undefined || mean.length === length;
  });
}

const simulationSchema = z
  .looseObject({
    grid: gridSchema,
    firstInterval: z.number().int().min(0),
    endInterval: z.number().int().min(1),
    replications: z.number().int().min(1),
    contacts: z.number().min(0),
    queues: z.array(
      z.looseObject({
        queueId: z.string(),
        intervals: measures,
        days: measures,
        total: measures,
        missRisk: estimate,
        waitPercentiles: z
          .looseObject({ shares: z.array(z.number().min(0).max(1)), days: waitBounds, total: waitBounds })
          .optional(),
        replicationDays: replicationSums,
      }),
    ),
    groups: z.array(z.looseObject({ groupId: z.string(), agentsOnQueue: estimate, occupancy: estimate })),
  })
  .refine(({ grid, firstInterval, endInterval, queues, groups }) => {
    const length = endInterval - firstInterval;
    if (!(length > 0) || endInterval > intervalCount(grid)) return false;
    return (
      queues.every(
        ({ intervals, days, total, missRisk }) =>
          areAligned(intervals, length) &&
          areAligned(total, 1) &&
          areAligned(days, missRisk.mean.length) &&
          missRisk.mean.length <= grid.dayCount,
      ) && groups.every(({ agentsOnQueue }) => agentsOnQueue.mean.length === length)
    );
  });

export const resultSchemas: Readonly<Record<StageName, z.ZodType>> = {
  forecast: aligned(
    "queues",
    z.looseObject({
      queueId: z.string(),
      open: bytes,
      offered: demand,
      offeredLower80: series,
      offeredUpper80: series,
      offeredLower95: series,
      offeredUpper95: series,
      dispersion: series,
      dayFactorVariance: z.number(),
      ahtSeconds: demand,
      model: z.string(),
      backtest: z.array(z.looseObject({ model: z.string(), wape: z.number() })),
      notes: z.array(z.looseObject({ code: z.string() })),
    }),
  ),
  requirement: aligned(
    "queues",
    z.looseObject({
      queueId: z.string(),
      offered: series,
      ahtSeconds: series,
      requiredAgents: series,
      scheduledAgents: series,
      serviceLevel: series,
      asaSeconds: series,
      abandonmentRate: series,
      occupancy: series,
      gapAgents: series.optional(),
    }),
  ),
  schedule: aligned("coverage", z.looseObject({ queueId: z.string(), asked: series, staffed: series }), {
    shifts: z.array(shiftSchema),
    status: z.string(),
    objective: z.number(),
    bound: extendedNumber,
    gap: extendedNumber,
    judgement: z
      .looseObject({
        ...judgedSchema,
        reserves: z.array(reserveSchema).optional(),
        leastWorkCost: z.number(),
        covering: z.looseObject({
          cost: z.number(),
          paidHours: z.number(),
          goals: z.array(judgedGoalSchema),
        }),
        rounds: z.array(z.looseObject({ cost: z.number(), missed: z.number() })),
      })
      .optional(),
  }),
  roster: z.looseObject({
    grid: gridSchema,
    assignments: z.array(z.looseObject({ agentId: z.string(), shift: shiftSchema, pinned: z.boolean() })),
    unassigned: z.array(shiftSchema),
    violations: z.array(
      z.looseObject({
        rule: z.string(),
        agentId: z.string().nullable(),
        date: z.iso.date().nullable(),
        penalty: z.number().nullable(),
        priorShift: priorShiftSchema.optional(),
      }),
    ),
    awards: z
      .array(
        z.looseObject({
          agentId: z.string(),
          wish: wishSchema,
          rules: z.array(z.string()),
          takenBy: z.array(z.string()),
        }),
      )
      .optional(),
    status: z.string(),
    judgement: z
      .looseObject({ ...judgedSchema, before: z.array(judgedGoalSchema), moved: z.number() })
      .optional(),
  }),
  simulation: simulationSchema,
};

export function madeSchema(value: z.ZodType) {
  return z.object({
    value,
    madeAt: z.string(),
    inputKey: z.string(),
    parts: z.object({ rules: z.string(), days: z.array(z.string()) }).optional(),
  });
}
