import { fieldsOf } from "../../../domain/number-limits.ts";
import { type Skill, skillOf } from "../../../domain/plan/edit-groups.ts";
import {
  daysNeverWorked,
  withAgentKey,
  withAgents,
  withDaysNeverWorked,
  withNewAgents,
} from "../../../domain/plan/edit-people.ts";
import type { Plan, PlanDocument } from "../../../domain/plan/plan.ts";
import { type AgentGroup, overflowSchema } from "../../../domain/plan/queue.ts";
import type { Agent } from "../../../domain/plan/roster.ts";
import {
  secondaryAfterSeconds,
  skillSetOf,
  withSkillIn,
  withSkillSets,
} from "../../../domain/plan/skill-sets.ts";
import { nameLookup } from "../../../files/name-lookup.ts";
import { dateOfCell, dateOrderOf, leaveOfCell, levelOfCell } from "../../../files/people-cells.ts";
import { stretchesOf } from "../../../files/people-list.ts";
import { weekdayReader } from "../../../files/weekday-words.ts";
import { parseNumber } from "../../kit/controls/parse-number.ts";
import type { Format } from "../../kit/format.ts";

/** Columns of the grid beside the queues, in its order. */
export const personColumns = [
  "name",
  "key",
  "contract",
  "speed",
  "team",
  "site",
  "firstDay",
  "lastDay",
  "daysNeverWorked",
  "leave",
  "email",
] as const;
export type PersonColumn = (typeof personColumns)[number] | `queue:${string}`;

/** Why a cell does not take a text; its words are `people:refusal.<code>`. */
export interface CellRefusal {
  readonly code:
    | "nameNeeded"
    | "keyNeeded"
    | "keyTaken"
    | "unknown"
    | "speed"
    | "date"
    | "order"
    | "days"
    | "leave"
    | "level"
    | "lastSkill";
  readonly values?: Readonly<Record<string, string | number>>;
}

const { max: longestWait = 3600 } = fieldsOf(overflowSchema).afterSeconds;

/** What a cell says; what it says can be typed into it. */
export function cellText(
  agent: Agent,
  column: PersonColumn,
  plan: Plan,
  group: AgentGroup | undefined,
  format: Format,
): string {
  switch (column) {
    case "name":
      return agent.name;
    case "key":
      return agent.id;
    case "contract":
      return plan.contracts.find(({ id }) => id === agent.contractId)?.name ?? agent.contractId;
    case "speed":
      return format.number(agent.proficiency, 2);
    case "team":
      return agent.team;
    case "site":
      return agent.site ?? "";
    case "firstDay":
      return agent.joined;
    case "lastDay":
      return agent.lastDate ?? "";
    case "daysNeverWorked":
      return daysNeverWorked(agent)
        .map((day) => format.weekday(day, "short"))
        .join(" ");
    case "leave":
      return stretchesOf(agent.daysOff).join("; ");
    case "email":
      return agent.email ?? "";
    default:
      return group === undefined ? "" : skillText(skillOf(group, queueOf(column)));
  }
}

function skillText(skill: Skill): string {
  if (skill === "serves") return "1";
  if (skill === "none") return "";
  return skill.afterSeconds === secondaryAfterSeconds ? "2" : `2: ${skill.afterSeconds} s`;
}

function queueOf(column: string): string {
  return column.slice("queue:".length);
}

/** A text for one person, by their place in the plan (keys may change meanwhile); beyond the last: somebody new. */
export interface PersonEdit {
  readonly index: number;
  readonly column: PersonColumn;
  readonly text: string;
}

/** The document with texts taken into cells; those that are refused are left out and named. */
export function withCells(
  document: PlanDocument,
  edits: readonly PersonEdit[],
  { locale, newName }: { readonly locale: string; readonly newName: string },
): {
  readonly document: PlanDocument;
  readonly refused: readonly (PersonEdit & { readonly refusal: CellRefusal })[];
} {
  const refused: (PersonEdit & { readonly refusal: CellRefusal })[] = [];
  // Nobody loses the last skill on the way to another one.
  const takesSkill = ({ column, text }: PersonEdit) =>
    column.startsWith("queue:") && levelOfCell(text) === "none";
  const ordered = [...edits].sort((a, b) => Number(takesSkill(a)) - Number(takesSkill(b)));
  let after = document;
  for (const edit of ordered) {
    const missing = edit.index + 1 - after.plan.agents.length;
    if (missing > 0 && edit.text.trim() === "") continue;
    const grown = missing > 0 ? withNewAgents(after, missing, newName) : after;
    const next = withCell(grown, edit, locale);
    if ("code" in next) refused.push({ ...edit, refusal: next });
    else after = next;
  }
  return { document: after, refused };
}

