import { type PointerEvent, useRef, useState } from "react";
import type { RosterPlace } from "./roster-edits.ts";

/** A shift on its way: where the pointer is, and the place under it. */
export interface Dragged {
  readonly from: RosterPlace;
  readonly to: RosterPlace | null;
  readonly x: number;
  readonly y: number;
}

interface DragRules {
  readonly placeAt: (x: number, y: number) => RosterPlace | null;
  readonly canDrag: (place: RosterPlace) => boolean;
  readonly onPress: (place: RosterPlace, extends_: boolean) => void;
  readonly onDrop: (from: RosterPlace, to: RosterPlace, copies: boolean) => void;
}

/** Pixels the pointer moves before a press becomes a drag, and from an edge within which the grid scrolls along. */
const slack = 5;
const edge = 28;

/** Dragging by pointer inside a scrolling element: press, move, let go; Ctrl copies. */
export function useGridDrag(rules: DragRules) {
  const started = useRef<{ from: RosterPlace; x: number; y: number; copies: boolean } | null>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);

  function end(): void {
    started.current = null;
    setDragged(null);
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    const from = rules.placeAt(event.clientX, event.clientY);
    if (from === null) return;
    rules.onPress(from, event.shiftKey);
    if (event.shiftKey || event.pointerType === "touch" || !rules.canDrag(from)) return;
    const copies = event.ctrlKey || event.metaKey;
    started.current = { from, x: event.clientX, y: event.clientY, copies };
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
    setDragged({ from: start.from, to: rules.placeAt(x, y), x, y });
  }

  function onPointerUp(): void {
    const start = started.current;
    const to = dragged?.to;
    end();
    if (start && to) rules.onDrop(start.from, to, start.copies);
  }

  return { dragged, end, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: end } };
}

function towards(at: number, from: number, to: number): number {
  return at < from + edge ? -edge / 2 : at > to - edge ? edge / 2 : 0;
}
