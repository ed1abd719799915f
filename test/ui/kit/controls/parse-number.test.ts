import { describe, expect, test } from "vitest";
import { parseNumber } from "../../../../src/ui/kit/controls/parse-number.ts";

describe("a typed number", () => {
  test.each([
    ["1,234.5", "en-GB", 1234.5],
    ["1.234,5", "de-DE", 1234.5],
    ["1 234,5", "fr-FR", 1234.5],
    ["1234.5", "zh-CN", 1234.5],
    ["１２", "zh-CN", 12],
    ["−3", "en-GB", -3],
    [".5", "en-GB", 0.5],
    ["80 %", "en-GB", 80],
    ["0", "en-GB", 0],
    ["0,50", "en-GB", 0.5],
    ["1,5", "en-GB", 1.5],
    ["1.5", "de-DE", 1.5],
    ["0,125", "zh-CN", 0.125],
    [",25", "en-GB", 0.25],
    ["-0,5 %", "en-GB", -0.5],
    // A comma that may group does.
    ["1,234", "en-GB", 1234],
    ["1.234", "de-DE", 1234],
  ])("%s in %s is %d", (text, locale, value) => {
    expect(parseNumber(text, locale)).toBe(value);
  });

  test.each([
    ["1,5,0", "en-GB"],
    ["1.234,5", "en-GB"],
    ["1,", "en-GB"],
    ["abc", "en-GB"],
    ["12abc", "en-GB"],
    ["", "en-GB"],
    ["-", "en-GB"],
    [".", "en-GB"],
    ["1e5", "en-GB"],
    ["--3", "en-GB"],
  ])("%s in %s is refused", (text, locale) => {
    expect(parseNumber(text, locale)).toBeNull();
  });

  test("its own unit may be typed along", () => {
    expect(parseNumber("20 s", "en-GB", "s")).toBe(20);
  });
});
