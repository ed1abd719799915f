import type { TFunction } from "i18next";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";
import type { CheckedValue } from "./checked-value.ts";

/** Whether every published number was met, or how many were not. */
export function selfTestFinding(
  values: readonly CheckedValue[],
  t: TFunction<"calculator">,
  format: Format,
): Finding {
  const count = values.length;
  const wrong = values.filter(({ agrees }) => !agrees).length;
  return wrong === 0
    ? { text: t("selfTest.allAgree", { count }), tone: "good" }
    : { text: t("selfTest.someDiffer", { wrong: format.number(wrong), count }), tone: "short" };
}