function withCell(
  document: PlanDocument,
  { index, column, text: typed }: PersonEdit,
  locale: string,
): PlanDocument | CellRefusal {
  const { plan } = document;
  const agent = plan.agents[index];
  const text = typed.trim();
  const changed = (change: (agent: Agent) => Agent) => withAgents(document, new Set([agent.id]), change);
  switch (column) {
    case "name":
      return text === "" ? { code: "nameNeeded" } : changed((before) => ({ ...before, name: text }));
    case "key":
      if (text === "") return { code: "keyNeeded" };
      if (plan.agents.some(({ id }, at) => id === text && at !== index))
        return { code: "keyTaken", values: { key: text } };
      return withAgentKey(document, agent.id, text);
    case "contract": {
      const contract = nameLookup(
        plan.contracts,
        ({ name }) => name,
        ({ id }) => id,
      )(text);
      if (contract === undefined)
        return { code: "unknown", values: { known: plan.contracts.map(({ name }) => name).join(", ") } };
      return changed((before) => ({ ...before, contractId: contract.id }));
    }
    case "speed": {
      const speed = text === "" ? 1 : parseNumber(text, locale);
      if (speed === null || speed < 0.1 || speed > 10) return { code: "speed" };
      return changed((before) => ({ ...before, proficiency: speed }));
    }
    case "team":
      return changed((before) => ({ ...before, team: text }));
    case "site":
    case "email":
      return changed(({ [column]: _before, ...rest }) => (text === "" ? rest : { ...rest, [column]: text }));
    case "firstDay": {
      const joined = typedDate(text);
      if (joined === null) return { code: "date" };
      if (agent.lastDate !== undefined && agent.lastDate < joined) return { code: "order" };
      return changed((before) => ({ ...before, joined }));
    }
    case "lastDay": {
      if (text === "") return changed(({ lastDate: _before, ...rest }) => rest);
      const lastDate = typedDate(text);
      if (lastDate === null) return { code: "date" };
      return lastDate < agent.joined ? { code: "order" } : changed((before) => ({ ...before, lastDate }));
    }
    case "daysNeverWorked": {
      const days = weekdayReader([text])(text);
      return days === null || days.length === 7
        ? { code: "days" }
        : changed((before) => withDaysNeverWorked(before, days));
    }
    case "leave": {
      const daysOff = leaveOfCell(text, dateOrderOf([text]).order);
      return daysOff === null ? { code: "leave" } : changed((before) => ({ ...before, daysOff }));
    }
    default:
      return withLevel(document, agent, queueOf(column), text);
  }
}

/** A date as typed, where it can be read in one way only. */
function typedDate(text: string): string | null {
  const { order, other } = dateOrderOf([text]);
  return other === null ? dateOfCell(text, order) : null;
}

function withLevel(
  document: PlanDocument,
  agent: Agent,
  queueId: string,
  text: string,
): PlanDocument | CellRefusal {
  const group = document.plan.groups.find(({ id }) => id === agent.groupId);
  const set = group === undefined ? new Map() : skillSetOf(group);
  const skill = typedSkill(text, set.get(queueId) ?? "none");
  if (skill === null) return { code: "level" };
  if (skill === "none" && set.size === 1 && set.has(queueId)) return { code: "lastSkill" };
  return withSkillSets(document, new Map([[agent.id, withSkillIn(set, queueId, skill)]]));
}

/** `1`, `x`, `yes`: primary; `2`: secondary, as long as it was or half a minute; `45 s`: secondary after 45 seconds. */
function typedSkill(text: string, before: Skill): Skill | null {
  const seconds = /^(?:2\s*[:,]?\s*)?(\d{1,4})\s*(?:s|sec|秒)$/i.exec(text)?.[1];
  if (seconds !== undefined) return Number(seconds) <= longestWait ? { afterSeconds: Number(seconds) } : null;
  const level = levelOfCell(text);
  if (level === null || level === "none") return level;
  if (level === "primary") return "serves";
  return typeof before === "object" ? before : { afterSeconds: secondaryAfterSeconds };
}
