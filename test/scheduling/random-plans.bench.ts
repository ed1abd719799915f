import { judgeRandomPlan } from "./judge-random-plan.ts";

/**
 * `npm run bench:random-shifts -- [first seed] [how many]`: solves random plans (1 to 2,000) and says what held, with
 * the seeds of what did not. The tests run a slice of them.
 */
const [first = "1", count = "2000"] = process.argv.slice(2);
const began = performance.now();
const outcomes = new Map<string, number>();
const faults: string[] = [];
const slowest: { readonly seed: number; readonly seconds: number }[] = [];
const last = Number(first) + Number(count) - 1;
for (let seed = Number(first); seed <= last; seed++) {
  const started = performance.now();
  const verdict = await judgeRandomPlan(seed);
  for (const outcome of verdict.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  for (const fault of verdict.faults) {
    faults.push(`seed ${seed}: ${fault}`);
    process.stdout.write(`seed ${seed}: ${fault}\n`);
  }
  slowest.push({ seed, seconds: (performance.now() - started) / 1000 });
  slowest.sort((a, b) => b.seconds - a.seconds).splice(5);
}
const seconds = (performance.now() - began) / 1000;
const runs = [...outcomes.values()].reduce((sum, number) => sum + number, 0);
process.stdout.write(`Seeds ${first} to ${last}: ${runs} runs of the optimiser in ${seconds.toFixed(0)} s\n`);
for (const [outcome, number] of [...outcomes].sort((a, b) => b[1] - a[1]))
  process.stdout.write(`  ${String(number).padStart(6)} ${outcome}\n`);
process.stdout.write(
  `  slowest: ${slowest.map(({ seed, seconds: taken }) => `seed ${seed} ${taken.toFixed(1)} s`).join(", ")}\n`,
);
process.stdout.write(`${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
