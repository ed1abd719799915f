/**
 * How long answered contacts waited, in bins: one for no wait at all, then sixteen to every doubling of (wait + 16 s):
 * a second wide up to 16 s, two up to 48 s, an hour's wait in bins of 2 to 4 minutes. The last takes everything from eleven days on.
 */
export const waitBins = 256;

const binsPerDoubling = 16;
const firstSeconds = 16;

/** Puts waits into bins: exponent and leading four bits of the number are read off its bits. */
export interface WaitBinner {
  /** Where the wait is put, seconds: handed over, it would be boxed on the heap. */
  readonly seconds: Float64Array;
  /** Bin of the wait in `seconds[0]`, which is used up. */
  bin(): number;
}

export function createWaitBinner(): WaitBinner {
  const seconds = Float64Array.of(firstSeconds);
  /** The upper word of the number comes second on little-endian machines, which all that run JavaScript are. */
  const words = new Int32Array(seconds.buffer);
  const beforeFirst = (words[1] >> 16) - 1;
  const last = waitBins - 1;

  function bin(): number {
    if (seconds[0] <= 0) return 0;
    seconds[0] += firstSeconds;
    const step = (words[1] >> 16) - beforeFirst;
    return step < last ? step : last;
  }

  return { seconds, bin };
}

/** Waits in this bin are at most so long, seconds. */
export function waitBinEnd(bin: number): number {
  if (bin === 0) return 0;
  const doublings = Math.floor(bin / binsPerDoubling);
  return firstSeconds * (2 ** doublings * (1 + (bin % binsPerDoubling) / binsPerDoubling) - 1);
}
