import { addDays } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import { type DemandHistory, intervalState, type QueueForecast } from "../../src/domain/results/demand.ts";
import { forecastDemand } from "../../src/forecasting/forecast-demand.ts";
import { importHistory } from "../../src/history/reading/import-history.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { type RandomStream, randomStream } from "../../src/numerics/random.ts";

/**
 * How a thin queue's past is handed over: counts already on the grid, a file of intervals with every nought written, one
 * with the noughts left out, a log of contacts.
 */
export const thinSources = ["counts", "noughtsWritten", "noughtsLeftOut", "contactLog"] as const;
export type ThinSource = (typeof thinSources)[number];

/** Eight weeks, 09:00 to 18:00 daily, in quarter-hours. */
export const thinDays = 56;
const firstDate = "2025-09-01";
const [firstSlot, endSlot] = [36, 72];
export const openSlotsOfWeek = 7 * (endSlot - firstSlot);

/** Poisson counts of a quarter-hour with one mean, day × slot of the day. */
function counts(
  mean: number,
  seed: number,
): { readonly counts: Float64Array; readonly chance: RandomStream } {
  const chance = randomStream(seed, "thin queue");
  const drawn = new Float64Array(thinDays * 96);
  for (let cell = 0; cell < drawn.length; cell++) {
    const slot = cell % 96;
    if (slot >= firstSlot && slot < endSlot) drawn[cell] = countQuantile(mean, 0, chance.uniform());
  }
  return { counts: drawn, chance };
}

export interface ThinForecast {
  readonly forecast: QueueForecast;
  /** Contacts of the first week forecast, and of a week of the past. */
  readonly week: number;
  readonly weekOfPast: number;
}

/** A week's forecast of a seeded thin queue. */
export async function forecastThinQueue(
  source: ThinSource,
  mean: number,
  seed: number,
): Promise<ThinForecast> {
  const drawn = counts(mean, seed);
  const history = source === "counts" ? historyOf(drawn.counts) : await historyRead(source, drawn);
  const outcome = await forecastDemand({
    history,
    queues: [{ id: "main", defaultAhtSeconds: 240, openingHours: null }],
    firstDate: addDays(firstDate, thinDays),
    dayCount: 7,
    settings: { model: "auto", holidays: null, specialDays: [], overrides: [] },
    timed: false,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const [forecast] = outcome.value.queues;
  return { forecast, week: sum(forecast.offered), weekOfPast: (7 * sum(drawn.counts)) / thinDays };
}

function historyOf(drawn: Float64Array): DemandHistory {
  const grid = createIntervalGrid("UTC", 15, firstDate, thinDays);
  const state = Uint8Array.from({ length: intervalCount(grid) }, (_, interval) => {
    const slot = interval % 96;
    return slot >= firstSlot && slot < endSlot ? intervalState.open : intervalState.closed;
  });
  const queue = {
    queueId: "main",
    state,
    offered: drawn,
    handled: null,
    abandoned: null,
    handleSeconds: null,
  };
  return { grid, queues: [queue] };
}

async function historyRead(
  source: Exclude<ThinSource, "counts">,
  { counts: drawn, chance }: { readonly counts: Float64Array; readonly chance: RandomStream },
): Promise<DemandHistory> {
  const two = (number: number) => String(number).padStart(2, "0");
  const rows = [
    source === "contactLog" ? "Call Start,Outcome,Talk Time" : "interval_start,offered,aht_seconds",
  ];
  for (let cell = 0; cell < drawn.length; cell++) {
    const [date, slot] = [addDays(firstDate, Math.floor(cell / 96)), cell % 96];
    if (slot < firstSlot || slot >= endSlot) continue;
    const clock = `${two(Math.floor(slot / 4))}:${two(15 * (slot % 4))}`;
    if (source === "contactLog") {
      const seconds = Array.from({ length: drawn[cell] }, () => Math.floor(900 * chance.uniform()));
      for (const second of seconds.sort((a, b) => a - b)) {
        const at = 900 * slot + second;
        const time = [Math.floor(at / 3600), Math.floor(at / 60) % 60, at % 60].map(two).join(":");
        rows.push(`${date} ${time},answered,240`);
      }
    } else if (drawn[cell] > 0 || source === "noughtsWritten") {
      rows.push(`${date}T${clock}:00,${drawn[cell]},240`);
    }
  }
  const outcome = await importHistory({
    source: { name: "thin.csv", data: new TextEncoder().encode(`${rows.join("\n")}\n`) },
    mapping: null,
    timeZone: "UTC",
    intervalMinutes: 15,
    queueId: "main",
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value.history;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
