import { readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * Prints what a first visit loads before the program shows itself: the page, its scripts with all they import
 * statically, and its styles, gzipped. Fails above the limit. The solver's wasm, workers and later pages come on demand.
 */
const limitBytes = 300_000;
const dist = join(import.meta.dirname, "..", "dist");

function gzippedBytes(path) {
  return gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
}

const html = readFileSync(join(dist, "index.html"), "utf8");
const waiting = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map((match) => match[1]);
const files = new Set(["index.html"]);
for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
  if (files.has(path)) continue;
  files.add(path);
  if (!path.endsWith(".js")) continue;
  const code = readFileSync(join(dist, path), "utf8");
  for (const match of code.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g)) {
    waiting.push(posix.join(dirname(path), match[1]));
  }
}
const total = [...files].reduce((sum, path) => sum + gzippedBytes(path), 0);
console.log(
  `first load ${(total / 1000).toFixed(1)} kB gzipped in ${files.size} files (limit ${limitBytes / 1000} kB)`,
);
console.log(
  `sample plan ${(statSync(join(dist, "sample-plan.json.gz")).size / 1000).toFixed(0)} kB gzipped, fetched only by a browser without a plan of its own`,
);
if (total > limitBytes) process.exit(1);
