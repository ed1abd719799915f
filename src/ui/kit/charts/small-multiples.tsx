import type { ReactNode } from "react";
import { CursorGroup } from "./cursor-group.tsx";

/**
 * Small charts in a grid, as many to a row as fit, sharing one cursor. `signsAbove`: a chart above them has the same
 * signs, which are then not explained again.
 */
export function SmallMultiples(props: { children: ReactNode; minWidth?: number; signsAbove?: boolean }) {
  const { children, minWidth = 320, signsAbove = false } = props;
  return (
    <CursorGroup>
      <div
        className={signsAbove ? "small-multiples has-signs-above" : "small-multiples"}
        style={{ gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${minWidth}px), 1fr))` }}
      >
        {children}
      </div>
    </CursorGroup>
  );
}
