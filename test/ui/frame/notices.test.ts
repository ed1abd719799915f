import { expect, test } from "vitest";
import { issueList } from "../../../src/files/issue-list.ts";
import { wordsOf } from "../words.ts";

test("issues that are only counted read as a sentence, with the first of them for an example", async () => {
  const t = await wordsOf("issues");
  const issues = issueList("calls.csv", [], 1);
  for (let line = 2; line < 5; line++)
    issues.add({ code: "import.notANumber", severity: "warning", line, values: { text: `x${line}` } });
  const further = issues.all()[1];
  expect(further).toMatchObject({ code: "import.furtherIssues", line: 3 });
  expect(t("import.furtherIssues", further.values)).toBe(
    "and 2 more of this kind: “x3” is not a number. Row left out.",
  );
});
