import { describe, expect, test } from "vitest";
import { dayOfInterval, intervalAt } from "../../../src/domain/calendar/interval-grid.ts";
import type { Issue, Outcome } from "../../../src/domain/outcome.ts";
import { intervalState } from "../../../src/domain/results/demand.ts";
import type { HistoryImport, HistoryImportInput } from "../../../src/history/reading/history-import.ts";
import { importHistory } from "../../../src/history/reading/import-history.ts";
import { inspectHistory } from "../../../src/history/reading/inspect-history.ts";

function input(data: string | Uint8Array, change: Partial<HistoryImportInput> = {}): HistoryImportInput {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return {
    source: { name: "calls.csv", data: bytes },
    mapping: null,
    timeZone: "UTC",
    intervalMinutes: 30,
    queueId: "main",
    ...change,
  };
}

async function read(data: string | Uint8Array, change: Partial<HistoryImportInput> = {}) {
  const outcome = await importHistory(input(data, change));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return { ...outcome.value, issues: outcome.issues };
}

function place(
  outcome: Outcome<HistoryImport>,
): (Pick<Issue, "code" | "line" | "column"> & { ok: boolean })[] {
  return outcome.issues.map(({ code, line, column }) => ({ ok: outcome.ok, code, line, column }));
}

/** Rows of half-hours from 08:00 on some days, a count each. */
function halfHours(dates: readonly string[], perDay = 4): string[] {
  return dates.flatMap((date) =>
    Array.from({ length: perDay }, (_, index) => {
      const minute = 480 + index * 30;
      const clock = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
      return `${date} ${clock}`;
    }),
  );
}

const sum = (values: Float64Array | null | undefined) =>
  Array.from(values ?? []).reduce((total, value) => total + value, 0);

