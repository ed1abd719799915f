import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { VisibleRange } from "../../../app/session/session.ts";
import { withActivityAt, withTimes } from "../../../domain/plan/edit-shift.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { AgentGroup } from "../../../domain/plan/queue.ts";
import type { Schedule, Shift } from "../../../domain/plan/shift.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Gantt, type GanttRow } from "../../kit/charts/gantt.tsx";
import type { GanttBar } from "../../kit/charts/gantt-drag.ts";
import { ganttParts } from "./shift-rows.ts";

/** The shifts as bars to be dragged, of one day their breaks too; a proposal stays as it is. */
export function ShiftGantt(props: {
  readonly schedule: Schedule;
  readonly shifts: readonly Shift[];
  readonly range: VisibleRange;
  readonly isProposal: boolean;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onChange: (label: string, id: string, change: (shift: Shift) => Shift | null) => void;
  /** A shift as it would be if it were let go of now; null: nothing is dragged. */
  readonly onPreview: (shift: Shift | null) => void;
}) {
  const { schedule, shifts, range, isProposal, onChange, onPreview } = props;
  const { t } = useTranslation("shifts");
  const plan = usePlan();
  const rows = useMemo(() => ganttRows(shifts, plan, isProposal), [shifts, plan, isProposal]);
  const isDay = range.dayCount === 1;
  function preview(id: string | undefined, moved: (shift: Shift) => Shift | null): void {
    const shift = schedule.shifts.find((one) => one.id === id);
    onPreview(shift === undefined ? null : moved(shift));
  }
  const move = (id: string, startMinute: number, endMinute: number) =>
    onChange("shifts:edit.move", id, (shift) => withTimes(shift, startMinute, endMinute) ?? shift);
  const movePart = (id: string, activity: number, startMinute: number) =>
    onChange("shifts:edit.break", id, (shift) => withActivityAt(shift, activity, startMinute) ?? shift);
  return (
    <>
      <GroupLegend groups={plan.groups} />
      <Gantt
        key={isDay ? "wide rows" : "narrow rows"}
        label={t("gantt.label")}
        grid={schedule.grid}
        span={{ first: range.first, end: range.end }}
        rows={rows}
        height={340}
        rowHeight={isDay ? 20 : 12}
        selectedId={props.selectedId}
        onSelect={props.onSelect}
        stepMinutes={schedule.grid.intervalMinutes}
        resizable
        onMove={isProposal ? undefined : move}
        onMovePart={isProposal || !isDay ? undefined : movePart}
        onPreviewPart={(moved) =>
          preview(moved?.barId, (shift) => withActivityAt(shift, moved!.part, moved!.startMinute))
        }
        onPreview={(moved) =>
          preview(moved?.barId, (shift) => withTimes(shift, moved!.startMinute, moved!.endMinute))
        }
      />
    </>
  );
}

const seriesColors = 6;
const groupColor = (index: number) => `var(--series-${(index % seriesColors) + 1})`;

/** Which colour is which group; nothing where there is only one. */
function GroupLegend({ groups }: { readonly groups: readonly AgentGroup[] }) {
  if (groups.length < 2) return null;
  return (
    <ul className="group-legend">
      {groups.map((group, index) => (
        <li key={group.id}>
          <i style={{ background: groupColor(index) }} />
          {group.name}
        </li>
      ))}
    </ul>
  );
}

/** The first shift of each day in the first row, the second in the second: a week fills the width, not a staircase. */
function ganttRows(shifts: readonly Shift[], plan: Plan, proposal: boolean): GanttRow[] {
  const templates = new Map(plan.templates.map(({ id, name }) => [id, name]));
  const groups = new Map(plan.groups.map(({ id, name }, index) => [id, { name, index }]));
  const rows: GanttBar[][] = [];
  const used = new Map<string, number>();
  for (const shift of shifts) {
    const group = groups.get(shift.groupId);
    const row = used.get(shift.date) ?? 0;
    used.set(shift.date, row + 1);
    rows[row] ??= [];
    rows[row].push({
      id: shift.id,
      name: `${templates.get(shift.templateId) ?? shift.templateId}, ${group?.name ?? shift.groupId}`,
      startMinute: shift.startMinute,
      endMinute: shift.endMinute,
      parts: ganttParts(shift.activities),
      pinned: shift.pinned,
      proposal,
      color: groupColor(group?.index ?? 0),
    });
  }
  return rows.map((bars, row) => ({ id: String(row), name: "", bars }));
}
