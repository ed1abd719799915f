import type { DayDeviation } from "../domain/results/demand.ts";
import { exp, log, pow } from "../numerics/elementary.ts";

/**
 * What is expected before anything has been learnt: days off by 4 %, hours by another 8 % that fades within a working
 * day, a third of it still there the next day.
 */
export const assumedDeviation: DayDeviation = {
  levelDeviation: 0.04,
  driftDeviation: 0.08,
  driftHours: 6,
  carryOver: 0.33,
  scatter: 0.001,
  trustByHour: new Array<number>(24).fill(1),
};

/** Contacts expected in a stretch whose deviation is looked at: fewer would be mostly chance. */
const leastContacts = 10;
/** Standard deviations beyond which a surprise counts no further: an outage says little about the rest of the day. */
const surpriseLimit = 2.5;

/** Contacts expected and come in a stretch of a day. */
interface Stretch {
  /** Middle of the stretch, in hours since midnight. */
  readonly hour: number;
  readonly expected: number;
  readonly came: number;
}

/** A day cut into stretches of enough contacts; intervals of which nothing is known are left out. */
export function stretchesOfDay(
  expected: ArrayLike<number>,
  came: ArrayLike<number | null>,
  intervalHours: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  let first = 0;
  let expectedSum = 0;
  let cameSum = 0;
  for (let interval = 0; interval < expected.length; interval++) {
    const contacts = came[interval];
    if (contacts === null || expected[interval] <= 0) continue;
    if (expectedSum === 0) first = interval;
    expectedSum += expected[interval];
    cameSum += contacts;
    if (expectedSum < leastContacts) continue;
    const hour = ((first + interval + 1) / 2) * intervalHours;
    stretches.push({ hour, expected: expectedSum, came: cameSum });
    expectedSum = 0;
    cameSum = 0;
  }
  return stretches;
}

/** What is known of the log of came ÷ expected at some moment. */
export interface ExpectedDeviation {
  readonly mean: number;
  readonly variance: number;
}

export interface DeviationFilter {
  /** A new day begins, so many days after the last one. */
  startDay(daysAfter: number): void;
  /** A stretch of the day is over; returns the log-likelihood of what came, surprises counted as far as their limit. */
  observe(stretch: Stretch): number;
  /** The deviation at an hour of the day, not before what was observed last. */
  at(hour: number): ExpectedDeviation;
}

/** Days whose say a trust of 1 has before anything was learnt, and how far the typical one is off. */
const daysOfTrust = { count: 10, deviation: 0.03 } as const;
/** Rests that are off by more (a log) were hit by something that no morning foretells. */
const restLimit = 0.2;

/**
 * How a day runs off its forecast, followed as it comes: the log of came ÷ expected is the day's own level, plus a drift
 * within the day that fades with its hours, plus the chance of counts. The level goes on in part into the next day.
 *
 * Method: a Kalman filter over level and drift (an Ornstein–Uhlenbeck process), with innovations cut at 2.5 standard
 * deviations (Huber). What it expects is taken as far as such expectations held at that hour (`trustByHour`). Source:
 * Harvey, Forecasting, structural time series models and the Kalman filter (1989); that a day's early hours foretell its
 * later ones: Shen & Huang, M&SOM 10:3 (2008).
 */
export function createDeviationFilter(deviation: DayDeviation): DeviationFilter {
  const { driftHours, carryOver, scatter, trustByHour } = deviation;
  const levelVariance = deviation.levelDeviation ** 2;
  const driftVariance = deviation.driftDeviation ** 2;
  let level = 0;
  let drift = 0;
  let varianceOfLevel = levelVariance;
  let covariance = 0;
  let varianceOfDrift = driftVariance;
  let hourBefore: number | null = null;

  /** What is left of the drift at an hour. */
  const remaining = (hour: number) =>
    hourBefore === null ? 1 : exp(-Math.max(0, hour - hourBefore) / driftHours);

  function startDay(daysAfter: number): void {
    const kept = pow(carryOver, daysAfter);
    level *= kept;
    varianceOfLevel = kept * kept * varianceOfLevel + (1 - kept * kept) * levelVariance;
    drift = 0;
    covariance = 0;
    varianceOfDrift = driftVariance;
    hourBefore = null;
  }

  function observe({ hour, expected, came }: Stretch): number {
    const kept = remaining(hour);
    drift *= kept;
    covariance *= kept;
    varianceOfDrift = kept * kept * varianceOfDrift + (1 - kept * kept) * driftVariance;
    hourBefore = hour;
    const variance = varianceOfLevel + 2 * covariance + varianceOfDrift + scatter + 1 / expected;
    const surprise = log((came + 0.5) / (expected + 0.5)) - level - drift;
    const z = surprise / Math.sqrt(variance);
    const cut = Math.max(-surpriseLimit, Math.min(surpriseLimit, z)) * Math.sqrt(variance);
    const levelGain = (varianceOfLevel + covariance) / variance;
    const driftGain = (covariance + varianceOfDrift) / variance;
    level += levelGain * cut;
    drift += driftGain * cut;
    varianceOfLevel -= levelGain * levelGain * variance;
    varianceOfDrift -= driftGain * driftGain * variance;
    covariance -= levelGain * driftGain * variance;
    const size = Math.abs(z);
    const loss = size < surpriseLimit ? (z * z) / 2 : surpriseLimit * size - surpriseLimit ** 2 / 2;
    return -log(variance) / 2 - loss;
  }

  function at(hour: number): ExpectedDeviation {
    const kept = remaining(hour);
    const variance =
      varianceOfLevel +
      2 * kept * covariance +
      kept * kept * varianceOfDrift +
      (1 - kept * kept) * driftVariance;
    const trust = hourBefore === null ? 1 : trustByHour[Math.min(23, Math.ceil(hourBefore))];
    const unheeded = (1 - trust) ** 2 * Math.max(0, levelVariance + driftVariance - variance);
    return { mean: trust * (level + kept * drift), variance: variance + unheeded };
  }

  return { startDay, observe, at };
}

