import { describe, expect, test } from "vitest";
import { formatFor } from "../../../src/ui/kit/format.ts";

const en = formatFor("en");
const zh = formatFor("zh-CN");
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("numbers as people read them", () => {
  test.each<[string, string]>([
    [en.number(1240), "1,240"],
    [en.number(13.44, 1), "13.4"],
    [en.number(-0.01), "0"],
    [en.signed(3.2, 1), "+3.2"],
    [en.signed(-1), "−1"],
    [en.signed(0.01, 1), "0.0"],
    [en.percent(0.8123), "81.2 %"],
    [zh.percent(0.8123), "81.2%"],
    [en.signedPercent(0.3), "+30 %"],
    [en.duration(252), "4:12"],
    [en.duration(3852), "1:04:12"],
    [en.wait(23.4), "23 s"],
    [en.wait(0.44), "0.4 s"],
    [en.wait(200), "3 min 20 s"],
    [zh.wait(20), "20 秒"],
    [en.hours(1240.4), "1,240 h"],
    [en.money(41220.4, "EUR"), "€41,220"],
    [en.money(-5, "USD"), "−$5"],
    [en.plusMinus(0.84, 1), "± 0.8"],
    [en.time(450), "07:30"],
    [en.bytes(3_096_246), "3.1 MB"],
    [en.bytes(240_000_000), "240 MB"],
    [en.bytes(0), "0 B"],
  ])("%s", (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  test("what is missing is a dash, never NaN", () => {
    for (const text of [
      en.number(null),
      en.number(Number.NaN),
      en.percent(null),
      en.percent(Number.POSITIVE_INFINITY),
      en.duration(null),
      en.wait(Number.NaN),
      en.money(null, "EUR"),
      en.date(null),
      en.instant(null),
      en.instant("never"),
      en.time(null),
    ])
      expect(text).toBe("—");
  });
});

test("an instant has its date when it is of another day on this computer, whatever day it is in UTC", () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 30);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  for (const hour of hours) {
    expect(en.instant(at(2, 12).toISOString(), at(2, hour))).toBe("12:30");
    expect(en.instant(at(2, 12).toISOString(), at(3, hour))).toMatch(/2 Nov.*12:30/);
  }
});

describe("dates", () => {
  test("in English, day first", () => {
    expect(en.date("2026-11-02")).toBe("Mon 2 Nov");
    expect(en.date("2026-11-02", "long")).toBe("Monday 2 November 2026");
    expect(en.date("2026-11-02", "day")).toBe("2 Nov");
    expect(plain(en.dateRange("2026-11-02", "2026-11-08"))).toMatch(/^2\s?–\s?8 Nov 2026$/);
    expect(en.dateRange("2026-11-02", "2026-11-02")).toBe("Mon 2 Nov");
  });

  test("in Chinese", () => {
    expect(zh.date("2026-11-02", "day")).toBe("11月2日");
    expect(zh.dateRange("2026-11-02", "2026-11-08")).toMatch(/2026年11月2日.*8日/);
    expect(zh.weekday(1)).toBe("周一");
  });

  test("do not slip by a day where the clock is behind UTC", () => {
    const zone = process.env.TZ;
    process.env.TZ = "America/Los_Angeles";
    expect(formatFor("en").date("2026-01-01", "full")).toBe("1 Jan 2026");
    process.env.TZ = zone;
  });
});