describe("what a file is", () => {
  test("five-minute rows are summed to the plan's interval, and what is lacking is said", async () => {
    const rows = Array.from(
      { length: 12 },
      (_, index) => `2003-03-03T07:${String(index * 5).padStart(2, "0")}:00,${index + 1}`,
    );
    const result = await read(`DateTime,Calls\n${rows.join("\n")}\n`);
    expect(result.mapping.rowMinutes).toBe(5);
    expect(result.lacking).toEqual(["aht"]);
    const [queue] = result.history.queues;
    expect(queue.queueId).toBe("main");
    expect(queue.handleSeconds).toBeNull();
    const first = intervalAt(result.history.grid, "2003-03-03", 420);
    expect([...queue.offered.subarray(first ?? 0, (first ?? 0) + 2)]).toEqual([21, 57]);
    expect([result.firstDate, result.lastDate]).toEqual(["2003-03-03", "2003-03-03"]);
  });

  test("our own layout gives every queue its counts and its AHT", async () => {
    const result = await read(
      "interval_start,queue,offered,handled,abandoned,aht_seconds\n" +
        "2026-03-02T08:00:00,Voice,10,9,1,200\n2026-03-02T08:00:00,Chat,4,4,0,420\n" +
        "2026-03-02T08:30:00,Voice,12,12,0,180\n2026-03-02T08:30:00,Chat,2,2,0,400\n",
    );
    expect(result.mapping.layout).toBe("own");
    expect(result.lacking).toEqual([]);
    const [chat, voice] = result.history.queues;
    expect([chat.queueId, voice.queueId]).toEqual(["Chat", "Voice"]);
    expect(sum(voice.handleSeconds) / sum(voice.handled)).toBeCloseTo((9 * 200 + 12 * 180) / 21, 12);
    expect(sum(voice.abandoned)).toBe(1);
  });

  test("a corrected mapping is used instead of the proposed one", async () => {
    const text = `when,number of cases,size\n${halfHours(["2026-03-02", "2026-03-03"])
      .map((start, index) => `${start},${index},${index * 2}`)
      .join("\n")}\n`;
    const inspected = await inspectHistory(input(text).source);
    if (!inspected.ok) throw new Error("not understood");
    expect(inspected.value.mapping.columns.map(({ role }) => role)).toEqual(["start", "offered", "ignore"]);
    const columns = inspected.value.mapping.columns.map((column, index) => ({
      ...column,
      role: (["start", "ignore", "offered"] as const)[index],
    }));
    const result = await read(text, { mapping: { ...inspected.value.mapping, columns } });
    expect(sum(result.history.queues[0].offered)).toBe(56);
  });

  test("a short day before a closed one closes early; the same hours of a plain day are a gap", async () => {
    // Mondays to Fridays of four weeks up to Christmas; 25 December, a Thursday, is closed.
    const days = [1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 22, 23, 24, 26].map(
      (day) => `2025-12-${String(day).padStart(2, "0")}`,
    );
    const rows = halfHours(days).filter(
      (time) =>
        !/^2025-12-(24|17) 09/.test(time) && !/^2025-12-26 08:00/.test(time) && time !== "2025-12-18 08:30",
    );
    const result = await read(`Start,Calls\n${rows.map((time) => `${time},5`).join("\n")}\n`);
    expect(result.gaps.map(({ date, intervals }) => [date, intervals])).toEqual([
      ["2025-12-17", 2],
      ["2025-12-18", 1],
    ]);
    const { history } = result;
    const at = (date: string, minute: number) =>
      history.queues[0].state[intervalAt(history.grid, date, minute) ?? -1];
    expect([at("2025-12-24", 540), at("2025-12-26", 480)]).toEqual([
      intervalState.closed,
      intervalState.closed,
    ]);
  });

  test("a closed weekend, a closed day and a gap are told apart", async () => {
    const dates = ["02", "03", "04", "06", "09", "10", "11", "12", "13", "16", "17", "18", "19", "20"].map(
      (day) => `2026-03-${day}`,
    );
    const rows = halfHours(dates).filter((start) => start !== "2026-03-17 09:00");
    const result = await read(
      `start,offered\n${rows.map((start) => `${start},7`).join("\n")}\n`.replace("start", "interval"),
    );
    expect(result.gaps).toEqual([
      { queueId: "main", date: "2026-03-17", firstInterval: expect.any(Number), intervals: 1 },
    ]);
    expect(result.closedDates).toEqual([
      "2026-03-05",
      "2026-03-07",
      "2026-03-08",
      "2026-03-14",
      "2026-03-15",
    ]);
    const { grid, queues } = result.history;
    expect(queues[0].state[intervalAt(grid, "2026-03-17", 540) ?? 0]).toBe(intervalState.missing);
    expect(queues[0].state[intervalAt(grid, "2026-03-17", 1200) ?? 0]).toBe(intervalState.closed);
  });

  test("a row at the closing time does not become an interval of its own", async () => {
    const rows = Array.from(
      { length: 20 },
      (_, day) => `2026-03-${String(day + 1).padStart(2, "0")}`,
    ).flatMap((date) =>
      ["08:00", "08:05", "08:10", "08:15", "08:20", "08:25", "08:30"].map((clock) => `${date} ${clock},3`),
    );
    const result = await read(`interval,calls\n${rows.join("\n")}`);
    expect(result.issues).toEqual([
      expect.objectContaining({
        code: "import.partIntervals",
        values: { queue: "main", intervals: 20, contacts: 60 },
      }),
    ]);
    expect(sum(result.history.queues[0].offered)).toBe(20 * 18);
  });

  test("a log with one call an hour keeps every call in intervals of an hour", async () => {
    const rows = Array.from(
      { length: 10 },
      (_, day) => `2026-03-${String(day + 2).padStart(2, "0")}`,
    ).flatMap((date) => ["09:05:00", "10:20:00", "11:50:00"].map((clock) => `${date} ${clock},answered`));
    const result = await read(`call start,outcome\n${rows.join("\n")}\n`, { intervalMinutes: 60 });
    expect(sum(result.history.queues[0].offered)).toBe(30);
  });
});

