import { describe, expect, it } from "vitest";
import { blankDocument } from "../../../../src/app/session/blank-plan.ts";
import { noResults } from "../../../../src/domain/plan/no-results.ts";
import { filesFinding } from "../../../../src/ui/pages/files/finding.ts";
import { filledDocument } from "../../../stages/filled-document.ts";
import { wordsOf } from "../../words.ts";

const t = await wordsOf("files");

describe("the finding of the files", () => {
  it("sends a blank plan to where a history is read", () => {
    expect(filesFinding(blankDocument("New", "UTC", "2026-11-02"), t)).toEqual({
      text: "Nothing to export yet: import a history and run the stages.",
      opens: { page: "history" },
    });
  });

  it("counts the tables whose result is there", () => {
    const { plan } = blankDocument("New", "UTC", "2026-11-02");
    const document = filledDocument(plan);
    expect(filesFinding(document, t)).toEqual({ text: "10 tables are ready to export." });
    const shiftsOnly = { ...document, results: { ...noResults, schedule: document.results.schedule } };
    expect(filesFinding(shiftsOnly, t).text).toBe("1 table is ready to export.");
  });
});
