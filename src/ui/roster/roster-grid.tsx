// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid of absolutely placed rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus and names its cursor by aria-activedescendant

import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import type { RosterPlace } from "../../app/roster-edits.ts";
import { weekdayOf } from "../../domain/clock.ts";
import { dateOfDay, type IntervalGrid, localTimeOf } from "../../domain/interval-grid.ts";
import type { Shift } from "../../domain/shift.ts";
import { useWidth } from "../charts/plot.ts";
import type { Format } from "../format.ts";
import { useFormat } from "../session-context.tsx";
import type { DayCover, RosterCell, RosterRow } from "./roster-rows.ts";

export interface RosterGridProps {
  readonly label: string;
  readonly grid: IntervalGrid;
  readonly rows: readonly RosterRow[];
  /** Days in sight, half-open. */
  readonly firstDay: number;
  readonly endDay: number;
  readonly cover: readonly DayCover[];
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly cursor: RosterPlace | null;
  readonly isProposal: boolean;
  readonly onCursor: (place: RosterPlace) => void;
  /** Without it the roster is read only. */
  readonly edits: RosterGridEdits | null;
  readonly height: number;
}

/** What a person does in the grid. */
export interface RosterGridEdits {
  readonly move: (from: RosterPlace, to: RosterPlace) => void;
  readonly copy: (from: RosterPlace, to: RosterPlace) => void;
  readonly takeOff: (place: RosterPlace) => void;
  readonly togglePin: (place: RosterPlace) => void;
}

/** How a template's shifts are marked. */
export interface TemplateLook {
  readonly code: string;
  readonly name: string;
  readonly color: string;
}

const rowHeight = 28;
const headHeight = 40;
const footHeight = 30;
const frozen = { name: 148, hours: 52, wishes: 52 };
const frozenWidth = frozen.name + frozen.hours + frozen.wishes;
const leastDayWidth = 25;