describe("separators, marks and orders", () => {
  const expected = [1234.5, 17];
  const cases: readonly (readonly [string, string])[] = [
    ["comma", "interval,offered,aht\n2026-03-13 08:00,1234.5,200\n2026-03-13 08:30,17,210\n"],
    ["thousands", 'interval,offered,aht\n2026-03-13 08:00,"1,234.5",200\n2026-03-13 08:30,17,210\n'],
    [
      "semicolon and 1.234,5",
      "interval;offered;aht\n13.03.2026 08:00;1.234,5;200\n13.03.2026 08:30;17;210\n",
    ],
    ["tab", "interval\toffered\taht\n2026-03-13 08:00\t1234.5\t200\n2026-03-13 08:30\t17\t210\n"],
    ["byte order mark", "\ufeffinterval,offered,aht\n2026-03-13 08:00,1234.5,200\n2026-03-13 08:30,17,210\n"],
    ["day first", "interval,offered,aht\n13/03/2026 08:00,1234.5,200\n13/03/2026 08:30,17,210\n"],
    ["month first", "interval,offered,aht\n3/13/2026 8:00 AM,1234.5,200\n3/13/2026 8:30 AM,17,210\n"],
    ["mixed line ends", "interval,offered,aht\r\n2026-03-13 08:00,1234.5,200\n2026-03-13 08:30,17,210\r"],
    [
      "trailing empty column",
      "interval,offered,aht,\n2026-03-13 08:00,1234.5,200,\n2026-03-13 08:30,17,210,\n",
    ],
  ];
  for (const [name, text] of cases) {
    test(name, async () => {
      const result = await read(text);
      expect(result.issues).toEqual([]);
      expect(result.firstDate).toBe("2026-03-13");
      const { grid, queues } = result.history;
      expect(queues[0].offered[intervalAt(grid, "2026-03-13", 480) ?? 0]).toBe(expected[0]);
      expect(queues[0].offered[intervalAt(grid, "2026-03-13", 510) ?? 0]).toBe(expected[1]);
    });
  }

  test("UTF-16 as spreadsheets write it", async () => {
    const text = "interval\toffered\n2026-03-13 08:00\t5\n2026-03-13 08:30\t6\n";
    const bytes = new Uint8Array(2 + text.length * 2);
    bytes.set([0xff, 0xfe]);
    for (let index = 0; index < text.length; index++) bytes[2 + index * 2] = text.charCodeAt(index);
    expect(sum((await read(bytes)).history.queues[0].offered)).toBe(11);
  });

  test("dates that could be read both ways are read as neighbouring days; a coin's toss is asked about", async () => {
    const days = ["01/02/2026", "02/02/2026", "03/02/2026", "04/02/2026"];
    const clear = await read(
      `interval,offered\n${days.flatMap((day) => [`${day} 08:00,1`, `${day} 08:30,2`]).join("\n")}\n`,
    );
    expect([clear.firstDate, clear.lastDate]).toEqual(["2026-02-01", "2026-02-04"]);
    expect(clear.issues).toEqual([]);
    const one = await read("interval,offered\n01/02/2026 08:00,1\n01/02/2026 08:30,2\n");
    expect(one.issues).toEqual([
      expect.objectContaining({ code: "import.ambiguousDateOrder", line: 2, column: "interval" }),
    ]);
  });
});

describe("a file larger than the blocks it is read in", () => {
  test("loses nothing at the seams: letters of several bytes, carriage returns and quoted line ends there too", async () => {
    const day = (index: number) =>
      new Date(Date.UTC(2020, 0, 1 + Math.floor(index / 96))).toISOString().slice(0, 10);
    const time = (index: number) =>
      `${String((index % 96) >> 2).padStart(2, "0")}:${String((index % 4) * 15).padStart(2, "0")}`;
    const count = 96 * 1500;
    let text = "date,time,queue,calls,note\r\n";
    for (let index = 0; index < count; index++) {
      text += `${day(index)},${time(index)},Rückfragen,${index % 7},"${index % 50 === 0 ? "two\r\nlines, 日本" : "überall"}"\r\n`;
    }
    const seen: number[] = [];
    const outcome = await importHistory(
      input(text, { intervalMinutes: 15, source: { name: "large.csv", data: new Blob([text]) } }),
      ({ completed }) => seen.push(completed),
    );
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    expect(new TextEncoder().encode(text).length).toBeGreaterThan(1.3 * 2 ** 22);
    expect([outcome.value.rowsRead, outcome.value.rowsRefused]).toEqual([count, 0]);
    let expected = 0;
    for (let index = 0; index < count; index++) expected += index % 7;
    expect(sum(outcome.value.history.queues[0].offered)).toBe(expected);
    expect(outcome.value.history.queues[0].queueId).toBe("Rückfragen");
  });
});

