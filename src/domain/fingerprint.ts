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
const leftOut = new Set(["name", "seconds"]);
const numberBits = new DataView(new ArrayBuffer(8));

function digest(value: unknown): string {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  function word(bits: number): void {
    const k = Math.imul(bits, 0xcc9e2d51);
    a ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    b = Math.imul(b ^ bits ^ (b >>> 15), 0x85ebca6b) ^ (a >>> 7);
  }
  function text(part: string): void {
    word(part.length);
    for (let at = 0; at < part.length; at++) word(part.charCodeAt(at));
  }
  function feed(part: unknown): void {
    if (typeof part === "number") {
      word(1);
      numberBits.setFloat64(0, part);
      word(numberBits.getInt32(0));
      word(numberBits.getInt32(4));
    } else if (typeof part === "string") {
      word(2);
      text(part);
    } else if (part === null || part === undefined) word(3);
    else if (typeof part === "boolean") word(part ? 4 : 5);
    else if (ArrayBuffer.isView(part)) {
      word(6);
      text(part.constructor.name);
      const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
      word(bytes.length);
      const whole = bytes.length - (bytes.length % 4);
      if (part.byteOffset % 4 === 0) {
        const words = new Int32Array(part.buffer, part.byteOffset, whole / 4);
        for (let at = 0; at < words.length; at++) word(words[at]);
      } else {
        for (let at = 0; at < whole; at += 4) {
          word(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
        }
      }
      for (let at = whole; at < bytes.length; at++) word(bytes[at]);
    } else if (Array.isArray(part)) {
      word(7);
      word(part.length);
      for (const item of part) feed(item);
    } else {
      word(8);
      const record = part as Record<string, unknown>;
      for (const key of Object.keys(record).sort()) {
        if (leftOut.has(key) || record[key] === undefined) continue;
        text(key);
        feed(record[key]);
      }
      word(9);
    }
  }
  feed(value);
  return hex(finish(a)) + hex(finish(b));
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
