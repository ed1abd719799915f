// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid of absolutely placed rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus and names its cursor by aria-activedescendant

import { type CSSProperties, memo, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { isWeekend, weekdayOf } from "../../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Violation } from "../../../domain/plan/roster.ts";
import { useFormat } from "../../kit/use-format.ts";
import { hourMarks } from "./day-scale.ts";
import type { RosterRow } from "./roster-rows.ts";
import { frozenColumns, ganttWidth, nameHtml, type RowPicture, rowHtml } from "./row-html.ts";

/** Pixels. */
export const lineHeight = 28;

/** The days that are drawn and how wide one is. */
export interface DayColumns {
  readonly first: number;
  readonly end: number;
  readonly dates: readonly string[];
  readonly dayWidth: number;
}

/** A row under the days, in line with them. */
export interface FootRow {
  readonly name: string;
  readonly height: number;
  readonly cells: ReactNode;
}

/** Days before those that are drawn. */
function Gap(props: { readonly days: number; readonly dayWidth: number }) {
  return props.days > 0 ? <div role="presentation" style={{ width: props.days * props.dayWidth }} /> : null;
}

/**
 * Names stand in a pane of their own that stays at the left as a whole: a browser draws one such pane quickly, and one
 * for every row slowly.
 */
export const NameLine = memo(function NameLine(props: { readonly at: number; readonly row: RosterRow }) {
  const format = useFormat();
  const { row } = props;
  const html = useMemo(() => ({ __html: nameHtml(row, format) }), [row, format]);
  return (
    <div className="roster-name" style={{ top: props.at * lineHeight }} dangerouslySetInnerHTML={html} />
  );
});

export const AgentLine = memo(function AgentLine(props: {
  readonly at: number;
  readonly row: RosterRow;
  readonly picture: RowPicture;
}) {
  const { row, picture } = props;
  const html = useMemo(() => ({ __html: rowHtml(row, picture) }), [row, picture]);
  return (
    <div
      role="row"
      aria-rowindex={props.at + 2}
      className="roster-row roster-line"
      style={{ top: props.at * lineHeight }}
      dangerouslySetInnerHTML={html}
    />
  );
});

export const HeadingLine = memo(function HeadingLine(props: {
  readonly at: number;
  readonly columns: number;
  readonly name: string;
  readonly agents: number;
  readonly paidMinutes: number;
  readonly isClosed: boolean;
  readonly onToggle: (name: string) => void;
}) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  return (
    <div
      role="row"
      aria-rowindex={props.at + 2}
      className="roster-row roster-line roster-heading"
      style={{ top: props.at * lineHeight }}
    >
      <div role="rowheader" aria-colindex={1} aria-colspan={props.columns} className="roster-heading-cell">
        <button type="button" aria-expanded={!props.isClosed} onClick={() => props.onToggle(props.name)}>
          <span aria-hidden="true">{props.isClosed ? "▸" : "▾"}</span> {props.name || t("heading.noName")}
        </button>
        <span>
          {t("heading.figures", { count: props.agents, hours: format.hours(props.paidMinutes / 60) })}
        </span>
      </div>
    </div>
  );
});

/** What the place at the cursor breaks, by name and price, beside it. */
export function BrokenRules(props: {
  readonly violations: readonly Violation[];
  readonly words: (violation: Violation) => string;
  readonly style: CSSProperties;
  readonly isAbove: boolean;
}) {
  const { top, left, width, height } = props.style;
  if (props.violations.length === 0) return null;
  return (
    <ul
      className={props.isAbove ? "roster-callout is-above" : "roster-callout"}
      aria-hidden="true"
      style={{
        left: Number(left) + Math.min(Number(width), 120),
        top: props.isAbove ? Number(top) : Number(top) + Number(height),
      }}
    >
      {props.violations.map((violation) => (
        <li key={violation.rule} className={violation.penalty === null ? "is-hard" : undefined}>
          {props.words(violation)}
        </li>
      ))}
    </ul>
  );
}

