import type { LocalDate } from "../../domain/calendar/clock.ts";
import type { HistoryImportInput } from "./history-import.ts";
import { importHistory } from "./import-history.ts";
import { inspectHistory } from "./inspect-history.ts";
import type { GivenReading } from "./questions.ts";

/** What a way of reading makes of a file's beginning, so that a person can see which one is right. */
export interface ReadingPreview {
  /** The figures are of the beginning of the file. */
  readonly isPart: boolean;
  readonly contacts: number;
  readonly rowsRead: number;
  readonly rowsRefused: number;
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
  readonly ahtSeconds: number | null;
}

const previewBytes = 1 << 20;

/** Reads the first megabyte of a file as `given` says; null where that gives no history. */
export async function previewReading(
  input: Omit<HistoryImportInput, "mapping" | "given">,
  given: GivenReading,
): Promise<ReadingPreview | null> {
  const { name, data } = input.source;
  const size = data instanceof Uint8Array ? data.byteLength : data.size;
  const source = { name, data: data.slice(0, previewBytes) };
  const inspected = await inspectHistory(source, given);
  if (!inspected.ok) return null;
  const outcome = await importHistory({ ...input, source, mapping: inspected.value.mapping });
  if (!outcome.ok) return null;
  const { history, rowsRead, rowsRefused, firstDate, lastDate } = outcome.value;
  const [totals, handled, seconds] = (["offered", "handled", "handleSeconds"] as const).map((measure) =>
    history.queues.reduce((sum, queue) => sum + (queue[measure]?.reduce((a, b) => a + b, 0) ?? 0), 0),
  );
  return {
    isPart: size > previewBytes,
    contacts: totals,
    rowsRead,
    rowsRefused,
    firstDate,
    lastDate,
    ahtSeconds: handled > 0 && seconds > 0 ? seconds / handled : null,
  };
}
