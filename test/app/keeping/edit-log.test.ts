import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterEdit, editSteps } from "../../../src/app/keeping/edit-log.ts";

const copy = (value: unknown) => structuredClone(value);

describe("the steps of an edit", () => {
  test("make the value after it from the one before it, whatever both are", () => {
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, -0, 0, Number.NaN, Number.POSITIVE_INFINITY, "", "a", undefined),
        fc.integer({ min: 0, max: 3 }),
        fc.float64Array({ maxLength: 3 }),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom("a", "b", "at", "value", "__proto__"), tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const steps = editSteps(before, after);
        expect(steps).not.toBeNull();
        expect(afterEdit(copy(before), copy(steps) as NonNullable<typeof steps>)).toEqual(copy(after));
      }),
      { numRuns: 2000, seed: 18 },
    );
  });

  test("repeat in order: what twenty edits made is there after twenty logs", () => {
    const agent = fc.record({ id: fc.nat(9), wishes: fc.array(fc.nat(3), { maxLength: 2 }) });
    fc.assert(
      fc.property(
        fc.array(fc.array(agent, { maxLength: 6 }), { minLength: 2, maxLength: 20 }),
        (versions) => {
          let value = copy(versions[0]);
          for (const [at, version] of versions.slice(1).entries())
            value = afterEdit(value, copy(editSteps(versions[at], version)) as never);
          expect(value).toEqual(versions[versions.length - 1]);
        },
      ),
      { numRuns: 300, seed: 18 },
    );
  });

  test("are as small as the edit: of ten thousand shared assignments only the one that moved", () => {
    const roster = { assignments: Array.from({ length: 10_000 }, (_, id) => ({ id, start: 480 })) };
    const moved = {
      assignments: roster.assignments.map((one) => (one.id === 70 ? { ...one, start: 495 } : one)),
    };
    expect(editSteps(roster, moved)).toEqual([{ path: ["assignments", 70, "start"], value: 495 }]);
    const removed = { assignments: roster.assignments.filter(({ id }) => id !== 70) };
    expect(editSteps(roster, removed)).toEqual([{ path: ["assignments"], at: 70, removed: 1, items: [] }]);
  });

  test("are none where as much has changed as there is", () => {
    const series = (from: number) => Array.from({ length: 10_000 }, (_, at) => from + at);
    expect(editSteps(series(0), series(1))).toBeNull();
    expect(editSteps({ a: 1 }, { a: new Float64Array(100_000) })).toBeNull();
  });

  test("fit no other value, and say so", () => {
    expect(() => afterEdit({ a: 1 }, [{ path: ["b", "c"], value: 1 }])).toThrow(RangeError);
    expect(() => afterEdit({ a: 1 }, [{ path: ["a"], at: 0, removed: 1, items: [] }])).toThrow(RangeError);
  });
});
