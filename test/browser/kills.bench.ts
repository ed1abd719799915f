import { killBrowsers } from "./kills.ts";
import { openSite } from "./site.ts";

/**
 * `npm run kills -- N SEED`: N kills of Chromium (200) while a plan is edited and run, from a seed (18). A line per kill;
 * ends with status 1 where an acknowledged edit was lost or a plan could not be read.
 */
const [count, seed] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 18)];
const site = await openSite();
const started = performance.now();
try {
  const lines = await killBrowsers(site.origin, count, seed, ({ kill, kind, milliseconds, ...line }) => {
    const lost = line.lost.length === 0 ? "0 lost" : `LOST ${line.lost.join("; ")}`;
    const readable = line.readable ? "readable" : "UNREADABLE";
    console.log(
      `kill ${kill}: ${kind}, ${line.acknowledged} acknowledged, ${lost}, ${readable}, ${milliseconds} ms`,
    );
  });
  const acknowledged = lines.reduce((sum, line) => sum + line.acknowledged, 0);
  const lost = lines.filter((line) => line.lost.length > 0).length;
  const unreadable = lines.filter((line) => !line.readable).length;
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(
    `${lines.length} kills with seed ${seed}: ${acknowledged} acknowledged states, ${lost} lost, ${unreadable} unreadable, ${minutes} min`,
  );
  if (lost + unreadable > 0) process.exitCode = 1;
} finally {
  await site.close();
}
