import { describe, expect, test } from "vitest";
import { fingerprint } from "../../src/domain/fingerprint.ts";

describe("fingerprint", () => {
  test("does not mind the order of properties, words for people, run times, or what is undefined", () => {
    expect(fingerprint({ a: 1, b: "x", name: "Early", seconds: 3 })).toBe(
      fingerprint({ seconds: 4, b: "x", name: "Late", a: 1, c: undefined }),
    );
  });

  test("tells apart what looks alike", () => {
    const different = [
      { a: 1 },
      { a: "1" },
      { a: [1] },
      { a: null },
      { a: true },
      { a: false },
      { b: 1 },
      [1, 2],
      [2, 1],
      [[1], 2],
      [1, [2]],
      { a: "ab", b: "c" },
      { a: "a", b: "bc" },
      new Float64Array([1, 2]),
      new Float64Array([2, 1]),
      new Uint8Array([1, 2]),
      new Uint8Array([1, 2, 0]),
      new Int32Array([1, 2]),
      {},
      [],
      "",
      0,
    ];
    expect(new Set(different.map(fingerprint)).size).toBe(different.length);
  });

  test("a view into a larger buffer counts by its own bytes, wherever it starts", () => {
    const bytes = new Uint8Array([9, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(fingerprint(bytes.subarray(1, 8))).toBe(fingerprint(new Uint8Array([1, 2, 3, 4, 5, 6, 7])));
  });

  test("survives being written and read", () => {
    const value = { a: [1.5, -2, 1e300], b: { c: "é中" }, d: null };
    expect(fingerprint(JSON.parse(JSON.stringify(value)))).toBe(fingerprint(value));
    expect(fingerprint(structuredClone({ x: new Float64Array([0.1, 0.2]) }))).toBe(
      fingerprint({ x: new Float64Array([0.1, 0.2]) }),
    );
  });

  test("changing any one of many values changes it", () => {
    const series = Float64Array.from({ length: 500 }, (_, at) => at / 7);
    const seen = new Set([fingerprint({ series })]);
    for (let at = 0; at < series.length; at++) {
      const other = series.slice();
      other[at] += 1e-9;
      seen.add(fingerprint({ series: other }));
    }
    expect(seen.size).toBe(series.length + 1);
  });
});
