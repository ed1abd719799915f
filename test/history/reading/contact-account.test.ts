import { expect, test } from "vitest";
import { importHistory } from "../../../src/history/reading/import-history.ts";
import { randomStream } from "../../../src/numerics/random.ts";

/** A file of two queues of which every tenth row or so cannot be used, with the sum of what is written in its column. */
function damagedFile(seed: number) {
  const chance = randomStream(seed, "damage");
  const lines = ["Date,Time,Queue,Calls,AHT"];
  const sums = new Map<string, number>();
  let unreadable = 0;
  for (let day = 1; day <= 28; day++) {
    for (let half = 16; half < 36; half++) {
      for (const queue of ["Sales", "Service"]) {
        const count = Math.floor(chance.uniform() * 20);
        const date = `2026-02-${String(day).padStart(2, "0")}`;
        const time = `${String(half >> 1).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
        const fault = Math.floor(chance.uniform() * 60);
        const cells = [date, time, queue, String(count), "240"];
        if (fault === 0) cells[0] = "2026-02-31";
        if (fault === 1) cells[1] = "25:99";
        if (fault === 2) cells[3] = "many";
        if (fault === 3) cells[4] = "-7";
        lines.push(cells.join(","));
        if (fault === 4) lines.push(cells.join(","));
        if (fault === 2) unreadable++;
        else sums.set(queue, (sums.get(queue) ?? 0) + count * (fault === 4 ? 2 : 1));
      }
    }
  }
  return { text: `${lines.join("\n")}\n`, sums, unreadable };
}

test("of each queue, what is in the history, outside hours and in rows left out is the sum of the file (seeds 1 to 20)", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { text, sums, unreadable } = damagedFile(seed);
    const outcome = await importHistory({
      source: { name: `seed ${seed}`, data: new TextEncoder().encode(text) },
      mapping: null,
      timeZone: "Europe/Berlin",
      intervalMinutes: 30,
      queueId: "main",
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    const { contacts, history, rowsRefused } = outcome.value;
    expect(rowsRefused, `seed ${seed}`).toBeGreaterThan(0);
    expect(contacts.rowsWithoutCount, `seed ${seed}`).toBe(unreadable);
    expect(contacts.queues.map(({ queueId }) => queueId)).toEqual(["Sales", "Service"]);
    for (const { queueId, inFile, inHistory, leftOut, refused } of contacts.queues) {
      expect(inFile, `seed ${seed} ${queueId}`).toBe(sums.get(queueId));
      expect(inHistory + leftOut + refused, `seed ${seed} ${queueId}`).toBeCloseTo(inFile, 6);
      const offered = history.queues.find((queue) => queue.queueId === queueId)?.offered;
      expect(offered?.reduce((sum, count) => sum + count, 0)).toBeCloseTo(inHistory, 6);
    }
  }
});
