// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid of absolutely placed rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus and names its cursor by aria-activedescendant

import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import { useWidth } from "../../kit/charts/plot.ts";
import { useFormat } from "../../kit/use-format.ts";
import { type Block, gridBlocks } from "./grid-blocks.ts";
import { useGridDrag } from "./grid-drag.ts";
import type { GridLine } from "./grid-lines.ts";
import {
  AgentLine,
  BrokenRules,
  type DayColumns,
  DayHeads,
  type FootRow,
  Gap,
  HeadingLine,
  lineHeight,
  NameLine,
  weekends,
} from "./grid-parts.tsx";
import { type GridWindow, useGridWindow } from "./grid-window.ts";
import type { PlacePair, RosterPlace } from "./roster-edits.ts";
import { datesOf, type RosterCell, type RosterRow } from "./roster-rows.ts";
import { cellWords, frozenColumns, ganttWidth, type RowPicture } from "./row-html.ts";
import { shiftText, type TemplateLook } from "./shift-words.ts";

export interface RosterGridProps {
  readonly label: string;
  readonly grid: IntervalGrid;
  readonly lines: readonly GridLine[];
  /** Days that can be scrolled to, half-open. */
  readonly firstDay: number;
  readonly endDay: number;
  /** Pixels of a day; null: as many as make all days fit. */
  readonly dayWidth: number | null;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly cursor: RosterPlace | null;
  readonly isProposal: boolean;
  readonly onCursor: (place: RosterPlace) => void;
  readonly onToggleHeading: (name: string) => void;
  /** +1 nearer, −1 further away. */
  readonly onZoom: (step: number) => void;
  /** Enter or F2 at the cursor. */
  readonly onEnter: () => void;
  /** Without it the roster is read only. */
  readonly edits: RosterGridEdits | null;
  readonly height: number;
  /** Rows under the days, in line with them. */
  readonly foot: (days: DayColumns) => readonly FootRow[];
}

/** What a person does in the grid. */
export interface RosterGridEdits {
  readonly move: (pairs: readonly PlacePair[]) => void;
  readonly copy: (pairs: readonly PlacePair[]) => void;
  readonly takeOff: (places: readonly RosterPlace[]) => void;
  readonly togglePin: (places: readonly RosterPlace[]) => void;
}

const headHeight = 40;
const leastDayWidth = 25;
const scrollbar = 14;
/** Name, hours and wishes; on a phone the name alone. */
const frozenWide = 252;
const frozenNarrow = 116;

/**
 * Agents down, days across, from two months at a glance to the quarter-hours of one day. Only lines and days near what
 * is in sight are drawn; head, names and foot stay while the rest scrolls. The cursor and everything that moves lie
 * above the rows, so that moving draws no row.
 */
