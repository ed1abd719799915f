import { judgeNewcomerFile } from "./judge-newcomer-file.ts";
import { newcomerFolder } from "./newcomer-folder.ts";
import { strangeExports } from "./strange-exports.ts";

/** Every file of a newcomer's folder and of strange exports, of five seeds: read right, asked about or refused in words, and wrong in none. */
const seeds = [1, 2, 3, 4, 5];
const folders = seeds.map((seed) => [...newcomerFolder(seed), ...strangeExports(seed)]);
const totals = new Map<string, number>();
let wrong = 0;
for (const at of folders[0].keys()) {
  const verdicts: string[] = [];
  let remark = "";
  for (const folder of folders) {
    const { verdict, because } = await judgeNewcomerFile(folder[at]);
    verdicts.push(verdict);
    totals.set(verdict, (totals.get(verdict) ?? 0) + 1);
    if (verdict === "wrong") wrong++;
    if (because !== "") remark = because;
  }
  const { language, shape } = folders[0][at];
  const counts = [...new Set(verdicts)].map(
    (one) => `${verdicts.filter((it) => it === one).length} × ${one}`,
  );
  console.log(`${language}  ${shape.padEnd(50)}  ${counts.join(", ").padEnd(22)}  ${remark}`);
}
console.log([...totals].map(([verdict, count]) => `${count} files ${verdict}`).join(", "));
console.log(`${folders[0].length} shapes × seeds ${seeds.join(", ")}: ${wrong} wrong`);
if (wrong > 0) process.exitCode = 1;
