import { explanationOfSeed } from "./open-shift-check.ts";

/**
 * Explanations of open shifts against brute force: `npm run bench:open-explained -- [--seeds 1..200]`. Prints what
 * disagrees, how many pairs of shift and person were compared, and which obstacles were met.
 */
const at = process.argv.indexOf("--seeds");
const [first, last] = (at < 0 ? "1..200" : process.argv[at + 1]).split("..").map(Number);
const met = new Map<string, number>();
let compared = 0;
let faults = 0;
for (let seed = first; seed <= last; seed++) {
  const report = explanationOfSeed(seed);
  compared += report.compared;
  faults += report.faults.length;
  for (const obstacle of report.met) met.set(obstacle, (met.get(obstacle) ?? 0) + 1);
  for (const fault of report.faults) console.log(`seed ${seed}: ${fault}`);
}
console.log(`${last - first + 1} seeds, ${compared} pairs of shift and person, ${faults} disagree`);
console.log(`met: ${[...met].map(([name, count]) => `${name} ${count}`).join(", ")}`);
process.exitCode = faults > 0 ? 1 : 0;
