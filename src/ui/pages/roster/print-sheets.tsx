import { type CSSProperties, type ReactNode, useEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { weekdayOf } from "../../../domain/calendar/clock.ts";
import { clockMinuteAt } from "../../../domain/calendar/interval-grid.ts";
import { agentCodes } from "../../../domain/plan/agent-codes.ts";
import { isPublished } from "../../../domain/plan/published-roster.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { rosterChanges } from "../../../domain/plan/roster-changes.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { useCoded } from "../../frame/codes-switch.tsx";
import { usePlan, useSession } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { type DayCover, datesOf, type RosterRow } from "./roster-rows.ts";
import { shiftText, type TemplateLook } from "./shift-words.ts";

/** A sheet for each team and week, or for each person. */
export type SheetKind = "teams" | "people";

interface SheetsProps {
  readonly kind: SheetKind;
  readonly roster: Roster;
  /** Everybody who is to be printed, in the order of the grid. */
  readonly rows: readonly RosterRow[];
  /** Days that are printed, half-open. */
  readonly firstDay: number;
  readonly endDay: number;
  readonly cover: readonly DayCover[];
  readonly looks: ReadonlyMap<string, TemplateLook>;
}

/** Room for the lines of a landscape sheet, and the least and most of one, millimetres. */
const room = 142;
const leastLine = 3.2;
const mostLine = 7;

/** On paper a roster is sheets for its teams or its people; on the screen it is nothing. */
export function PrintSheets(props: SheetsProps) {
  const isPrinting = useIsPrinting();
  const coded = useCoded();
  const { agents } = usePlan();
  if (!isPrinting) return null;
  const codes = coded ? agentCodes(agents) : null;
  const nameless = (row: RosterRow) => ({
    ...row,
    agent: { ...row.agent, name: codes?.get(row.agent.id) ?? "" },
  });
  const shown = codes === null ? props : { ...props, rows: props.rows.map(nameless) };
  return (
    <div className="print-sheets">
      {props.kind === "teams" ? <TeamSheets {...shown} /> : <PersonSheets {...shown} />}
    </div>
  );
}

/** One sheet: what it is of above, which plan and version it is from below that. */
function Sheet(props: {
  readonly title: string;
  /** Lines of its table that there must be room for. */
  readonly lines: number;
  readonly roster: Roster;
  readonly children: ReactNode;
}) {
  const line = Math.max(leastLine, Math.min(mostLine, room / props.lines));
  return (
    <section className="print-sheet" style={{ "--line": `${line}mm` } as CSSProperties}>
      <h2>{props.title}</h2>
      <p className="print-origin">{useOrigin(props.roster)}</p>
      {props.children}
    </section>
  );
}

/** `Autumn plan · version 2, published 30 Nov, 14:05 (December) · printed 1 Dec, 09:12`. */
function useOrigin(roster: Roster): string {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const document = useSession((state) => state.document);
  const coded = useCoded();
  const version = document.published?.versions.length ?? 0;
  const last = document.published?.versions.at(-1);
  const isEdited = useMemo(() => rosterChanges(document, version, "roster").length > 0, [document, version]);
  const when = (iso: string) => format.instant(iso, new Date(0));
  const published =
    last === undefined || !isPublished(document.published, roster.grid)
      ? t("print.draft")
      : t(isEdited ? "print.edited" : "print.version", { version, when: when(last.publishedAt) });
  return [
    document.plan.name,
    last?.note && !coded ? `${published} (${last.note})` : published,
    t("print.printed", { when: when(new Date().toISOString()) }),
  ].join(" · ");
}

function TeamSheets({ roster, rows, firstDay, endDay, cover, looks }: SheetsProps) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { groups, queues } = usePlan();
  const { grid } = roster;
  const groupNames = new Map(groups.map(({ id, name }) => [id, name]));
  const queueNames = new Map(queues.map(({ id, name }) => [id, name]));
  const dates = datesOf(grid);
  const teams = [...new Set(rows.map(({ agent }) => agent.team))].sort();
  const legend = [
    ...[...looks.values()].map(({ code, name }) => `${code} ${name}`),
    ...(groups.length > 1
      ? groups.flatMap(({ name, queueIds }) => {
          const served = format.list(queueIds.map((id) => queueNames.get(id) ?? id));
          return served === name ? [] : [t("print.group", { group: name, queues: served })];
        })
      : []),
  ];
  return weeksOf(dates, firstDay, endDay).flatMap((days) =>
    teams.map((team) => {
      const members = rows.filter(({ agent }) => agent.team === team);
      const atWork = (day: number) => members.filter(({ cells }) => cells[day].assignment).length;
      const period = format.dateRange(dates[days[0]], dates[days[days.length - 1]]);
      return (
        <Sheet
          key={`${days[0]} ${team}`}
          title={`${team || t("heading.noName")} · ${period}`}
          lines={members.length + 3}
          roster={roster}
        >
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
          <p className="print-legend">{legend.join(" · ")}</p>
        </Sheet>
      );
    }),
  );
}

function PersonSheets({ roster, rows, firstDay, endDay, looks }: SheetsProps) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { groups, queues } = usePlan();
  const { grid } = roster;
  const dates = datesOf(grid);
  const days = Array.from({ length: endDay - firstDay }, (_, at) => firstDay + at);
  const served = new Map(
    groups.map(({ id, queueIds }) => [
      id,
      format.list(queues.filter((queue) => queueIds.includes(queue.id)).map(({ name }) => name)),
    ]),
  );
  const breaksOf = ({ activities }: Shift) =>
    activities
      .flatMap(({ kind, startMinute, endMinute }) => {
        if (kind === "work") return [];
        const [from, to] = [startMinute, endMinute].map((minute) => format.time(clockMinuteAt(grid, minute)));
        return [kind === "break" ? `${from}–${to}` : `${from}–${to} ${t(`publish.activity.${kind}`)}`];
      })
      .join(t("publish.separator"));
  return rows.map((row) => (
    <Sheet
      key={row.agent.id}
      title={`${row.agent.name} · ${format.dateRange(dates[firstDay], dates[endDay - 1])}`}
      lines={days.length + 2}
      roster={roster}
    >
      <table className="print-person">
        <thead>
          <tr>
            <th scope="col">{t("print.day")}</th>
            <th scope="col">{t("print.shift")}</th>
            <th scope="col">{t("print.times")}</th>
            <th scope="col">{t("print.breaks")}</th>
            <th scope="col">{t("column.hours")}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => {
            const { assignment, isOff } = row.cells[day];
            const shift = assignment?.shift;
            return (
              <tr key={day} className={isOff ? "is-off" : undefined}>
                <th scope="row">{format.date(dates[day])}</th>
                <td>
                  {shift ? (looks.get(shift.templateId)?.name ?? "") : t(isOff ? "cell.away" : "cell.free")}
                </td>
                <td>{shift && shiftText(shift, grid, format)}</td>
                <td>{shift && breaksOf(shift)}</td>
                <td className="is-number">{shift && format.number(hoursOf(row, [day]), 1)}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("print.total")}</th>
            <td colSpan={3} />
            <td className="is-number">{format.number(hoursOf(row, days), 1)}</td>
          </tr>
        </tfoot>
      </table>
      <p className="print-legend">
        {[row.agent.team, t("print.serves", { queues: served.get(row.agent.groupId) ?? "" })]
          .filter((part) => part !== "")
          .join(" · ")}
      </p>
    </Sheet>
  ));
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
