import type { IntervalGrid } from "../calendar/interval-grid.ts";
import type { Issue } from "../outcome.ts";

/** What an interval of a series is. Values of a `closed` or `missing` interval are 0 and mean nothing. */
export const intervalState = { closed: 0, open: 1, missing: 2, excluded: 3 } as const;

/**
 * What happened, per interval and queue. Sums, not means, so that intervals can be added up:
 * AHT = handleSeconds ÷ handled.
 */
export interface DemandHistory {
  readonly grid: IntervalGrid;
  readonly queues: readonly QueueHistory[];
}

/** What files say of contacts beside their number, where they do. */
export const historyDetails = [
  "handled",
  "abandoned",
  "handleSeconds",
  "waitSeconds",
  "inTime",
  "redials",
] as const;
export type HistoryDetail = (typeof historyDetails)[number];

export interface QueueHistory {
  readonly queueId: string;
  /** `intervalState` per interval: closed (nobody was there), open, missing (a gap in the file), excluded (by the planner). */
  readonly state: Uint8Array;
  /** Contacts that arrived: answered + abandoned + blocked. */
  readonly offered: Float64Array;
  /** null where the file does not say. */
  readonly handled: Float64Array | null;
  readonly abandoned: Float64Array | null;
  /** Total handle time of handled contacts, seconds. */
  readonly handleSeconds: Float64Array | null;
  /** Total wait of handled contacts, seconds. Absent where the file does not say, like the two below. */
  readonly waitSeconds?: Float64Array;
  /** Contacts answered within so many seconds. */
  readonly inTime?: { readonly seconds: number; readonly contacts: Float64Array };
  /** Of the offered, those whose caller had given up no more than an hour before. */
  readonly redials?: Float64Array;
  /** 1 where a detail is not known although the queue has its series (which is 0 there): days of a file that lacks it. */
  readonly unknown?: Readonly<Partial<Record<HistoryDetail, Uint8Array>>>;
}

/** A detail's series; null where the history does not hold it. */
export function detailOf(queue: QueueHistory, detail: HistoryDetail): Float64Array | null {
  return (detail === "inTime" ? queue.inTime?.contacts : queue[detail]) ?? null;
}

/** What is expected, per interval and queue, with its spread. */
export interface DemandForecast {
  readonly grid: IntervalGrid;
  readonly queues: readonly QueueForecast[];
}

export interface QueueForecast {
  readonly queueId: string;
  /** 1 open, 0 closed. */
  readonly open: Uint8Array;
  /** Mean contacts, overrides included. */
  readonly offered: Float64Array;
  /** What the model said before overrides and figures from outside; absent where there are none. */
  readonly baseline?: Float64Array;
  /** 1 where the contacts are those of an imported forecast; absent where none was imported. */
  readonly fromOutside?: Uint8Array;
  readonly offeredLower80: Float64Array;
  readonly offeredUpper80: Float64Array;
  readonly offeredLower95: Float64Array;
  readonly offeredUpper95: Float64Array;
  /** φ per interval in Var = μ + φμ² (negative binomial). */
  readonly dispersion: Float64Array;
  /** Variance of the gamma factor (mean 1) that all intervals of one day share. */
  readonly dayFactorVariance: number;
  /** How a day runs off this forecast, learnt from past ones; absent in forecasts that learnt none. */
  readonly deviation?: DayDeviation;
  readonly ahtSeconds: Float64Array;
  /** False in a forecast of contacts alone, where neither history nor queue names a handle time; ask `handleTimesOf`. */
  readonly ahtKnown?: boolean;
  /** Name of the chosen model, and the table it was chosen from, best first. */
  readonly model: string;
  readonly backtest: readonly BacktestScore[];
  /** For instance `forecast.tooLittleHistory` with the weeks that were there. */
  readonly notes: readonly Issue[];
}

/**
 * How the log of came ÷ expected runs through a day: a level of the whole day, a drift that fades within it, and what
 * scatters beyond the chance of counts. Standard deviations of logs, so 0.04 is about 4 %.
 */
export interface DayDeviation {
  readonly levelDeviation: number;
  readonly driftDeviation: number;
  /** Hours after which e⁻¹ (37 %) of a drift is left. */
  readonly driftHours: number;
  /** Share of a day's level that is still there on the next, 0–1. */
  readonly carryOver: number;
  /** Variance of an interval's own deviation. */
  readonly scatter: number;
  /** How far what the hours before each hour of the day said of its rest came true: 0 not at all, 1 as it should. */
  readonly trustByHour: readonly number[];
}

/** AHT per interval; null where it is not known. */
export function handleTimesOf({ ahtKnown, ahtSeconds }: QueueForecast): Float64Array | null {
  return ahtKnown === false ? null : ahtSeconds;
}

export interface BacktestScore {
  readonly model: string;
  /** Σ|error| ÷ Σactual, pooled over origins and horizons. */
  readonly wape: number;
  /** Mean absolute error ÷ that of the seasonal naive forecast on the same intervals. */
  readonly mase: number;
  /** Σ(forecast − actual) ÷ Σactual. */
  readonly bias: number;
  /** Share of actuals inside the 80 % and 95 % bands; null when no band was made. */
  readonly coverage80: number | null;
  readonly coverage95: number | null;
  /** WAPE by week of horizon, first week first. */
  readonly wapeByWeek: readonly number[];
  /** Wall time; null where bytes must repeat. */
  readonly seconds: number | null;
  readonly chosen: boolean;
}