/** Agents down, days across. Only rows in sight are drawn; the head, the names and the cover stay while the rest scrolls. */
export function RosterGrid(props: RosterGridProps) {
  const { rows, grid, firstDay, endDay, edits, cursor } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const id = useId();
  const [box, width] = useWidth<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const [clipboard, setClipboard] = useState<{ readonly place: RosterPlace; readonly cut: boolean } | null>(
    null,
  );
  const drag = useRef<{ from: RosterPlace; x: number; y: number; copies: boolean } | null>(null);
  const [dragged, setDragged] = useState<{
    x: number;
    y: number;
    to: RosterPlace | null;
    text: string;
  } | null>(null);
  const isPrinting = useIsPrinting();
  const dayCount = endDay - firstDay;
  const dayWidth = Math.max(leastDayWidth, Math.floor((width - frozenWidth - 14) / Math.max(1, dayCount)));
  const totalWidth = frozenWidth + dayCount * dayWidth;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: isPrinting ? rows.length : 6,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: footHeight,
  });
  const dates = useMemo(
    () => Array.from({ length: dayCount }, (_, index) => dateOfDay(grid, firstDay + index)),
    [grid, firstDay, dayCount],
  );
  const dateNames = useMemo(() => dates.map((date) => format.date(date)), [dates, format]);
  const cursorRow = cursor === null ? -1 : rows.findIndex(({ agent }) => agent.id === cursor.agentId);
  const cursorDay = cursor === null ? -1 : dates.indexOf(cursor.date);

  useEffect(() => {
    if (cursorRow >= 0) virtual.scrollToIndex(cursorRow);
  }, [cursorRow, virtual]);

  function go(row: number, day: number): void {
    const agent = rows[Math.max(0, Math.min(rows.length - 1, row))]?.agent;
    if (agent) props.onCursor({ agentId: agent.id, date: dates[Math.max(0, Math.min(dayCount - 1, day))] });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const far = event.ctrlKey || event.metaKey;
    const row = Math.max(0, cursorRow);
    const day = Math.max(0, cursorDay);
    const page = Math.max(1, Math.floor((props.height - headHeight - footHeight) / rowHeight) - 1);
    const moves: Record<string, [number, number]> = {
      ArrowUp: [far ? 0 : row - 1, day],
      ArrowDown: [far ? rows.length - 1 : row + 1, day],
      ArrowLeft: [row, far ? 0 : day - 1],
      ArrowRight: [row, far ? dayCount - 1 : day + 1],
      PageUp: [row - page, day],
      PageDown: [row + page, day],
      Home: [far ? 0 : row, 0],
      End: [far ? rows.length - 1 : row, dayCount - 1],
    };
    const key = event.key.toLowerCase();
    if (event.key in moves) go(...moves[event.key]);
    else if (event.key === "Escape" && (clipboard || drag.current)) {
      setClipboard(null);
      endDrag();
    } else if (cursor && edits && far && (key === "c" || key === "x"))
      setClipboard({ place: cursor, cut: key === "x" });
    else if (cursor && edits && far && key === "v" && clipboard) {
      if (clipboard.cut) edits.move(clipboard.place, cursor);
      else edits.copy(clipboard.place, cursor);
      if (clipboard.cut) setClipboard(null);
    } else if (cursor && edits && (event.key === "Delete" || event.key === "Backspace"))
      edits.takeOff(cursor);
    else if (cursor && edits && key === "p" && !far && !event.altKey) edits.togglePin(cursor);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function placeAt(target: Element | null): RosterPlace | null {
    const cell = target?.closest<HTMLElement>("[data-place]");
    if (!cell || !scroller.current?.contains(cell)) return null;
    const [agentId, date] = cell.dataset.place!.split("\t");
    return { agentId, date };
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    const place = placeAt(event.target as Element);
    if (!place) return;
    props.onCursor(place);
    const shift = cellAt(place)?.assignment;
    if (edits && shift && !shift.pinned && event.pointerType !== "touch") {
      drag.current = {
        from: place,
        x: event.clientX,
        y: event.clientY,
        copies: event.ctrlKey || event.metaKey,
      };
    }
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    const started = drag.current;
    if (!started) return;
    if (event.buttons === 0) {
      endDrag();
      return;
    }
    if (!dragged && Math.hypot(event.clientX - started.x, event.clientY - started.y) < 5) return;
    if (!dragged) event.currentTarget.setPointerCapture(event.pointerId);
    const shift = cellAt(started.from)?.assignment?.shift;
    setDragged({
      x: event.clientX,
      y: event.clientY,
      to: placeAt(document.elementFromPoint(event.clientX, event.clientY)),
      text: shift ? shiftText(shift, grid, format) : "",
    });
  }

  function onPointerUp(): void {
    const started = drag.current;
    if (started && dragged?.to && edits) {
      const { to } = dragged;
      if (started.copies) edits.copy(started.from, to);
      else edits.move(started.from, to);
      props.onCursor(to);
    }
    endDrag();
  }

  function endDrag(): void {
    drag.current = null;
    setDragged(null);
  }

  function cellAt(place: RosterPlace): RosterCell | undefined {
    const row = rows.find(({ agent }) => agent.id === place.agentId);
    const day = dates.indexOf(place.date);
    return day < 0 ? undefined : row?.cells[firstDay + day];
  }

  const bodyHeight = virtual.getTotalSize();
  return (
    <div ref={box} className="roster-box">
      <div
        ref={scroller}
        className={[
          "roster-grid",
          props.isProposal ? "is-proposal" : "",
          dayWidth < 40 ? "is-narrow" : "",
        ].join(" ")}
        style={
          {
            "--grid-height": `${Math.min(props.height, bodyHeight + headHeight + footHeight + 14)}px`,
          } as CSSProperties
        }
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 2}
        aria-colcount={dayCount + 3}
        aria-activedescendant={
          cursorRow >= 0 && cursorDay >= 0 ? `${id}-${cursorRow}-${cursorDay}` : undefined
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={endDrag}
      >
        <div role="rowgroup" className="roster-head" style={{ width: totalWidth, height: headHeight }}>
          <div role="row" aria-rowindex={1} className="roster-row">
            <FrozenCells
              role="columnheader"
              name={t("column.agent")}
              hours={t("column.hours")}
              wishes={t("column.wishes")}
            />
            <DayHeads dates={dates} dayWidth={dayWidth} />
          </div>
        </div>
        <div role="rowgroup" style={{ position: "relative", height: bodyHeight, width: totalWidth }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <RosterLine
              key={rows[index].agent.id}
              id={`${id}-${index}`}
              index={index}
              top={start}
              row={rows[index]}
              grid={grid}
              dates={dates}
              dateNames={dateNames}
              firstDay={firstDay}
              dayWidth={dayWidth}
              looks={props.looks}
              cursorDay={index === cursorRow ? cursorDay : -1}
              targetDay={dragged?.to?.agentId === rows[index].agent.id ? dates.indexOf(dragged.to.date) : -1}
              cutDay={
                clipboard?.place.agentId === rows[index].agent.id ? dates.indexOf(clipboard.place.date) : -1
              }
            />
          ))}
        </div>
        <div role="rowgroup" className="roster-foot" style={{ width: totalWidth, height: footHeight }}>
          <div role="row" aria-rowindex={rows.length + 2} className="roster-row">
            <FrozenCells role="rowheader" name={t("cover.name")} hours="" wishes="" />
            <DayCovers dates={dates} dayWidth={dayWidth} cover={props.cover} firstDay={firstDay} />
          </div>
        </div>
      </div>
      {dragged && (
        <div className="roster-ghost" aria-hidden="true" style={{ left: dragged.x + 10, top: dragged.y + 8 }}>
          {dragged.text}
        </div>
      )}
    </div>
  );
}

