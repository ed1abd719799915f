import { type KeyboardEvent, useState } from "react";
import { type CellRange, type GridSelection, gridCursor } from "../../kit/controls/grid-cursor.ts";
import type { TimeChange } from "./grid-drag.ts";
import type { GridLine } from "./grid-lines.ts";
import type { gridPlaces } from "./grid-places.ts";
import type { PlacePair, RosterPlace, ShiftGrip } from "./roster-edits.ts";

/** What a person does in the grid. */
export interface RosterGridEdits {
  readonly move: (pairs: readonly PlacePair[]) => void;
  readonly copy: (pairs: readonly PlacePair[]) => void;
  readonly takeOff: (places: readonly RosterPlace[]) => void;
  readonly togglePin: (places: readonly RosterPlace[]) => void;
  /** Shifts get other times: an end, a break or all of each moved by minutes. */
  readonly retime: (places: readonly RosterPlace[], grip: ShiftGrip, minutes: number) => void;
  /** A change of times on its way, to be shown as if it were made; null: none. */
  readonly onTimes: (change: TimeChange | null) => void;
}

export interface RosterCursorRules {
  readonly lines: readonly GridLine[];
  /** Days that can be reached, half-open. */
  readonly firstDay: number;
  readonly endDay: number;
  readonly cursor: RosterPlace | null;
  readonly onCursor: (place: RosterPlace) => void;
  /** By how much a key moves an end of a shift. */
  readonly stepMinutes: number;
  /** +1 nearer, −1 further away. */
  readonly onZoom: (step: number) => void;
  /** Enter or F2 at the cursor. */
  readonly onEnter: () => void;
  /** Without it the roster is read only. */
  readonly edits: RosterGridEdits | null;
}

/**
 * The cursor of the roster: it stands at an agent and a date, and goes along when lines are sorted anew. Keys move it,
 * extend a range, cut, copy and paste shifts, take them off, pin them, and move their ends: `,` and `.` the end, with
 * Shift the start.
 */
export function useRosterCursor(
  rules: RosterCursorRules,
  places: ReturnType<typeof gridPlaces>,
  pageRows: number,
) {
  const { lines, firstDay, endDay, edits } = rules;
  const [anchor, setAnchor] = useState<RosterPlace | null>(null);
  const [clipboard, setClipboard] = useState<{ readonly range: CellRange; readonly cut: boolean } | null>(
    null,
  );

  const at = rules.cursor === null ? { row: -1, column: -1 } : places.indexOf(rules.cursor);
  const isShown = at.row >= 0 && at.column >= firstDay && at.column < endDay;
  const cursor = gridCursor(
    rules.cursor === null ? null : selectionOf(at),
    {
      rowCount: lines.length,
      firstColumn: firstDay,
      endColumn: endDay,
      pageRows,
      isHeading: (row) => lines[row].kind === "heading",
    },
    (next) => {
      setAnchor(next.anchor && places.placeOf(next.anchor));
      rules.onCursor(places.placeOf(next.cursor)!);
    },
  );
  const range = isShown ? cursor.range : null;

  function selectionOf({ row, column }: typeof at): GridSelection {
    const here = { row: Math.max(0, row), column: Math.max(firstDay, column) };
    if (anchor === null) return { cursor: here, anchor: null };
    const start = places.indexOf(anchor);
    // Whoever is filtered away counts as being in the cursor's line.
    return { cursor: here, anchor: start.row < 0 ? { ...start, row: here.row } : start };
  }

  function paste(to: RosterPlace): void {
    if (clipboard === null || edits === null) return;
    const pairs = places.pairsTo(clipboard.range, to);
    if (clipboard.cut) edits.move(pairs);
    else edits.copy(pairs);
    if (clipboard.cut) setClipboard(null);
  }

  /** True when the key was the cursor's. */
  function onKey(event: KeyboardEvent): boolean {
    const far = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if ((key === "+" || key === "-") && !far) rules.onZoom(key === "+" ? 1 : -1);
    else if (cursor.onMoveKey(event)) return true;
    else if (event.key === "Escape" && (clipboard || anchor)) {
      setClipboard(null);
      setAnchor(null);
    } else if (rules.cursor === null || range === null || edits === null) return false;
    else if (event.key === "Enter" || event.key === "F2") rules.onEnter();
    else if (far && (key === "c" || key === "x")) setClipboard({ range, cut: key === "x" });
    else if (far && key === "v" && clipboard) paste(places.placesOf(range)[0] ?? rules.cursor);
    else if (event.key === "Delete" || event.key === "Backspace") edits.takeOff(places.placesOf(range));
    else if (stepOfKey(event) !== null) {
      const { grip, sign } = stepOfKey(event)!;
      edits.retime(places.placesOf(range), grip, sign * rules.stepMinutes);
    } else if (key === "p" && !far && !event.altKey) edits.togglePin(places.placesOf(range));
    else return false;
    return true;
  }

  return {
    /** Line and day of the cursor; −1: nowhere. */
    ...at,
    isShown,
    /** What is selected; null while the cursor is out of reach. */
    range,
    clipboard: clipboard?.range ?? null,
    press: (place: RosterPlace, extends_: boolean) => cursor.select(places.indexOf(place), extends_),
    onKey,
  };
}

/** What a key moves, and which way: `,` earlier, `.` later. By the key, since Shift makes other signs of them. */
function stepOfKey({ code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) {
  if (ctrlKey || metaKey || altKey || (code !== "Comma" && code !== "Period")) return null;
  return { grip: shiftKey ? ("start" as const) : ("end" as const), sign: code === "Comma" ? -1 : 1 };
}
