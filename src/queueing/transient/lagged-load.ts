import { exp, expm1 } from "../../numerics/elementary.ts";

/**
 * Load that lags behind the arrivals: contacts in hand if nobody had to wait, averaged over each interval. A queue
 * that opens starts empty. With m the contacts in hand, m' = arrivals − m ÷ AHT.
 *
 * Staffing for it by the steady formulas is the modified offered load approximation (Jennings, Mandelbaum, Massey &
 * Whitt 1996): right where handle times are long against the intervals.
 * @param open 0: closed, nothing is in hand afterwards
 */
export function laggedLoad(
  arrivalsPerSecond: Float64Array,
  ahtSeconds: Float64Array,
  open: Uint8Array,
  intervalSeconds: number,
): Float64Array {
  const load = new Float64Array(arrivalsPerSecond.length);
  let inHand = 0;
  for (let index = 0; index < load.length; index++) {
    const aht = ahtSeconds[index];
    if (open[index] === 0 || !(aht > 0)) {
      inHand = 0;
      continue;
    }
    const settled = arrivalsPerSecond[index] * aht;
    const steps = intervalSeconds / aht;
    load[index] = settled + (inHand - settled) * (-expm1(-steps) / steps);
    inHand = settled + (inHand - settled) * exp(-steps);
  }
  return load;
}
