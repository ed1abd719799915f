import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { atan, cos, exp, expm1, log, log1p, pow, sin } from "../../src/numerics/elementary.ts";
import { randomStream } from "../../src/numerics/random.ts";

const chance = randomStream(1, "elementary");
const between = (low: number, high: number) => low + (high - low) * chance.uniform();
const many = (low: number, high: number) => Array.from({ length: 5000 }, () => between(low, high));

describe("functions that answer the same everywhere", () => {
  // The language's own are another implementation, right to about one unit in the last place.
  it.each([
    ["exp", exp, Math.exp, [...many(-1, 1), ...many(-700, 700)], 2],
    ["expm1", expm1, Math.expm1, [...many(-1e-6, 1e-6), ...many(-1, 1), ...many(-40, 40)], 4],
    ["log", log, Math.log, [...many(0, 3), ...many(-700, 700).map(Math.exp)], 2],
    ["log1p", log1p, Math.log1p, [...many(-1e-6, 1e-6), ...many(-0.99, 1), ...many(0, 1e6)], 3],
    ["sin", sin, Math.sin, [...many(-1, 1), ...many(-1000, 1000)], 4],
    ["cos", cos, Math.cos, [...many(-1, 1), ...many(-1000, 1000)], 4],
    ["atan", atan, Math.atan, [...many(-1, 1), ...many(-1000, 1000)], 6],
  ] as const)("%s is right to the last places", (_name, own, language, values, units) => {
    for (const x of values) {
      const expected = language(x);
      expect(Math.abs(own(x) - expected), `at ${x}`).toBeLessThanOrEqual(units * unitAt(expected));
    }
  });

  it("pow loses no more than the logarithm of its result", () => {
    for (const base of many(0, 2)) {
      const exponent = between(-20, 20);
      const expected = base ** exponent;
      const units = 3 + 2 * Math.abs(Math.log(expected));
      expect(Math.abs(pow(base, exponent) - expected)).toBeLessThanOrEqual(units * unitAt(expected));
    }
    expect([pow(0, 0), pow(0, 2), pow(0, -1), pow(1, 1e9)]).toEqual([1, 0, Number.POSITIVE_INFINITY, 1]);
  });

  it("knows the ends of the numbers", () => {
    const infinite = Number.POSITIVE_INFINITY;
    expect([-infinite, -746, 0, 710, infinite].map(exp)).toEqual([0, 0, 1, infinite, infinite]);
    expect([-1, 0, 1, infinite].map(log)).toEqual([Number.NaN, -infinite, 0, infinite]);
    expect(log(Number.MIN_VALUE)).toBeCloseTo(-744.4400719213812, 12);
    expect(log(Number.MAX_VALUE)).toBeCloseTo(709.782712893384, 12);
    expect([-2, -1, 0, infinite].map(log1p)).toEqual([Number.NaN, -infinite, 0, infinite]);
    expect([exp, log, expm1, log1p].map((f) => f(Number.NaN))).toEqual(Array(4).fill(Number.NaN));
    expect([-infinite, infinite].map(atan)).toEqual([-Math.PI / 2, Math.PI / 2]);
    expect(() => sin(1e7)).toThrow(RangeError);
  });

  it("gives these bits, in whichever Node this runs", () => {
    const stream = randomStream(2, "bits");
    const values = Float64Array.from({ length: 10_000 }, () => 40 * stream.uniform() - 10);
    const all = [exp, expm1, sin, cos, atan].map((f) => values.map(f));
    const positive = values.map(Math.abs);
    const some = [log, log1p, (x: number) => pow(x, 1.7)].map((f) => positive.map(f));
    const hash = createHash("sha256");
    for (const series of [...all, ...some]) hash.update(series);
    expect(hash.digest("hex").slice(0, 16)).toBe("8015f5ff74d5f2b4");
  });
});

/** Engines get the language's own functions past this test only in a comment. */
it("no engine calls a function whose last bits the language leaves open", () => {
  const src = join(import.meta.dirname, "../../src");
  const open =
    /Math\.(?:exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|asin|acos|atan2?|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b/;
  const calls = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.startsWith("ui/"))
    .flatMap((name) =>
      readFileSync(join(src, name), "utf8")
        .split("\n")
        .filter((line) => !/^\s*(?:\*|\/\*|\/\/)/.test(line))
        .filter((line) => open.test(line) || /(?<![\w.])(?!10\b|2\b)[\w.)\]]+ \*\* (?!2\b)/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
  expect(calls).toEqual([]);
});

/** The distance from a number to its neighbour. */
function unitAt(value: number): number {
  return Math.max(Number.MIN_VALUE, 2 ** (Math.floor(Math.log2(Math.abs(value))) - 52));
}
