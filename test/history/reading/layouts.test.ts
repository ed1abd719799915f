import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dayOfDate, intervalAt } from "../../../src/domain/calendar/interval-grid.ts";
import type { HistoryImport } from "../../../src/history/reading/history-import.ts";
import { importHistory } from "../../../src/history/reading/import-history.ts";

async function read(
  data: string | Uint8Array,
  timeZone = "UTC",
  intervalMinutes = 30,
): Promise<HistoryImport> {
  const outcome = await importHistory({
    source: { name: "file", data: typeof data === "string" ? new TextEncoder().encode(data) : data },
    mapping: null,
    timeZone,
    intervalMinutes,
    queueId: "main",
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

function at(result: HistoryImport, queueId: string, date: string, minute: number) {
  const queue = result.history.queues.find((one) => one.queueId === queueId);
  const interval = intervalAt(result.history.grid, date, minute);
  if (queue === undefined || interval === null) throw new Error(`no ${queueId} at ${date}`);
  const handled = queue.handled?.[interval] ?? 0;
  return {
    offered: queue.offered[interval],
    aht: handled > 0 ? (queue.handleSeconds?.[interval] ?? 0) / handled : null,
    abandoned: queue.abandoned?.[interval] ?? null,
  };
}

function total(series: Float64Array | undefined): number {
  return series?.reduce((sum, value) => sum + value, 0) ?? Number.NEGATIVE_INFINITY;
}

describe("layouts planners already have, each by a small synthetic file", () => {
  test("Amazon Connect: several durations and channels in one file", async () => {
    const result = await read(
      "QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,IncomingContactVolume,AverageHandleTime,ContactsHandled\n" +
        "Sales,q-1,VOICE,2026-03-02T08:00:00Z,15mins,10,200,9\n" +
        "Sales,q-1,VOICE,2026-03-02T08:15:00Z,15mins,14,220,13\n" +
        "Sales,q-1,CHAT,2026-03-02T08:00:00Z,15mins,5,600,5\n" +
        "Sales,q-1,VOICE,2026-03-02T00:00:00Z,daily,310,210,300\n",
    );
    expect(result.mapping.layout).toBe("amazonConnect");
    expect([result.rowsRead, result.rowsRefused]).toEqual([3, 1]);
    expect(at(result, "Sales", "2026-03-02", 480).offered).toBe(24);
    expect(at(result, "Sales", "2026-03-02", 480).aht).toBeCloseTo((9 * 200 + 13 * 220) / 22, 9);
    expect(at(result, "Sales chat", "2026-03-02", 480)).toMatchObject({ offered: 5, aht: 600 });
    expect(result.channels).toEqual(["voice", "chat"]);
  });

  test("Genesys Cloud: UTC, rows split by skills, handle time as a total", async () => {
    const header =
      "Interval Start UTC Date,Queue,Media Type,Skill Set,Language,Offered,Interactions Handled,Total Handle Time (Seconds)\n";
    const result = await read(
      `${header}2026-07-01T06:00:00Z,Care,voice,English|||Billing,en,6,6,1200\n` +
        "2026-07-01T06:00:00Z,Care,voice,German,de,4,3,900\n2026-07-01T06:30:00Z,Care,voice,German,de,2,2,400\n",
      "Europe/Berlin",
    );
    expect(result.mapping.layout).toBe("genesysCloud");
    expect(at(result, "Care", "2026-07-01", 480).offered).toBe(10);
    expect(at(result, "Care", "2026-07-01", 480).aht).toBeCloseTo(2100 / 9, 9);
  });

  test("injixo: one column pair, and one per queue", async () => {
    const one = await read(
      "Timestamp;Offered;AHT\n2026-03-02 08:00;12;240,5\n2026-03-02 08:15;10;238,5\n",
      "UTC",
      15,
    );
    expect(one.mapping.layout).toBe("injixo");
    expect(at(one, "main", "2026-03-02", 480)).toMatchObject({ offered: 12, aht: 240.5 });
    const several = await read(
      "Timestamp,Offered_Voice,AHT_Voice,Offered_Mail,AHT_Mail\n2026-03-02 08:00,12,240,3,600\n2026-03-02 08:30,10,238,,\n",
    );
    expect(several.history.queues.map(({ queueId }) => queueId)).toEqual(["Mail", "Voice"]);
    expect(at(several, "Mail", "2026-03-02", 480)).toMatchObject({ offered: 3, aht: 600 });
  });

  test("Calabrio: 21 fields without a header, durations as totals", async () => {
    const row = (time: string, offered: number) =>
      `15;20260302;${time};7;Service;${offered};0;1;0;${offered - 1};60;20;1800;200;30;20;4;9;80;0;0`;
    const result = await read(`${row("08:00", 11)}\n${row("08:15", 9)}\n`);
    expect(result.mapping.layout).toBe("calabrio");
    const cell = at(result, "Service", "2026-03-02", 480);
    expect(cell).toMatchObject({ offered: 20, abandoned: 2 });
    expect(cell.aht).toBeCloseTo(4000 / 18, 9);
  });

  test("Verint: daily rows without a header, month first", async () => {
    const result = await read(
      "Billing,3-2-2026,400,210\nBilling,3-3-2026,380,215\nBilling,3-14-2026,390,220\n",
    );
    expect(result.mapping.layout).toBe("verint");
    expect([result.firstDate, result.lastDate]).toEqual(["2026-03-02", "2026-03-14"]);
    expect(result.lacking).toEqual(["intraday"]);
    const [queue] = result.history.queues;
    const { grid } = result.history;
    const day = dayOfDate(grid, "2026-03-14") ?? 0;
    const contacts = queue.offered.subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1]);
    expect(contacts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(390, 9);
  });

  test("call log: one row per contact, hung up in the menu is no demand", async () => {
    const header =
      "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver";
    const call = (exit: string, wait: number, outcome: string, seconds: number) =>
      `AA\t1\t0\t0\tPS\t990301\t7:00:00\t${exit}\t10\t0:00:00\t0:00:00\t${wait}\t${outcome}\t0:00:00\t0:00:00\t${seconds}\tX`;
    const rows = [
      call("7:02:56", 0, "AGENT", 166),
      call("7:10:00", 30, "AGENT", 100),
      call("7:20:00", 45, "HANG", 0),
      call("7:21:00", 0, "HANG", 0),
      call("7:25:00", 0, "PHANTOM", 0),
    ];
    const result = await read(`${header}\r\n${rows.join("\r\n")}\r\n`);
    expect(result.mapping.layout).toBe("callLog");
    expect([result.rowsInFile, result.rowsRead, result.rowsRefused]).toEqual([5, 3, 2]);
    expect(at(result, "PS", "1999-03-01", 420)).toEqual({ offered: 3, aht: 133, abandoned: 1 });
  });

  test("a queue without a channel is on the one that its name speaks of", async () => {
    const rows = ["Hotline", "Web chat", "Sales"].map((queue) => `2026-03-02,08:00,${queue},5`);
    const result = await read(`Date,Time,Queue,Offered\n${rows.join("\n")}\n`);
    expect(result.history.queues.map(({ queueId }) => queueId)).toEqual(["Hotline", "Sales", "Web chat"]);
    expect(result.channels).toEqual(["voice", "voice", "chat"]);
  });

  test("ticket log: created and resolved, by category", async () => {
    const result = await read(
      "id,created,resolved,category\n1,2026-03-02 08:05,2026-03-02 10:00,Login\n2,2026-03-02 08:20,2026-03-03 09:00,Login\n3,2026-03-02 09:10,,Billing\n",
    );
    expect(result.mapping.layout).toBe("ticketLog");
    expect(result.channels).toEqual(["deferred", "deferred"]);
    expect(at(result, "Login", "2026-03-02", 480).offered).toBe(2);
    // 1 h 55 min and 24 h 40 min.
    const [login, billing] = result.resolutionTimes?.byCategory ?? [];
    expect(login).toMatchObject({
      name: "Login",
      tickets: 2,
      open: 0,
      medianSeconds: 6_900,
      p90Seconds: 88_800,
    });
    expect(login.within).toEqual([0, 1, 1, 1, 1, 2, 2, 2]);
    expect(billing).toMatchObject({ name: "Billing", tickets: 1, open: 1, medianSeconds: null });
    expect(result.resolutionTimes?.byHour.map(({ name, tickets }) => [name, tickets])).toEqual([
      ["8", 2],
      ["9", 1],
    ]);
  });

  test("daily ACD report: durations as H:MM:SS, shares as 94.01%", async () => {
    const result = await read(
      "Date,Incoming Calls,Answered Calls,Answer Rate,Abandoned Calls,Answer Speed (AVG),Talk Duration (AVG),Service Level (20 Seconds)\n" +
        "2026-03-02,217,204,94.01%,13,0:00:17,0:02:14,76.28%\n2026-03-03,200,182,91.00%,18,0:00:20,0:02:22,72.73%\n",
    );
    expect(result.mapping.layout).toBe("dailyReport");
    const [queue] = result.history.queues;
    const seconds = (queue.handleSeconds ?? new Float64Array()).reduce((sum, value) => sum + value, 0);
    expect(seconds).toBeCloseTo(204 * 134 + 182 * 142, 6);
    expect(total(queue.waitSeconds)).toBeCloseTo(204 * 17 + 182 * 20, 6);
    expect(queue.inTime?.seconds).toBe(20);
    expect(total(queue.inTime?.contacts)).toBeCloseTo(217 * 0.7628 + 200 * 0.7273, 6);
  });

  test("a log of callers: who gave up and calls again within the hour is a redial", async () => {
    const result = await read(
      "call start;customer id;wait;outcome;handle time\n" +
        "2026-03-02 09:10:00;A7;12;answered;200\n" +
        "2026-03-02 08:00:00;A7;95;abandoned;0\n" +
        "2026-03-02 08:59:59;A7;40;abandoned;0\n" +
        "2026-03-02 10:30:00;A7;30;abandoned;0\n" +
        "2026-03-02 11:30:01;A7;5;answered;100\n" +
        "2026-03-02 12:00:00;0;80;abandoned;0\n" +
        "2026-03-02 12:01:00;0;80;answered;300\n" +
        "2026-03-02 12:02:00;B2;21;answered;300\n" +
        "2026-03-02 12:30:00;B2;9;answered;300\n",
    );
    const [queue] = result.history.queues;
    // 08:59:59 after 08:00:00, and 09:10:00 after 08:59:59; 11:30:01 is a second too late; caller 0 is nobody; B2 was served.
    expect(total(queue.redials)).toBe(2);
    expect([total(queue.handled ?? undefined), total(queue.abandoned ?? undefined)]).toEqual([5, 4]);
    expect(total(queue.waitSeconds)).toBe(12 + 5 + 80 + 21 + 9);
    expect([queue.inTime?.seconds, total(queue.inTime?.contacts)]).toEqual([20, 3]);
  });

  test("a file that stops in the middle of a row loses that row only, and says which", async () => {
    const outcome = await importHistory({
      source: {
        name: "cut",
        data: new TextEncoder().encode(
          "interval_start,queue,offered,handled,abandoned,aht_seconds\n2026-03-02T08:00:00,V,5,5,0,200\n2026-03-02T08:30:00,V,7,",
        ),
      },
      mapping: null,
      timeZone: "UTC",
      intervalMinutes: 30,
      queueId: "main",
    });
    expect(outcome.ok && [outcome.value.rowsRead, outcome.value.rowsRefused]).toEqual([1, 1]);
    expect(outcome.issues).toEqual([expect.objectContaining({ code: "import.tooFewFields", line: 3 })]);
  });

  test.each(["interval_start,queue,offered", "interval_start,"])(
    "a header that comes again and is cut off by the end is no contact of a queue by that name: %s",
    async (again) => {
      const header = "interval_start,queue,offered,handled,abandoned,aht_seconds";
      const rows = ["2026-03-02T08:00:00,V,5,5,0,200", "2026-03-02T08:30:00,V,7,7,0,200"];
      const outcome = await importHistory({
        source: {
          name: "cut",
          data: new TextEncoder().encode([header, ...rows, again].join("\n")),
        },
        mapping: null,
        timeZone: "UTC",
        intervalMinutes: 30,
        queueId: "main",
      });
      expect(outcome.issues).toEqual([expect.objectContaining({ code: "import.headerAgain", line: 4 })]);
      expect(outcome.ok && outcome.value.contacts.queues).toEqual([
        { queueId: "V", inFile: 12, inHistory: 12, leftOut: 0, refused: 0 },
      ]);
    },
  );
});

const shared = new URL("../../../../shared/data/", import.meta.url);
describe.skipIf(!existsSync(shared))(
  "files of ../shared/data read by themselves (skipped without that folder)",
  () => {
    const load = (name: string) => read(readFileSync(new URL(name, shared)));
    const roles = (result: HistoryImport) =>
      Object.fromEntries(
        result.mapping.columns
          .filter(({ role }) => role !== "ignore")
          .map(({ header, role }) => [header, role]),
      );
    const offered = (result: HistoryImport) =>
      result.history.queues.reduce(
        (sum, queue) => sum + queue.offered.reduce((total, value) => total + value, 0),
        0,
      );

    test("five-minute bank", async () => {
      const result = await load("bank_calls_5min.csv");
      expect(roles(result)).toEqual({ DateTime: "start", Calls: "offered" });
      expect([result.rowsRead, result.rowsRefused, result.mapping.rowMinutes]).toEqual([21294, 0, 5]);
      expect([result.firstDate, result.lastDate]).toEqual(["2003-03-03", "2003-08-29"]);
    });

    test("six-minute bank", async () => {
      const result = await load("anonymous_bank_1999_6min.csv");
      expect(roles(result)).toEqual({ date: "date", time: "time", calls: "offered" });
      expect([result.rowsRead, result.rowsRefused, result.mapping.rowMinutes]).toEqual([72960, 0, 6]);
    });

    test("call log: one of eight who reached the queue abandoned, mean handle time 176.9 s", async () => {
      const result = await load("anonymous_bank_1999_02.txt");
      expect(result.rowsInFile).toBe(33344);
      const sum = (pick: "handled" | "abandoned" | "handleSeconds") =>
        result.history.queues.reduce(
          (total, queue) => total + Array.from(queue[pick] ?? []).reduce((a: number, b: number) => a + b, 0),
          0,
        );
      expect(sum("abandoned") / offered(result)).toBeGreaterThan(0.1);
      expect(sum("abandoned") / offered(result)).toBeLessThan(0.14);
      expect(Math.abs(sum("handleSeconds") / sum("handled") - 176.9)).toBeLessThan(1);
      // Counted by another program over all hours: 882 redials of 31,094, mean wait of the answered 40.77 s, 52.1 % in 20 s.
      const inTime = result.history.queues.reduce((all, queue) => all + total(queue.inTime?.contacts), 0);
      const redials = result.history.queues.reduce((all, queue) => all + total(queue.redials), 0);
      const waits = result.history.queues.reduce((all, queue) => all + total(queue.waitSeconds), 0);
      expect(Math.abs(redials / 882 - 1)).toBeLessThan(0.02);
      expect(Math.abs(inTime / offered(result) - 0.521)).toBeLessThan(0.005);
      expect(Math.abs(waits / sum("handled") - 40.77)).toBeLessThan(0.5);
    });

    test("daily ACD report", async () => {
      const result = await load("daily_acd_report.csv");
      expect(roles(result)).toEqual({
        Index: "dayNumber",
        "Incoming Calls": "offered",
        "Answered Calls": "handled",
        "Abandoned Calls": "abandoned",
        "Answer Speed (AVG)": "asaSeconds",
        "Talk Duration (AVG)": "talkSeconds",
        "Service Level (20 Seconds)": "serviceLevel",
      });
      expect([result.rowsRead, result.rowsRefused]).toEqual([1251, 0]);
      expect(result.lacking).toEqual(["date", "intraday"]);
    });
  },
);
