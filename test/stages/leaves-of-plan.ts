import type { z } from "zod";
import { type Plan, planSchema } from "../../src/domain/plan/plan.ts";

/** One value somewhere in a plan: where it stands (`queues.goal.serviceLevel`), and the plan with another value there. */
export interface PlanLeaf {
  readonly path: string;
  readonly edit: (plan: Plan) => Plan;
}

type Schema = z.core.$ZodType;
interface Definition {
  readonly type: string;
  readonly shape?: Record<string, Schema>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly entries?: Record<string, string>;
  readonly values?: readonly unknown[];
}
const definitionOf = (schema: Schema) => schema._zod.def as unknown as Definition;
const wrappers = ["optional", "nullable", "default", "readonly", "nonoptional"];

/** A plan in which everything that may be there is there: each list holds one item, or one of each kind. */
export function fullPlan(): Plan {
  return sampleOf(planSchema) as Plan;
}

function sampleOf(schema: Schema): unknown {
  const { type, shape, element, innerType, options, entries, values } = definitionOf(schema);
  if (wrappers.includes(type) && innerType) return sampleOf(innerType);
  if (type === "object" && shape)
    return Object.fromEntries(Object.entries(shape).map(([field, inner]) => [field, sampleOf(inner)]));
  if (type === "array" && element) return samplesOf(element);
  if (type === "union" && options) return sampleOf(options[0]);
  if (type === "enum" && entries) return Object.values(entries)[0];
  if (type === "literal" && values) return values[0];
  if (type === "number") return 1;
  if (type === "string") return "a";
  if (type === "boolean") return false;
  throw new RangeError(`a plan holds a ${type}: say here what one looks like`);
}

/** One item of each kind that a list may hold. */
function samplesOf(element: Schema): unknown[] {
  const { type, options, innerType } = definitionOf(element);
  if (wrappers.includes(type) && innerType) return samplesOf(innerType);
  return type === "union" && options ? options.map(sampleOf) : [sampleOf(element)];
}

/** Every value of `fullPlan()`, with an edit that gives it another one. */
export function leavesOf(plan: Plan): PlanLeaf[] {
  const leaves: PlanLeaf[] = [];
  const walk = (value: unknown, steps: readonly (string | number)[]): void => {
    if (typeof value === "object" && value !== null)
      for (const [step, inner] of Object.entries(value)) walk(inner, [...steps, step]);
    else
      leaves.push({
        path: steps.filter((step) => !/^\d+$/.test(String(step))).join("."),
        edit: (edited) => withOther(edited, steps, otherThan(value)) as Plan,
      });
  };
  walk(plan, []);
  return leaves;
}

function withOther(value: unknown, [step, ...rest]: readonly (string | number)[], other: unknown): unknown {
  if (step === undefined) return other;
  if (Array.isArray(value))
    return value.map((item, at) => (at === Number(step) ? withOther(item, rest, other) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [step]: withOther(record[step], rest, other) };
}

function otherThan(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return `${value}, changed`;
}
