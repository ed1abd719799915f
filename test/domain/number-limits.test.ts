import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fieldsOf, shareSchema, typing } from "../../src/domain/number-limits.ts";

describe("the fields of a schema", () => {
  const schema = z.object({
    name: z.string(),
    places: z.number().int().min(0).max(100_000).optional(),
    share: shareSchema({ step: 0.05 }),
    afterSeconds: z
      .number()
      .positive()
      .register(typing, { unit: "seconds", least: 0.1, most: 60 })
      .nullable(),
    shifts: z.number().int().positive().default(2),
    price: z.number().min(0),
  });
  const fields = fieldsOf(schema);

  test("have the limits, the kind and what typing adds", () => {
    expect(fields.share).toEqual({ kind: "share", min: 0, max: 1, step: 0.05 });
    expect(fields.price).toMatchObject({ kind: "number", min: 0 });
    expect(fields.price.max).toBeUndefined();
    expect(fields.afterSeconds).toMatchObject({ kind: "number", min: 0.1, max: 60, unit: "seconds" });
  });

  test("are optional where the value may be missing, and not where there is a default", () => {
    expect(fields.places).toEqual({ kind: "whole", min: 0, max: 100_000, optional: true });
    expect(fields.afterSeconds.optional).toBe(true);
    expect(fields.shifts).not.toHaveProperty("optional");
  });

  test("begin at one where whole numbers are positive, and name only numbers", () => {
    expect(fields.shifts.min).toBe(1);
    expect(Object.keys(fields)).not.toContain("name");
  });

  test("are found behind what makes the object itself optional", () => {
    expect(fieldsOf(schema.optional()).share).toEqual(fields.share);
  });

  test("must say where an open end stops", () => {
    expect(() => fieldsOf(z.object({ share: z.number().min(0).lt(1) }))).toThrow(RangeError);
  });
});
