import { describe, expect, test } from "vitest";
import { habitOf, type JudgedQueue } from "../../src/periods/habits.ts";
import type { StaffingCause } from "../../src/periods/staffing-error.ts";

const series = (bias: number, levelWape: number) => ({
  forecast: 100,
  came: 100 / (1 + bias),
  wape: levelWape + 0.05,
  levelWape,
  bias,
});

/** 1,000 hours needed; of the misplaced ones and of the net so many by cause. */
function queue(
  misplaced: Partial<Record<StaffingCause, number>>,
  net: Partial<Record<StaffingCause, number>>,
  more: Partial<JudgedQueue> = {},
): JudgedQueue {
  const none = { volume: 0, handleTime: 0, pattern: 0, staff: 0 };
  const whole = Object.values(misplaced).reduce((sum, hours) => sum + hours, 0);
  return {
    name: "Sales",
    volume: series(0, 0.02),
    handleTime: series(0, 0.02),
    patternMisfit: 1,
    staffing: {
      requiredHours: 1000,
      neededHours: 1000,
      rosteredHours: 1000,
      shortHours: whole,
      overHours: 0,
      misplaced: { ...none, ...misplaced },
      net: { ...none, ...net },
    },
    ...more,
  };
}
const habit = (...args: Parameters<typeof queue>) => {
  const { code, values } = habitOf(queue(...args));
  return [code.replace("habit.", ""), values?.percent ?? values?.hours ?? null];
};

describe("the habit to change", () => {
  test("is none where little was misplaced, and unknown where nothing came", () => {
    expect(habit({ volume: 40 }, { volume: -40 })).toEqual(["keep", 4]);
    expect(habit({ volume: 90 }, {}, { volume: null })).toEqual(["nothingKnown", null]);
  });

  test("is the level of the forecast where it was off one way, and its scatter where it was off both ways", () => {
    expect(habit({ volume: 90 }, { volume: -90 }, { volume: series(-0.2, 0.21) })).toEqual(["volumeLow", 25]);
    expect(habit({ volume: 90 }, { volume: 90 }, { volume: series(0.25, 0.25) })).toEqual(["volumeHigh", 20]);
    expect(habit({ volume: 90 }, { volume: -5 }, { volume: series(-0.02, 0.2) })).toEqual([
      "volumeSwings",
      20,
    ]);
  });

  test("is the handle time likewise", () => {
    const longer = { handleTime: series(-0.1, 0.1) };
    expect(habit({ handleTime: 80, volume: 30 }, { handleTime: -80 }, longer)).toEqual(["handleTimeLow", 11]);
    expect(habit({ handleTime: 80 }, {}, { handleTime: series(0.1, 0.1) })[0]).toBe("handleTimeHigh");
    expect(habit({ handleTime: 80 }, {}, { handleTime: series(0.01, 0.1) })[0]).toBe("handleTimeSwings");
  });

  test("is the roster where it had other hours than asked for, or had them at other times", () => {
    expect(habit({ staff: 120, volume: -20 }, { staff: -100 })).toEqual(["staffShort", 100]);
    expect(habit({ staff: 120 }, { staff: 110 })).toEqual(["staffOver", 110]);
    expect(habit({ staff: 120 }, { staff: 10 })).toEqual(["staffPlaced", 120]);
  });

  test("is the pattern only where chance alone did not make it", () => {
    expect(habit({ pattern: 90, volume: 30 }, {}, { patternMisfit: 4 })).toEqual(["pattern", 90]);
    expect(habit({ pattern: 90, volume: 30 }, {}, { volume: series(-0.1, 0.1) })).toEqual(["volumeLow", 11]);
    expect(habit({ pattern: 90 }, {})).toEqual(["keep", 9]);
  });
});
