/**
 * How long answered contacts waited, in bins: one for no wait at all, then sixteen to every doubling of (wait + 16 s):
 * a second wide up to 16 s, two up to 48 s, an hour's wait in bins of 2 to 4 minutes. The last takes everything from eleven days on.
 */
export const waitBins = 256;

const binsPerDoubling = 16;
const firstSeconds = 16;
const float = new Float64Array(1);
/** The upper word of the number on little-endian machines, which all that run JavaScript are. */
const words = new Int32Array(float.buffer);
float[0] = firstSeconds;
const firstStep = words[1] >> 16;

/** Bin of a wait in seconds: exponent and leading four bits of the number are read off its bits. */
export function waitBin(seconds: number): number {
  if (seconds <= 0) return 0;
  float[0] = seconds + firstSeconds;
  const bin = 1 + (words[1] >> 16) - firstStep;
  return bin < waitBins ? bin : waitBins - 1;
}

/** Waits in this bin are at most so long, seconds. */
export function waitBinEnd(bin: number): number {
  if (bin === 0) return 0;
  const doublings = Math.floor(bin / binsPerDoubling);
  return firstSeconds * (2 ** doublings * (1 + (bin % binsPerDoubling) / binsPerDoubling) - 1);
}