export function RosterGrid(props: RosterGridProps) {
  const { lines, grid, firstDay, endDay, edits, cursor } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const id = useId();
  const [box, width] = useWidth<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const [clipboard, setClipboard] = useState<{ readonly from: Block; readonly cut: boolean } | null>(null);
  const [anchor, setAnchor] = useState<RosterPlace | null>(null);

  const dayCount = endDay - firstDay;
  const frozenWidth = width > 0 && width < 480 ? frozenNarrow : frozenWide;
  const fitting = Math.floor((width - frozenWidth - scrollbar) / Math.max(1, dayCount));
  const dayWidth = Math.max(leastDayWidth, props.dayWidth ?? fitting);
  const dates = useMemo(() => datesOf(grid), [grid]);
  const dateNames = useMemo(() => dates.map((date) => format.date(date)), [dates, format]);
  const lineOf = useMemo(
    () => new Map(lines.flatMap((line, at) => (line.kind === "agent" ? [[line.row.agent.id, at]] : []))),
    [lines],
  );
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
  const picture = useMemo<RowPicture>(
    () => ({
      id,
      grid,
      first,
      end,
      firstDay,
      dayWidth,
      dates,
      dateNames,
      looks: props.looks,
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
    [id, grid, first, end, firstDay, dayWidth, dates, dateNames, props.looks, format, t],
  );

  const cursorLine = cursor === null ? -1 : (lineOf.get(cursor.agentId) ?? -1);
  const cursorDay = cursor === null ? -1 : dates.indexOf(cursor.date);
  const isCursorShown = cursorLine >= 0 && cursorDay >= firstDay && cursorDay < endDay;
  const { blockOf, placesOf, pairsTo } = gridBlocks(lines, lineOf, dates);
  const selected = isCursorShown ? blockOf(anchor ?? cursor!, cursor!) : null;

  useEffect(() => {
    const element = scroller.current;
    if (element === null || !isCursorShown) return;
    const top = cursorLine * lineHeight;
    const room = element.clientHeight - headHeight - footHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + lineHeight > element.scrollTop + room) element.scrollTop = top + lineHeight - room;
    const left = (cursorDay - firstDay) * dayWidth;
    const across = element.clientWidth - frozenWidth;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + dayWidth > element.scrollLeft + across)
      element.scrollLeft = Math.min(left, left + dayWidth - across);
  }, [cursorLine, cursorDay, isCursorShown]);

  function placeAt(x: number, y: number): RosterPlace | null {
    const element = scroller.current;
    if (element === null) return null;
    const corner = element.getBoundingClientRect();
    const across = x - corner.left - frozenWidth;
    const down = y - corner.top - headHeight;
    if (across < 0 || down < 0 || y > corner.top + element.clientHeight - footHeight) return null;
    const line = lines[Math.floor((down + element.scrollTop) / lineHeight)];
    const date = dates[firstDay + Math.floor((across + element.scrollLeft) / dayWidth)];
    return line?.kind === "agent" && date ? { agentId: line.row.agent.id, date } : null;
  }

  function rowOf({ agentId }: RosterPlace): RosterRow | null {
    const line = lines[lineOf.get(agentId) ?? -1];
    return line?.kind === "agent" ? line.row : null;
  }

  function cellAt(place: RosterPlace): RosterCell | null {
    return rowOf(place)?.cells[dates.indexOf(place.date)] ?? null;
  }

  const drag = useGridDrag({
    placeAt,
    canDrag: (place) => {
      const assignment = edits && cellAt(place)?.assignment;
      return Boolean(assignment && !assignment.pinned);
    },
    onPress(place, extends_) {
      setAnchor(extends_ ? (anchor ?? cursor) : null);
      props.onCursor(place);
    },
    onDrop(from, to, copies) {
      if (copies) edits?.copy([{ from, to }]);
      else edits?.move([{ from, to }]);
      props.onCursor(to);
    },
  });

  /** To the nearest agent's line on the way. */
  function go(line: number, day: number, extends_: boolean): void {
    let at = Math.max(0, Math.min(lines.length - 1, line));
    const step = at >= cursorLine ? 1 : -1;
    if (lines[at]?.kind === "heading" && lines[at + step] === undefined) at = cursorLine;
    while (lines[at]?.kind === "heading" && lines[at + step] !== undefined) at += step;
    const found = lines[at];
    if (found?.kind !== "agent") return;
    setAnchor(extends_ ? (anchor ?? cursor) : null);
    const date = dates[Math.max(firstDay, Math.min(endDay - 1, day))];
    props.onCursor({ agentId: found.row.agent.id, date });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const far = event.ctrlKey || event.metaKey;
    const line = Math.max(0, cursorLine);
    const day = Math.max(firstDay, cursorDay);
    const page = Math.max(1, Math.floor((props.height - headHeight - footHeight) / lineHeight) - 1);
    const moves: Record<string, [number, number]> = {
      ArrowUp: [far ? 0 : line - 1, day],
      ArrowDown: [far ? lines.length - 1 : line + 1, day],
      ArrowLeft: [line, far ? firstDay : day - 1],
      ArrowRight: [line, far ? endDay - 1 : day + 1],
      PageUp: [line - page, day],
      PageDown: [line + page, day],
      Home: [far ? 0 : line, firstDay],
      End: [far ? lines.length - 1 : line, endDay - 1],
    };
    const key = event.key.toLowerCase();
    if ((key === "+" || key === "-") && !far) props.onZoom(key === "+" ? 1 : -1);
    else if (event.key in moves) go(...moves[event.key], event.shiftKey);
    else if (event.key === "Escape" && (clipboard || drag.dragged || anchor)) {
      setClipboard(null);
      setAnchor(null);
      drag.end();
    } else if (cursor === null || selected === null || edits === null) return;
    else if (event.key === "Enter" || event.key === "F2") props.onEnter();
    else if (far && (key === "c" || key === "x")) setClipboard({ from: selected, cut: key === "x" });
    else if (far && key === "v" && clipboard) {
      const pairs = pairsTo(clipboard.from, placesOf(selected)[0] ?? cursor);
      if (clipboard.cut) edits.move(pairs);
      else edits.copy(pairs);
      if (clipboard.cut) setClipboard(null);
    } else if (event.key === "Delete" || event.key === "Backspace") edits.takeOff(placesOf(selected));
    else if (key === "p" && !far && !event.altKey) edits.togglePin(placesOf(selected));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Words of the cell under the pointer, made when they are wanted. */
  function onPointerOver(event: PointerEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>(".roster-cell");
    const place = cell && !cell.title ? placeAt(event.clientX, event.clientY) : null;
    const row = place && rowOf(place);
    if (cell && row) cell.title = cellWords(row, dates.indexOf(place.date), picture).join("\n");
  }

  const bodyHeight = lines.length * lineHeight;
  const totalWidth = frozenWidth + dayCount * dayWidth;
  const overlay = (block: Block): CSSProperties => ({
    top: block.firstLine * lineHeight,
    left: frozenWidth + (block.firstDay - firstDay) * dayWidth,
    width: (block.endDay - block.firstDay) * dayWidth,
    height: (block.endLine - block.firstLine) * lineHeight,
  });
  const atCursor = isCursorShown ? cellAt(cursor!) : null;
  const shiftDragged = drag.dragged && cellAt(drag.dragged.from)?.assignment?.shift;
  return (
    <div ref={box} className="roster-box">
      <div
        ref={scroller}
        className={[
          "roster-grid",
          props.isProposal ? "is-proposal" : "",
          frozenWidth === frozenNarrow ? "is-phone" : "",
          dayWidth < 40 ? "is-narrow" : "",
          dayWidth >= ganttWidth ? "is-gantt" : "",
          dayWidth >= 4 * ganttWidth ? "is-fine" : "",
        ].join(" ")}
        style={
          {
            height: Math.min(props.height, bodyHeight + headHeight + footHeight + scrollbar),
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
          isDrawn(sight, cursorLine, cursorDay - firstDay)
            ? `${id}-${rowOf(cursor!)?.number}-${cursorDay}`
            : undefined
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerOver={onPointerOver}
        {...drag.handlers}
      >
        <div role="rowgroup" className="roster-head" style={{ width: totalWidth, height: headHeight }}>
          <div role="row" aria-rowindex={1} className="roster-row">
            <div className="roster-frozen" role="presentation">
              <div role="columnheader" aria-colindex={1}>
                {t("column.agent")}
              </div>
              <div role="columnheader" aria-colindex={2}>
                {t("column.hours")}
              </div>
              <div role="columnheader" aria-colindex={3}>
                {t("column.wishes")}
              </div>
            </div>
            <DayHeads {...columns} firstDay={firstDay} />
          </div>
        </div>
        <div
          role="rowgroup"
          className="roster-body"
          style={
            {
              height: bodyHeight,
              width: totalWidth,
              "--weekends": weekends(dates, firstDay, endDay),
            } as CSSProperties
          }
        >
          <div className="roster-names" aria-hidden="true">
            {lines
              .slice(sight.firstLine, sight.endLine)
              .map((line, offset) =>
                line.kind === "agent" ? (
                  <NameLine key={line.row.agent.id} at={sight.firstLine + offset} row={line.row} />
                ) : null,
              )}
          </div>
          {lines.slice(sight.firstLine, sight.endLine).map((line, offset) => {
            const at = sight.firstLine + offset;
            return line.kind === "heading" ? (
              <HeadingLine
                key={`heading ${line.name}`}
                at={at}
                columns={dayCount + frozenColumns}
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
          {clipboard && <div className="roster-mark is-cut" style={overlay(clipboard.from)} />}
          {selected && <div className="roster-mark is-cursor" style={overlay(selected)} />}
          {drag.dragged?.to && (
            <div
              className="roster-mark is-target"
              style={overlay(blockOf(drag.dragged.to, drag.dragged.to))}
            />
          )}
          {atCursor && atCursor.broken.length > 0 && drag.dragged === null && selected && (
            <BrokenRules
              violations={atCursor.broken}
              words={picture.words.rule}
              style={overlay(selected)}
              isAbove={selected.endLine * lineHeight + 40 > bodyHeight || cursorLine > sight.endLine - 14}
            />
          )}
        </div>
        <div role="rowgroup" className="roster-foot" style={{ width: totalWidth, height: footHeight }}>
          {foot.map((row, at) => (
            <div
              key={row.name}
              role="row"
              aria-rowindex={lines.length + 2 + at}
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
              <Gap days={first - firstDay} dayWidth={dayWidth} />
              {row.cells}
            </div>
          ))}
        </div>
      </div>
      {drag.dragged && shiftDragged && (
        <div
          className="roster-ghost"
          aria-hidden="true"
          style={{ left: drag.dragged.x + 10, top: drag.dragged.y + 8 }}
        >
          {shiftText(shiftDragged, grid, format)}
        </div>
      )}
    </div>
  );
}

function isDrawn(sight: GridWindow, line: number, day: number): boolean {
  return line >= sight.firstLine && line < sight.endLine && day >= sight.firstDay && day < sight.endDay;
}
