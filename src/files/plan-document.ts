import { z } from "zod";
import { isLocalDate, isTimeZone } from "../domain/calendar/clock.ts";
import { createIntervalGrid, type IntervalGrid, intervalCount } from "../domain/calendar/interval-grid.ts";
import { fingerprint } from "../domain/fingerprint.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { noResults } from "../domain/plan/no-results.ts";
import {
  type PastPeriod,
  type Plan,
  type PlanDocument,
  planSchema,
  planSchemaVersion,
  type StageName,
} from "../domain/plan/plan.ts";
import {
  type PublishedRoster,
  publishedRosterSchema,
  withSettledKeys,
} from "../domain/plan/published-roster.ts";
import { activityKinds } from "../domain/plan/shift.ts";
import { type DemandHistory, intervalState } from "../domain/results/demand.ts";
import { stageOrder } from "../stages/chain.ts";
import { stageInputKey } from "../stages/freshness.ts";
import { keyOfVersion1 } from "./keys-of-version-1.ts";

/** One step of migration: the document of version n (unchecked) → the same of version n + 1. */
type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** From version 1, 2, … upwards; its length is always `planSchemaVersion − 1`. */
const migrations: readonly Migration[] = [
  // 1 → 2: what a person changes of a forecast is an override, as the field says.
  (document) => {
    const plan = isRecord(document.plan) ? document.plan : {};
    const { overrules, ...forecast } = isRecord(plan.forecast) ? plan.forecast : {};
    return {
      ...document,
      plan: {
        ...plan,
        schemaVersion: 2,
        forecast: { ...forecast, ...(overrules === undefined ? {} : { overrides: overrules }) },
      },
    };
  },
];

/**
 * Checks a document that comes from outside the program (a file, the browser's storage), after bringing an older
 * one up to date.
 *
 * The plan must be right in every field: otherwise there is no document, and an issue per wrong field. A history or a
 * result that is damaged is left out with a warning, since the rest is worth having and results can be made again.
 */
export function readPlanDocument(value: unknown): Outcome<PlanDocument> {
  if (!isRecord(value) || !isRecord(value.plan)) return fail(problem("planFile.notAPlan"));
  const version = value.plan.schemaVersion;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    return fail(problem("planFile.notAPlan"));
  }
  if (version > planSchemaVersion) {
    return fail(problem("planFile.newerVersion", { version, known: planSchemaVersion }));
  }
  const document = migrate(value, version, migrations);
  const plan = planSchema.safeParse(document.plan);
  if (!plan.success) return fail(...plan.error.issues.map(fieldIssue));
  const repeated = repeatedAgents(plan.data.agents);
  if (repeated.length > 0) return fail(...repeated);

  const issues: Issue[] = [];
  const keep = <T>(part: string, schema: z.ZodType, given: unknown): T | null => {
    if (given === null || given === undefined) return null;
    const checked = schema.safeParse(given);
    if (checked.success) return given as T;
    const [first] = checked.error.issues;
    issues.push({
      code: "planFile.partLeftOut",
      severity: "warning",
      column: [part, ...first.path].join("."),
      values: { part },
    });
    return null;
  };
  const given = isRecord(document.results) ? document.results : {};
  const results = Object.fromEntries(
    (Object.keys(noResults) as StageName[]).map((stage) => [
      stage,
      keep(stage, madeSchema(resultSchemas[stage]), given[stage]),
    ]),
  ) as unknown as PlanDocument["results"];
  const checked = {
    plan: { ...plan.data, agents: withSettledKeys(plan.data.agents) },
    history: keep<DemandHistory>("history", historySchema, document.history),
    results,
  };
  const past = readPast(document.past, issues);
  const published = keep<PublishedRoster>("published", publishedRosterSchema, document.published);
  return succeed(
    {
      ...(version === 1 ? withPresentKeys(checked) : checked),
      ...(past.length > 0 && { past }),
      ...(published && { published }),
    },
    issues,
  );
}

/** Periods before the present one. What is damaged is left out with a warning: a period, or a result of one. */
function readPast(given: unknown, issues: Issue[]): PastPeriod[] {
  if (given === undefined || given === null) return [];
  const leftOut = (column: string): Issue => ({
    code: "planFile.partLeftOut",
    severity: "warning",
    column,
    values: { part: "past" },
  });
  if (!Array.isArray(given)) {
    issues.push(leftOut("past"));
    return [];
  }
  return given.flatMap((period: unknown, at): PastPeriod[] => {
    const { plan, results, historyLastDate } = isRecord(period) ? period : {};
    const outcome = readPlanDocument({ plan, history: null, results });
    if (!outcome.ok || outcome.issues.length > 0) issues.push(leftOut(`past.${at}`));
    if (!outcome.ok) return [];
    const isDate = typeof historyLastDate === "string" && isLocalDate(historyLastDate);
    return [
      {
        plan: outcome.value.plan,
        results: outcome.value.results,
        historyLastDate: isDate ? historyLastDate : null,
      },
    ];
  });
}

/** Agents of one id would be taken for one person and booked twice: one issue per id. */
function repeatedAgents(agents: Plan["agents"]): Issue[] {
  return [...new Set(agents.map(({ id }) => id))].flatMap((id) => {
    const same = agents.filter((agent) => agent.id === id);
    return same.length > 1
      ? [problem("planFile.repeatedAgent", { id, agents: same.map(({ name }) => name).join(", ") })]
      : [];
  });
}