/** Variance of a log deviation before anything of the day is known, counts' own chance aside. */
export function priorVariance({ levelDeviation, driftDeviation }: DayDeviation): number {
  return levelDeviation ** 2 + driftDeviation ** 2;
}

/** Days one after the other under one forecast, each cut into stretches. */
export type DeviationSequence = readonly { readonly day: number; readonly stretches: readonly Stretch[] }[];

/** Steps of the search, of logs and log odds. */
const steps = [0.8, 0.4, 0.2, 0.1] as const;
const sweepsPerStep = 8;
/** How far a value may lie from what is assumed, as the standard deviation of its log (or log odds). */
const freedom = [0.7, 0.7, 0.7, 1, 1] as const;

/**
 * How days run off their forecast, learnt from forecasts of past days against what came: the values under which those
 * days are most likely (maximum a posteriori, around `assumedDeviation`, so that a handful of days moves little). Found by
 * a search along one value at a time.
 */
export function learnDeviation(sequences: readonly DeviationSequence[]): DayDeviation {
  if (sequences.every((days) => days.length === 0)) return assumedDeviation;
  const assumed = coordinates(assumedDeviation);
  function goodness(point: readonly number[]): number {
    const deviation = deviationAt(point);
    let sum = 0;
    for (const days of sequences) {
      const filter = createDeviationFilter(deviation);
      days.forEach(({ day, stretches }, index) => {
        if (index > 0) filter.startDay(day - days[index - 1].day);
        for (const stretch of stretches) sum += filter.observe(stretch);
      });
    }
    point.forEach((value, k) => {
      sum -= ((value - assumed[k]) / freedom[k]) ** 2 / 2;
    });
    return sum;
  }
  let best = assumed;
  let bestGoodness = goodness(best);
  for (const step of steps) {
    for (let sweep = 0, moved = true; moved && sweep < sweepsPerStep; sweep++) {
      moved = false;
      for (let k = 0; k < assumed.length; k++) {
        for (const change of [step, -step]) {
          const candidate = best.map((value, index) => (index === k ? value + change : value));
          const found = goodness(candidate);
          if (found <= bestGoodness) continue;
          best = candidate;
          bestGoodness = found;
          moved = true;
          break;
        }
      }
    }
  }
  const learnt = deviationAt(best);
  return { ...learnt, trustByHour: learnTrust(learnt, sequences) };
}

/**
 * How far what the filter expects of the rest of a day came true, per hour at which it is asked: the slope of the rest's
 * log deviation on the one expected, drawn toward 1. Near 0 where the hours before say little, as before a day is in swing.
 */
function learnTrust(deviation: DayDeviation, sequences: readonly DeviationSequence[]): number[] {
  const prior = daysOfTrust.count * daysOfTrust.deviation ** 2;
  const squares = new Float64Array(24).fill(prior);
  const products = new Float64Array(24).fill(prior);
  for (const { stretches } of sequences.flat()) {
    const filter = createDeviationFilter(deviation);
    for (const [index, stretch] of stretches.entries()) {
      filter.observe(stretch);
      const hour = Math.ceil(stretch.hour);
      const rest = stretches.slice(index + 1);
      // Asked at full hours: by the last stretch before one.
      if (hour > 23 || rest.length === 0 || rest[0].hour < hour) continue;
      let expected = 0;
      let reforecast = 0;
      let came = 0;
      for (const one of rest) {
        expected += one.expected;
        reforecast += one.expected * exp(filter.at(one.hour).mean);
        came += one.came;
      }
      const foretold = log(reforecast / expected);
      const actual = log((came + 0.5) / (expected + 0.5));
      squares[hour] += foretold ** 2;
      products[hour] += foretold * Math.max(-restLimit, Math.min(restLimit, actual));
    }
  }
  return Array.from(squares, (sum, hour) => Math.max(0, Math.min(1.5, products[hour] / sum)));
}

function coordinates(deviation: DayDeviation): readonly number[] {
  const { levelDeviation, driftDeviation, driftHours, carryOver, scatter } = deviation;
  return [
    log(levelDeviation),
    log(driftDeviation),
    log(driftHours),
    log(carryOver / (1 - carryOver)),
    log(scatter),
  ];
}

function deviationAt([level, drift, hours, odds, scatter]: readonly number[]): DayDeviation {
  return {
    levelDeviation: exp(level),
    driftDeviation: exp(drift),
    driftHours: exp(hours),
    carryOver: 1 / (1 + exp(-odds)),
    scatter: exp(scatter),
    trustByHour: assumedDeviation.trustByHour,
  };
}
