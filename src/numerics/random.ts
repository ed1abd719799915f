/**
 * Seeded streams of chance: xoshiro128** (Blackman & Vigna 2018), one stream per purpose.
 *
 * A stream is named by a seed and a list of keys (`"arrivals", replication, queue`). The name is hashed to all 128
 * bits of state, because 32 bits collide with 19 % probability at 40,000 streams. Same name, same numbers.
 */
export interface RandomStream {
  /** Uniform whole number, 0 to 2³² − 1. */
  uint32(): number;
  /** Uniform in (0, 1), never 0 or 1, so that its logarithm is finite; 32 bits of resolution. */
  uniform(): number;
}

/**
 * The stream called (seed, ...keys).
 *
 * @example randomStream(1, "arrivals", 0).uniform() // always the same number
 */
export function randomStream(seed: number, ...keys: readonly (string | number)[]): RandomStream {
  const state = streamState(seed, keys);
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  function uint32(): number {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  }
  return { uint32, uniform: () => (uint32() + 0.5) / 4294967296 };
}

/**
 * Next number of a stream kept as four words of state, which it moves on: the same generator as `randomStream` for
 * loops that reseed often and must not allocate.
 */
export function nextUint32(state: Int32Array | Uint32Array): number {
  const b = state[1];
  const scrambled = Math.imul(b, 5);
  const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
  const c = state[2] ^ state[0];
  const d = state[3] ^ b;
  state[1] = b ^ c;
  state[0] ^= d;
  state[2] = c ^ (b << 9);
  state[3] = (d << 11) | (d >>> 21);
  return result;
}

/**
 * Fills `words` with the next numbers of a stream kept as four words of state, as many calls of `nextUint32` would: for
 * loops that need thousands, where a number handed back from a call is put on the heap if it does not fit in 31 bits.
 */
export function fillUint32(state: Uint32Array, words: Uint32Array): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  for (let k = 0; k < words.length; k++) {
    const scrambled = Math.imul(b, 5);
    words[k] = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

/** Uniform in (0, 1) from a whole number of 32 bits: what `RandomStream.uniform` makes of `uint32`. */
export function uniformOf(uint32: number): number {
  return (uint32 + 0.5) / 4294967296;
}

/** 32 bits that depend on every bit of two whole numbers: chance that is looked up by name instead of drawn in turn. */
export function mixedUint32(first: number, second: number): number {
  return mix(mix(first ^ 0x9e3779b9) ^ Math.imul(second, 0xcc9e2d51) ^ (second >>> 15));
}

/** 128-bit state for a stream's name; never all zero. Four differently keyed lanes of the murmur3 mixer. */
export function streamState(seed: number, keys: readonly (string | number)[]): Uint32Array {
  const text = `${seed}/${keys.join("/")}`;
  const lanes = new Uint32Array([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667]);
  for (let position = 0; position < text.length; position++) {
    for (let lane = 0; lane < 4; lane++) {
      lanes[lane] = mix(lanes[lane] ^ Math.imul(text.charCodeAt(position) + 1, 0xcc9e2d51 + 2 * lane));
    }
  }
  for (let round = 0; round < 4; round++) lanes[round] = mix(lanes[round] ^ lanes[(round + 1) % 4]);
  if (lanes.every((lane) => lane === 0)) lanes[0] = 1;
  return lanes;
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** 0 to `count` − 1 in random order. */
export function shuffled(count: number, { uniform }: Pick<RandomStream, "uniform">): number[] {
  const list = Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index--) {
    const other = Math.floor(uniform() * (index + 1));
    [list[index], list[other]] = [list[other], list[index]];
  }
  return list;
}
