// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid of absolutely placed rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus and names its cursor by aria-activedescendant

import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useId,
  useMemo,
  useRef,
} from "react";
import { useTranslation } from "react-i18next";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import { useWidth } from "../../kit/charts/plot.ts";
import { type CellRange, rangeOf } from "../../kit/controls/grid-cursor.ts";
import { useFormat } from "../../kit/use-format.ts";
import { dayMinutes } from "./day-scale.ts";
import { type Dragged, useGridDrag } from "./grid-drag.ts";
import type { GridLine } from "./grid-lines.ts";
import {
  AgentLine,
  BrokenRules,
  type DayColumns,
  type FootRow,
  GridFoot,
  GridHead,
  HeadingLine,
  lineHeight,
  NameLine,
  weekends,
} from "./grid-parts.tsx";
import { gridPlaces, linesOfAgents } from "./grid-places.ts";
import { type GridWindow, useGridWindow } from "./grid-window.ts";
import { type RosterCursorRules, useRosterCursor } from "./roster-cursor.ts";
import type { RosterPlace, ShiftGrip } from "./roster-edits.ts";
import { datesOf } from "./roster-rows.ts";
import { cellWords, frozenColumns, ganttWidth, type RowPicture } from "./row-html.ts";
import { shiftText, type TemplateLook } from "./shift-words.ts";

export interface RosterGridProps extends RosterCursorRules {
  readonly label: string;
  readonly grid: IntervalGrid;
  /** Pixels of a day; null: as many as make all days fit. */
  readonly dayWidth: number | null;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly isProposal: boolean;
  readonly onToggleHeading: (name: string) => void;
  /** The places of the range; called when it changes. */
  readonly onSelection: (places: readonly RosterPlace[]) => void;
  /** What is said of the shift whose times are being dragged, after the times. */
  readonly timesRemark: string | null;
  readonly height: number;
  /** Rows under the days, in line with them. */
  readonly foot: (days: DayColumns) => readonly FootRow[];
}

const headHeight = 40;
const leastDayWidth = 25;
const scrollbar = 14;
/** Name, hours and wishes; on a phone the name alone. */
const frozenWide = 252;
const frozenNarrow = 116;

/** Sizes in pixels, and where days begin. */
interface Layout {
  readonly frozenWidth: number;
  readonly dayWidth: number;
  readonly dayCount: number;
  readonly firstDay: number;
  readonly footHeight: number;
}

/**
 * Agents down, days across, from two months at a glance to the quarter-hours of one day. Only lines and days near what
 * is in sight are drawn; head, names and foot stay while the rest scrolls. The cursor and everything that moves lie
 * above the rows, so that moving draws no row.
 */
