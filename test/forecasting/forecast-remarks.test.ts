import { describe, expect, test } from "vitest";
import { addDays, daysBetween } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid, dateOfDay, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { Issue } from "../../src/domain/outcome.ts";
import type { ForecastSettings } from "../../src/domain/plan/forecast-settings.ts";
import type { OpeningHours } from "../../src/domain/plan/queue.ts";
import { type DemandHistory, intervalState, type QueueForecast } from "../../src/domain/results/demand.ts";
import { forecastDemand, prepareQueue } from "../../src/forecasting/forecast-demand.ts";
import { remarksOn } from "../../src/forecasting/forecast-remarks.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { randomStream } from "../../src/numerics/random.ts";

const firstDate = "2025-06-02";
const weekCount = 12;

/** Mean contacts of an hour of a day that is counted from the Monday the history begins on; 0: closed. */
type Mean = (day: number, hour: number) => number;

const officeHours = (hour: number) => hour >= 8 && hour < 18;
/** Ten hours from Monday to Saturday, 1,500 contacts a week. */
const usual: Mean = (day, hour) => (day % 7 < 6 && officeHours(hour) ? 25 : 0);
const between = (mean: Mean, first: number, end: number): Mean => {
  return (day, hour) => (day >= first && day < end ? mean(day, hour) : 0);
};
const without = (mean: Mean, first: number, end: number): Mean => {
  return (day, hour) => (day >= first && day < end ? 0 : mean(day, hour));
};

/** Hours of some queues over some weeks, drawn with the seed of each queue's name. */
function history(means: Readonly<Record<string, Mean>>, weeks = weekCount): DemandHistory {
  const grid = createIntervalGrid("UTC", 60, firstDate, weeks * 7);
  const count = intervalCount(grid);
  const queues = Object.entries(means).map(([queueId, mean]) => {
    const chance = randomStream(3, queueId);
    const state = new Uint8Array(count);
    const offered = new Float64Array(count);
    for (let interval = 0; interval < count; interval++) {
      const expected = mean(Math.floor(interval / 24), interval % 24);
      if (expected <= 0) continue;
      state[interval] = intervalState.open;
      offered[interval] = countQuantile(expected, 0.002, chance.uniform());
    }
    return { queueId, state, offered, handled: null, abandoned: null, handleSeconds: null };
  });
  return { grid, queues };
}

interface Asked {
  readonly firstDate?: string;
  readonly dayCount?: number;
  readonly settings?: Partial<ForecastSettings>;
  readonly openingHours?: readonly OpeningHours[];
}

