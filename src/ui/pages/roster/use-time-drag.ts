import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { useSession } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { TimeChange } from "./grid-drag.ts";
import { editJudge } from "./roster-answers.ts";
import { type RosterPlace, retimed } from "./roster-edits.ts";

/** How far an end or a break can be dragged at once, minutes. */
const reach = 12 * 60;

/**
 * The roster as it would be if the times being dragged were let go of now, so that rows, coverage and expected service
 * move under the hand, and what to say of them: by how much, and which rules they would break.
 */
export function useTimeDrag(roster: Roster, stepMinutes: number) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const document = useSession((state) => state.document);
  const [change, setChange] = useState<TimeChange | null>(null);
  const { agentId, date } = change?.place ?? {};
  const grip = change?.grip;
  const judge = useMemo(() => {
    if (agentId === undefined || date === undefined || grip === undefined) return null;
    const shift = shiftAt(roster, { agentId, date });
    if (shift === undefined) return null;
    const shifts: Shift[] = [];
    for (let minutes = -reach; minutes <= reach; minutes += stepMinutes) {
      const moved = retimed(roster.grid, shift, grip, minutes);
      if (moved !== null) shifts.push(moved);
    }
    return editJudge(document, { agentId, date }, shifts);
  }, [agentId, date, grip, document, roster, stepMinutes]);
  const preview = useMemo(
    () => (change === null || judge === null ? null : previewOf(document, roster, change, judge)),
    [document, roster, change, judge],
  );
  const remark =
    preview === null || change === null
      ? null
      : [
          t("shiftTimes.by", { minutes: format.signed(change.minutes) }),
          preview.roster === null ? t("shiftTimes.impossible") : "",
          preview.broken.length > 0
            ? t("replacement.breaks", { rules: format.list(preview.broken.map((rule) => t(`rule.${rule}`))) })
            : "",
        ]
          .filter((part) => part !== "")
          .join(" · ");
  return { shown: preview?.roster ?? roster, remark, onTimes: setChange };
}

function previewOf(
  document: PlanDocument,
  roster: Roster,
  { place, grip, minutes }: TimeChange,
  judge: ReturnType<typeof editJudge>,
): { readonly roster: Roster | null; readonly broken: readonly string[] } {
  const present = shiftAt(roster, place);
  const shift =
    present && retimed(document.results.roster?.value.grid ?? roster.grid, present, grip, minutes);
  if (!shift) return { roster: null, broken: [] };
  const broken = judge(shift);
  const isHere = ({ agentId, date }: { readonly agentId: string | null; readonly date: string | null }) =>
    agentId === place.agentId && date === place.date;
  return {
    broken,
    roster: {
      ...roster,
      assignments: roster.assignments.map((assignment) =>
        assignment.shift === present ? { ...assignment, shift } : assignment,
      ),
      violations: [
        ...broken.map((rule) => ({ rule, ...place, penalty: null })),
        ...roster.violations.filter((violation) => !(isHere(violation) && violation.penalty === null)),
      ],
    },
  };
}

function shiftAt(roster: Roster, { agentId, date }: RosterPlace): Shift | undefined {
  return roster.assignments.find((one) => one.agentId === agentId && one.shift.date === date)?.shift;
}