/** A plan on its own, as `sample-data/plan.json` is one: brought up to date and checked like that of a document. */
export function readPlan(value: unknown): Outcome<Plan> {
  const outcome = readPlanDocument({ plan: value, history: null, results: {} });
  return outcome.ok ? succeed(outcome.value.plan, outcome.issues) : outcome;
}

/** Results of a version-1 document that were up to date get the keys of today; the others stay out of date. */
function withPresentKeys(document: PlanDocument): PlanDocument {
  const results = Object.fromEntries(
    stageOrder.map((stage) => {
      const made = document.results[stage];
      const isCurrent = made !== null && made.inputKey === keyOfVersion1(stage, document);
      return [stage, isCurrent ? { ...made, inputKey: stageInputKey(stage, document) ?? "" } : made];
    }),
  ) as unknown as PlanDocument["results"];
  return { ...document, results };
}

/** Applies the steps from `version` to the last; exported for its test. */
export function migrate(
  document: Readonly<Record<string, unknown>>,
  version: number,
  steps: readonly Migration[],
): Readonly<Record<string, unknown>> {
  return steps.slice(version - 1).reduce((current, step) => step(current), document);
}

export function problem(code: string, values?: Issue["values"]): Issue {
  return { code, severity: "error", ...(values === undefined ? {} : { values }) };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldIssue(found: z.core.$ZodIssue): Issue {
  return {
    code: "planFile.wrongField",
    severity: "error",
    column: ["plan", ...found.path].join("."),
    values: { reason: found.message },
  };
}

/** A grid must be the one that its zone, interval and days make: it cannot contradict itself. */
const gridSchema = z.custom<IntervalGrid>((value) => {
  if (!isRecord(value)) return false;
  const { timeZone, intervalMinutes, firstDate, dayCount } = value as unknown as IntervalGrid;
  if (!isTimeZone(timeZone) || !isLocalDate(firstDate) || !(dayCount <= 20_000)) return false;
  try {
    const made = createIntervalGrid(timeZone, intervalMinutes, firstDate, dayCount);
    return fingerprint(made) === fingerprint(value);
  } catch {
    return false;
  }
});

const series = z.custom<Float64Array>((value) => value instanceof Float64Array);
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

const historySchema = aligned(
  "queues",
  z
    .looseObject({
      queueId: z.string(),
      state: bytes.refine((state) => state.every((one) => one <= intervalState.excluded)),
      offered: series,
      handled: series.nullable(),
      abandoned: series.nullable(),
      handleSeconds: series.nullable(),
      waitSeconds: series.optional(),
      inTime: z.looseObject({ seconds: z.number(), contacts: series }).optional(),
      redials: series.optional(),
      unknown: z.record(z.string(), bytes).optional(),
    })
    .refine(({ state, inTime, unknown }) =>
      [...(inTime === undefined ? [] : [inTime.contacts]), ...Object.values(unknown ?? {})].every(
        (part) => part.length === state.length,
      ),
    ),
);

const shiftSchema = z.looseObject({
  id: z.string(),
  templateId: z.string(),
  groupId: z.string(),
  date: z.iso.date(),
  startMinute: z.number(),
  endMinute: z.number(),
  activities: z.array(
    z.looseObject({
      kind: z.enum(activityKinds),
      startMinute: z.number(),
      endMinute: z.number(),
      paid: z.boolean(),
    }),
  ),
  pinned: z.boolean(),
  handleFactor: z.number().positive().optional(),
});

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

const estimate = z
  .looseObject({ mean: series, halfWidth: series })
  .refine(({ mean, halfWidth }) => mean.length === halfWidth.length);
const measures = z.object({ followUps: z.record(z.string(), estimate).optional() }).catchall(estimate);

const resultSchemas: Readonly<Record<StageName, z.ZodType>> = {
  forecast: aligned(
    "queues",
    z.looseObject({
      queueId: z.string(),
      open: bytes,
      offered: series,
      offeredLower80: series,
      offeredUpper80: series,
      offeredLower95: series,
      offeredUpper95: series,
      dispersion: series,
      dayFactorVariance: z.number(),
      ahtSeconds: series,
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
  }),
  roster: z.looseObject({
    grid: gridSchema,
    assignments: z.array(z.looseObject({ agentId: z.string(), shift: shiftSchema, pinned: z.boolean() })),
    unassigned: z.array(shiftSchema),
    violations: z.array(z.looseObject({ rule: z.string() })),
    status: z.string(),
  }),
  simulation: z.looseObject({
    grid: gridSchema,
    firstInterval: z.number().int(),
    endInterval: z.number().int(),
    replications: z.number().int(),
    queues: z.array(
      z.looseObject({
        queueId: z.string(),
        intervals: measures,
        days: measures,
        total: measures,
        missRisk: estimate,
      }),
    ),
  }),
};

function madeSchema(value: z.ZodType) {
  return z.object({
    value,
    madeAt: z.string(),
    inputKey: z.string(),
    parts: z.object({ rules: z.string(), days: z.array(z.string()) }).optional(),
  });
}
