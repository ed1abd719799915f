import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type LocalDate, weekdayOf } from "../../../domain/calendar/clock.ts";
import { leaveBalance } from "../../../domain/plan/leave-balance.ts";
import type { DayLimit } from "../../../leave/limit-source.ts";
import { useSession } from "../../frame/session-context.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useIsPhone } from "../../kit/phone.ts";
import { useFormat } from "../../kit/use-format.ts";
import { type LeaveRow, leaveInMonth } from "./leave-rows.ts";

/** What of the calendar somebody is at: a person, and days or a whole year. */
export interface ChosenLeave {
  readonly agentId: string;
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
}

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/**
 * People by days of the period, or by months of the year; above them how many more of each group may be off. A range of
 * days in a row is chosen as in every grid.
 */
export function LeaveCalendar(props: {
  readonly rows: readonly LeaveRow[];
  readonly dates: readonly LocalDate[];
  /** First day of the limits, which the days shown are a part of. */
  readonly firstDay: number;
  readonly view: "period" | "year";
  readonly year: number;
  readonly onChoose: (chosen: ChosenLeave | null) => void;
  readonly onOpen: () => void;
}) {
  const { rows, dates, firstDay, view, year, onChoose, onOpen } = props;
  const { t } = useTranslation("leave");
  const isPhone = useIsPhone();
  const format = useFormat();
  const document = useSession((state) => state.document);
  const { plan } = document;
  const columns = useMemo((): Column<LeaveRow>[] => {
    const days = (value: number | null) => format.number(value, value !== null && value % 1 !== 0 ? 1 : 0);
    const balance = (row: LeaveRow) =>
      row.kind === "person" ? leaveBalance(document, row.agent.id, year) : null;
    const person: Column<LeaveRow>[] = [
      {
        id: "name",
        header: t("column.name"),
        width: 156,
        text: (row) => (row.kind === "person" ? row.agent.name : t("limit.row", { group: row.name })),
        tone: (row) => (row.kind === "limit" ? "quiet" : undefined),
      },
      {
        id: "balance",
        header: t("column.balance"),
        width: 72,
        align: "right",
        text: (row) => {
          const left = balance(row)?.balanceDays ?? null;
          return row.kind === "person" ? days(left) : "";
        },
        hint: (row) => {
          const of = balance(row);
          if (of === null) return undefined;
          if (of.allowanceDays === null) return t("balance.unknown");
          return t("balance.hint", {
            allowance: days(of.allowanceDays),
            taken: days(of.takenDays),
            planned: days(of.plannedDays),
            year: String(year),
          });
        },
        tone: (row) => ((balance(row)?.balanceDays ?? 0) < 0 ? "short" : undefined),
      },
    ];
    if (view === "year")
      return [
        ...person,
        ...months.map((month): Column<LeaveRow> => {
          const name = format.date(`${year}-${String(month).padStart(2, "0")}-01`, "month");
          return {
            id: `month-${month}`,
            header: name.replace(/\s*\d{4}(年)?\s*/, ""),
            width: 86,
            align: "center",
            text: (row) => {
              if (row.kind === "limit") return "";
              const { away, asked } = leaveInMonth(plan, row.agent, year, month);
              return [away > 0 ? days(away) : "", asked > 0 ? t("cell.askedDays", { days: days(asked) }) : ""]
                .filter((part) => part !== "")
                .join(" ");
            },
          };
        }),
      ];
    const limitHint = (limit: DayLimit, group: string, date: LocalDate) =>
      t(limit.more > 0 ? "limit.more" : limit.short > 0 ? "limit.short" : "limit.none", {
        count: limit.more > 0 ? limit.more : limit.short,
        group,
        date: format.date(date),
        away: limit.away,
        people: limit.people,
      });
    return [
      ...person,
      ...dates.map((date, at): Column<LeaveRow> => {
        const limitOf = (row: LeaveRow) =>
          row.kind === "limit" ? row.limits.days[firstDay + at] : undefined;
        return {
          id: date,
          header: `${format.weekday(weekdayOf(date), "short")} ${Number(date.slice(8))}`,
          width: 62,
          align: "center",
          text: (row) => {
            const limit = limitOf(row);
            if (limit !== undefined)
              return limit.more > 0
                ? t("limit.cell", { more: format.number(limit.more) })
                : limit.short > 0
                  ? format.number(-limit.short)
                  : format.number(0);
            const state = row.kind === "person" ? row.days.get(date) : undefined;
            return state === undefined ? "" : t(`cell.${state}`);
          },
          hint: (row) => {
            const limit = limitOf(row);
            if (limit !== undefined && row.kind === "limit") return limitHint(limit, row.name, date);
            const state = row.kind === "person" ? row.days.get(date) : undefined;
            return state === undefined ? undefined : t(`cellHint.${state}`);
          },
          tone: (row) => {
            const limit = limitOf(row);
            if (limit !== undefined) return limit.more > 0 ? "spare" : limit.short > 0 ? "short" : "quiet";
            const state = row.kind === "person" ? row.days.get(date) : undefined;
            if (state === "away" || state === "hours") return "spare";
            return state === "asked" ? "changed" : state === undefined ? undefined : "quiet";
          },
        };
      }),
    ];
  }, [document, plan, dates, firstDay, view, year, t, format]);

  return (
    <DataGrid
      label={t("calendar")}
      rows={rows}
      rowKey={(row) => (row.kind === "limit" ? `limit ${row.limits.groupId}` : row.agent.id)}
      columns={columns}
      frozenColumns={isPhone ? 1 : 2}
      height={560}
      onSelectCells={({ firstRow, endRow, firstColumn, endColumn }) => {
        const row = rows[firstRow];
        if (endRow - firstRow !== 1 || row?.kind !== "person") return onChoose(null);
        const first = view === "year" ? `${year}-01-01` : dates[Math.max(0, firstColumn - 2)];
        const last = view === "year" ? `${year}-12-31` : dates[Math.max(0, endColumn - 3)];
        if (first !== undefined && last !== undefined)
          onChoose({ agentId: row.agent.id, fromDate: first, toDate: last });
      }}
      onOpen={onOpen}
      empty={t("empty.people")}
    />
  );
}
