import type { TFunction } from "i18next";
import type { Figure, Measure } from "../../../scenarios/measuring/figures.ts";
import type { Format } from "../../kit/format.ts";

/** How a measure's value and difference are written. */
export interface FigureWords {
  readonly value: (value: number | null) => string;
  /** "± 0.6" in the unit of the value; "" where the value is not a matter of chance, or known to the last digit. */
  readonly interval: (halfWidth: number) => string;
  readonly difference: (difference: Figure) => string;
}

export function figureWords(
  t: TFunction<"whatif">,
  format: Format,
  measure: Measure,
  currency: string,
): FigureWords {
  const interval =
    (digits: number, scale = 1) =>
    (halfWidth: number) =>
      /[1-9]/.test(format.number(halfWidth * scale, digits))
        ? format.plusMinus(halfWidth * scale, digits)
        : "";
  const withHalfWidth = (text: string, half: string | null) => (half === null ? text : `${text} ± ${half}`);
  switch (measure) {
    case "serviceLevel":
    case "abandonmentRate":
    case "occupancy":
    case "occupancySpread":
    case "missRisk":
      return {
        value: (value) => format.percent(value),
        interval: interval(1, 100),
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
        interval: interval(1),
        difference: ({ value, halfWidth }) =>
          t("seconds", {
            seconds: withHalfWidth(
              format.signed(value, 1),
              halfWidth > 0 ? format.number(halfWidth, 1) : null,
            ),
          }),
      };
    case "cost":
    case "otherCost":
    case "onceCost":
    case "penalties":
    case "overrunCost":
    case "totalCost":
    case "lostValue":
    case "costPerContact": {
      const digits = measure === "costPerContact" ? 2 : 0;
      return {
        value: (value) => format.money(value, currency, digits),
        interval: interval(digits),
        difference: ({ value, halfWidth }) =>
          withHalfWidth(
            format.signedMoney(value, currency, digits),
            halfWidth > 0 ? format.number(halfWidth, digits) : null,
          ),
      };
    }
    case "hoursNeeded":
    case "hoursShort":
    case "paidHours":
    case "overrunHours":
      return {
        value: (value) => format.hours(value),
        interval: interval(0),
        difference: ({ value }) => format.signedHours(value),
      };
    case "offered":
    case "handled":
    case "calledBack":
    case "settled":
    case "outsourced":
    case "lost":
      return {
        value: (value) => format.number(value),
        interval: interval(0),
        difference: ({ value, halfWidth }) =>
          withHalfWidth(format.signed(value), halfWidth > 0 ? format.number(halfWidth) : null),
      };
  }
}
