import { worstDifference } from "./random-queue.ts";

/** The transient queue against an independent integration on 500 random queues, up to 5,000 contacts an interval. */
const cases = 500;
const worst: { seed: number; difference: number }[] = [];
for (let seed = 1; seed <= cases; seed++) worst.push({ seed, difference: worstDifference(seed) });
worst.sort((a, b) => b.difference - a.difference);
const within = worst.filter(({ difference }) => difference < 1e-6).length;
console.log(`${within} of ${cases} within 1e-6 (seeds 1 to ${cases}); the worst:`);
for (const { seed, difference } of worst.slice(0, 10))
  console.log(`seed ${seed}: ${difference.toExponential(1)}`);
if (within < cases) process.exitCode = 1;