export function RosterGrid(props: RosterGridProps) {
  const { lines, grid, firstDay, endDay, edits } = props;
  const id = useId();
  const [box, width] = useWidth<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);

  const dayCount = endDay - firstDay;
  const frozenWidth = width > 0 && width < 480 ? frozenNarrow : frozenWide;
  const fitting = Math.floor((width - frozenWidth - scrollbar) / Math.max(1, dayCount));
  const dayWidth = Math.max(leastDayWidth, props.dayWidth ?? fitting);
  const dates = useMemo(() => datesOf(grid), [grid]);
  const lineOf = useMemo(() => linesOfAgents(lines), [lines]);
  const sight = useGridWindow(scroller, {
    lineCount: lines.length,
    lineHeight,
    dayCount,
    dayWidth,
    frozenWidth,
    frozenHeight: headHeight,
  });
  const first = firstDay + sight.firstDay;
  const end = firstDay + sight.endDay;
  const columns = useMemo<DayColumns>(() => ({ first, end, dates, dayWidth }), [first, end, dates, dayWidth]);
  const foot = props.foot(columns);
  const footHeight = foot.reduce((sum, { height }) => sum + height, 0);
  const layout: Layout = { frozenWidth, dayWidth, dayCount, firstDay, footHeight };
  const picture = useRowPicture(props, id, columns);
  const places = gridPlaces(lines, lineOf, dates);
  const pageRows = Math.max(1, Math.floor((props.height - headHeight - footHeight) / lineHeight) - 1);
  const cursor = useRosterCursor(props, places, pageRows);
  useScrollIntoView(scroller, cursor, layout);
  useSelection(props, places, cursor.range);

  function placeAt(x: number, y: number): RosterPlace | null {
    const under = scroller.current && cellUnder(scroller.current, x, y, layout);
    return under && places.placeOf(under);
  }

  const drag = useGridDrag({
    placeAt,
    gripAt: (target) => (edits === null ? null : gripUnder(target, lines, dates)),
    minutesOf: (pixels, { date }) =>
      Math.round((pixels * dayMinutes(grid, dates.indexOf(date))) / dayWidth / props.stepMinutes) *
      props.stepMinutes,
    onTimes: (change) => edits?.onTimes(change),
    onTimesDrop: ({ place, grip, minutes }) => edits?.retime([place], grip, minutes),
    canDrag: (place) => {
      const assignment = edits && places.cellOf(place)?.assignment;
      return Boolean(assignment && !assignment.pinned);
    },
    onPress: cursor.press,
    onDrop(from, to, copies) {
      if (copies) edits?.copy([{ from, to }]);
      else edits?.move([{ from, to }]);
      props.onCursor(to);
    },
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const letsGo = event.key === "Escape" && drag.dragged !== null;
    if (letsGo) drag.end();
    if (!cursor.onKey(event) && !letsGo) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Words of the cell under the pointer, made when they are wanted. */
  function onPointerOver(event: PointerEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>(".roster-cell");
    const place = cell && !cell.title ? placeAt(event.clientX, event.clientY) : null;
    const row = place && places.rowOf(place);
    if (cell && row) cell.title = cellWords(row, dates.indexOf(place.date), picture).join("\n");
  }

  const totalWidth = frozenWidth + dayCount * dayWidth;
  const dragged = drag.dragged;
  return (
    <div ref={box} className="roster-box">
      <div
        ref={scroller}
        className={gridClass(props.isProposal, layout)}
        style={
          {
            height: Math.min(props.height, lines.length * lineHeight + headHeight + footHeight + scrollbar),
            "--day": `${dayWidth}px`,
            "--frozen": `${frozenWidth}px`,
          } as CSSProperties
        }
        role="grid"
        aria-label={props.label}
        aria-rowcount={lines.length + 1 + foot.length}
        aria-colcount={dayCount + frozenColumns}
        aria-multiselectable={true}
        aria-activedescendant={
          isDrawn(sight, cursor.row, cursor.column - firstDay)
            ? `${id}-${places.rowOf(props.cursor!)?.number}-${cursor.column}`
            : undefined
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerOver={onPointerOver}
        {...drag.handlers}
      >
        <GridHead {...columns} grid={grid} firstDay={firstDay} width={totalWidth} height={headHeight} />
        <Lines {...props} sight={sight} picture={picture} layout={layout} width={totalWidth}>
          <Marks
            cut={cursor.clipboard}
            selected={cursor.range}
            target={
              dragged?.to && !dragged.times
                ? rangeOf({ cursor: places.indexOf(dragged.to), anchor: null })
                : null
            }
            layout={layout}
          />
          {cursor.range && props.cursor && !dragged && (
            <BrokenRules
              violations={places.cellOf(props.cursor)?.broken ?? []}
              words={picture.words.rule}
              style={overlay(cursor.range, layout)}
              isAbove={
                cursor.range.endRow * lineHeight + 40 > lines.length * lineHeight ||
                cursor.row > sight.endLine - 14
              }
            />
          )}
        </Lines>
        <GridFoot
          rows={foot}
          firstRowIndex={lines.length + 2}
          gapDays={first - firstDay}
          dayWidth={dayWidth}
          width={totalWidth}
          height={footHeight}
        />
      </div>
      {dragged && <Ghost dragged={dragged} text={shiftUnder(dragged.from)} remark={props.timesRemark} />}
    </div>
  );

  function shiftUnder(place: RosterPlace): string | null {
    const shift = places.cellOf(place)?.assignment?.shift;
    return shift ? shiftText(shift, grid, picture.format) : null;
  }
}

/** What rows are drawn with; the same object until something of it changes, since rows remember it. */
function useRowPicture(props: RosterGridProps, id: string, columns: DayColumns): RowPicture {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { grid, firstDay, looks } = props;
  const { first, end, dates, dayWidth } = columns;
  const dateNames = useMemo(() => dates.map((date) => format.date(date)), [dates, format]);
  return useMemo<RowPicture>(
    () => ({
      id,
      grid,
      first,
      end,
      firstDay,
      dayWidth,
      dates,
      dateNames,
      looks,
      format,
      words: {
        free: t("cell.free"),
        away: t("cell.away"),
        pinned: t("cell.pinned"),
        changed: t("cell.changed"),
        rule: ({ rule, penalty }) =>
          t(penalty === null ? "cell.hardRule" : "cell.softRule", {
            rule: t(`rule.${rule}`),
            price: format.number(penalty, penalty === null || Number.isInteger(penalty) ? 0 : 1),
          }),
      },
    }),
    [id, grid, first, end, firstDay, dayWidth, dates, dateNames, looks, format, t],
  );
}

/** The shift whose bar, end or break an element of a row is; null where it is none. */
function gripUnder(
  target: Element,
  lines: readonly GridLine[],
  dates: readonly string[],
): { readonly place: RosterPlace; readonly grip: ShiftGrip } | null {
  const bar = target.closest<HTMLElement>(".roster-bar");
  const [number, day] = bar?.parentElement?.id.split("-").slice(-2).map(Number) ?? [];
  const line = lines.find((one) => one.kind === "agent" && one.row.number === number);
  if (line?.kind !== "agent") return null;
  const { grip = "whole" } = (target as HTMLElement).dataset;
  const isNamed = grip === "start" || grip === "end" || grip === "whole";
  return {
    place: { agentId: line.row.agent.id, date: dates[day] },
    grip: isNamed ? grip : Number(grip),
  };
}

/** Tells which places are chosen, whenever they are others. */
function useSelection(
  { onSelection }: RosterGridProps,
  places: ReturnType<typeof gridPlaces>,
  range: CellRange | null,
): void {
  const chosen =
    range === null ? "" : [range.firstRow, range.endRow, range.firstColumn, range.endColumn].join();
  const latest = useRef({ places, range, onSelection });
  latest.current = { places, range, onSelection };
  useEffect(() => {
    const now = latest.current;
    now.onSelection(now.range === null ? [] : now.places.placesOf(now.range));
  }, [chosen]);
}

/** Scrolls just far enough for the cursor to be in sight, whenever it moves. */
function useScrollIntoView(
  scroller: RefObject<HTMLElement | null>,
  cursor: { readonly row: number; readonly column: number; readonly isShown: boolean },
  { frozenWidth, dayWidth, firstDay, footHeight }: Layout,
): void {
  const { row, column, isShown } = cursor;
  useEffect(() => {
    const element = scroller.current;
    if (element === null || !isShown) return;
    const top = row * lineHeight;
    const room = element.clientHeight - headHeight - footHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + lineHeight > element.scrollTop + room) element.scrollTop = top + lineHeight - room;
    const left = (column - firstDay) * dayWidth;
    const across = element.clientWidth - frozenWidth;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + dayWidth > element.scrollLeft + across)
      element.scrollLeft = Math.min(left, left + dayWidth - across);
  }, [row, column, isShown]);
}

