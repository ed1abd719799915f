import { type CSSProperties, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { weekdayOf } from "../../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { type DayCover, datesOf, type RosterRow } from "./roster-rows.ts";
import { shiftText, type TemplateLook } from "./shift-words.ts";

interface SheetsProps {
  readonly grid: IntervalGrid;
  /** Everybody who is to be printed, in the order of the grid. */
  readonly rows: readonly RosterRow[];
  /** Days that are printed, half-open: one sheet per team for each week of them. */
  readonly firstDay: number;
  readonly endDay: number;
  readonly cover: readonly DayCover[];
  readonly looks: ReadonlyMap<string, TemplateLook>;
}

/** Room for the lines of a team on a landscape sheet, and the least and most of one, millimetres. */
const room = 148;
const leastLine = 3.2;
const mostLine = 7;

/** On paper a roster is a sheet for each team and week with everybody on it; on the screen it is nothing. */
export function PrintSheets(props: SheetsProps) {
  const isPrinting = useIsPrinting();
  return isPrinting ? <Sheets {...props} /> : null;
}

function Sheets({ grid, rows, firstDay, endDay, cover, looks }: SheetsProps) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { groups } = usePlan();
  const groupNames = new Map(groups.map(({ id, name }) => [id, name]));
  const dates = datesOf(grid);
  const teams = [...new Set(rows.map(({ agent }) => agent.team))].sort();
  return (
    <div className="print-sheets">
      {weeksOf(dates, firstDay, endDay).flatMap((days) =>
        teams.map((team) => {
          const members = rows.filter(({ agent }) => agent.team === team);
          const line = Math.max(leastLine, Math.min(mostLine, room / (members.length + 3)));
          const atWork = (day: number) => members.filter(({ cells }) => cells[day].assignment).length;
          return (
            <section
              key={`${days[0]} ${team}`}
              className="print-sheet"
              style={{ "--line": `${line}mm` } as CSSProperties}
            >
              <h2>
                {team || t("heading.noName")} ·{" "}
                {format.dateRange(dates[days[0]], dates[days[days.length - 1]])}
              </h2>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("column.agent")}</th>
                    {days.map((day) => (
                      <th key={day} scope="col">
                        {format.date(dates[day])}
                      </th>
                    ))}
                    <th scope="col">{t("column.hours")}</th>
                  </tr>
                </thead>
                <tbody>
                  {members.map((row) => (
                    <tr key={row.agent.id}>
                      <th scope="row">
                        {row.agent.name}
                        {groups.length > 1 && <small> {groupNames.get(row.agent.groupId)}</small>}
                      </th>
                      {days.map((day) => {
                        const { assignment, isOff } = row.cells[day];
                        return (
                          <td key={day} className={isOff ? "is-off" : undefined}>
                            {assignment
                              ? `${looks.get(assignment.shift.templateId)?.code ?? ""} ${shiftText(assignment.shift, grid, format)}`
                              : isOff
                                ? t("cell.away")
                                : ""}
                          </td>
                        );
                      })}
                      <td className="is-number">{format.number(hoursOf(row, days), 1)}</td>
                    </tr>
                  ))}
                </tbody>
                <tfoot>
                  <tr>
                    <th scope="row">{t("print.atWork")}</th>
                    {days.map((day) => (
                      <td key={day}>{format.number(atWork(day))}</td>
                    ))}
                    <td />
                  </tr>
                  <tr>
                    <th scope="row">{t("print.open")}</th>
                    {days.map((day) => (
                      <td key={day}>{format.signed((cover[day]?.extra ?? 0) - (cover[day]?.open ?? 0))}</td>
                    ))}
                    <td />
                  </tr>
                </tfoot>
              </table>
              <p className="print-legend">
                {[...looks.values()].map(({ code, name }) => `${code} ${name}`).join(" · ")}
              </p>
            </section>
          );
        }),
      )}
    </div>
  );
}

function hoursOf({ cells }: RosterRow, days: readonly number[]): number {
  let minutes = 0;
  for (const day of days)
    for (const { paid, startMinute, endMinute } of cells[day].assignment?.shift.activities ?? [])
      if (paid) minutes += endMinute - startMinute;
  return minutes / 60;
}

/** Days in weeks from Monday; the first and last may be parts. */
function weeksOf(dates: readonly string[], firstDay: number, endDay: number): number[][] {
  const weeks: number[][] = [];
  for (let day = firstDay; day < endDay; day++) {
    if (day === firstDay || weekdayOf(dates[day]) === 1) weeks.push([]);
    weeks[weeks.length - 1].push(day);
  }
  return weeks;
}

/** True while the browser prints. */
function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return isPrinting;
}
