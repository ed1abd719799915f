import { reportOfSeed, type SeedReport } from "./random-rosters.ts";

/**
 * Random small plans, each rostered and judged independently: `npm run bench:random-rosters -- [--seeds 2000]
 * [--from 0]`. Prints how many were proved, left open, relaxed and refused, and every seed with a fault.
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const count = option("seeds", 2000);
const from = option("from", 0);
const began = performance.now();
const counts: Record<SeedReport["outcome"], number> = { proved: 0, open: 0, relaxed: 0, refused: 0 };
let faulty = 0;
for (let seed = from; seed < from + count; seed++) {
  const { outcome, faults } = await reportOfSeed(seed);
  counts[outcome]++;
  if (faults.length > 0) {
    faulty++;
    console.log(`seed ${seed}: ${faults.slice(0, 5).join("; ")}`);
  }
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(
  `seeds ${from} to ${from + count - 1}, ${seconds} s: ${counts.proved} proved, ${counts.open} open, ` +
    `${counts.relaxed} with a rule set aside, ${counts.refused} refused; ${faulty} with a fault`,
);
if (faulty > 0) process.exitCode = 1;
