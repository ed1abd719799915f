import { addDays, weekdayOf } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid, dateOfDay, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import { forecastDemand } from "../../src/forecasting/forecast-demand.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { randomStream } from "../../src/numerics/random.ts";

/** `auto` on two years of quarter-hours of one queue, round the clock: back-test, choice, bands and four weeks ahead. */
const grid = createIntervalGrid("Europe/Berlin", 15, "2024-01-01", 730);
const count = intervalCount(grid);
const chance = randomStream(1, "bench");
const offered = new Float64Array(count);
for (let day = 0; day < grid.dayCount; day++) {
  const week = 1.3 - 0.1 * weekdayOf(dateOfDay(grid, day));
  for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
    const hour = ((interval - grid.dayOffsets[day]) / 4) % 24;
    const mean = week * (15 + 45 * Math.exp(-((hour - 12) ** 2) / 20));
    offered[interval] = countQuantile(mean, 0.01, chance.uniform());
  }
}
const history = {
  grid,
  queues: [
    {
      queueId: "main",
      state: new Uint8Array(count).fill(1),
      offered,
      handled: null,
      abandoned: null,
      handleSeconds: null,
    },
  ],
};
const start = performance.now();
const cpu = process.cpuUsage();
const outcome = await forecastDemand({
  history,
  queues: [{ id: "main", defaultAhtSeconds: 240, openingHours: null }],
  firstDate: addDays(grid.firstDate, 730),
  dayCount: 28,
  settings: { model: "auto", holidays: "DE-BY", specialDays: [], overrides: [] },
  timed: false,
});
const used = process.cpuUsage(cpu);
if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
const [queue] = outcome.value.queues;
console.log(
  `${queue.model}, ${queue.backtest.length} models: ${((performance.now() - start) / 1000).toFixed(2)} s wall, ${((used.user + used.system) / 1e6).toFixed(2)} s CPU`,
);
