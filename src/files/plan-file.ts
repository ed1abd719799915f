import { fingerprint } from "../domain/fingerprint.ts";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { isRecord, problem, readPlanDocument } from "./plan-document.ts";

/** Larger than any plan there is; a file above it is refused before it fills the memory. */
export const largestBytes = 256 * 1024 * 1024;

/** Typed arrays that a document may hold, by the name that stands in the file. */
const arrayTypes = { Float64Array, Uint8Array, Int32Array } as const;

/**
 * The whole document as one JSON text, the same text for the same document.
 *
 * Long series are typed arrays and stand as `{"type": "Float64Array", "base64": …}` of their little-endian bytes, so
 * that every bit comes back; a number that JSON lacks stands as `{"number": "-Infinity"}`. `fingerprint` lets the reader
 * notice a file that was changed on the way.
 */
export function planFileText(document: PlanDocument): string {
  const { plan, history, results, past = [], published } = document;
  const further = { ...(past.length > 0 && { past }), ...(published && { published }) };
  return `${JSON.stringify(
    {
      format: "shiftwright-plan",
      schemaVersion: plan.schemaVersion,
      fingerprint: fingerprint({ plan, history, results, ...further }),
      plan,
      history,
      results,
      ...further,
    },
    encodeValue,
  )}\n`;
}

function encodeValue(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  if (!ArrayBuffer.isView(value)) return value;
  return { type: value.constructor.name, base64: base64Of(value) };
}

function base64Of(view: ArrayBufferView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const chunkLength = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += chunkLength) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunkLength));
  }
  return btoa(binary);
}

/**
 * The document in a plan file as `planFileText` writes it, or the reason why there is none: `planFile.empty`,
 * `tooLarge`, `notText` (binary), `truncated`, `damaged` (not JSON, or a series that cannot be read), `notAPlan`,
 * `newerVersion`, `wrongField`. A file that reads but was changed since it was written opens with
 * the warning `planFile.changedOutside`.
 *
 * @param readDocument how its parts are checked: `repairedDocument` leaves out what cannot be
 */
export function readPlanFile(
  file: Uint8Array,
  readDocument: (value: unknown) => Outcome<PlanDocument> = readPlanDocument,
): Outcome<PlanDocument> {
  if (file.length === 0) return fail(problem("planFile.empty"));
  if (file.length > largestBytes) {
    return fail(problem("planFile.tooLarge", { bytes: file.length, limit: largestBytes }));
  }
  const text = textOf(file);
  if (text === null) return fail(problem("planFile.notText"));

  let parsed: unknown;
  try {
    parsed = withSeries(JSON.parse(text));
  } catch (error) {
    if (error instanceof RangeError) return fail(problem("planFile.damaged"));
    if (!text.trimStart().startsWith("{")) return fail(problem("planFile.notAPlan"));
    // A whole file ends with a line end, which a cut behind some inner brace lacks.
    return fail(problem(/\}\r?\n$/.test(text) ? "planFile.damaged" : "planFile.truncated"));
  }
  if (!isRecord(parsed) || parsed.format !== "shiftwright-plan") return fail(problem("planFile.notAPlan"));
  const { plan, history, results, past, published } = parsed;
  const parts = {
    plan,
    history,
    results,
    ...(past !== undefined && { past }),
    ...(published !== undefined && { published }),
  };
  const outcome = readDocument(parts);
  if (!outcome.ok || parsed.fingerprint === fingerprint(parts)) return outcome;
  return succeed(outcome.value, [
    { code: "planFile.changedOutside", severity: "warning" },
    ...outcome.issues,
  ]);
}

function textOf(file: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

/**
 * The value with its series and numbers decoded, in place: a reviver of `JSON.parse` costs three times the parsing.
 * Throws RangeError when a series is not whole.
 */
function withSeries(value: unknown): unknown {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) if (typeof item === "object") value[at] = withSeries(item);
    return value;
  }
  if (!isRecord(value)) return value;
  if (typeof value.number === "string") return Number(value.number);
  if (typeof value.base64 === "string" && typeof value.type === "string")
    return seriesOf(value.type, value.base64);
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (typeof item === "object") value[key] = withSeries(item);
  }
  return value;
}

function seriesOf(type: string, base64: string): ArrayBufferView {
  if (!Object.hasOwn(arrayTypes, type)) throw new RangeError(`unknown series type ${type}`);
  const arrayType = arrayTypes[type as keyof typeof arrayTypes];
  // Throws RangeError by itself where the bytes are no whole number of values.
  return new arrayType(bytesOf(base64).buffer);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    throw new RangeError("series is not base64");
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