/** Line and day under a point of the screen; null: over head, names or foot. */
function cellUnder(element: HTMLElement, x: number, y: number, layout: Layout) {
  const corner = element.getBoundingClientRect();
  const across = x - corner.left - layout.frozenWidth;
  const down = y - corner.top - headHeight;
  if (across < 0 || down < 0 || y > corner.top + element.clientHeight - layout.footHeight) return null;
  return {
    row: Math.floor((down + element.scrollTop) / lineHeight),
    column: layout.firstDay + Math.floor((across + element.scrollLeft) / layout.dayWidth),
  };
}

function gridClass(isProposal: boolean, { frozenWidth, dayWidth }: Layout): string {
  return [
    "roster-grid",
    isProposal ? "is-proposal" : "",
    frozenWidth === frozenNarrow ? "is-phone" : "",
    dayWidth < 40 ? "is-narrow" : "",
    dayWidth >= ganttWidth ? "is-gantt" : "",
    dayWidth >= 4 * ganttWidth ? "is-fine" : "",
  ].join(" ");
}

function isDrawn(sight: GridWindow, line: number, day: number): boolean {
  return line >= sight.firstLine && line < sight.endLine && day >= sight.firstDay && day < sight.endDay;
}

function overlay(range: CellRange, { frozenWidth, dayWidth, firstDay }: Layout): CSSProperties {
  return {
    top: range.firstRow * lineHeight,
    left: frozenWidth + (range.firstColumn - firstDay) * dayWidth,
    width: (range.endColumn - range.firstColumn) * dayWidth,
    height: (range.endRow - range.firstRow) * lineHeight,
  };
}

