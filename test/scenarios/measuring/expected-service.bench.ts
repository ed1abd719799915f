import { judgeFloor } from "../judge-floor.ts";

/**
 * `npm run bench:expected-service [first] [last]`: the expected service of fifty random floors beside their simulation,
 * queue by queue: service level by formula, simulated with its 95 % interval, and the error in points, or why the formula
 * is withheld. Counts at the end.
 */
const [first = 1, last = 50] = process.argv.slice(2).map(Number);
const replications = 160;
let answered = 0;
let off = 0;
let squares = 0;
const withheld = new Map<string, number>();
for (let seed = first; seed <= last; seed++) {
  const { pattern, queues } = await judgeFloor(seed, replications);
  for (const { queueId, expected, simulated, halfWidth, reason } of queues) {
    const error = 100 * (expected - simulated);
    const isOff = reason === null && Math.abs(error) > Math.max(2, 100 * halfWidth);
    const says =
      reason === null
        ? `${error.toFixed(1)}${isOff ? " OFF" : ""}`
        : `withheld: ${reason} (${error.toFixed(1)})`;
    console.log(
      `${seed} ${pattern} ${queueId}: formula ${(100 * expected).toFixed(1)}, simulated ${(100 * simulated).toFixed(1)} ± ${(100 * halfWidth).toFixed(1)}, ${says}`,
    );
    if (reason !== null) withheld.set(reason, (withheld.get(reason) ?? 0) + 1);
    else {
      answered++;
      squares += error * error;
      if (isOff) off++;
    }
  }
}
const all = answered + [...withheld.values()].reduce((sum, count) => sum + count, 0);
console.log(
  `seeds ${first} to ${last}: ${all} queues, ${answered} answered (${((100 * answered) / all).toFixed(0)} %), ${off} off by more than 2 points and the interval, root mean square ${Math.sqrt(squares / answered).toFixed(2)} points`,
);
for (const [reason, count] of withheld) console.log(`withheld, ${reason}: ${count}`);
