import { log1p } from "./elementary.ts";

/**
 * Exponential draws with mean 1 from words of chance: −ln((complement + ½) ÷ 2³²), where the complement is 2³² − 1 less
 * the word; 0 … 22.9, rising with the word. A table of 2,048 logarithms and three terms of the series around its
 * midpoints, to 1e-14; thrice as quick as a logarithm, which is what drawing a contact costs most.
 *
 * One loop rather than a function of one word: where V8 does not inline such a function, each word is boxed on the heap.
 *
 * @param words whole numbers of 32 bits
 * @param first the word of the first draw; the others lie `stride` words apart
 * @param values takes the draws: as many as it has places
 * @example fillExponential(Uint32Array.of(0x7fffffff), 0, 1, values) // values[0] is 0.6931 = ln 2
 */
export function fillExponential(
  words: Uint32Array,
  first: number,
  stride: number,
  values: Float64Array,
): void {
  for (let k = 0; k < values.length; k++) {
    const word = ~words[first + k * stride] >>> 0;
    if (word === 0) {
      values[k] = 33 * Math.LN2;
      continue;
    }
    const exponent = 31 - Math.clz32(word);
    const mantissa = (word + 0.5) * powers[exponent];
    const step = ((mantissa - 1) * tableSize) | 0;
    const off = (mantissa - 1 - (step + 0.5) / tableSize) * inverses[step];
    values[k] = (32 - exponent) * Math.LN2 - logarithms[step] - off * (1 - off * (0.5 - off * (1 / 3)));
  }
}

const tableSize = 2048;
const powers = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** -exponent);
const inverses = Float64Array.from({ length: tableSize }, (_, step) => 1 / (1 + (step + 0.5) / tableSize));
const logarithms = Float64Array.from({ length: tableSize }, (_, step) => log1p((step + 0.5) / tableSize));
