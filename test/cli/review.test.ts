import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addDays } from "../../src/domain/calendar/clock.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();
const planOf010 = join(import.meta.dirname, "../files/fixtures/plan-0.1.0.json.gz");

/** Contacts of the plan's two queues by the hour from 8 to 18, on the days of its week. */
function calls(): string {
  const lines = ["interval_start,queue,offered,handled,abandoned,aht_seconds"];
  for (let day = 0; day < 7; day++)
    for (let hour = 8; hour < 18; hour++)
      for (const [queue, offered] of [
        ["Voice", 40 + ((day + hour) % 7)],
        ["Chat", 20 + ((day * hour) % 5)],
      ])
        lines.push(
          `${addDays("2026-11-02", day)}T${String(hour).padStart(2, "0")}:00:00,${queue},${offered},${offered},0,200`,
        );
  return `${lines.join("\n")}\n`;
}

describe("shiftwright review", () => {
  test("holds a plan's period against a new history, and the same as a past one once the plan has moved on", () => {
    const history = scratch.file("week.csv", calls());
    const first = shiftwright(["review", planOf010, "--history", history]);
    expect(first.status, first.error).toBe(0);
    const [head, ...rows] = first.output.trim().split(/\r?\n/);
    expect(head).toMatch(/^queue,contacts_forecast,contacts_came,.*,net_staff_hours,habit$/);
    expect(rows.map((row) => row.split(",")[0])).toEqual(["Voice", "Chat"]);
    expect(first.error).toMatch(/\(habit\.\w+\)/);
    const out = scratch.pathOf("next.json");
    expect(
      shiftwright(["next", planOf010, "--history", history, "--start", "copy", "--out", out]).status,
    ).toBe(0);
    const again = shiftwright(["review", out]);
    expect(again.output).toBe(first.output);
    const [, contactsForecast] = rows[0].split(",");
    const { queues } = JSON.parse(shiftwright(["review", out, "--json"]).output);
    expect(queues[0].volume.forecast).toBeCloseTo(Number(contactsForecast), 1);
    expect(queues[0].days).toHaveLength(7);
    expect(JSON.parse(readFileSync(out, "utf8")).past).toHaveLength(1);
  });

  test("says why there is nothing to review", () => {
    const none = shiftwright(["review", planOf010]);
    expect([none.status, none.error]).toEqual([1, expect.stringContaining("(review.noPast)")]);
    const other = shiftwright(["review", planOf010, "--period", "2026-01-01"]);
    expect(other.error).toContain("(review.noSuchPeriod)");
  });
});
