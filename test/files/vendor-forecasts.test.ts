import { expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { DemandForecast, QueueForecast } from "../../src/domain/results/demand.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { amazonConnectForecastCsv } from "../../src/files/amazon-connect-forecast.ts";
import { calabrioForecastCsv } from "../../src/files/calabrio-forecast.ts";
import { injixoForecastCsv } from "../../src/files/injixo-forecast.ts";
import { importHistory } from "../../src/history/reading/import-history.ts";

/** Two queues over the day of 25 hours, one of them closed at night. */
function forecast(intervalMinutes = 30): DemandForecast {
  const grid = createIntervalGrid("Europe/Berlin", intervalMinutes, "2026-10-24", 2);
  const count = intervalCount(grid);
  const queue = (queueId: string, factor: number, isOpen: (interval: number) => boolean): QueueForecast => {
    const series = (value: (interval: number) => number) =>
      Float64Array.from({ length: count }, (_, at) => value(at));
    const offered = series((at) => (isOpen(at) ? factor * (10 + (at % 7)) + 0.25 : 0));
    return {
      queueId,
      open: Uint8Array.from({ length: count }, (_, at) => (isOpen(at) ? 1 : 0)),
      offered,
      offeredLower80: offered,
      offeredUpper80: offered,
      offeredLower95: offered,
      offeredUpper95: offered,
      dispersion: series(() => 0.01),
      dayFactorVariance: 0.002,
      ahtSeconds: series((at) => 200 + (at % 5)),
      model: "mean8",
      backtest: [],
      notes: [],
    };
  };
  return { grid, queues: [queue("Voice", 1, () => true), queue("=Chat", 2, (at) => at % 48 >= 16)] };
}

async function readBack(text: string, timeZone: string, intervalMinutes: number) {
  const outcome = await importHistory({
    source: { name: "out.csv", data: new TextEncoder().encode(text) },
    mapping: null,
    timeZone,
    intervalMinutes,
    queueId: "main",
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

test("Amazon Connect reads back through the importer to the same contacts, the repeated hour included", async () => {
  const made = forecast();
  const text = amazonConnectForecastCsv(made, (queueId) => (queueId === "=Chat" ? "chat" : "voice"));
  expect(text.split("\n")[0]).toBe(
    "QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,IncomingContactVolume,AverageHandleTime",
  );
  expect(text).toContain("\nVoice,,VOICE,2026-10-23T22:00:00Z,30mins,10.25,200\n");
  // A name that a spreadsheet would run as a formula is disarmed.
  expect(text).toContain("\n'=Chat,,CHAT,");
  const read = await readBack(text, "Europe/Berlin", 30);
  const voice = read.history.queues.find(({ queueId }) => queueId === "Voice");
  expect(voice?.offered).toEqual(made.queues[0].offered);
  expect(read.rowsRefused).toBe(0);
});

test("hours are cut in two for Amazon Connect, which knows 15 and 30 minutes only", () => {
  const lines = amazonConnectForecastCsv(forecast(60), () => "voice").split("\n");
  expect(lines[1]).toBe("Voice,,VOICE,2026-10-23T22:00:00Z,30mins,5.13,200");
  expect(lines[2]).toBe("Voice,,VOICE,2026-10-23T22:30:00Z,30mins,5.13,200");
});

test("injixo reads back to the same contacts and AHT of every queue", async () => {
  const made = forecast();
  const text = injixoForecastCsv(made);
  expect(text.split("\n")[0]).toBe("Timestamp;Offered_Voice;AHT_Voice;Offered_=Chat;AHT_=Chat");
  const read = await readBack(text, "Europe/Berlin", 30);
  expect(read.rowsRefused).toBe(0);
  for (const queue of made.queues) {
    const back = read.history.queues.find(({ queueId }) => queueId === queue.queueId);
    expect(back?.offered).toEqual(queue.offered);
    expect((back?.handleSeconds?.[20] ?? 0) / (back?.handled?.[20] ?? 1)).toBeCloseTo(
      queue.ahtSeconds[20],
      9,
    );
  }
  const single = injixoForecastCsv({ ...made, queues: made.queues.slice(0, 1) });
  expect(single.startsWith("Timestamp;Offered;AHT\n2026-10-24 00:00;10.25;200\n")).toBe(true);
});

test("Calabrio: no header, local times with an end, agents from the requirement", () => {
  const made = forecast();
  const requirement = {
    grid: made.grid,
    queues: made.queues.map(({ queueId, offered }) => ({
      queueId,
      requiredAgents: offered.map((value) => value / 4),
    })),
  } as unknown as Requirement;
  const lines = calabrioForecastCsv(made, requirement).split("\n");
  expect(lines[0]).toBe("Voice;20261024 00:00;20261024 00:30;10.25;200;0;2.56");
  expect(lines.filter((line) => line.startsWith("Voice;20261024 23:30;20261024 24:00;")).length).toBe(1);
});
