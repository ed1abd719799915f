import { z } from "zod";

/** Units a number is typed in; the words stand with the control. */
export type Unit = "seconds" | "minutes" | "hours" | "days" | "times" | "agents" | "contacts";

/** What whoever types a number needs beside its schema. */
export interface Typing {
  readonly unit?: Unit;
  /** 0–1 in the plan, per cent on screen. */
  readonly share?: true;
  /** Typed without fractions, although the plan may hold some. */
  readonly whole?: true;
  /** What one of the plan's unit is on screen: 1/60 shows minutes as hours. Limits and step stay in the plan's unit. */
  readonly scale?: number;
  /** Arrow keys move by this. */
  readonly step?: number;
  /** Digits after the point on screen, at most. */
  readonly digits?: number;
  /** Ends of what can be typed, where the schema's are open, or far beyond what anybody means. */
  readonly least?: number;
  readonly most?: number;
}

/** `z.number().positive().register(typing, { unit: "minutes", least: 0.1 })` */
export const typing = z.registry<Typing>();

/** A number from 0 to 1 that is typed as per cent. */
export function shareSchema(how: Omit<Typing, "share"> = {}): z.ZodNumber {
  return z
    .number()
    .min(0)
    .max(1)
    .register(typing, { share: true, ...how });
}

/** How a number is typed: what a control needs to draw itself and to refuse what the plan would not take. */
export interface NumberLimits {
  /** `share`: 0–1 inside, per cent on screen. `whole`: no fractions. Default `number`. */
  readonly kind?: "number" | "whole" | "share";
  readonly min?: number;
  readonly max?: number;
  /** Default 1, or 0.01 for shares; values are not forced onto it. */
  readonly step?: number;
  readonly unit?: Unit;
  readonly scale?: number;
  readonly digits?: number;
}

type Unwrapped<Schema> = Schema extends
  | z.ZodOptional<infer Inner>
  | z.ZodNullable<infer Inner>
  | z.ZodDefault<infer Inner>
  ? Unwrapped<Inner>
  : Schema;

/** Of a field that may be missing, the limits say so. */
type LimitsOf<Schema> =
  null extends z.output<Schema>
    ? NumberLimits & { readonly optional: true }
    : undefined extends z.output<Schema>
      ? NumberLimits & { readonly optional: true }
      : NumberLimits;

type FieldsOf<Schema> =
  Unwrapped<Schema> extends z.ZodObject<infer Shape>
    ? {
        readonly [Key in keyof Shape as Unwrapped<Shape[Key]> extends z.ZodNumber ? Key : never]: LimitsOf<
          Shape[Key]
        >;
      }
    : never;

/**
 * Limits of all numbers of an object, by field, read from its schema: `<NumberField {...fieldsOf(redialSchema).share} …>`.
 * Throws RangeError where the schema leaves an end open (`positive`, `lt`) and its typing does not say where to stop.
 */
export function fieldsOf<Schema extends z.ZodType>(schema: Schema): FieldsOf<Schema> {
  const { shape } = unwrapped(schema).inner as z.ZodObject;
  const fields: Record<string, NumberLimits> = {};
  for (const [key, field] of Object.entries(shape)) {
    const { inner, optional } = unwrapped(field as z.ZodType);
    if (!(inner instanceof z.ZodNumber)) continue;
    fields[key] = { ...limitsOf(inner, key), ...(optional && { optional }) };
  }
  return fields as FieldsOf<Schema>;
}

/** Limits of one number. `name` stands in what is thrown, as by `fieldsOf`. */
export function limitsOf(schema: z.ZodNumber, name = "a number"): NumberLimits {
  const { share, whole, least: min, most: max, ...look } = typing.get(schema) ?? {};
  const bounds = (schema.def.checks ?? []).map(
    (check) =>
      check._zod.def as z.core.$ZodCheckDef & { readonly value: number; readonly inclusive: boolean },
  );
  const isWhole = bounds.some(({ check }) => check === "number_format");
  /** Last value inside a limit, which may be open. */
  function end(kind: "greater_than" | "less_than", wholeStep: number): number | undefined {
    const bound = bounds.find(({ check }) => check === kind);
    if (bound === undefined || bound.inclusive) return bound?.value;
    if (isWhole) return bound.value + wholeStep;
    throw new RangeError(`the schema of ${name} leaves an end open: its typing needs least or most`);
  }
  return {
    kind: share ? "share" : whole || isWhole ? "whole" : "number",
    min: min ?? end("greater_than", 1),
    max: max ?? end("less_than", -1),
    ...look,
  };
}

/** A schema without what lets its value be missing. */
function unwrapped(schema: z.ZodType, optional = false): { inner: z.ZodType; optional: boolean } {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return unwrapped(schema.unwrap() as z.ZodType, true);
  if (schema instanceof z.ZodDefault) return unwrapped(schema.unwrap() as z.ZodType, optional);
  return { inner: schema, optional };
}
