import { closeSync, mkdtempSync, openAsBlob, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays } from "../../../src/domain/calendar/clock.ts";
import { importHistory } from "../../../src/history/reading/import-history.ts";

/** One million rows of the own layout (ten queues, three years of quarter-hours), from a file as the browser gets it. */
const folder = mkdtempSync(join(tmpdir(), "shiftwright-"));
const path = join(folder, "million.csv");
const out = openSync(path, "w");
let block = "interval_start,queue,offered,handled,abandoned,aht_seconds\n";
let rows = 0;
for (let day = 0; rows < 1_000_000; day++) {
  const date = addDays("2023-01-02", day);
  for (let quarter = 0; quarter < 96 && rows < 1_000_000; quarter++) {
    const clock = `${String(quarter >> 2).padStart(2, "0")}:${String((quarter & 3) * 15).padStart(2, "0")}`;
    for (let queue = 0; queue < 10 && rows < 1_000_000; queue++) {
      const count = 20 + ((day * 7 + quarter * 3 + queue) % 50);
      block += `${date}T${clock}:00,queue ${queue},${count},${count - 1},1,${180 + queue}\n`;
      rows++;
    }
  }
  writeSync(out, block);
  block = "";
}
closeSync(out);
const data = await openAsBlob(path);
let peak = 0;
const start = performance.now();
const cpu = process.cpuUsage();
const outcome = await importHistory(
  {
    source: { name: "million.csv", data },
    mapping: null,
    timeZone: "UTC",
    intervalMinutes: 15,
    queueId: "main",
  },
  () => {
    peak = Math.max(peak, process.memoryUsage().rss);
  },
);
peak = Math.max(peak, process.memoryUsage().rss);
const used = process.cpuUsage(cpu);
rmSync(folder, { recursive: true });
if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
console.log(
  `${outcome.value.rowsRead} rows, ${(data.size / 1e6).toFixed(0)} MB: ${((performance.now() - start) / 1000).toFixed(2)} s wall, ` +
    `${((used.user + used.system) / 1e6).toFixed(2)} s CPU, peak memory of the whole process ${(peak / 1e6).toFixed(0)} MB`,
);