/** True while the browser prints: then every row is drawn, in sight or not. */
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

interface LineProps {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly row: RosterRow;
  readonly grid: IntervalGrid;
  readonly dates: readonly string[];
  readonly dateNames: readonly string[];
  readonly firstDay: number;
  readonly dayWidth: number;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly cursorDay: number;
  readonly targetDay: number;
  readonly cutDay: number;
}

const RosterLine = memo(function RosterLine(props: LineProps) {
  const { row, dates, dayWidth, looks, grid } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const free = t("cell.free");
  const away = t("cell.away");
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      className="roster-row roster-line"
      style={{ top: props.top, height: rowHeight }}
    >
      <FrozenCells
        role="rowheader"
        name={row.agent.name}
        title={`${row.agent.name}, ${row.groupName}, ${row.agent.team}`}
        hours={format.number(row.paidMinutes / 60, 0)}
        wishes={row.wishes === 0 ? "" : `${row.wishesGranted}/${row.wishes}`}
      />
      {dates.map((date, index) => {
        const cell = row.cells[props.firstDay + index];
        const shift = cell.assignment?.shift;
        const look = shift && looks.get(shift.templateId);
        const said = [
          shift
            ? `${look?.name ?? shift.templateId} ${shiftText(shift, grid, format)}`
            : cell.isOff
              ? away
              : free,
          cell.assignment?.pinned ? t("cell.pinned") : "",
          cell.isRefused ? t("cell.refused") : "",
          cell.isChanged ? t("cell.changed") : "",
          ...cell.broken.map((rule) => t(`rule.${rule}`)),
        ].filter((part) => part !== "");
        const marks = [
          "roster-cell",
          isWeekend(date) ? "is-weekend" : "",
          cell.isOff ? "is-off" : "",
          cell.isChanged ? "is-changed" : "",
          index === props.cursorDay ? "is-cursor" : "",
          index === props.targetDay ? "is-target" : "",
          index === props.cutDay ? "is-cut" : "",
        ];
        // What the cell shows comes first in its name, so that speech control finds it by what is read on it.
        const label = shift ? labelOf(shift, look?.code ?? "", dayWidth, grid, format) : "";
        return (
          <div
            key={date}
            id={`${props.id}-${index}`}
            role="gridcell"
            aria-selected={index === props.cursorDay}
            aria-label={`${label === "" ? "" : `${label}: `}${row.agent.name}, ${props.dateNames[index]}: ${said.join(", ")}`}
            data-place={`${row.agent.id}\t${date}`}
            className={marks.filter((mark) => mark !== "").join(" ")}
            style={{ left: frozenWidth + index * dayWidth, width: dayWidth }}
            title={said.join("\n")}
          >
            {shift && (
              <span
                className="roster-shift"
                style={{ "--shift": look?.color ?? "var(--ink-3)" } as CSSProperties}
              >
                {label}
              </span>
            )}
            {cell.broken.length > 0 && <i className="roster-broken" />}
            {cell.isRefused && <i className="roster-refused" />}
            {cell.assignment?.pinned && <i className="roster-pin" />}
          </div>
        );
      })}
    </div>
  );
});

