import type { Plan } from "../domain/plan/plan.ts";
import { csvText, figure } from "./table-writer.ts";

export const wishesHeader = ["agent_id", "agent_name", "date", "wish", "shift", "weight"] as const;

/** Everybody's wishes, a row each: `wish` is `on` or `off`, `shift` the id of a template or empty for any. */
export function wishesCsv(agents: Plan["agents"]): string {
  return csvText(
    wishesHeader,
    agents.flatMap(({ id, name, wishes }) =>
      wishes.map(({ date, kind, templateId, weight }) => [
        id,
        name,
        date,
        kind === "shiftOn" ? "on" : "off",
        templateId,
        figure(weight),
      ]),
    ),
  );
}