describe("bad input", () => {
  const day = ["2026-03-02 08:00", "2026-03-02 08:30", "2026-03-02 09:00", "2026-03-02 09:30"];
  const withThird = (row: string) => `interval,offered\n${day[0]},5\n${day[1]},6\n${row}\n${day[3]},8\n`;

  const refused: readonly (readonly [string, string, Partial<Issue>])[] = [
    [
      "a date that does not exist",
      withThird("2003-02-31 09:00,7"),
      { code: "import.unparsableDate", line: 4, column: "interval", values: { text: "2003-02-31 09:00" } },
    ],
    [
      "text in a number column",
      withThird(`${day[2]},seven`),
      { code: "import.notANumber", line: 4, column: "offered", values: { text: "seven" } },
    ],
    [
      "a negative count",
      withThird(`${day[2]},-7`),
      { code: "import.negativeNumber", line: 4, column: "offered", values: { text: "-7" } },
    ],
    ["an empty count", withThird(`${day[2]},`), { code: "import.emptyNumber", line: 4, column: "offered" }],
    [
      "a repeated interval",
      withThird(`${day[1]},7`),
      {
        code: "import.repeatedInterval",
        line: 4,
        column: "interval",
        values: { firstLine: 3, text: day[1] },
      },
    ],
    [
      "a row cut short",
      withThird("2026-03-02 09:0"),
      { code: "import.tooFewFields", line: 4, column: "offered" },
    ],
    [
      "a field too many",
      withThird(`${day[2]},7,9`),
      { code: "import.tooManyFields", line: 4, column: "offered" },
    ],
    [
      "a quote never closed",
      withThird(`"${day[2]},7`),
      { code: "import.unclosedQuote", line: 4, column: "interval" },
    ],
  ];
  for (const [name, text, issue] of refused) {
    test(`${name}: that row is refused with its line and column, the others are read`, async () => {
      const result = await read(text);
      expect(result.issues).toEqual([expect.objectContaining(issue)]);
      expect([result.rowsInFile, result.rowsRead, result.rowsRefused]).toEqual([4, 3, 1]);
      expect(sum(result.history.queues[0].offered)).toBe(19);
    });
  }

  test("31.02.2003 among dates written with dots is an issue, never today", async () => {
    const result = await read("Datum;Anrufe\n28.02.2003 08:00;5\n31.02.2003 08:30;7\n28.02.2003 08:30;6\n");
    expect(result.issues).toEqual([
      expect.objectContaining({
        code: "import.unparsableDate",
        line: 3,
        column: "Datum",
        values: { text: "31.02.2003 08:30" },
      }),
    ]);
    expect(sum(result.history.queues[0].offered)).toBe(11);
  });

  const hopeless: readonly (readonly [string, string | Uint8Array, { code: string; line: number }])[] = [
    ["an empty file", "", { code: "import.emptyFile", line: 1 }],
    ["nothing but blank lines", "\n\n  \n", { code: "import.emptyFile", line: 1 }],
    ["a header only", "interval,offered\n", { code: "import.headerOnly", line: 1 }],
    [
      "a binary file",
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2, 0, 255]),
      { code: "import.notText", line: 1 },
    ],
    ["a workbook", Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), { code: "import.workbook", line: 1 }],
    ["no time column", "name,offered\nAnna,5\nBert,6\n", { code: "import.noTimeColumn", line: 1 }],
    [
      "no count column",
      "interval,colour\n2026-03-02 08:00,red\n2026-03-02 08:30,blue\n",
      { code: "import.noCountColumn", line: 1 },
    ],
  ];
  for (const [name, data, issue] of hopeless) {
    test(`${name} gives no history and says where`, async () => {
      const outcome = await importHistory(input(data));
      expect(place(outcome)).toEqual([expect.objectContaining({ ok: false, ...issue })]);
    });
  }

  test("a forecast dropped as a history is said to look like one", async () => {
    const result = await read(
      "interval_start,queue,offered,offered_lower80,offered_upper80\n2026-03-02T08:00:00,V,5,3,7\n2026-03-02T08:30:00,V,6,4,8\n",
    );
    expect(result.issues).toEqual([
      expect.objectContaining({ code: "import.looksLikeForecast", line: 1, column: "offered_lower80" }),
    ]);
  });

  test("a mistyped year does not make a history of two centuries", async () => {
    const outcome = await importHistory(input(withThird("2226-03-02 09:00,7")));
    expect(place(outcome)).toEqual([expect.objectContaining({ ok: false, code: "import.spanTooLong" })]);
  });

  test("more bad rows than anybody reads are counted", async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `2026-03-02 08:00,x${index}`);
    const result = await read(
      `interval,offered\n${day.map((start) => `${start},1`).join("\n")}\n${rows.join("\n")}\n`,
    );
    expect(result.rowsRefused).toBe(300);
    expect(result.issues.at(-1)).toMatchObject({
      code: "import.furtherIssues",
      values: { of: "import.notANumber", count: 100 },
    });
  });
});

