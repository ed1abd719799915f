import type { TFunction } from "i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { HistoryImport } from "../../../history/reading/history-import.ts";
import type { QualityFinding } from "../../../history/review/quality-finding.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";

/**
 * What most needs a decision in a history: periods that should be left out of learning and are not, else what stands
 * out, else that nothing does. `quality` null: still being reviewed.
 */
export function historyFinding(
  shown: { readonly grid: IntervalGrid; readonly quality: readonly QualityFinding[] | null },
  t: TFunction<"history">,
  format: Format,
): Finding {
  const { grid, quality } = shown;
  if (quality === null) return { text: t("finding.reviewing") };
  const open = quality.filter(({ suggestExcluding, excluded }) => suggestExcluding && !excluded);
  const [worst] =
    open.length > 0 ? open : quality.filter(({ kind }) => kind !== "closedDay" && kind !== "clockChange");
  if (worst === undefined) {
    const lastDate = addDays(grid.firstDate, grid.dayCount - 1);
    return { text: t("finding.clean", { range: format.dateRange(grid.firstDate, lastDate) }) };
  }
  return {
    text: t(open.length > 0 ? "finding.open" : "finding.reviewed", {
      count: open.length > 0 ? open.length : quality.length,
      what: t(`kind.${worst.kind}`),
      date: format.date(worst.date, "full"),
      queue: worst.queueId,
    }),
    opens: { view: { date: worst.date } },
  };
}

/** What a file on its way in came to: rows read and refused and the dates they cover, or why it cannot be read. */
export function importFinding(
  state: {
    readonly fileName: string;
    readonly imported: HistoryImport | null;
    readonly isReading: boolean;
    /** A question must be answered before the file is read. */
    readonly isAsking: boolean;
    /** Sentences of the errors met. */
    readonly errors: readonly string[];
  },
  t: TFunction<"history">,
  format: Format,
): Finding {
  const { fileName: file, imported, isReading, isAsking, errors } = state;
  if (imported !== null)
    return {
      text: t(imported.rowsRefused > 0 ? "import.foundRefused" : "import.found", {
        file,
        read: t("import.read", { count: imported.rowsRead, rows: format.number(imported.rowsRead) }),
        count: imported.rowsRefused,
        refused: format.number(imported.rowsRefused),
        range: format.dateRange(imported.firstDate, imported.lastDate),
      }),
    };
  if (isReading) return { text: t("import.reading", { file }) };
  if (isAsking) return { text: t("import.asking", { file }), tone: "short" };
  return { text: t("import.failed", { file, reason: errors.join(" ") }), tone: "short" };
}
