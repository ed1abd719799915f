import { fail, type Outcome, succeed } from "../../domain/outcome.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import type { Roster } from "../../domain/plan/roster.ts";
import { type Today, todayOnGrid } from "../../domain/plan/today.ts";
import { judgeAssignments } from "../../rostering/judge-assignments.ts";
import { problemFromPlan } from "../../rostering/problem/problem-from-plan.ts";
import { rosterSource } from "../../rostering/problem/roster-input.ts";
import { stageInputKey } from "../../stages/freshness.ts";
import { rosterStage } from "../../stages/roster.ts";
import { inputOf } from "../../stages/stage.ts";
import { lineMinute } from "../day-floor.ts";
import { isSameUntil } from "./day-rules.ts";
import { withChanges } from "./judge-day.ts";
import type { PersonChange } from "./option.ts";

/**
 * The document with some people's changes made and its roster judged again, as after any edit by hand.
 *
 * Fails with `today.changedSince` where a shift is no longer what a change was proposed for, and `today.beforeNow` where
 * a change would touch what is over.
 */
export function acceptChanges(
  document: PlanDocument,
  today: Today,
  changes: readonly PersonChange[],
): Outcome<PlanDocument> {
  const made = document.results.roster;
  const place = made && todayOnGrid(made.value.grid, today);
  if (made === null || place === null) return fail({ code: "today.noRoster", severity: "error" });
  const line = lineMinute(made.value.grid, today, place);
  const nameOf = (id: string) => document.plan.agents.find((agent) => agent.id === id)?.name ?? id;
  for (const change of changes) {
    const refuse = (code: string) =>
      fail({ code, severity: "error", values: { agent: nameOf(change.agentId) } });
    if (!isStillThere(made.value, change)) return refuse("today.changedSince");
    if (!isSameUntil(change.from, change.to, line)) return refuse("today.beforeNow");
  }
  const { assignments } = withChanges(made.value, changes);
  const input = inputOf(rosterStage, document);
  const verdict =
    input === null
      ? null
      : judgeAssignments(
          problemFromPlan(
            rosterSource(input),
            assignments.map(({ shift }) => shift),
          ),
          assignments,
        );
  const value: Roster = {
    ...made.value,
    assignments,
    ...(verdict ?? {}),
    status: "stopped",
    // It was proved for what the solver was asked, not for what a person makes of it.
    bound: null,
  };
  const inputKey = stageInputKey("roster", document) ?? made.inputKey;
  return succeed({
    ...document,
    results: { ...document.results, roster: { ...made, value, inputKey } },
  });
}

function isStillThere({ assignments }: Roster, { agentId, from, to }: PersonChange): boolean {
  if (from === null)
    return !assignments.some(({ agentId: other, shift }) => other === agentId && shift.date === to.date);
  return assignments.some(
    ({ agentId: other, shift }) =>
      other === agentId && shift.id === from.id && JSON.stringify(shift) === JSON.stringify(from),
  );
}
