import { localTimeOf } from "../../../src/domain/calendar/interval-grid.ts";
import type { Issue } from "../../../src/domain/outcome.ts";
import type { HistoryImport } from "../../../src/history/reading/history-import.ts";
import { importHistory } from "../../../src/history/reading/import-history.ts";
import { inspectHistory } from "../../../src/history/reading/inspect-history.ts";
import type { GivenReading } from "../../../src/history/reading/questions.ts";
import type { NewcomerFile } from "./newcomer-folder.ts";

export type Verdict = "right" | "asked" | "refused" | "wrong";

/**
 * Whether a file is read right, or asked about with the right reading among the answers, or (where none is right) refused;
 * `because` says what is wrong, or what was asked.
 */
export async function judgeNewcomerFile(file: NewcomerFile): Promise<{ verdict: Verdict; because: string }> {
  const first = await read(file, {});
  const codes = (issues: readonly Issue[]) =>
    issues
      .filter(({ severity }) => severity === "error")
      .map(({ code }) => code)
      .join(" ");
  if (first.value !== null) {
    const fault = faultOf(file, first.value);
    return fault === null ? { verdict: "right", because: "" } : { verdict: "wrong", because: fault };
  }
  if (file.isHopeless === true) return { verdict: "refused", because: codes(first.issues) };
  const inspected = await inspectHistory({ name: file.shape, data: bytesOf(file) });
  if (!inspected.ok) return { verdict: "wrong", because: codes(inspected.issues) };
  for (const { given } of inspected.value.questions.flatMap(({ choices }) => choices)) {
    const answered = await read(file, given);
    if (answered.value !== null && faultOf(file, answered.value) === null)
      return { verdict: "asked", because: codes(first.issues) };
  }
  return { verdict: "wrong", because: `no answer is right: ${codes(first.issues)}` };
}

function bytesOf({ bytes, text }: NewcomerFile): Uint8Array {
  return bytes ?? new TextEncoder().encode(text);
}

async function read(
  file: NewcomerFile,
  given: GivenReading,
): Promise<{ value: HistoryImport | null; issues: readonly Issue[] }> {
  const outcome = await importHistory({
    source: { name: file.shape, data: bytesOf(file) },
    mapping: null,
    given,
    timeZone: "Europe/Berlin",
    intervalMinutes: 30,
    queueId: "main",
  });
  return { value: outcome.ok ? outcome.value : null, issues: outcome.issues };
}

/** The first difference between what was read and what is true; null: none. */
function faultOf(file: NewcomerFile, { history }: HistoryImport): string | null {
  if (file.isHopeless === true) return "read, though nothing can be made of it";
  const key = (queue: string, date: string, minute: number) =>
    `${file.hasQueues ? queue : "main"} ${date} ${Math.floor(minute / file.grainMinutes)}`;
  const expected = new Map<string, number>();
  const got = new Map<string, number>();
  let [seconds, contacts] = [0, 0];
  for (const { queue, date, minute, count, ahtSeconds } of file.truth) {
    const at = key(queue, date, minute);
    expected.set(at, (expected.get(at) ?? 0) + count);
    seconds += count * ahtSeconds;
    contacts += count;
  }
  let [handleSeconds, handled] = [0, 0];
  for (const queue of history.queues) {
    for (const [interval, count] of queue.offered.entries()) {
      if (count === 0) continue;
      const { date, minuteOfDay } = localTimeOf(history.grid, interval);
      const at = key(queue.queueId, date, minuteOfDay);
      got.set(at, (got.get(at) ?? 0) + count);
    }
    handleSeconds += queue.handleSeconds?.reduce((sum, one) => sum + one, 0) ?? 0;
    handled += queue.handled?.reduce((sum, one) => sum + one, 0) ?? 0;
  }
  for (const at of new Set([...expected.keys(), ...got.keys()])) {
    const [should, is] = [expected.get(at) ?? 0, got.get(at) ?? 0];
    if (Math.abs(should - is) > 1e-6 * Math.max(1, should)) return `${at}: ${is} for ${should}`;
  }
  if (!file.hasAht) return null;
  const [should, is] = [seconds / contacts, handleSeconds / handled];
  return Math.abs(is - should) <= should * 0.01 ? null : `AHT ${is.toFixed(1)} for ${should.toFixed(1)}`;
}
