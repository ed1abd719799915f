import { type PointerEvent, useRef, useState } from "react";
import type { RosterPlace, ShiftGrip } from "./roster-edits.ts";

/** Other times of a shift: what was taken hold of, and by how many minutes it is moved. */
export interface TimeChange {
  readonly place: RosterPlace;
  readonly grip: ShiftGrip;
  readonly minutes: number;
}

/** A shift on its way: where the pointer is, and the place under it. */
export interface Dragged {
  readonly from: RosterPlace;
  readonly to: RosterPlace | null;
  readonly x: number;
  readonly y: number;
  /** The shift stays with its day and gets other times; null: it goes to another place. */
  readonly times: TimeChange | null;
}

interface DragRules {
  readonly placeAt: (x: number, y: number) => RosterPlace | null;
  /** The shift drawn along the day under the pointer, and what of it; null where shifts are not drawn so. */
  readonly gripAt: (target: Element) => { readonly place: RosterPlace; readonly grip: ShiftGrip } | null;
  readonly canDrag: (place: RosterPlace) => boolean;
  /** Minutes of a way across a place's day, in whole steps. */
  readonly minutesOf: (pixels: number, place: RosterPlace) => number;
  readonly onPress: (place: RosterPlace, extends_: boolean) => void;
  readonly onDrop: (from: RosterPlace, to: RosterPlace, copies: boolean) => void;
  /** While times are dragged, at each step; null when that ends. */
  readonly onTimes: (change: TimeChange | null) => void;
  readonly onTimesDrop: (change: TimeChange) => void;
}

/** Pixels the pointer moves before a press becomes a drag, and from an edge within which the grid scrolls along. */
const slack = 5;
const edge = 28;

interface Start {
  readonly from: RosterPlace;
  readonly grip: ShiftGrip | null;
  readonly x: number;
  readonly y: number;
  readonly copies: boolean;
}

/**
 * Dragging by pointer inside a scrolling element: press, move, let go; Ctrl copies. An end or a break of a shift that is
 * drawn along its day moves in time; so does a whole shift as long as it stays with its person and day.
 */
export function useGridDrag(rules: DragRules) {
  const started = useRef<Start | null>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);

  function end(): void {
    started.current = null;
    setDragged(null);
    if (dragged?.times) rules.onTimes(null);
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    const gripped = rules.gripAt(event.target as Element);
    const from = gripped?.place ?? rules.placeAt(event.clientX, event.clientY);
    if (from === null) return;
    rules.onPress(from, event.shiftKey);
    if (event.shiftKey || event.pointerType === "touch" || !rules.canDrag(from)) return;
    const copies = event.ctrlKey || event.metaKey;
    started.current = { from, grip: gripped?.grip ?? null, x: event.clientX, y: event.clientY, copies };
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const start = started.current;
    if (start === null) return;
    if (event.buttons === 0) {
      end();
      return;
    }
    const { clientX: x, clientY: y } = event;
    if (dragged === null && Math.hypot(x - start.x, y - start.y) < slack) return;
    if (dragged === null) event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    event.currentTarget.scrollBy(towards(x, box.left, box.right), towards(y, box.top, box.bottom));
    const to = rules.placeAt(x, y);
    const times = timesOf(start, to, x);
    setDragged({ from: start.from, to, x, y, times });
    if (times?.grip !== dragged?.times?.grip || times?.minutes !== dragged?.times?.minutes)
      rules.onTimes(times);
  }

  function timesOf({ from, grip, x, copies }: Start, to: RosterPlace | null, now: number): TimeChange | null {
    if (grip === null || copies) return null;
    const isHere = to?.agentId === from.agentId && to.date === from.date;
    if (grip === "whole" && !isHere) return null;
    return { place: from, grip, minutes: rules.minutesOf(now - x, from) };
  }

  function onPointerUp(): void {
    const start = started.current;
    const last = dragged;
    end();
    if (start === null || last === null) return;
    if (last.times === null) {
      if (last.to !== null) rules.onDrop(start.from, last.to, start.copies);
    } else if (last.times.minutes !== 0) rules.onTimesDrop(last.times);
  }

  return { dragged, end, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: end } };
}

function towards(at: number, from: number, to: number): number {
  return at < from + edge ? -edge / 2 : at > to - edge ? edge / 2 : 0;
}
