import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Violation } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import type { Format } from "../../kit/format.ts";
import { dayMinutes } from "./day-scale.ts";
import type { RosterRow } from "./roster-rows.ts";
import { shiftLabel, shiftText, type TemplateLook } from "./shift-words.ts";

/**
 * A row of the grid as text. Two hundred cells come into sight in a frame of scrolling: the browser's own parser makes
 * them in a tenth of the time that elements made one by one would take.
 */
export interface RowPicture {
  /** Before `-agent-day` in the id of a cell. */
  readonly id: string;
  readonly grid: IntervalGrid;
  /** Days that are drawn, half-open; the first day and the number of days that could be. */
  readonly first: number;
  readonly end: number;
  readonly firstDay: number;
  /** Pixels. */
  readonly dayWidth: number;
  readonly dates: readonly string[];
  readonly dateNames: readonly string[];
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly format: Format;
  readonly words: CellWords;
}

export interface CellWords {
  readonly free: string;
  readonly away: string;
  readonly pinned: string;
  readonly changed: string;
  readonly rule: (violation: Violation) => string;
}

/** Days at least so wide show when in the day a shift is, with its breaks. */
export const ganttWidth = 230;

/** Columns before the first day: agent, hours, wishes. */
export const frozenColumns = 3;

/** The days of a row; name, hours and wishes only for those who hear them, since what is seen of them stays at the left. */
export function rowHtml(row: RosterRow, picture: RowPicture): string {
  const { first, end, firstDay, dayWidth } = picture;
  const [name, hours, wishes] = nameTexts(row, picture.format);
  let html =
    `<div role="rowheader" aria-colindex="1" class="roster-heard">${name}</div>` +
    `<div role="gridcell" aria-colindex="2" class="roster-heard">${hours}</div>` +
    `<div role="gridcell" aria-colindex="3" class="roster-heard">${wishes}</div>` +
    `<div role="presentation" class="roster-lead" style="margin-right:${(first - firstDay) * dayWidth}px"></div>`;
  for (let day = first; day < end; day++) html += cellHtml(row, day, picture);
  return html;
}

/** What stays at the left of a row. */
export function nameHtml(row: RosterRow, format: Format): string {
  const title = escaped([row.agent.name, row.groupName, row.agent.team].join(", "));
  const [name, hours, wishes] = nameTexts(row, format);
  return `<span title="${title}">${name}</span><span>${hours}</span><span>${wishes}</span>`;
}

function nameTexts(row: RosterRow, format: Format): string[] {
  const wishes = row.wishes === 0 ? "" : `${row.wishesGranted}/${row.wishes}`;
  return [escaped(row.agent.name), format.number(row.paidMinutes / 60, 0), wishes];
}

function cellHtml(row: RosterRow, day: number, picture: RowPicture): string {
  const { looks, grid, format, dayWidth, firstDay } = picture;
  const { assignment, broken, isOff, isChanged } = row.cells[day];
  const shift = assignment?.shift;
  let marks = "roster-cell";
  if (isOff) marks += " is-off";
  if (isChanged) marks += " is-changed";
  let inside = "";
  let label = "";
  if (shift) {
    const look = looks.get(shift.templateId);
    label = shiftLabel(shift, look?.code ?? "", dayWidth, grid, format);
    inside = dayWidth >= ganttWidth ? barHtml(shift, day, picture, look) : shiftHtml(label, look);
  }
  if (broken.length > 0)
    inside += broken[0].penalty === null ? '<i class="roster-broken"></i>' : '<i class="roster-soft"></i>';
  // Only where something is placed inside: a thousand positioned cells would slow every frame.
  if (broken.length > 0 || assignment?.pinned || dayWidth >= ganttWidth) marks += " is-frame";
  if (assignment?.pinned) inside += '<i class="roster-pin"></i>';
  // What the cell shows comes first in its name, so that speech control finds it by what is read on it.
  const said = escaped(
    `${label === "" ? "" : `${label}: `}${row.agent.name}, ${picture.dateNames[day]}: ${cellWords(row, day, picture).join(", ")}`,
  );
  const column = day - firstDay + frozenColumns + 1;
  return `<div role="gridcell" id="${picture.id}-${row.number}-${day}" aria-colindex="${column}" aria-label="${said}" class="${marks}">${inside}</div>`;
}

/** What a cell says, for hovering and reading aloud. */
export function cellWords(row: RosterRow, day: number, picture: RowPicture): string[] {
  const { looks, grid, format, words } = picture;
  const { assignment, broken, isOff, isChanged } = row.cells[day];
  const said: string[] = [];
  if (assignment) {
    const { shift, pinned } = assignment;
    said.push(`${looks.get(shift.templateId)?.name ?? shift.templateId} ${shiftText(shift, grid, format)}`);
    if (pinned) said.push(words.pinned);
  } else said.push(isOff ? words.away : words.free);
  if (isChanged) said.push(words.changed);
  for (const violation of broken) said.push(words.rule(violation));
  return said;
}

function shiftHtml(label: string, look: TemplateLook | undefined): string {
  return `<span class="roster-shift series-${look?.series ?? 0}">${escaped(label)}</span>`;
}

/** Where a minute of the grid lies in the column of a day. */
export function barLeft(grid: IntervalGrid, day: number, dayWidth: number, minute: number): number {
  return ((minute - grid.dayOffsets[day] * grid.intervalMinutes) * dayWidth) / dayMinutes(grid, day);
}

/** The shift where it lies in the day, with its breaks as gaps; past midnight it reaches into the next day. */
function barHtml(shift: Shift, day: number, picture: RowPicture, look: TemplateLook | undefined): string {
  const { grid, dayWidth, format } = picture;
  const perMinute = dayWidth / dayMinutes(grid, day);
  const pixels = (minutes: number) => (minutes * perMinute).toFixed(1);
  let parts = "";
  for (const [index, { kind, startMinute, endMinute }] of shift.activities.entries()) {
    if (kind === "work") continue;
    parts += `<b class="is-${kind}" data-grip="${index}" style="left:${pixels(startMinute - shift.startMinute)}px;width:${pixels(endMinute - startMinute)}px"></b>`;
  }
  const width = (shift.endMinute - shift.startMinute) * perMinute;
  const label = shiftLabel(shift, look?.code ?? "", width, grid, format);
  return `<span class="roster-bar series-${look?.series ?? 0}" style="left:${barLeft(grid, day, dayWidth, shift.startMinute).toFixed(1)}px;width:${width.toFixed(1)}px">${parts}<em>${escaped(label)}</em><s data-grip="start"></s><s data-grip="end"></s></span>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (sign) => entities[sign]) : text;
}
