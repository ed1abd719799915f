import type { TFunction } from "i18next";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import { canExport, exportNames } from "../../../files/export-names.ts";
import type { Finding } from "../../frame/finding.ts";

/** How many tables the open plan can be saved as; nothing to save yet leads to the page where a plan begins. */
export function filesFinding(document: PlanDocument, t: TFunction<"files">): Finding {
  const count = exportNames.filter((name) => canExport(name, document)).length;
  return count === 0
    ? { text: t("finding.none"), opens: { page: "history" } }
    : { text: t("finding.ready", { count }) };
}
