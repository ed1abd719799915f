import Papa from "papaparse";
import { minuteOfInstant } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { agentCodes, renamedExtra } from "../domain/plan/agent-codes.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Assignment, Roster } from "../domain/plan/roster.ts";
import type { Activity, Shift } from "../domain/plan/shift.ts";

const needed = ["date", "agent_id", "shift_id", "activity", "start", "end", "paid"] as const;
const kinds = new Set<string>(["work", "break", "meal", "split", "training", "meeting", "coaching"]);
const longestListed = 20;

/**
 * A roster that was exported in the project's long layout and edited elsewhere. Rows with an agent become assignments;
 * a shift that is as it was keeps its identity and its pin, an edited or new one takes its times from the file and its
 * template from the shift of that id, or else from the plan's first. Rows without an agent are shifts nobody has.
 * Agents may stand under their codes.
 *
 * Issues carry line and column: `rosterFile.missingColumn`, `unknownAgent`, `unparsableTime`, `badActivity`,
 * `outsidePlan`; a faulty row takes its shift with it. Nothing usable is `rosterFile.nothing`.
 */
export function readRosterCsv(
  text: string,
  name: string,
  plan: Pick<Plan, "agents" | "templates">,
  known: Roster,
): Outcome<readonly Assignment[]> {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, "").trimEnd(), {
    header: true,
    delimitersToGuess: [",", ";", "\t"],
  });
  const at = (code: string, line: number, column: string, values: Issue["values"]): Issue => ({
    code: `rosterFile.${code}`,
    severity: "error",
    table: name,
    line,
    column,
    values,
  });
  const absent = needed.filter((column) => !meta.fields?.includes(column));
  if (absent.length > 0) return fail(...absent.map((column) => at("missingColumn", 1, column, { column })));

  const { grid } = known;
  const lastMinute = grid.dayOffsets[grid.dayCount] * grid.intervalMinutes;
  const agents = new Map(plan.agents.map((agent) => [agent.id, agent]));
  const idOfCode = new Map([...agentCodes(plan.agents)].map(([id, code]) => [code, id]));
  const decoded = (id: string) => (agents.has(id) ? id : (idOfCode.get(id) ?? id));
  const before = new Map(known.assignments.map((assignment) => [assignment.shift.id, assignment]));
  const shifts = new Map([
    ...known.unassigned.map((shift) => [shift.id, shift] as const),
    ...known.assignments.map(({ shift }) => [shift.id, shift] as const),
  ]);
  const issues: Issue[] = [];
  const faulty = new Set<string>();
  const found = new Map<string, { agentId: string; shiftId: string; date: string; activities: Activity[] }>();
  for (const [index, row] of data.entries()) {
    const line = index + 2;
    const agentId = decoded((row.agent_id ?? "").trim());
    if (agentId === "") continue;
    const shiftId = renamedExtra((row.shift_id ?? "").trim(), decoded);
    const key = `${agentId}\t${shiftId}\t${row.date}`;
    const minuteOf = (column: "start" | "end"): number | null => {
      const instant = /\d{4}-\d{2}-\d{2}T.*([+-]\d{2}:\d{2}|Z)$/.test(row[column] ?? "")
        ? Date.parse(row[column])
        : Number.NaN;
      const minute = minuteOfInstant(grid, instant / 1000);
      if (Number.isInteger(minute)) return minute;
      issues.push(at("unparsableTime", line, column, { text: row[column] ?? "" }));
      return null;
    };
    const startMinute = minuteOf("start");
    const endMinute = minuteOf("end");
    const count = issues.length;
    if (!agents.has(agentId)) issues.push(at("unknownAgent", line, "agent_id", { text: agentId }));
    if (!kinds.has(row.activity))
      issues.push(at("badActivity", line, "activity", { text: row.activity ?? "" }));
    if (
      startMinute !== null &&
      endMinute !== null &&
      !(startMinute >= 0 && startMinute < endMinute && startMinute < lastMinute)
    )
      issues.push(at("outsidePlan", line, "start", { text: row.start }));
    if (issues.length > count || startMinute === null || endMinute === null) {
      faulty.add(key);
      continue;
    }
    const entry = found.get(key) ?? { agentId, shiftId, date: row.date, activities: [] };
    entry.activities.push({
      kind: row.activity as Activity["kind"],
      startMinute,
      endMinute,
      paid: row.paid.trim().toLowerCase() === "true",
    });
    found.set(key, entry);
  }

  const taken = new Set<string>();
  const assignments = [...found].flatMap(([key, { agentId, shiftId, date, activities }]): Assignment[] => {
    if (faulty.has(key)) return [];
    activities.sort((a, b) => a.startMinute - b.startMinute);
    const model = shifts.get(shiftId);
    let id = shiftId === "" ? `extra-${date}-${agentId}` : shiftId;
    while (taken.has(id)) id += "+";
    taken.add(id);
    const read: Shift = {
      id,
      templateId: model?.templateId ?? plan.templates[0]?.id ?? "",
      groupId: model?.groupId ?? agents.get(agentId)!.groupId,
      date,
      startMinute: activities[0].startMinute,
      endMinute: activities[activities.length - 1].endMinute,
      activities,
      pinned: model?.pinned ?? false,
    };
    const isAsItWas =
      model !== undefined &&
      id === model.id &&
      JSON.stringify(model.activities) === JSON.stringify(activities);
    const former = before.get(shiftId);
    return [
      { agentId, shift: isAsItWas ? model : read, pinned: former?.agentId === agentId && former.pinned },
    ];
  });
  if (assignments.length === 0)
    return fail(...issues.slice(0, longestListed), {
      code: "rosterFile.nothing",
      severity: "error",
      table: name,
    });
  return succeed(assignments, issues.slice(0, longestListed));
}
