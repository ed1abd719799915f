import type { TFunction } from "i18next";
import type { Figure } from "../../../scenarios/measuring/figures.ts";
import type { Format } from "../../kit/format.ts";
import { digitsOf } from "./change-words.ts";

/** "+€1,203 ± 80": money that comes in, with its sign. */
export function moneyWords(format: Format, currency: string, { value, halfWidth }: Figure): string {
  const text = `${Math.round(value) > 0 ? "+" : ""}${format.money(value, currency)}`;
  return halfWidth >= 0.5 ? `${text} ± ${format.number(halfWidth)}` : text;
}

/** Until something is paid back; null: never. */
export function monthsWords(t: TFunction<"whatif">, format: Format, months: number | null): string {
  if (months === null) return t("payBack.never");
  return months === 0
    ? t("payBack.atOnce")
    : t("payBack.months", { count: months, months: format.number(months, digitsOf(months, 1)) });
}
