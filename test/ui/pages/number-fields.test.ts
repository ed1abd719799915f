import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const pages = join(import.meta.dirname, "../../../src/ui/pages");

/** Fields that may state a limit of their own, by file: how many, and why no schema can. */
const exceptions: Readonly<Record<string, readonly [number, string]>> = {
  "forecast/override-form.tsx": [1, "what the value means depends on the kind of override"],
  "forecast/special-days.tsx": [1, "a factor in the plan, a difference in per cent on screen"],
  "history/import-panel.tsx": [2, "of the file that is being imported, not of the plan"],
  "roster/rules-view.tsx": [2, "zero takes the rule away"],
  "setup/rotation-section.tsx": [1, "how many rows a list has, not a number of the plan"],
  "simulate/queue-floor-settings.tsx": [2, "what the other shares leave"],
  "whatif/fix-question.tsx": [5, "asked by the search, not of the plan"],
  "whatif/lever-controls.tsx": [3, "levers that are not part of a scenario yet"],
  "whatif/robustness-view.tsx": [1, "asked of the planner for one analysis, not of the plan"],
  "whatif/scenario-editor.tsx": [1, "a factor in the scenario, a difference in per cent on screen"],
  "whatif/ways-view.tsx": [1, "asked by the comparison, not of the plan"],
  "whatif/training-view.tsx": [3, "asked by the search, not of the plan"],
};

function statedLimits(text: string): number {
  const fields = text.match(/<(?:NumberField|SliderField)\b[\s\S]*?\/>/g) ?? [];
  return fields.filter((field) => /\s(?:min|max)=/.test(field)).length;
}

test("fields take their limits from the schema of the plan", () => {
  const stating = (readdirSync(pages, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => [relative(".", name), statedLimits(readFileSync(join(pages, name), "utf8"))] as const)
    .filter(([, count]) => count > 0)
    .sort();
  expect(Object.fromEntries(stating)).toEqual(
    Object.fromEntries(Object.entries(exceptions).map(([name, [count]]) => [name, count])),
  );
});
