import type { z } from "zod";
import { isLocalDate } from "../domain/calendar/clock.ts";
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
import type { DemandHistory } from "../domain/results/demand.ts";
import { stageOrder } from "../stages/chain.ts";
import { stageInputKey } from "../stages/freshness.ts";
import { keyOfVersion1 } from "./keys-of-version-1.ts";
import { planContradictions } from "./plan-references.ts";
import { historySchema, madeSchema, resultSchemas } from "./result-schemas.ts";

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
  if (!isTree(value)) return fail(problem("planFile.damaged"));
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
  const contradictions = planContradictions(plan.data);
  if (contradictions.length > 0) return fail(...contradictions);

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

/** No plan is deeper, by far. */
const mostDepth = 100;

/**
 * Whether a value has an end: parts within parts, and none of them within itself. What a browser keeps may be otherwise,
 * and whatever walks over it would never return.
 */
function isTree(value: unknown): boolean {
  const above = new Set<object>();
  function reach(part: unknown): boolean {
    if (typeof part !== "object" || part === null || ArrayBuffer.isView(part)) return true;
    if (above.size > mostDepth || above.has(part)) return false;
    above.add(part);
    for (const item of Array.isArray(part) ? part : Object.values(part))
      if (typeof item === "object" && !reach(item)) return false;
    above.delete(part);
    return true;
  }
  return reach(value);
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
