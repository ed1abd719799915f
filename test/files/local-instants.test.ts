import { describe, expect, test } from "vitest";
import { clockReader } from "../../src/files/clock-cells.ts";
import { localInstants } from "../../src/files/local-instants.ts";

function instants(zone: string, text: string, lengthSeconds = 0): string[] {
  const reading = clockReader("ymd")(text, null);
  if (reading === null) throw new Error(text);
  return localInstants(zone)(reading, lengthSeconds).map((instant) => new Date(instant * 1000).toISOString());
}

describe("instants of a clock reading", () => {
  test("zones by their letters are the wall clock at home, and an offset elsewhere", () => {
    expect(instants("Europe/Berlin", "2025-09-01 08:00 CET")).toEqual(["2025-09-01T06:00:00.000Z"]);
    expect(instants("Europe/Berlin", "2025-09-01 08:00 CEST")).toEqual(["2025-09-01T06:00:00.000Z"]);
    expect(instants("Europe/Berlin", "2025-01-15 08:00 CET")).toEqual(["2025-01-15T07:00:00.000Z"]);
    expect(instants("UTC", "2025-09-01 08:00 CET")).toEqual(["2025-09-01T07:00:00.000Z"]);
    expect(instants("America/Chicago", "2025-07-01 08:00 CST")).toEqual(["2025-07-01T13:00:00.000Z"]);
    expect(instants("Asia/Shanghai", "2025-07-01 08:00 EST")).toEqual(["2025-07-01T13:00:00.000Z"]);
  });

  test("the letters tell the passes of a repeated hour apart", () => {
    expect(instants("Europe/Berlin", "2025-10-26 02:30 CEST")).toEqual(["2025-10-26T00:30:00.000Z"]);
    expect(instants("Europe/Berlin", "2025-10-26 02:30 CET")).toEqual(["2025-10-26T01:30:00.000Z"]);
    expect(instants("Europe/Berlin", "2025-10-26 02:30")).toHaveLength(2);
  });

  test("a stretch that begins in skipped time and outlasts it begins with the change", () => {
    expect(instants("Australia/Lord_Howe", "2025-10-05 02:00")).toEqual([]);
    expect(instants("Australia/Lord_Howe", "2025-10-05 02:00", 3600)).toEqual(["2025-10-04T15:30:00.000Z"]);
    expect(instants("Australia/Lord_Howe", "2025-10-05 02:00", 1800)).toEqual([]);
    expect(instants("Europe/Berlin", "2025-03-30 02:00", 3600)).toEqual([]);
    expect(instants("Pacific/Chatham", "2025-09-28 03:00", 3600)).toEqual(["2025-09-27T14:00:00.000Z"]);
  });

  test("a day that begins at one o'clock has its own midnight in no place", () => {
    // Cairo's clocks go from 00:00 to 01:00.
    expect(instants("Africa/Cairo", "2025-04-25 00:30")).toEqual([]);
    expect(instants("Africa/Cairo", "2025-04-25 01:00")).toEqual(["2025-04-24T22:00:00.000Z"]);
    expect(instants("Africa/Cairo", "2025-04-25 09:00")).toEqual(["2025-04-25T06:00:00.000Z"]);
  });
});
