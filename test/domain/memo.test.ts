import { describe, expect, it, vi } from "vitest";
import { memoizeByKey, memoizeByNumbers, memoizeByObject, memoizeLast } from "../../src/domain/memo.ts";

describe("memoizeLast", () => {
  it("computes once while the arguments stay the same", () => {
    const sum = vi.fn((values: readonly number[], offset: number) => values.reduce((a, b) => a + b, offset));
    const memoized = memoizeLast(sum);
    const values = [1, 2, 3];
    expect([memoized(values, 1), memoized(values, 1)]).toEqual([7, 7]);
    expect(sum).toHaveBeenCalledTimes(1);
  });

  it("compares by identity and keeps only the last answer", () => {
    const length = vi.fn((values: readonly number[]) => values.length);
    const memoized = memoizeLast(length);
    const values = [1];
    memoized(values);
    memoized([1]);
    memoized(values);
    expect(length).toHaveBeenCalledTimes(3);
  });

  it("takes NaN for the same argument as NaN", () => {
    const double = vi.fn((value: number) => 2 * value);
    const memoized = memoizeLast(double);
    memoized(Number.NaN);
    memoized(Number.NaN);
    expect(double).toHaveBeenCalledTimes(1);
  });

  it("remembers that the answer was undefined", () => {
    const nothing = vi.fn((_: number) => undefined);
    const memoized = memoizeLast(nothing);
    memoized(1);
    memoized(1);
    expect(nothing).toHaveBeenCalledTimes(1);
  });

  it("keeps the answer before when a computation throws", () => {
    const root = vi.fn((value: number) => {
      if (value < 0) throw new RangeError("negative");
      return Math.sqrt(value);
    });
    const memoized = memoizeLast(root);
    memoized(4);
    expect(() => memoized(-1)).toThrow(RangeError);
    expect(memoized(4)).toBe(2);
    expect(root).toHaveBeenCalledTimes(2);
  });
});

describe("memoizeByObject", () => {
  it("keeps one answer per object, other objects in between", () => {
    const size = vi.fn((values: readonly number[]) => values.length);
    const memoized = memoizeByObject(size);
    const [short, long] = [[1], [1, 2]];
    expect([memoized(short), memoized(long), memoized(short), memoized(long)]).toEqual([1, 2, 1, 2]);
    expect(size).toHaveBeenCalledTimes(2);
  });

  it("computes anew when a further argument differs from the last one", () => {
    const scaled = vi.fn((values: readonly number[], factor: number) =>
      values.map((value) => value * factor),
    );
    const memoized = memoizeByObject(scaled);
    const values = [1, 2];
    expect(memoized(values, 2)).toBe(memoized(values, 2));
    expect(memoized(values, 3)).toEqual([3, 6]);
    expect(memoized(values, 2)).toEqual([2, 4]);
    expect(scaled).toHaveBeenCalledTimes(3);
  });

  it("nests: the answer belongs to both objects", () => {
    const joined = vi.fn((a: { text: string }, b: { text: string }) => a.text + b.text);
    const memoized = memoizeByObject((a: { text: string }) =>
      memoizeByObject((b: { text: string }) => joined(a, b)),
    );
    const [x, y] = [{ text: "x" }, { text: "y" }];
    expect([memoized(x)(y), memoized(y)(x), memoized(x)(y)]).toEqual(["xy", "yx", "xy"]);
    expect(joined).toHaveBeenCalledTimes(2);
  });

  it("forgets a promise that rejects and keeps one that resolves", async () => {
    let attempts = 0;
    const memoized = memoizeByObject(async (_: object) => {
      if (++attempts === 1) throw new Error("worker stopped");
      return attempts;
    });
    const key = {};
    await expect(memoized(key)).rejects.toThrow("worker stopped");
    await expect(memoized(key)).resolves.toBe(2);
    await expect(memoized(key)).resolves.toBe(2);
  });
});

describe("memoizeByKey", () => {
  it("keeps the keys used last and drops the one unused for longest", () => {
    const double = vi.fn((value: number) => 2 * value);
    const memoized = memoizeByKey(2, double);
    memoized(1);
    memoized(2);
    memoized(1);
    memoized(3);
    expect(double).toHaveBeenCalledTimes(3);
    memoized(1);
    expect(double).toHaveBeenCalledTimes(3);
    memoized(2);
    expect(double).toHaveBeenCalledTimes(4);
  });

  it("refuses to remember fewer than one key", () => {
    expect(() => memoizeByKey(0, (key: string) => key)).toThrow(RangeError);
  });
});

describe("memoizeByNumbers", () => {
  it("answers equal numbers in another array from memory, and others anew", () => {
    const remembered = memoizeByNumbers<number>(2);
    const sum = vi.fn((numbers: Float64Array) => numbers.reduce((total, value) => total + value, 0));
    const ask = (...values: number[]) => {
      const numbers = Float64Array.from(values);
      return remembered(numbers, () => sum(numbers));
    };
    expect([ask(1, 2), ask(1, 2), ask(1, 2, 0), ask(2, 1)]).toEqual([3, 3, 3, 3]);
    expect(sum).toHaveBeenCalledTimes(3);
    // The first has made room.
    ask(1, 2);
    expect(sum).toHaveBeenCalledTimes(4);
  });
});
