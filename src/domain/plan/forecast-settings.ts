import { z } from "zod";

const clockMinute = z.number().int().min(0).max(1440);

/** A day the planner knows something about: a campaign, an outage, payday, a closure. Re-used by its name. */
export const specialDaySchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  dates: z.array(z.iso.date()).min(1),
  closed: z.boolean(),
  /** Contacts of the day ÷ those of a day like any other, for days to come; null: as measured on past days of the name. */
  effect: z.number().positive().max(20).nullable(),
});
export type PlannedSpecialDay = z.infer<typeof specialDaySchema>;

/** A change of the forecast by hand, from one clock time to another (half-open), and why. */
export const forecastOverrideSchema = z.object({
  id: z.string().min(1),
  queueId: z.string().min(1),
  fromDate: z.iso.date(),
  fromMinute: clockMinute,
  toDate: z.iso.date(),
  toMinute: clockMinute,
  what: z.enum(["offered", "aht"]),
  /**
   * Of contacts, `add` and `set` speak of the whole stretch and keep its shape; of AHT, of every interval, in seconds.
   * `scale` is a factor.
   */
  kind: z.enum(["add", "scale", "set"]),
  value: z.number(),
  reason: z.string(),
});
export type ForecastOverride = z.infer<typeof forecastOverrideSchema>;

/** Figures of a forecast that somebody else made, at the plan's interval: they stand in place of the model's. */
export const outsideForecastSchema = z.object({
  /** Of the file they came from. */
  name: z.string(),
  intervalMinutes: z.number().int().positive(),
  queues: z.array(
    z
      .object({
        queueId: z.string().min(1),
        /** Starts of the intervals covered, seconds since 1970 UTC; the other lists are aligned to them. */
        startEpochSeconds: z.array(z.number().int()),
        offered: z.array(z.number().min(0)),
        /** null: the model's stays. */
        ahtSeconds: z.array(z.number().positive().nullable()),
      })
      .refine(
        ({ startEpochSeconds: starts, offered, ahtSeconds }) =>
          offered.length === starts.length && ahtSeconds.length === starts.length,
      ),
  ),
});
export type OutsideForecast = z.infer<typeof outsideForecastSchema>;

/** What a planner decides about the forecast. */
export const forecastSettingsSchema = z.object({
  /** `auto` or the name of a model. */
  model: z.string().min(1),
  /** Region of public holidays such as `US`, `GB-ENG`, `DE-BY`; null: none known. */
  holidays: z.string().nullable(),
  specialDays: z.array(specialDaySchema).default([]),
  /** Taken in before the overrides; null or absent: none. */
  outside: outsideForecastSchema.nullable().optional(),
  /** Applied in order. */
  overrides: z.array(forecastOverrideSchema).default([]),
});
export type ForecastSettings = z.infer<typeof forecastSettingsSchema>;

/** A forecast as it stood at a moment, kept to be compared with another; contacts aligned to the grid it names. */
export const forecastSnapshotSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  /** ISO instant at which the forecast was made. */
  madeAt: z.string(),
  intervalMinutes: z.number().int().positive(),
  firstDate: z.iso.date(),
  dayCount: z.number().int().min(1),
  queues: z.array(z.object({ queueId: z.string().min(1), offered: z.array(z.number().min(0)) })),
});
export type ForecastSnapshot = z.infer<typeof forecastSnapshotSchema>;
