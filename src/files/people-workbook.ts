import { fail, type Outcome } from "../domain/outcome.ts";
import type { Queue } from "../domain/plan/queue.ts";
import { type PeopleTable, peopleTableOfBytes, peopleTableOfRows } from "./people-list.ts";

/** Larger workbooks are refused before they fill the memory. */
export const workbookBytes = 20 * 1024 * 1024;

/** Nor may they unpack to more: a few megabytes can hold more than the memory does. */
export const unpackedWorkbookBytes = 200 * 1024 * 1024;

/** Whether the parts of a zip are larger than `limit` together; stops unpacking there. */
async function unpacksBeyond(bytes: Uint8Array, limit: number): Promise<boolean> {
  const { Unzip, UnzipInflate } = await import("fflate");
  let unpacked = 0;
  const unzip = new Unzip((part) => {
    part.ondata = (error, chunk) => {
      if (error === null) unpacked += chunk.length;
    };
    part.start();
  });
  unzip.register(UnzipInflate);
  const step = 1 << 16;
  for (let at = 0; at < bytes.length && unpacked <= limit; at += step)
    unzip.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  return unpacked > limit;
}

/**
 * A list of people from a file: the first sheet of an Excel workbook (.xlsx), or text. Of formulas the values count that
 * the workbook was saved with; nothing is computed. The reader of workbooks is fetched when the first one comes.
 *
 * Fails as `peopleTableOfBytes`, with `people.oldWorkbook` for .xls, and with `people.badWorkbook` where a workbook cannot
 * be read, is larger than 20 MB or unpacks to more than 200 MB.
 */
export async function peopleTableOfFile(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  queues: readonly Queue[],
): Promise<Outcome<PeopleTable>> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    return fail({ code: "people.oldWorkbook", severity: "error", table: name });
  const isWorkbook = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isWorkbook) return peopleTableOfBytes(bytes, name, queues);
  const unreadable = () => fail({ code: "people.badWorkbook", severity: "error", table: name });
  if (bytes.length > workbookBytes) return unreadable();
  try {
    if (await unpacksBeyond(bytes, unpackedWorkbookBytes)) return unreadable();
    const { readSheet } = await import("read-excel-file/universal");
    const rows = await readSheet(new Blob([bytes]));
    return peopleTableOfRows(
      rows.map((cells, at) => ({ line: at + 1, cells: cells.map(cellText) })),
      name,
      queues,
    );
  } catch {
    return unreadable();
  }
}

function cellText(cell: unknown): string {
  if (cell === null) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
}
