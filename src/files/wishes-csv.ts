import { isLocalDate } from "../domain/calendar/clock.ts";
import { type Outcome, succeed } from "../domain/outcome.ts";
import { agentCodes } from "../domain/plan/agent-codes.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Wish } from "../domain/plan/roster.ts";
import { nameLookup } from "./name-lookup.ts";
import { readTable } from "./table-reader.ts";
import { csvText, figure } from "./table-writer.ts";

const kinds = { on: "shiftOn", off: "shiftOff" } as const;

/** Everybody's wishes, a row each: `wish` is `on` or `off`, `shift` the id of a template or empty for any. */
export function wishesCsv(agents: Plan["agents"]): string {
  return csvText(
    ["agent_id", "agent_name", "date", "wish", "shift", "weight"],
    agents.flatMap(({ id, name, wishes }) =>
      wishes.map(({ date, kind, templateId, weight }) => {
        const wish = kind === kinds.on ? "on" : "off";
        return [id, name, date, wish, templateId, figure(weight)];
      }),
    ),
  );
}

/**
 * Wishes or bids as `wishesCsv` writes them, by agent: agents by id, code or name, shifts by id or name or none, an
 * empty weight is 1.
 *
 * Issues: `wishesFile.missingColumn`; `unknownAgent`, `badDate`, `badWish`, `unknownShift`, `badWeight` with line and
 * column, the row is left out; `nothing` when no row is left.
 */
export function readWishesCsv(
  text: string,
  name: string,
  plan: Pick<Plan, "agents" | "templates">,
): Outcome<ReadonlyMap<string, readonly Wish[]>> {
  const layout = { prefix: "wishesFile", required: ["agent_id", "date", "wish"], numbers: ["weight"] };
  const outcome = readTable(text, name, layout);
  if (!outcome.ok) return outcome;
  const table = outcome.value;
  const codes = agentCodes(plan.agents);
  const agentOf = nameLookup(
    plan.agents,
    ({ id }) => id,
    ({ id }) => codes.get(id)!,
    (agent) => agent.name,
  );
  const templateOf = nameLookup(
    plan.templates,
    ({ id }) => id,
    (template) => template.name,
  );
  const wishes = new Map<string, Wish[]>();
  for (const row of table.rows) {
    const agentId = agentOf(row.text("agent_id"))?.id;
    const date = row.cell("date");
    const kind = kinds[row.cell("wish").toLowerCase() as keyof typeof kinds];
    const templateId = row.cell("shift") === "" ? null : templateOf(row.text("shift"))?.id;
    if (agentId === undefined) row.refuse("unknownAgent", "agent_id");
    if (!isLocalDate(date)) row.refuse("badDate", "date");
    if (kind === undefined) row.refuse("badWish", "wish");
    if (templateId === undefined) row.refuse("unknownShift", "shift");
    const weight = row.number("weight", "badWeight", (value) => value > 0);
    if (agentId === undefined || kind === undefined || templateId === undefined || weight === undefined)
      continue;
    if (!isLocalDate(date)) continue;
    const list = wishes.get(agentId) ?? [];
    wishes.set(agentId, [...list, { date, kind, templateId, weight: weight ?? 1 }]);
  }
  if (wishes.size > 0) return succeed(wishes, table.issues());
  return table.failure("nothing");
}