/** Agents and headings in sight, and over them the children. */
function Lines(
  props: RosterGridProps & {
    readonly sight: GridWindow;
    readonly picture: RowPicture;
    readonly layout: Layout;
    readonly width: number;
    readonly children: React.ReactNode;
  },
) {
  const { lines, sight, picture, layout, firstDay, endDay } = props;
  const shown = lines.slice(sight.firstLine, sight.endLine);
  return (
    <div
      role="rowgroup"
      className="roster-body"
      style={
        {
          height: lines.length * lineHeight,
          width: props.width,
          "--weekends": weekends(picture.dates, firstDay, endDay),
        } as CSSProperties
      }
    >
      <div className="roster-names" aria-hidden="true">
        {shown.map((line, offset) =>
          line.kind === "agent" ? (
            <NameLine key={line.row.agent.id} at={sight.firstLine + offset} row={line.row} />
          ) : null,
        )}
      </div>
      {shown.map((line, offset) => {
        const at = sight.firstLine + offset;
        return line.kind === "heading" ? (
          <HeadingLine
            key={`heading ${line.name}`}
            at={at}
            columns={layout.dayCount + frozenColumns}
            name={line.name}
            agents={line.agents}
            paidMinutes={line.paidMinutes}
            isClosed={line.isClosed}
            onToggle={props.onToggleHeading}
          />
        ) : (
          <AgentLine key={line.row.agent.id} at={at} row={line.row} picture={picture} />
        );
      })}
      {props.children}
    </div>
  );
}

/** What is cut or copied, what is selected, and where a dragged shift would land. */
function Marks(props: {
  readonly cut: CellRange | null;
  readonly selected: CellRange | null;
  readonly target: CellRange | null;
  readonly layout: Layout;
}) {
  const { cut, selected, target, layout } = props;
  return (
    <>
      {cut && <div className="roster-mark is-cut" style={overlay(cut, layout)} />}
      {selected && <div className="roster-mark is-cursor" style={overlay(selected, layout)} />}
      {target && <div className="roster-mark is-target" style={overlay(target, layout)} />}
    </>
  );
}

/** The shift on its way, beside the pointer. */
function Ghost(props: {
  readonly dragged: Dragged;
  readonly text: string | null;
  readonly remark: string | null;
}) {
  const { dragged, text, remark } = props;
  if (text === null) return null;
  return (
    <div className="roster-ghost" aria-hidden="true" style={{ left: dragged.x + 10, top: dragged.y + 8 }}>
      {text}
      {dragged.times && remark !== null && <small>{remark}</small>}
    </div>
  );
}
