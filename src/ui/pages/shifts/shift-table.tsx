import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { clockMinuteAt, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** Every shift in sight, one a row. */
export function ShiftTable(props: {
  readonly shifts: readonly Shift[];
  readonly grid: IntervalGrid;
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
}) {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const plan = usePlan();
  const { grid, shifts } = props;
  const columns = useMemo<Column<Shift>[]>(() => {
    const templates = new Map(plan.templates.map(({ id, name }) => [id, name]));
    const groups = new Map(plan.groups.map(({ id, name }) => [id, name]));
    const clock = (minute: number) => format.time(clockMinuteAt(grid, minute));
    const paid = (shift: Shift) =>
      shift.activities.reduce((sum, a) => sum + (a.paid ? a.endMinute - a.startMinute : 0), 0) / 60;
    return [
      { id: "date", header: t("column.date"), width: 104, text: ({ date }) => format.date(date) },
      {
        id: "start",
        header: t("column.start"),
        width: 60,
        align: "right",
        text: (s) => clock(s.startMinute),
      },
      { id: "end", header: t("column.end"), width: 60, align: "right", text: (s) => clock(s.endMinute) },
      {
        id: "template",
        header: t("column.template"),
        width: 120,
        text: ({ templateId }) => templates.get(templateId) ?? templateId,
      },
      {
        id: "group",
        header: t("column.group"),
        width: 130,
        text: ({ groupId }) => groups.get(groupId) ?? groupId,
      },
      {
        id: "paid",
        header: t("column.paid"),
        width: 76,
        align: "right",
        text: (shift) => format.number(paid(shift), 2),
      },
      {
        id: "breaks",
        header: t("column.breaks"),
        width: 220,
        text: ({ activities }) =>
          activities
            .filter(({ kind }) => kind !== "work")
            .map(({ startMinute, endMinute }) => `${clock(startMinute)}–${clock(endMinute)}`)
            .join("  "),
      },
      {
        id: "pinned",
        header: t("column.pinned"),
        width: 76,
        text: ({ pinned }) => (pinned ? t("pinned") : ""),
      },
    ];
  }, [t, format, plan.templates, plan.groups, grid]);
  const selected = shifts.findIndex(({ id }) => id === props.selectedId);
  return (
    <DataGrid
      label={t("table.label")}
      rows={shifts}
      rowKey={({ id }) => id}
      columns={columns}
      frozenColumns={1}
      height={340}
      selectedRows={selected < 0 ? null : { first: selected, end: selected + 1 }}
      onSelectRows={({ first }) => shifts[first] !== undefined && props.onSelect(shifts[first].id)}
      empty={t("table.empty")}
    />
  );
}
