import { describe, expect, it } from "vitest";
import type { ReferenceValue } from "../../../../src/queueing/reference-values.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { checkValue } from "../../../../src/ui/pages/selftest/checked-value.ts";
import { selfTestFinding } from "../../../../src/ui/pages/selftest/finding.ts";
import { wordsOf } from "../../words.ts";

const t = await wordsOf("calculator");
const value = (computed: number) =>
  checkValue({ expected: 0.8, tolerance: 0.01, compute: () => computed } as ReferenceValue);
const findingOf = (...computed: number[]) => selfTestFinding(computed.map(value), t, formatFor("en"));

describe("the finding of the self-test", () => {
  it("is good where every value is within its tolerance", () => {
    expect(findingOf(0.8, 0.809)).toEqual({
      text: "All 2 reference values agree, computed now in this browser.",
      tone: "good",
    });
  });

  it("counts the values that differ, and what is no number among them", () => {
    expect(findingOf(0.8, 0.82, Number.NaN)).toEqual({
      text: "2 of 3 reference values differ.",
      tone: "short",
    });
  });
});
