import type { TFunction } from "i18next";
import type { Figure, Measure } from "../../../scenarios/measuring/figures.ts";
import type { Format } from "../../kit/format.ts";

/** How a measure's value and difference are written. */
export interface FigureWords {
  readonly value: (value: number | null) => string;
  readonly difference: (difference: Figure) => string;
}

export function figureWords(
  t: TFunction<"whatif">,
  format: Format,
  measure: Measure,
  currency: string,
): FigureWords {
  const withHalfWidth = (text: string, half: string | null) => (half === null ? text : `${text} ± ${half}`);
  switch (measure) {
    case "serviceLevel":
    case "abandonmentRate":
    case "occupancy":
    case "occupancySpread":
    case "missRisk":
      return {
        value: (value) => format.percent(value),
        difference: ({ value, halfWidth }) =>
          t("points", {
            points: withHalfWidth(
              format.signed(value * 100, 1),
              halfWidth > 0 ? format.number(halfWidth * 100, 1) : null,
            ),
          }),
      };
    case "asaSeconds":
      return {
        value: (value) => format.wait(value),
        difference: ({ value, halfWidth }) =>
          t("seconds", {
            seconds: withHalfWidth(
              format.signed(value, 1),
              halfWidth > 0 ? format.number(halfWidth, 1) : null,
            ),
          }),
      };
    case "cost":
    case "lostValue":
    case "costPerContact": {
      const digits = measure === "costPerContact" ? 2 : 0;
      return {
        value: (value) => format.money(value, currency, digits),
        difference: ({ value, halfWidth }) =>
          withHalfWidth(
            `${value > 0 ? "+" : ""}${format.money(value, currency, digits)}`,
            halfWidth > 0 ? format.number(halfWidth, digits) : null,
          ),
      };
    }
    case "hoursNeeded":
    case "hoursShort":
    case "paidHours":
      return {
        value: (value) => format.hours(value),
        difference: ({ value }) => `${value > 0 ? "+" : ""}${format.hours(value)}`,
      };
    case "offered":
    case "lost":
      return {
        value: (value) => format.number(value),
        difference: ({ value, halfWidth }) =>
          withHalfWidth(format.signed(value), halfWidth > 0 ? format.number(halfWidth) : null),
      };
  }
}
