import { type DayFeatures, dayFeatures, type FeatureSet, featureSets } from "./day-model.ts";
import { type DayCalendar, type DayTable, tableUntil } from "./day-table.ts";
import { isThin, pooledWeek } from "./pooled-model.ts";
import { sameWeekdays } from "./simple-models.ts";
import {
  type DayForecaster,
  factorModel,
  findFactors,
  learningDays,
  profileModel,
  withoutOutliers,
} from "./structural-models.ts";

/**
 * Every model that is tried, plainest first: `auto` gives ties to the later one. The structural ones are the average of
 * the profile and the factor model under more and more of the calendar; the two before them are their halves. Last the one for
 * thin queues: what a richer model learns there is noise, unless it shows.
 */
export const modelNames = [
  "seasonalNaive",
  "mean4",
  "mean6",
  "mean8",
  "median6",
  "profile",
  "factor",
  "structuralWeekday",
  "structuralClosures",
  "structuralCalendar",
  "pooled",
] as const;
export type ModelName = (typeof modelNames)[number];

export function isModelName(name: string): name is ModelName {
  return (modelNames as readonly string[]).includes(name);
}

/** Open days from which a structural model can learn, and contacts on the mean one of them. */
const leastStructuralDays = 14;
const leastStructuralContacts = 30;

/** Days of history from which the time of the year can be told from a trend: eighteen months. */
export const daysForTimeOfYear = 548;

/** The calendar's features, made once for all origins. */
export type CalendarFeatures = Readonly<Record<FeatureSet, DayFeatures>>;

export function calendarFeatures(calendar: DayCalendar, historyDays: number): CalendarFeatures {
  const yearly = historyDays >= daysForTimeOfYear;
  const [weekday, closures, full] = featureSets.map((set) => dayFeatures(calendar, set, yearly));
  return { weekday, closures, calendar: full };
}

/** Contacts per day and slot for `dayCount` days from an origin; 0 on closed days. */
export type ModelForecasts = ReadonlyMap<ModelName, Float64Array>;

/**
 * What each of `wanted` says at an origin, from nothing but the days before it (and the calendar, which is known ahead).
 * Models that have too little to learn from are left out.
 */
export function forecastFrom(
  table: DayTable,
  calendar: DayCalendar,
  features: CalendarFeatures,
  origin: number,
  firstDay: number,
  dayCount: number,
  wanted: ReadonlySet<ModelName>,
): ModelForecasts {
  const past = tableUntil(table, origin);
  const { slotCount } = table;
  const forecasts = new Map<ModelName, Float64Array>();
  const fill = (name: ModelName, forecastDay: DayForecaster) => {
    const values = new Float64Array(dayCount * slotCount);
    let openDaysAhead = 0;
    for (let day = origin; day < firstDay + dayCount; day++) {
      if (calendar.open[day] === 0) continue;
      openDaysAhead++;
      if (day >= firstDay) values.set(forecastDay(day, openDaysAhead), (day - firstDay) * slotCount);
    }
    forecasts.set(name, values);
  };
  const everyWeek = (name: ModelName, weekOf: () => Float64Array) => {
    if (!wanted.has(name)) return;
    const week = weekOf();
    fill(name, (day) =>
      week.subarray(calendar.weekdays[day] * slotCount, (calendar.weekdays[day] + 1) * slotCount),
    );
  };
  everyWeek("seasonalNaive", () => sameWeekdays(past, 1, "mean"));
  everyWeek("mean4", () => sameWeekdays(past, 4, "mean"));
  everyWeek("mean6", () => sameWeekdays(past, 6, "mean"));
  everyWeek("mean8", () => sameWeekdays(past, 8, "mean"));
  if (isThin(past)) everyWeek("pooled", () => pooledWeek(past));
  else everyWeek("median6", () => sameWeekdays(past, 6, "median"));
  const structural: readonly (readonly [ModelName, FeatureSet])[] = [
    ["structuralWeekday", "weekday"],
    ["structuralClosures", "closures"],
    ["structuralCalendar", "calendar"],
  ];
  if (
    ![...structural.map(([name]) => name), "profile" as const, "factor" as const].some((name) =>
      wanted.has(name),
    )
  ) {
    return forecasts;
  }
  const all = learningDays(past);
  if (all.days.length < leastStructuralDays || meanOfDay(all.totals) < leastStructuralContacts)
    return forecasts;
  const learning = withoutOutliers(past, all, features.closures);
  const factors = findFactors(learning, slotCount);
  for (const [name, set] of structural) {
    const halves = set === "calendar" && (wanted.has("profile") || wanted.has("factor"));
    if (!wanted.has(name) && !halves) continue;
    const byProfile = profileModel(past, learning, features[set]);
    const byFactor = factorModel(past, learning, factors, features[set]);
    if (wanted.has(name)) {
      fill(name, (day, ahead) => {
        const other = byFactor(day, ahead);
        return byProfile(day, ahead).map((value, slot) => (value + other[slot]) / 2);
      });
    }
    if (halves && wanted.has("profile")) fill("profile", byProfile);
    if (halves && wanted.has("factor")) fill("factor", byFactor);
  }
  return forecasts;
}

function meanOfDay(totals: Float64Array): number {
  return totals.reduce((sum, total) => sum + total, 0) / totals.length;
}
