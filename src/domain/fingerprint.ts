/**
 * A short text that differs when the content differs: 64 bits over plain data and typed arrays.
 *
 * What cannot change a computation is left out: properties called `name` (words for people), `seconds` (how long a
 * run took) and those that are undefined. Order of properties does not count. Content is taken as immutable: the
 * fingerprint of an object is remembered by its identity, so asking again is free.
 *
 * Method: two differently keyed lanes of the murmur3 block mixer. Not for secrets.
 *
 * @example fingerprint({ a: 1, name: "x" }) === fingerprint({ name: "y", a: 1 }) // true
 */
export function fingerprint(value: unknown): string {
  if (typeof value !== "object" || value === null) return digest(value);
  let known = remembered.get(value);
  if (known === undefined) {
    known = digest(value);
    remembered.set(value, known);
  }
  return known;
}

const remembered = new WeakMap<object, string>();

/** Takes over what `fingerprint(value)` said where this very content was read: in a worker, off the page's thread. */
export function rememberFingerprint(value: object, known: string): void {
  remembered.set(value, known);
}

const leftOut = new Set(["name", "seconds"]);
const oneNumber = new Float64Array(1);
const numberBits = new Int32Array(oneNumber.buffer);

/** Two lanes of the murmur3 block mixer; `a` and `b` are local to each loop, since that is where the time goes. */
function digest(value: unknown): string {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  function word(bits: number): void {
    const k = Math.imul(bits, 0xcc9e2d51);
    a ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    b = Math.imul(b ^ bits ^ (b >>> 15), 0x85ebca6b) ^ (a >>> 7);
  }
  function words(all: Int32Array): void {
    let x = a;
    let y = b;
    for (let at = 0; at < all.length; at++) {
      const bits = all[at];
      const k = Math.imul(bits, 0xcc9e2d51);
      x ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593);
      x = (Math.imul((x << 13) | (x >>> 19), 5) + 0xe6546b64) | 0;
      y = Math.imul(y ^ bits ^ (y >>> 15), 0x85ebca6b) ^ (x >>> 7);
    }
    a = x;
    b = y;
  }
  function text(part: string): void {
    words(textBits(part));
  }
  function feed(part: unknown): void {
    if (typeof part === "number") {
      word(1);
      oneNumber[0] = part;
      word(numberBits[0]);
      word(numberBits[1]);
    } else if (typeof part === "string") {
      word(2);
      text(part);
    } else if (part === null || part === undefined) word(3);
    else if (typeof part === "boolean") word(part ? 4 : 5);
    else if (ArrayBuffer.isView(part)) {
      word(6);
      text(part.constructor.name);
      word(part.byteLength);
      words(wholeWords(part));
      const rest = part.byteLength % 4;
      const tail = new Uint8Array(part.buffer, part.byteOffset + part.byteLength - rest, rest);
      for (const byte of tail) word(byte);
    } else if (Array.isArray(part)) {
      word(7);
      word(part.length);
      for (const item of part) feed(item);
    } else {
      word(8);
      const record = part as Record<string, unknown>;
      for (const { key, bits } of sortedKeys(Object.keys(record))) {
        const inner = record[key];
        if (inner === undefined) continue;
        words(bits);
        feed(inner);
      }
      word(9);
    }
  }
  feed(value);
  return hex(finish(a)) + hex(finish(b));
}

/** A view's bytes as 32-bit words, without the last ones that do not fill a word. */
function wholeWords(view: ArrayBufferView): Int32Array {
  const count = Math.floor(view.byteLength / 4);
  if (view.byteOffset % 4 === 0) return new Int32Array(view.buffer, view.byteOffset, count);
  const copy = new Uint8Array(view.buffer, view.byteOffset, count * 4).slice();
  return new Int32Array(copy.buffer);
}

interface Shape {
  readonly keys: readonly string[];
  readonly sorted: readonly { readonly key: string; readonly bits: Int32Array }[];
}

/** The last few lists of keys met, newest first: ten thousand shifts have one. */
const shapes: Shape[] = [];

/** Keys in the order of the alphabet, without those that are left out. */
function sortedKeys(keys: readonly string[]): Shape["sorted"] {
  const known = shapes.findIndex(
    (shape) => shape.keys.length === keys.length && shape.keys.every((key, at) => key === keys[at]),
  );
  if (known >= 0) return shapes[known].sorted;
  const sorted = keys
    .filter((key) => !leftOut.has(key))
    .sort()
    .map((key) => ({ key, bits: textBits(key) }));
  shapes.unshift({ keys, sorted });
  shapes.length = Math.min(shapes.length, 12);
  return sorted;
}

const knownTexts = new Map<string, Int32Array>();

/** Length and characters; short texts are remembered, since a plan says `startMinute` ten thousand times. */
function textBits(text: string): Int32Array {
  let bits = knownTexts.get(text);
  if (bits === undefined) {
    bits = Int32Array.from({ length: text.length + 1 }, (_, at) =>
      at === 0 ? text.length : text.charCodeAt(at - 1),
    );
    if (text.length <= 32) {
      if (knownTexts.size > 20_000) knownTexts.clear();
      knownTexts.set(text, bits);
    }
  }
  return bits;
}

function finish(lane: number): number {
  let mixed = lane ^ (lane >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hex(lane: number): string {
  return lane.toString(16).padStart(8, "0");
}