async function forecasts(of: DemandHistory, asked: Asked = {}): Promise<Map<string, QueueForecast>> {
  const outcome = await forecastDemand({
    history: of,
    queues: of.queues.map(({ queueId }) => ({
      id: queueId,
      defaultAhtSeconds: 240,
      openingHours: (asked.openingHours as OpeningHours[]) ?? null,
    })),
    firstDate: asked.firstDate ?? addDays(firstDate, of.grid.dayCount),
    dayCount: asked.dayCount ?? 7,
    settings: { model: "auto", holidays: null, specialDays: [], overrides: [], ...asked.settings },
    timed: false,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return new Map(outcome.value.queues.map((queue) => [queue.queueId, queue]));
}

const total = (forecast: QueueForecast | undefined) =>
  forecast!.offered.reduce((sum, contacts) => sum + contacts, 0);
const names = (forecast: QueueForecast | undefined) =>
  forecast!.notes
    .map(({ code }) => code.replace("forecast.", ""))
    .filter((name) => name !== "tooLittleHistory");
const noted = (forecast: QueueForecast | undefined, name: string): Issue["values"] =>
  forecast!.notes.find(({ code }) => code === `forecast.${name}`)?.values;

test("nothing is remarked on a queue that goes on as it was", async () => {
  const main = (await forecasts(history({ main: usual }))).get("main");
  expect(names(main)).toEqual([]);
  expect(Math.abs(total(main) - 1500)).toBeLessThan(60);
});

describe("weeks that are missing", () => {
  test.each([
    ["four weeks, then thirteen days", 43, 71],
    ["four weeks, then a week", 49, 77],
    ["three weeks from a Wednesday on, then two weeks and a half", 44, 66],
    ["eight weeks, then two", 14, 70],
    ["ten days, then eight", 66, 76],
    ["all but the first and the last two weeks", 7, 70],
  ])("leave a forecast of the days there are, and are named: %s", async (_, first, end) => {
    const main = (await forecasts(history({ main: without(usual, first, end) }))).get("main");
    expect(total(main)).toBeGreaterThan(1400);
    expect(total(main)).toBeLessThan(1600);
    expect(noted(main, "weeksMissing")).toMatchObject({ queue: "main" });
    expect(names(main)).toEqual(["weeksMissing"]);
  });

  test("long ago are no longer news", async () => {
    const main = (await forecasts(history({ main: without(usual, 14, 42) }, 20))).get("main");
    expect(names(main)).toEqual([]);
  });

  test("in the whole file before the first day forecast end no queue", async () => {
    const both = history({ one: without(usual, 42, 70), two: without(usual, 42, 70) });
    const asked = await forecasts(both, { firstDate: addDays(firstDate, 70) });
    for (const queue of asked.values()) {
      expect(total(queue)).toBeGreaterThan(1400);
      expect(names(queue)).toEqual([]);
    }
  });
});

describe("a queue that came", () => {
  test.each([7, 13, 14, 20, 28, 40])(
    "%i days ago beside an old one is forecast in full and named",
    async (days) => {
      const end = weekCount * 7;
      const made = history({ old: usual, new: between(usual, end - days, end) });
      const queue = (await forecasts(made)).get("new");
      const weekShare = days >= 7 ? 1 : days / 7;
      expect(total(queue)).toBeGreaterThan(1380 * weekShare);
      expect(total(queue)).toBeLessThan(1620);
      expect(noted(queue, "queueBegan")).toEqual({
        queue: "new",
        date: dateOfDay(made.grid, made.queues[1].state.indexOf(intervalState.open) / 24 - 8 / 24),
        days: expect.any(Number),
      });
    },
  );

  test("is forecast as if it stood alone", async () => {
    const end = weekCount * 7;
    const made = history({ old: usual, new: between(usual, end - 35, end) });
    const beside = (await forecasts(made)).get("new");
    const grid = createIntervalGrid("UTC", 60, addDays(firstDate, end - 35), 35);
    const cut = (values: Float64Array) => values.slice(-35 * 24);
    const [, queue] = made.queues;
    const alone = {
      grid,
      queues: [{ ...queue, state: queue.state.slice(-35 * 24), offered: cut(queue.offered) }],
    };
    const outcome = (await forecasts(alone, { firstDate: addDays(firstDate, end) })).get("new");
    expect([...beside!.offered]).toEqual([...outcome!.offered]);
    expect(beside!.model).toBe(outcome!.model);
  });
});

describe("a queue that ended", () => {
  test.each([14, 21, 35, 49, 63])(
    "%i days ago gets no volume, and the remark says since when",
    async (days) => {
      const made = history({ old: usual, gone: between(usual, 0, weekCount * 7 - days) });
      const queue = (await forecasts(made)).get("gone");
      expect(total(queue)).toBe(0);
      expect(names(queue)).toEqual(["queueEnded"]);
      expect(daysBetween(noted(queue, "queueEnded")!.date as string, addDays(firstDate, weekCount * 7))).toBe(
        days + 2,
      );
      expect(total((await forecasts(made)).get("old"))).toBeGreaterThan(1400);
    },
  );

  test("is forecast on when a planner sets its hours, with a remark", async () => {
    const made = history({ old: usual, gone: between(usual, 0, weekCount * 7 - 35) });
    const openingHours = [1, 2, 3, 4, 5, 6].map((weekday) => ({
      weekday,
      openMinute: 480,
      closeMinute: 1080,
    }));
    const queue = (await forecasts(made, { openingHours })).get("gone");
    expect(total(queue)).toBeGreaterThan(1400);
    expect(names(queue)).toContain("queueIdle");
  });

  test("a week ago is forecast on, with a remark", async () => {
    const made = history({ old: usual, quiet: between(usual, 0, weekCount * 7 - 8) });
    const queue = (await forecasts(made)).get("quiet");
    expect(total(queue)).toBeGreaterThan(1400);
    expect(names(queue)).toEqual(["queueIdle"]);
  });

  test("is not one that opens once a month", async () => {
    const monthly: Mean = (day, hour) => (day % 28 === 0 && officeHours(hour) ? 25 : 0);
    const made = history({ old: usual, monthly }, 20);
    const queue = (await forecasts(made, { dayCount: 28 })).get("monthly");
    expect(names(queue)).not.toContain("queueEnded");
  });

  test("alone, with rows of nought after its end, is an empty forecast that says why", async () => {
    const queue = (await forecasts(history({ only: between(usual, 0, 56) }))).get("only");
    expect(total(queue)).toBe(0);
    expect(names(queue)).toEqual(["queueEnded"]);
  });
});

describe("an empty forecast and a zero day", () => {
  test("a plan of a Sunday of a place closed on Sundays is empty, and says so", async () => {
    const main = (await forecasts(history({ main: usual }), { firstDate: "2025-08-31", dayCount: 1 })).get(
      "main",
    );
    expect(names(main)).toEqual(["empty"]);
  });

  test("days closed for holidays or special days are listed with their names", async () => {
    const specialDays = [
      { id: "fair", name: "Fair", dates: ["2025-08-26"], closed: true, effect: null },
      { id: "picnic", name: "Picnic", dates: ["2025-08-29"], closed: true, effect: null },
    ];
    const main = (await forecasts(history({ main: usual }), { settings: { specialDays } })).get("main");
    expect(noted(main, "closedHolidays")).toEqual({
      queue: "main",
      days: "2025-08-26 Fair, 2025-08-29 Picnic",
    });
    expect(names(main)).toEqual(["closedHolidays"]);
  });

  test.each([
    ["given up five weeks ago", (week: number) => week < 7, 4, 8],
    ["open once in the last weeks", (week: number) => week === 10, 1, 8],
    ["open every third week", (week: number) => week % 3 === 0, 3, 8],
  ])("a weekday is closed though it lately had contacts: %s", async (_, open, dates, of) => {
    const mean: Mean = (day, hour) => (day % 7 === 5 && !open(Math.floor(day / 7)) ? 0 : usual(day, hour));
    const main = (await forecasts(history({ main: mean }))).get("main");
    expect(noted(main, "closedWeekday")).toEqual({
      queue: "main",
      date: "2025-08-30",
      open: dates,
      dates: of,
    });
  });

  test.each([
    ["given up four weeks ago", (week: number) => week < 8, 5],
    ["begun three weeks ago", (week: number) => week >= 9, 3],
    ["open every second week", (week: number) => week % 2 === 0, 4],
  ])("a weekday is open though it was often closed: %s", async (_, open, dates) => {
    const mean: Mean = (day, hour) => (day % 7 === 5 && !open(Math.floor(day / 7)) ? 0 : usual(day, hour));
    const main = (await forecasts(history({ main: mean }))).get("main");
    expect(noted(main, "openWeekday")).toMatchObject({ date: "2025-08-30", open: dates, dates: 8 });
  });

  test("an open day without a contact to come is named", async () => {
    const made = history({ main: usual });
    const { state, offered } = made.queues[0];
    for (let day = 0; day < 84; day++) {
      if (day % 7 !== 2) continue;
      offered.fill(0, day * 24, day * 24 + 24);
      expect(state[day * 24 + 8]).toBe(intervalState.open);
    }
    const main = (await forecasts(made, { settings: { model: "mean8" } })).get("main");
    expect(noted(main, "zeroDays")).toEqual({ queue: "main", days: "2025-08-27" });
  });
});

describe("hours that jump about", () => {
  test.each([
    [
      "early and late weeks in turn",
      (day: number, hour: number) => shifted(day, hour, Math.floor(day / 7) % 2 === 0),
    ],
    ["early and late days in turn", (day: number, hour: number) => shifted(day, hour, day % 2 === 0)],
    [
      "three weeks early, three late",
      (day: number, hour: number) => shifted(day, hour, Math.floor(day / 21) % 2 === 0),
    ],
    ["every day its own hours", (day: number, hour: number) => inWindow(day, hour, 6 + ((day * 5) % 9), 8)],
    [
      "half days now and then",
      (day: number, hour: number) => inWindow(day, hour, 8, Math.floor(day / 7) % 3 === 0 ? 4 : 10),
    ],
  ])("are remarked on: %s", async (_, mean: Mean) => {
    const main = (await forecasts(history({ main: mean }))).get("main");
    expect(names(main).some((name) => name === "hoursVary" || name === "contactsOutsideHours")).toBe(true);
  });

  test("a late hour that a third of the dates had is left out of the forecast, and its contacts are named", async () => {
    const mean: Mean = (day, hour) =>
      hour === 18 && day % 7 < 6 && Math.floor(day / 7) % 3 === 0 ? 40 : usual(day, hour);
    const main = (await forecasts(history({ main: mean }))).get("main");
    expect(noted(main, "contactsOutsideHours")).toMatchObject({ percent: expect.any(Number) });
  });

  function inWindow(day: number, hour: number, from: number, length: number): number {
    return day % 7 < 6 && hour >= from && hour < from + length ? 25 : 0;
  }
  function shifted(day: number, hour: number, early: boolean): number {
    return inWindow(day, hour, early ? 7 : 11, 8);
  }
});

describe("the first week beside the last weeks", () => {
  const scaled = (factor: (day: number) => number, weeks: number) =>
    history({ main: (day, hour) => usual(day, hour) * factor(day) }, weeks);

  test("a season known from the year before is the reason", async () => {
    // The history ends where the year rises fastest, a seventh from week to week.
    const factor = (day: number) => Math.exp(1.2 * Math.sin((2 * Math.PI * day) / 364));
    const main = (await forecasts(scaled(factor, 104), { settings: { model: "structuralCalendar" } })).get(
      "main",
    );
    const off = main!.notes.find(({ code }) => code.startsWith("forecast.weekOff"));
    expect(off?.code).toBe("forecast.weekOffSeason");
    const { contacts, greatest } = off!.values as Record<string, number>;
    expect(contacts).toBeGreaterThan(greatest);
    expect(contacts).toBe(Math.round(total(main)));
  });

  test("a later week is looked at too", async () => {
    // The top of a year is behind: the fourth week is far below the last eight.
    const factor = (day: number) => Math.exp(1.2 * Math.cos((2 * Math.PI * (day - 728 + 24)) / 364));
    const settings = { model: "structuralCalendar" };
    const main = (await forecasts(scaled(factor, 104), { settings, dayCount: 28 })).get("main");
    expect(names(main)).toEqual(["weekOffSeason"]);
    const { date, contacts, least } = noted(main, "weekOffSeason") as Record<string, number | string>;
    expect(date > "2027-05-31").toBe(true);
    expect(contacts < least).toBe(true);
  });

  test("a special day's effect is the reason", async () => {
    const specialDays = [{ id: "sale", name: "Sale", dates: ["2025-08-27"], closed: false, effect: 4 }];
    const main = (await forecasts(history({ main: usual }), { settings: { specialDays } })).get("main");
    expect(names(main)).toEqual(["weekOffSpecialDays"]);
    expect(noted(main, "weekOffSpecialDays")).toMatchObject({ date: "2025-08-25" });
  });

  test.each([0.02, 0.5, 0.8, 1, 1.25, 2, 10])(
    "a level of %d times the usual one is named unless it is 1",
    async (factor) => {
      const made = history({ main: usual });
      const main = (await forecasts(made)).get("main")!;
      const first = addDays(firstDate, weekCount * 7);
      const queue = { id: "main", defaultAhtSeconds: 240, openingHours: null };
      const asked = { history: made, firstDate: first, dayCount: 7, specialDays: [] };
      const basis = prepareQueue(asked, queue, made.queues[0])!;
      const grid = createIntervalGrid("UTC", 60, first, 7);
      const offered = main.offered.map((contacts) => contacts * factor);
      const found = remarksOn(grid, { ...main, offered }, basis).map(({ code }) => code);
      expect(found).toEqual(factor === 1 ? [] : ["forecast.weekOffLevel"]);
    },
  );
});

/** A queue with troubles: it may begin late, end early, miss weeks or days, change its hours, weekdays or level. */
function troubled(seed: number): Mean {
  const chance = randomStream(seed, "troubles");
  const whether = (probability: number) => chance.uniform() < probability;
  const within = (from: number, to: number) => from + Math.floor((to - from) * chance.uniform());
  const [begin, end] = [whether(0.3) ? within(20, 76) : 0, whether(0.25) ? within(10, 83) : 84];
  const [holeFirst, holeDays] = whether(0.4) ? [within(7, 75), within(3, 40)] : [0, 0];
  const missing = whether(0.2) ? 0.3 * chance.uniform() : 0;
  const missed = Array.from({ length: 84 }, () => whether(missing));
  const weekdays = Array.from({ length: 7 }, (_, weekday) => whether(weekday < 5 ? 0.95 : 0.4));
  const [switched, switchDay] = [within(0, 7), whether(0.3) ? within(20, 80) : 200];
  const [changeDay, change] = whether(0.3) ? [within(20, 80), 0.3 + 2 * chance.uniform()] : [200, 1];
  const jitter = whether(0.25) ? 3 : 0;
  const opens = Array.from({ length: 84 }, () => 8 + (jitter > 0 ? within(0, jitter + 1) : 0));
  const level = 2 + 40 * chance.uniform();
  return (day, hour) => {
    const isOpen = weekdays[day % 7] !== (day % 7 === switched && day >= switchDay);
    const isThere =
      day >= begin && day < end && !missed[day] && (day < holeFirst || day >= holeFirst + holeDays);
    if (!isOpen || !isThere || hour < opens[day] || hour >= opens[day] + 9) return 0;
    return level * (day >= changeDay ? change : 1);
  };
}

test.each(Array.from({ length: 16 }, (_, seed) => seed + 1))(
  "nothing goes wrong without a word: troubled queue %i",
  async (seed) => {
    const made = history({ main: usual, odd: troubled(seed) });
    const { offered } = made.queues[1];
    if (!offered.some((contacts) => contacts > 0)) return;
    const queue = (await forecasts(made)).get("odd")!;
    const found = names(queue);
    const dayOf = (values: Float64Array, day: number) =>
      values.subarray(day * 24, day * 24 + 24).reduce((sum, one) => sum + one, 0);
    const weekOf = (back: number) =>
      Array.from({ length: 7 }, (_, day) => dayOf(offered, 77 - 7 * back + day));
    if (total(queue) === 0)
      expect(found.some((name) => name === "empty" || name === "queueEnded")).toBe(true);
    for (let weekday = 0; weekday < 7; weekday++) {
      if (dayOf(queue.offered, weekday) > 0) continue;
      const lately = [0, 1, 2, 3].some((back) => weekOf(back)[weekday] > 0);
      if (lately) expect(found.length, `day ${weekday} of seed ${seed}`).toBeGreaterThan(0);
    }
    const weeks = [0, 1, 2, 3, 4, 5, 6, 7].map((back) => weekOf(back).reduce((sum, day) => sum + day, 0));
    const isOff = total(queue) > 1.35 * Math.max(...weeks) || total(queue) < 0.65 * Math.min(...weeks);
    if (isOff) expect(found.length, `${total(queue)} beside ${weeks}`).toBeGreaterThan(0);
  },
);
