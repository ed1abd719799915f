import type { CSSProperties } from "react";
import type { BarTimes, GanttBar, GanttEdits, useGanttDrag } from "./gantt-drag.ts";

/** Where minutes lie on the screen. */
export interface GanttScale {
  /** Minutes that are shown, since the start of the grid. */
  readonly firstMinute: number;
  readonly endMinute: number;
  readonly pixelsPerMinute: number;
  readonly x: (minute: number) => number;
}

/** One bar with its gaps and handles. */
export function GanttBarView(props: {
  readonly id: string;
  readonly bar: GanttBar;
  readonly name: string;
  readonly scale: GanttScale;
  readonly selected: boolean;
  readonly atCursor: boolean;
  readonly edits: GanttEdits;
  readonly drag: ReturnType<typeof useGanttDrag>;
  readonly onPress: () => void;
}) {
  const { bar, scale, drag } = props;
  const times = drag.timesOf(bar);
  const from = Math.max(times.startMinute, scale.firstMinute);
  const to = Math.min(times.endMinute, scale.endMinute);
  if (to <= from) return null;
  // Below that a gap is narrower than a pixel: a bar is one piece, moved as a whole.
  const detailed = scale.pixelsPerMinute * 60 >= 3;
  const movable = props.edits.onMove !== undefined && !bar.pinned;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus and names its active option
    <div
      id={props.id}
      role="option"
      aria-selected={props.selected}
      aria-label={props.name}
      title={props.name}
      className={[
        "gantt-bar",
        movable ? "can-move" : "",
        bar.proposal ? "is-proposal" : "",
        props.selected ? "is-selected" : "",
        props.atCursor ? "is-cursor" : "",
      ].join(" ")}
      style={
        {
          left: scale.x(from),
          width: Math.max(2, (to - from) * scale.pixelsPerMinute),
          "--bar-color": bar.color,
        } as CSSProperties
      }
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        props.onPress();
        drag.onPointerDown(event, bar);
      }}
      onPointerMove={drag.onPointerMove}
      onPointerUp={drag.onPointerUp}
      onPointerCancel={drag.onPointerUp}
    >
      {detailed ? (
        <Parts bar={bar} times={times} from={from} to={to} pixelsPerMinute={scale.pixelsPerMinute} />
      ) : (
        <i style={{ left: 0, right: 0 }} />
      )}
      {detailed && props.edits.onMovePart && !bar.pinned && (
        <PartGrips bar={bar} times={times} from={from} drag={drag} pixelsPerMinute={scale.pixelsPerMinute} />
      )}
      {bar.pinned && <span className="gantt-pin">▾</span>}
      {detailed && props.edits.resizable && movable && (
        <>
          <span className="gantt-handle is-start" data-grip="start" />
          <span className="gantt-handle is-end" data-grip="end" />
        </>
      )}
    </div>
  );
}

/** Parts move along with their bar; the first and the last reach as far as its edges. */
function Parts(props: {
  readonly bar: GanttBar;
  readonly times: BarTimes;
  readonly from: number;
  readonly to: number;
  readonly pixelsPerMinute: number;
}) {
  const { bar, times, from, to, pixelsPerMinute } = props;
  const shift = times.startMinute - bar.startMinute;
  return bar.parts.map((part, index) => {
    const isLast = index === bar.parts.length - 1;
    const start = Math.max(from, index === 0 ? times.startMinute : part.startMinute + shift);
    const end = Math.min(to, isLast ? times.endMinute : part.endMinute + shift);
    if (end <= start) return null;
    return (
      <i
        key={part.startMinute}
        className={part.look === "solid" ? undefined : `is-${part.look}`}
        style={{ left: (start - from) * pixelsPerMinute, width: (end - start) * pixelsPerMinute }}
      />
    );
  });
}

/** What a part is taken hold of by. */
function PartGrips(props: {
  readonly bar: GanttBar;
  readonly times: BarTimes;
  readonly from: number;
  readonly drag: ReturnType<typeof useGanttDrag>;
  readonly pixelsPerMinute: number;
}) {
  const { bar, times, from, pixelsPerMinute } = props;
  const dragged = props.drag.draggedPart(bar);
  const shift = times.startMinute - bar.startMinute;
  return bar.parts.map((part, index) => {
    if (part.look === "solid") return null;
    const isDragged = dragged?.index === index;
    const start = isDragged ? dragged.startMinute : part.startMinute + shift;
    return (
      <span
        key={part.startMinute}
        className={isDragged ? "gantt-break is-dragged" : "gantt-break"}
        data-part={index}
        style={{
          left: (start - from) * pixelsPerMinute,
          width: Math.max(6, (part.endMinute - part.startMinute) * pixelsPerMinute),
        }}
      />
    );
  });
}
