import { describe, expect, it } from "vitest";
import type { HistoryImport } from "../../../../src/history/reading/history-import.ts";
import type { QualityFinding } from "../../../../src/history/review/quality-finding.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { historyFinding, importFinding } from "../../../../src/ui/pages/history/finding.ts";
import { smallDocument } from "../../../app/sample-document.ts";
import { readable, wordsOf } from "../../words.ts";

const t = await wordsOf("history");
const format = formatFor("en");
const { grid } = smallDocument().history!;
const quality = (kind: QualityFinding["kind"], part: Partial<QualityFinding> = {}) =>
  ({
    kind,
    queueId: "voice",
    date: "2026-10-28",
    suggestExcluding: false,
    excluded: false,
    ...part,
  }) as QualityFinding;
const findingOf = (...list: readonly QualityFinding[]) =>
  readable(historyFinding({ grid, quality: list }, t, format));

describe("the finding of a history", () => {
  it("says that the review goes on", () => {
    expect(readable(historyFinding({ grid, quality: null }, t, format))).toEqual({
      text: "Checking the history.",
    });
  });

  it("says that nothing is unusual where only closed days and clock changes were found", () => {
    expect(findingOf(quality("closedDay"), quality("clockChange"))).toEqual({
      text: "Nothing unusual in the history, 26 Oct–1 Nov 2026.",
    });
  });

  it("counts what looks wrong and still feeds the forecast", () => {
    const outage = quality("outage", { suggestExcluding: true });
    const copied = quality("copiedDay", { suggestExcluding: true, date: "2026-10-30" });
    expect(findingOf(quality("levelShift"), outage, copied)).toEqual({
      text: "2 periods look wrong but still feed the forecast; the first is likely outage on 28 Oct 2026 (voice).",
      opens: { view: { date: "2026-10-28" } },
    });
  });

  it("names what stands out once nothing is left to decide", () => {
    const decided = quality("outage", { suggestExcluding: true, excluded: true });
    expect(findingOf(decided).text).toBe("One thing stands out: likely outage on 28 Oct 2026 (voice).");
  });
});

describe("the finding of a file on its way in", () => {
  const state = { fileName: "calls.csv", imported: null, isReading: false, isAsking: false, errors: [] };
  const imported = {
    rowsRead: 1200,
    rowsRefused: 0,
    firstDate: "2026-10-26",
    lastDate: "2026-11-01",
  } as unknown as HistoryImport;

  it("says what was read", () => {
    const { text } = importFinding({ ...state, imported }, t, format);
    expect(text).toContain("calls.csv");
    expect(text).toContain("1,200 rows");
    expect(text).toContain("26 Oct–1 Nov 2026");
  });

  it("says how many rows were refused", () => {
    const { text } = importFinding({ ...state, imported: { ...imported, rowsRefused: 3 } }, t, format);
    expect(text).toMatch(/3/);
    expect(text).not.toBe(importFinding({ ...state, imported }, t, format).text);
  });

  it("says that it is being read", () => {
    expect(importFinding({ ...state, isReading: true }, t, format).tone).toBeUndefined();
  });

  it("says why it cannot be read", () => {
    const finding = importFinding({ ...state, errors: ["No dates.", "No counts."] }, t, format);
    expect(finding.text).toContain("No dates. No counts.");
    expect(finding.tone).toBe("short");
  });
});
