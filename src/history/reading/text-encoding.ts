import { readHeader } from "./read-header.ts";

export type TextEncodingName =
  | "utf-8"
  | "utf-16le"
  | "utf-16be"
  | "windows-1252"
  | "windows-1250"
  | "windows-1254"
  | "gb18030"
  | "big5"
  | "shift_jis"
  | "euc-kr";

/** Encodings from before Unicode, in the order in which they are believed when nothing tells them apart. */
const older = [
  "windows-1252",
  "windows-1250",
  "windows-1254",
  "gb18030",
  "shift_jis",
  "big5",
  "euc-kr",
] as const;

/**
 * What the first bytes of a file are: text in an encoding, or something that is not text.
 * `container` names a known non-text format (`zip` is what .xlsx files are).
 */
export function recogniseEncoding(
  head: Uint8Array,
):
  | { readonly text: true; readonly encoding: TextEncodingName }
  | { readonly text: false; readonly container: string } {
  if (head[0] === 0xff && head[1] === 0xfe) return { text: true, encoding: "utf-16le" };
  if (head[0] === 0xfe && head[1] === 0xff) return { text: true, encoding: "utf-16be" };
  const magic: readonly [string, readonly number[]][] = [
    ["zip", [0x50, 0x4b, 0x03, 0x04]],
    ["gzip", [0x1f, 0x8b]],
    ["pdf", [0x25, 0x50, 0x44, 0x46]],
    ["xls", [0xd0, 0xcf, 0x11, 0xe0]],
  ];
  for (const [container, bytes] of magic) {
    if (bytes.every((byte, index) => head[index] === byte)) return { text: false, container };
  }
  const wide = halvesOfZeros(head);
  if (wide !== null) return { text: true, encoding: wide };
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return { text: false, container: "binary" };
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27)) controls++;
  }
  if (controls > head.length / 50) return { text: false, container: "binary" };
  if (decodes(head, "utf-8")) return { text: true, encoding: "utf-8" };
  return { text: true, encoding: olderEncoding(head) };
}

const foreignDigits = /[٠-٩۰-۹०-९０-９]/;

/** A text with the digits of Arabic, Persian, Hindi and of full width as plain ones, and full-width marks between them. */
export function withPlainDigits(text: string): string {
  if (!foreignDigits.test(text)) return text;
  return text
    .replace(/[٠-٩۰-۹०-९０-９]/g, (digit) => String((digit.charCodeAt(0) - zeroOf(digit)) % 10))
    .replace(/(?<=\d)[／：．－](?=\d)/g, (mark) => mark.normalize("NFKC"));
}

function zeroOf(digit: string): number {
  return [0xff10, 0x0966, 0x06f0, 0x0660].find((zero) => digit.charCodeAt(0) >= zero) ?? 0;
}

/** UTF-16 without its mark: every other byte of Western text and figures is nought. */
function halvesOfZeros(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(head.length, 4096);
  if (length < 16) return null;
  const zeros = [0, 0];
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[at % 2]++;
  if (zeros[1] > length * 0.2 && zeros[0] < length * 0.02) return "utf-16le";
  return zeros[0] > length * 0.2 && zeros[1] < length * 0.02 ? "utf-16be" : null;
}

/** The encoding in which most cells of the first lines are words that headers are made of; then the one that looks Chinese. */
function olderEncoding(head: Uint8Array): TextEncodingName {
  const first = head.subarray(0, 4096);
  let best: { encoding: TextEncodingName; words: number } = { encoding: "windows-1252", words: 0 };
  for (const encoding of older) {
    if (!encoding.startsWith("windows") && !decodes(head, encoding)) continue;
    const cells = new TextDecoder(encoding)
      .decode(first)
      .split(/\r\n|\n|\r/)
      .slice(0, 8)
      .join(",")
      .split(/[,;\t|]/);
    const foreign = cells.filter((cell) => /\P{ASCII}/u.test(cell) && cell.length < 60);
    const words = foreign.filter(
      (cell) => readHeader(cell).rest === "" && readHeader(cell).concepts.size > 0,
    ).length;
    if (words > best.words) best = { encoding, words };
  }
  if (best.words > 0) return best.encoding;
  if (decodes(head, "gb18030")) {
    const text = new TextDecoder("gb18030").decode(head);
    const foreign = text.match(/\P{ASCII}/gu) ?? [];
    const chinese = text.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]/g) ?? [];
    if (chinese.length > foreign.length * 0.9) return "gb18030";
  }
  return "windows-1252";
}

/** Whether bytes are valid in an encoding; a character cut off at the end is allowed. */
function decodes(bytes: Uint8Array, encoding: TextEncodingName): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