/** Names of the columns. */
export function GridHead(
  props: DayColumns & {
    readonly grid: IntervalGrid;
    readonly firstDay: number;
    readonly width: number;
    readonly height: number;
  },
) {
  const { t } = useTranslation("roster");
  const { width, height, ...days } = props;
  return (
    <div role="rowgroup" className="roster-head" style={{ width, height }}>
      <div role="row" aria-rowindex={1} className="roster-row">
        <div className="roster-frozen" role="presentation">
          {["agent", "hours", "wishes"].map((column, index) => (
            <div key={column} role="columnheader" aria-colindex={index + 1}>
              {t(`column.${column}`)}
            </div>
          ))}
        </div>
        <DayHeads {...days} />
      </div>
    </div>
  );
}

/** Rows that stay under the days. */
export function GridFoot(props: {
  readonly rows: readonly FootRow[];
  readonly firstRowIndex: number;
  /** Days before those that are drawn. */
  readonly gapDays: number;
  readonly dayWidth: number;
  readonly width: number;
  readonly height: number;
}) {
  return (
    <div role="rowgroup" className="roster-foot" style={{ width: props.width, height: props.height }}>
      {props.rows.map((row, at) => (
        <div
          key={row.name}
          role="row"
          aria-rowindex={props.firstRowIndex + at}
          className="roster-row"
          style={{ height: row.height }}
        >
          <div
            role="rowheader"
            aria-colindex={1}
            aria-colspan={frozenColumns}
            className="roster-foot-name"
            title={row.name}
          >
            {row.name}
          </div>
          <Gap days={props.gapDays} dayWidth={props.dayWidth} />
          {row.cells}
        </div>
      ))}
    </div>
  );
}

/** Head cells do not change while lines scroll by. */
const DayHeads = memo(function DayHeads(
  props: DayColumns & { readonly grid: IntervalGrid; readonly firstDay: number },
) {
  const { grid, first, end, dates, dayWidth, firstDay } = props;
  const format = useFormat();
  const hours =
    dayWidth >= 4 * ganttWidth ? 1 : dayWidth >= 2 * ganttWidth ? 2 : dayWidth >= ganttWidth ? 6 : 0;
  return (
    <>
      <Gap days={first - firstDay} dayWidth={dayWidth} />
      {dates.slice(first, end).map((date, index) => (
        <div
          key={date}
          role="columnheader"
          aria-colindex={first - firstDay + index + frozenColumns + 1}
          aria-label={format.date(date, "long")}
          className={isWeekend(date) ? "roster-day is-weekend" : "roster-day"}
        >
          {hours === 0 ? (
            <>
              <span>{format.weekday(weekdayOf(date), dayWidth > 60 ? "short" : "narrow")}</span>
              <strong>{dayWidth > 60 ? format.date(date, "day") : Number(date.slice(8))}</strong>
            </>
          ) : (
            <>
              <strong className="roster-day-name">{format.date(date)}</strong>
              <span className="roster-hours">
                {hourMarks(grid, first + index, hours).map(({ clockMinute, minutes }, at) => (
                  <i key={at} style={{ flexGrow: minutes }}>
                    {dayWidth >= 4 * ganttWidth ? format.time(clockMinute) : clockMinute / 60}
                  </i>
                ))}
              </span>
            </>
          )}
        </div>
      ))}
    </>
  );
});

/** Tint of the weekends as one background: thousands of cells then need none of their own. */
export function weekends(dates: readonly string[], firstDay: number, endDay: number): string {
  const stops = dates
    .slice(firstDay, endDay)
    .flatMap((date, day) =>
      isWeekend(date)
        ? [
            `transparent calc(${day} * var(--day)) calc(${day} * var(--day))`,
            `var(--night) calc(${day} * var(--day)) calc(${day + 1} * var(--day))`,
            `transparent calc(${day + 1} * var(--day))`,
          ]
        : [],
    );
  return stops.length === 0 ? "none" : `linear-gradient(to right, ${stops.join(", ")})`;
}
