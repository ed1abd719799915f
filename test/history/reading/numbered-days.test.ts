import { expect, test } from "vitest";
import { importHistory } from "../../../src/history/reading/import-history.ts";

test("a day's number that nobody counts to is refused with its line, and the other days are read", async () => {
  const days = Array.from({ length: 20 }, (_, at) => `${at + 1},${200 + at},${190 + at},0:02:14`);
  const text = [
    "Index,Incoming Calls,Answered Calls,Talk Duration (AVG)",
    ...days,
    `${"9".repeat(40)},5,5,0:01:00`,
  ];
  const outcome = await importHistory({
    source: { name: "days.csv", data: new TextEncoder().encode(text.join("\n")) },
    mapping: null,
    timeZone: "UTC",
    intervalMinutes: 30,
    queueId: "main",
  });
  expect(outcome.ok && [outcome.value.rowsRead, outcome.value.rowsRefused]).toEqual([20, 1]);
  expect(outcome.issues).toContainEqual(expect.objectContaining({ code: "import.unparsableDate", line: 22 }));
});