function FrozenCells(props: {
  readonly role: "columnheader" | "rowheader";
  readonly name: string;
  readonly title?: string;
  readonly hours: string;
  readonly wishes: string;
}) {
  return (
    <>
      <div
        role={props.role}
        className="roster-frozen"
        title={props.title}
        style={{ left: 0, width: frozen.name }}
      >
        {props.name}
      </div>
      <div
        role={props.role === "rowheader" ? "gridcell" : props.role}
        className="roster-frozen is-number"
        style={{ left: frozen.name, width: frozen.hours }}
      >
        {props.hours}
      </div>
      <div
        role={props.role === "rowheader" ? "gridcell" : props.role}
        className="roster-frozen is-number is-last"
        style={{ left: frozen.name + frozen.hours, width: frozen.wishes }}
      >
        {props.wishes}
      </div>
    </>
  );
}

/** Head and cover do not change while rows scroll by. */
const DayHeads = memo(function DayHeads(props: {
  readonly dates: readonly string[];
  readonly dayWidth: number;
}) {
  const { dates, dayWidth } = props;
  const format = useFormat();
  return dates.map((date, index) => (
    <div
      key={date}
      role="columnheader"
      aria-label={format.date(date, "long")}
      className={isWeekend(date) ? "roster-day is-weekend" : "roster-day"}
      style={{ left: frozenWidth + index * dayWidth, width: dayWidth }}
    >
      <span>{format.weekday(weekdayOf(date), dayWidth > 60 ? "short" : "narrow")}</span>
      <strong>{dayWidth > 60 ? format.date(date, "day") : Number(date.slice(8))}</strong>
    </div>
  ));
});

const DayCovers = memo(function DayCovers(props: {
  readonly dates: readonly string[];
  readonly dayWidth: number;
  readonly cover: readonly DayCover[];
  readonly firstDay: number;
}) {
  return props.dates.map((date, index) => (
    <CoverCell
      key={date}
      date={date}
      cover={props.cover[props.firstDay + index]}
      left={frozenWidth + index * props.dayWidth}
      width={props.dayWidth}
    />
  ));
});

function CoverCell(props: {
  readonly date: string;
  readonly cover: DayCover | undefined;
  readonly left: number;
  readonly width: number;
}) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { open = 0, extra = 0 } = props.cover ?? {};
  const said = [
    open > 0 ? t("cover.open", { count: open }) : "",
    extra > 0 ? t("cover.extra", { count: extra }) : "",
  ].filter((part) => part !== "");
  const text = said.length > 0 ? said.join(", ") : t("cover.full");
  return (
    <div
      role="gridcell"
      className={open > 0 ? "roster-cover is-short" : extra > 0 ? "roster-cover is-spare" : "roster-cover"}
      style={{ left: props.left, width: props.width }}
      title={text}
      aria-label={`${format.date(props.date)}: ${text}`}
    >
      {open > 0 ? format.signed(-open) : extra > 0 ? format.signed(extra) : "✓"}
    </div>
  );
}

/** `07:30–16:00`. Remembered, since scrolling asks for it again and again. */
export function shiftText(shift: Shift, grid: IntervalGrid, format: Format): string {
  let known = spoken.get(format);
  if (!known) {
    known = new WeakMap();
    spoken.set(format, known);
  }
  let text = known.get(shift);
  if (text === undefined) {
    text = `${format.time(clockMinute(shift.startMinute, grid))}–${format.time(clockMinute(shift.endMinute, grid))}`;
    known.set(shift, text);
  }
  return text;
}
const spoken = new WeakMap<Format, WeakMap<Shift, string>>();

function labelOf(shift: Shift, code: string, width: number, grid: IntervalGrid, format: Format): string {
  const start = clockMinute(shift.startMinute, grid);
  if (width >= 104) return `${code} ${shiftText(shift, grid, format)}`;
  if (width >= 58) return `${code} ${format.time(start)}`;
  if (width >= 40) return format.time(start);
  return `${code}${Math.floor(start / 60)}`;
}

function clockMinute(minute: number, grid: IntervalGrid): number {
  const last = grid.dayOffsets[grid.dayCount] - 1;
  const interval = Math.floor(minute / grid.intervalMinutes);
  if (interval <= last) return localTimeOf(grid, interval).minuteOfDay + (minute % grid.intervalMinutes);
  return (localTimeOf(grid, last).minuteOfDay + minute - last * grid.intervalMinutes) % 1440;
}

function isWeekend(date: string): boolean {
  let known = weekends.get(date);
  if (known === undefined) {
    known = weekdayOf(date) >= 6;
    weekends.set(date, known);
  }
  return known;
}
const weekends = new Map<string, boolean>();
