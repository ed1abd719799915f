import { fingerprint } from "../domain/fingerprint.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";

/**
 * The whole document as one JSON text, the same text for the same document. `importing/plan-file.ts` reads it.
 *
 * Long series are typed arrays and stand as `{"type": "Float64Array", "base64": …}` of their little-endian bytes, so
 * that every bit comes back; a number that JSON lacks stands as `{"number": "-Infinity"}`. `fingerprint` lets the reader notice a file that was changed on the way.
 */
export function planFileText(document: PlanDocument): string {
  const { plan, history, results } = document;
  return `${JSON.stringify(
    {
      format: "shiftwright-plan",
      schemaVersion: plan.schemaVersion,
      fingerprint: fingerprint(document),
      plan,
      history,
      results,
    },
    codeValue,
  )}\n`;
}

function codeValue(_key: string, value: unknown): unknown {
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
