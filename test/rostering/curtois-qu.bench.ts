import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { judgeRoster } from "../../src/rostering/rules/curtois-qu-check.ts";
import { generatedInstance, publishedShapes } from "./generated-instance.ts";

/**
 * The table of issue 6: `npm run bench:roster -- [--seconds N] [--seeds 1,2,3] [--instances 1,2,6]`.
 * `--generated 5,13,24` runs seeded instances of the shapes of the published set's others instead, which have no best
 * known price. Runs the command line as a user would, judges every roster independently, and prints median and worst beside what
 * the literature reaches in ten minutes and in sixty (integer programming with neighbourhoods / ejection chain /
 * Gurobi / a later IP-based search; branch and price where published).
 */
const published: Record<string, { best: number; ten: string; sixty: string }> = {
  1: { best: 607, ten: "607/607/607/607", sixty: "" },
  2: { best: 828, ten: "828/923/828/828", sixty: "" },
  3: { best: 1001, ten: "1001/1003/1001/1001", sixty: "" },
  4: { best: 1716, ten: "1716/1719/1716/1716", sixty: "" },
  6: { best: 1950, ten: "1950/2344/1950/1950", sixty: "" },
  8: { best: 1300, ten: "1364/2529/8995/1341", sixty: "1344/2260/1323/1322, b&p 1308" },
  10: { best: 4631, ten: "4631/4999/4631/4631", sixty: "" },
  12: { best: 4040, ten: "", sixty: "4040/5211/4040/4040, b&p 4046" },
};

const shapes = process.argv.includes("--generated");
const folder = shapes
  ? mkdtempSync(join(tmpdir(), "roster-shapes-"))
  : resolve(import.meta.dirname, "../../../shared/data/curtois_qu");
if (!existsSync(folder)) {
  console.log(`no instances in ${folder}: nothing to measure`);
  process.exit(0);
}
const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const seeds = option("seeds", "1,2,3").split(",");
const seconds = option("seconds", "600");
const root = resolve(import.meta.dirname, "../..");

console.log(`${seconds} s, seeds ${seeds.join(" ")}`);
console.log(
  "instance | median | worst | bound | best known | gap of median | judged | ten minutes elsewhere | sixty minutes",
);
const names = shapes ? option("generated", "5,13,24") : option("instances", Object.keys(published).join(","));
for (const name of names.split(",")) {
  const file = join(folder, `Instance${name}.txt`);
  if (shapes) writeFileSync(file, generatedInstance(publishedShapes[name], 1));
  const text = readFileSync(file, "utf8");
  let bound = Number.NEGATIVE_INFINITY;
  const found = seeds.map((seed) => {
    const arguments_ = ["tsx", "src/cli/shiftwright.ts", "roster", "--format", "curtois-qu", file];
    const run = spawnSync("npx", [...arguments_, "--seconds", seconds, "--seed", seed, "--json"], {
      cwd: root,
    });
    const answer = JSON.parse(run.stdout.toString());
    const { faults, objective } = judgeRoster(text, answer.assignments);
    if (faults.length > 0 || objective !== answer.objective) throw new Error(`Instance${name}: ${faults[0]}`);
    bound = Math.max(bound, answer.bound ?? bound);
    return objective;
  });
  const sorted = found.sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const { best, ten, sixty } = (shapes ? null : published[name]) ?? { best: null, ten: "", sixty: "" };
  const judged = `${found.length} of ${seeds.length} valid, price as printed`;
  const gap = best === null ? "–" : `${((100 * (median - best)) / best).toFixed(2)} %`;
  console.log(
    [
      name,
      median,
      sorted.at(-1),
      Number.isFinite(bound) ? bound : "–",
      best ?? "–",
      gap,
      judged,
      ten,
      sixty,
    ].join(" | "),
  );
}
