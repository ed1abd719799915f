import type { ReactNode } from "react";
import { CursorGroup } from "./cursor-group.tsx";

/** Small charts in a grid, as many to a row as fit, sharing one cursor. */
export function SmallMultiples({ children, minWidth = 320 }: { children: ReactNode; minWidth?: number }) {
  return (
    <CursorGroup>
      <div
        className="small-multiples"
        style={{ gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${minWidth}px), 1fr))` }}
      >
        {children}
      </div>
    </CursorGroup>
  );
}
