import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spreadDeferrable } from "../../src/staffing/deferrable-work.ts";

const hours = 0.25;
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe("deferrable work", () => {
  test("goes into the gap between two peaks of the others", () => {
    const plan = spreadDeferrable(
      {
        arriving: Float64Array.of(2, 0, 0, 0),
        backlog: 0,
        open: new Uint8Array(4).fill(1),
        withinIntervals: 4,
        others: Float64Array.of(8, 2, 2, 8),
      },
      hours,
    );
    expect([...plan.done].map((done) => Math.round(done * 1e6) / 1e6)).toEqual([0, 1, 1, 0]);
    expect(plan.meanDelayIntervals).toBeCloseTo(1.5, 6);
  });

  test("what cannot wait is done where it comes", () => {
    const arriving = Float64Array.of(1, 3, 2);
    const plan = spreadDeferrable(
      {
        arriving,
        backlog: 0,
        open: new Uint8Array(3).fill(1),
        withinIntervals: 1,
        others: new Float64Array(3),
      },
      hours,
    );
    expect([...plan.done]).toEqual([...arriving]);
  });

  test("contacts that come while closed, a backlog, and work with no open interval left", () => {
    const plan = spreadDeferrable(
      {
        arriving: Float64Array.of(1, 1, 1, 1),
        backlog: 3,
        open: Uint8Array.of(0, 1, 1, 0),
        withinIntervals: 2,
        others: new Float64Array(4),
      },
      hours,
    );
    expect(plan.done[0]).toBe(0);
    expect(plan.done[3]).toBe(0);
    expect(sum(plan.done)).toBeCloseTo(6, 9);
    expect(plan.undone).toBe(1);
  });

  test("fills the gaps first, what is due first going first, and levels what they do not take", () => {
    const plan = spreadDeferrable(
      {
        arriving: Float64Array.of(2, 2, 0, 0),
        backlog: 0,
        open: new Uint8Array(4).fill(1),
        withinIntervals: 2,
        others: new Float64Array(4),
        gaps: Float64Array.of(1, 1, 1, 5),
      },
      hours,
    );
    // The last gap comes after every deadline.
    expect([...plan.inGaps]).toEqual([1, 1, 1, 0]);
    expect([...plan.done].map((done) => Math.round(done * 1e6) / 1e6)).toEqual([1, 1.5, 1.5, 0]);
    expect(plan.meanDelayIntervals).toBeCloseTo((0 + 1 + 1 + 0.5) / 4, 6);
  });

  test("never before it comes, never after its deadline, and as level as a bound allows", () => {
    const series = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(
        series,
        series,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (arriving, others, within, blended) => {
          const gaps = others.map((agents) => (blended ? agents * hours * 0.3 : 0));
          const plan = spreadDeferrable(
            {
              arriving: Float64Array.from(arriving),
              backlog: 0,
              open: new Uint8Array(24).fill(1),
              withinIntervals: within,
              others: Float64Array.from(others),
              gaps: blended ? Float64Array.from(gaps) : undefined,
            },
            hours,
          );
          for (let index = 0; index < 24; index++)
            expect(plan.inGaps[index]).toBeLessThanOrEqual(Math.min(gaps[index], plan.done[index]) + 1e-12);
          let come = 0;
          let due = 0;
          let done = 0;
          for (let index = 0; index < 24; index++) {
            come += arriving[index];
            if (index >= within - 1) due += arriving[index - within + 1];
            done += plan.done[index];
            expect(done).toBeLessThanOrEqual(come + 1e-9);
            expect(done).toBeGreaterThanOrEqual(due - 1e-9);
          }
          expect(done).toBeCloseTo(sum(arriving), 9);
          // No stretch can have a lower peak than the work that must fall into it, poured level over it.
          let bound = Math.max(...others);
          for (let from = 0; from < 24; from++) {
            let base = 0;
            for (let to = from; to < 24; to++) {
              base += others[to] * hours;
              const inside = arriving.slice(from, Math.max(from, to - within + 2));
              const forced = sum(to === 23 ? arriving.slice(from) : inside);
              bound = Math.max(bound, (base + forced) / (to - from + 1) / hours);
            }
          }
          if (blended) return;
          const peak = Math.max(...plan.done.map((value, index) => value / hours + others[index]));
          expect(peak).toBeLessThan(bound + 0.02 * bound);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });
});
