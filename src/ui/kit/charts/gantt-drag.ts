import { type PointerEvent, useState } from "react";

/** Minutes since the start of the grid. */
export interface BarTimes {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** A stretch of a bar: full height, a gap with a thin thread, or paler than the rest. Solid parts cannot be dragged. */
export interface GanttPart extends BarTimes {
  readonly look: "solid" | "gap" | "pale";
}

/** A bar and the parts that cover it without holes, in order. */
export interface GanttBar extends BarTimes {
  readonly id: string;
  /** Read aloud and shown on hover, before the times: "Early, Ada Berg". */
  readonly name: string;
  readonly parts: readonly GanttPart[];
  /** Cannot be dragged. */
  readonly pinned?: boolean;
  /** Dashed until accepted. */
  readonly proposal?: boolean;
  /** A token: `var(--series-2)`. */
  readonly color?: string;
}

/** What of a bar is taken hold of: all of it, or one of its edges. */
export type BarGrip = "whole" | "start" | "end";

/** What dragging does; without `onMove` no bar can be dragged. */
export interface GanttEdits {
  /** Called once when a bar is let go, with times on `stepMinutes`. */
  readonly onMove?: (barId: string, startMinute: number, endMinute: number) => void;
  /** Called while dragging, for what redraws along; null when the drag ends. */
  readonly onPreview?: (preview: ({ readonly barId: string } & BarTimes) | null) => void;
  /** Gaps and pale parts can be dragged inside their bar when given; `part` is the index of the one moved. */
  readonly onMovePart?: (barId: string, part: number, startMinute: number) => void;
  readonly onPreviewPart?: (
    preview: { readonly barId: string; readonly part: number; readonly startMinute: number } | null,
  ) => void;
  readonly stepMinutes?: number;
  /** Edges can be dragged too, not only the whole bar. */
  readonly resizable?: boolean;
}

/** A bar moved or resized by whole steps; null: it would vanish, or begin before the grid does. */
export function movedTimes(
  times: BarTimes,
  grip: BarGrip,
  minutes: number,
  stepMinutes: number,
): BarTimes | null {
  const shift = Math.round(minutes / stepMinutes) * stepMinutes;
  const startMinute = grip === "end" ? times.startMinute : times.startMinute + shift;
  const endMinute = grip === "start" ? times.endMinute : times.endMinute + shift;
  return endMinute - startMinute >= stepMinutes && startMinute >= 0 ? { startMinute, endMinute } : null;
}

interface Drag extends BarTimes {
  readonly barId: string;
  readonly grip: BarGrip;
  readonly fromX: number;
  /** A part is dragged, not the bar: its index, and where it started. */
  readonly part: { readonly index: number; readonly startMinute: number } | null;
}

/** Dragging bars, their edges and the parts inside them. */
export function useGanttDrag(edits: GanttEdits, pixelsPerMinute: number) {
  const { onMove, onPreview, onMovePart, onPreviewPart, stepMinutes = 15 } = edits;
  const [drag, setDrag] = useState<Drag | null>(null);
  const [moved, setMoved] = useState<BarTimes | null>(null);
  const [partStart, setPartStart] = useState<number | null>(null);

  function onPointerDown(event: PointerEvent<HTMLElement>, bar: GanttBar): void {
    if (onMove === undefined || bar.pinned) return;
    const { grip, part } = (event.target as HTMLElement).dataset;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({
      barId: bar.id,
      grip: (grip as BarGrip | undefined) ?? "whole",
      fromX: event.clientX,
      startMinute: bar.startMinute,
      endMinute: bar.endMinute,
      part:
        part === undefined ? null : { index: Number(part), startMinute: bar.parts[Number(part)].startMinute },
    });
    setMoved(null);
    setPartStart(null);
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    if (drag === null) return;
    const minutes = (event.clientX - drag.fromX) / pixelsPerMinute;
    if (drag.part !== null) {
      const startMinute = drag.part.startMinute + Math.round(minutes / stepMinutes) * stepMinutes;
      if (startMinute === partStart) return;
      setPartStart(startMinute);
      onPreviewPart?.({ barId: drag.barId, part: drag.part.index, startMinute });
      return;
    }
    const next = movedTimes(drag, drag.grip, minutes, stepMinutes);
    if (next === null || (moved !== null && sameTimes(next, moved))) return;
    setMoved(next);
    onPreview?.({ barId: drag.barId, ...next });
  }

  function onPointerUp(): void {
    if (drag === null) return;
    if (drag.part !== null && partStart !== null && partStart !== drag.part.startMinute)
      onMovePart?.(drag.barId, drag.part.index, partStart);
    if (moved !== null && !sameTimes(moved, drag)) onMove?.(drag.barId, moved.startMinute, moved.endMinute);
    setDrag(null);
    setMoved(null);
    setPartStart(null);
    onPreview?.(null);
    onPreviewPart?.(null);
  }

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    /** Times of a bar as it is drawn: where it is dragged to. */
    timesOf: (bar: GanttBar): BarTimes => (moved !== null && drag?.barId === bar.id ? moved : bar),
    /** Start of the part of a bar that is on its way; null: none of its parts is. */
    draggedPart: (bar: GanttBar) =>
      drag?.part && drag.barId === bar.id
        ? { index: drag.part.index, startMinute: partStart ?? drag.part.startMinute }
        : null,
  };
}

function sameTimes(a: BarTimes, b: BarTimes): boolean {
  return a.startMinute === b.startMinute && a.endMinute === b.endMinute;
}