describe("clock changes in Europe/Berlin", () => {
  const change = { timeZone: "Europe/Berlin", intervalMinutes: 60 } as const;

  test("the repeated hour of a 25-hour day is two intervals", async () => {
    const hours = ["01:00", "02:00", "02:00", "03:00"];
    const result = await read(
      `interval,offered\n${hours.map((hour, index) => `2026-10-25 ${hour},${index + 1}`).join("\n")}\n`,
      change,
    );
    expect(result.issues).toEqual([]);
    const { grid, queues } = result.history;
    expect(grid.dayOffsets[1]).toBe(25);
    const passes = [intervalAt(grid, "2026-10-25", 120, 0), intervalAt(grid, "2026-10-25", 120, 1)];
    expect(passes.map((index) => queues[0].offered[index ?? 0])).toEqual([2, 3]);
    expect(passes.map((index) => dayOfInterval(grid, index ?? 0))).toEqual([0, 0]);
  });

  test("a third row at the repeated hour is a repeated interval", async () => {
    const hours = ["01:00", "02:00", "02:00", "02:00", "03:00"];
    const result = await read(
      `interval,offered\n${hours.map((hour) => `2026-10-25 ${hour},1`).join("\n")}\n`,
      change,
    );
    expect(result.issues).toEqual([expect.objectContaining({ code: "import.repeatedInterval", line: 5 })]);
  });

  test("an hour the clock skips is refused", async () => {
    const hours = ["01:00", "02:00", "03:00"];
    const result = await read(
      `interval,offered\n${hours.map((hour) => `2026-03-29 ${hour},1`).join("\n")}\n`,
      change,
    );
    expect(result.issues).toEqual([
      expect.objectContaining({ code: "import.skippedTime", line: 3, column: "interval" }),
    ]);
  });

  test("times in UTC or with an offset are put where they belong", async () => {
    const result = await read(
      "interval,offered\n2026-07-01T06:00:00Z,5\n2026-07-01T09:00:00+02:00,7\n2026-07-01T08:00:00Z,9\n",
      change,
    );
    const { grid, queues } = result.history;
    expect(
      [480, 540, 600].map((minute) => queues[0].offered[intervalAt(grid, "2026-07-01", minute) ?? 0]),
    ).toEqual([5, 7, 9]);
  });
});
