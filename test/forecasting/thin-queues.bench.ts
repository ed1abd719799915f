import { forecastThinQueue, openSlotsOfWeek, thinSources } from "./thin-logs.ts";

/**
 * Bias of a thin queue's week: forecast ÷ what was to come − 1, over seeded Poisson logs of eight weeks, for every mean of
 * a quarter-hour and every way in which the past is handed over. Arguments: seeds (200), and ways (all of them).
 */
const seeds = Number(process.argv[2] ?? 200);
const given = process.argv.slice(3);
const means = [0.05, 0.1, 0.2, 0.4, 0.6, 1, 2, 5];
let worst = 0;
console.log(
  `seeds 1 to ${seeds}; eight weeks, 09:00–18:00 daily; contacts a week: truth, mean forecast, bias`,
);
for (const source of thinSources) {
  if (given.length > 0 && !given.includes(source)) continue;
  for (const mean of means) {
    const truth = mean * openSlotsOfWeek;
    let sum = 0;
    const models = new Map<string, number>();
    for (let seed = 1; seed <= seeds; seed++) {
      const { forecast, week } = await forecastThinQueue(source, mean, seed);
      sum += week;
      models.set(forecast.model, (models.get(forecast.model) ?? 0) + 1);
    }
    const bias = sum / seeds / truth - 1;
    worst = Math.max(worst, Math.abs(bias));
    const chosen = [...models].map(([model, count]) => `${model} ${count}`).join(", ");
    console.log(
      `${source.padEnd(15)} ${String(mean).padStart(5)} ${truth.toFixed(1).padStart(7)} ` +
        `${(sum / seeds).toFixed(1).padStart(7)} ${(100 * bias).toFixed(2).padStart(6)} %  ${chosen}`,
    );
  }
}
console.log(`largest bias ${(100 * worst).toFixed(2)} % (3 % is allowed)`);
if (worst > 0.03) process.exitCode = 1;
