import type { TFunction } from "i18next";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import { lastDateOf } from "../../../domain/plan/plan-period.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";

/** Which dates are planned, and how many periods lie behind. */
export function periodsFinding(
  { plan, past = [] }: PlanDocument,
  t: TFunction<"periods">,
  format: Format,
): Finding {
  return {
    text: t("finding.periods", {
      dates: format.dateRange(plan.firstDate, lastDateOf(plan)),
      past: t("finding.past", { count: past.length }),
    }),
  };
}
