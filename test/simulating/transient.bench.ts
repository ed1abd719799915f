import { dayOf } from "./days.ts";
import { agreement } from "./transient-agreement.ts";

/** `npm run bench:transient`: simulation against the exact transient queue, interval by interval, on three days. */
console.log("agents at peak  replications  mean z²  largest |z|  day simulated  day exact");
for (const [peak, replications] of [
  [31, 6000],
  [108, 3000],
  [998, 600],
] as const) {
  const { meanSquare, worst, daySimulated, dayExact } = await agreement(dayOf(peak), replications, 1);
  console.log(
    `${String(peak).padStart(14)}  ${String(replications).padStart(12)}  ${meanSquare.toFixed(3).padStart(7)}  ${worst.toFixed(2).padStart(11)}  ${daySimulated.toFixed(5).padStart(13)}  ${dayExact.toFixed(5).padStart(9)}`,
  );
  if (!(meanSquare > 0.8 && meanSquare < 1.2)) process.exitCode = 1;
}
