import { describe, expect, it } from "vitest";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { requiredFinding, requiredPeak, troubleFinding } from "../../../../src/ui/pages/required/finding.ts";
import { flatForecast, flatRequirement, smallDocument } from "../../../app/sample-document.ts";
import { readable, wordsOf } from "../../words.ts";

const t = await wordsOf("required");
const { grid, queues } = flatRequirement(flatForecast(smallDocument(), 60), 4);
const [flat] = queues;
const peaked = {
  ...flat,
  requiredAgents: flat.requiredAgents.map((agents, at) => (at === 34 ? 9.2 : agents)),
};
const range = { first: 24, end: 48 };

describe("the finding of a requirement", () => {
  it("sums hours over all shown queues and names the peak of both together", () => {
    const shown = { queues: [flat, peaked], grid, range, span: "day" as const };
    expect(readable(requiredFinding(shown, t, formatFor("en")))).toEqual({
      text: "This day needs 197 h on queue (192 h scheduled). Peak: 14 agents, Tue 3 Nov 10:00.",
      opens: { view: { selection: { first: 34, end: 35 } } },
    });
  });

  it("says that nothing is open where no agent is required", () => {
    const closed = { ...flat, requiredAgents: new Float64Array(flat.requiredAgents.length) };
    const shown = { queues: [closed], grid, range, span: "day" as const };
    expect(readable(requiredFinding(shown, t, formatFor("en")))).toEqual({
      text: "Nothing is open in this period.",
    });
  });

  it("looks for the peak inside the shown intervals only", () => {
    expect(requiredPeak([peaked], { first: 0, end: 24 })).toEqual({ index: 0, agents: 4 });
    expect(requiredPeak([peaked], range)).toEqual({ index: 34, agents: 9.2 });
  });

  it("names the errors where there is no requirement, and no warnings", () => {
    const issues = [
      { code: "one", severity: "error" as const },
      { code: "hint", severity: "warning" as const },
      { code: "two", severity: "error" as const },
    ];
    expect(troubleFinding(issues, ({ code }) => `${code}.`)).toEqual({ text: "one. two.", tone: "short" });
  });
});
