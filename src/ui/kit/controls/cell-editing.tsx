import { useEffect, useId, useRef, useState } from "react";
import { cellsOfText, type GridPlace } from "./grid-cursor.ts";

/** Cells that can be typed into. */
export interface EditableCells {
  readonly canEdit: (place: GridPlace) => boolean;
  readonly textOf: (place: GridPlace) => string;
  /** Takes what was typed or pasted; answers null, or what is wrong with it. */
  readonly put: (place: GridPlace, text: string) => string | null;
}

/** What stands in the open cell, and what is wrong with it. */
export interface OpenCell {
  readonly text: string;
  readonly error: string | null;
}

/** Typing into the cell at the cursor. A cell whose text is refused stays open and says why. */
export function useCellEditing(cells: EditableCells, cursor: GridPlace) {
  const [open, setOpen] = useState<OpenCell | null>(null);
  return {
    open,
    close: () => setOpen(null),
    /** Opens the cell with its own text, the character that opened it, or a text that was refused. */
    begin: (place: GridPlace, text = cells.textOf(place), error: string | null = null) =>
      setOpen({ text, error }),
    /** True once the text is taken. */
    commit(text: string): boolean {
      const error = cells.put(cursor, text);
      setOpen(error === null ? null : { text, error });
      return error === null;
    },
  };
}

/** Fills cells from `first` on with the clipboard's text, up to the first that refuses its own; null: all took it. */
export function pasteInto(
  cells: EditableCells,
  text: string,
  first: GridPlace,
): { readonly place: GridPlace; readonly text: string; readonly error: string } | null {
  for (const cell of cellsOfText(text, first)) {
    const error = cells.canEdit(cell.place) ? cells.put(cell.place, cell.text) : null;
    if (error !== null) return { ...cell, error };
  }
  return null;
}

/** The field in a cell. Enter goes down, Tab to the right, with Shift back; Escape leaves the cell as it was. */
export function CellEditor(props: {
  label: string;
  text: string;
  error: string | null;
  onCommit: (text: string, move: GridPlace | null) => void;
  onCancel: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(props.text);
  const done = useRef(false);
  const errorId = useId();
  useEffect(() => {
    input.current?.focus();
    // One typed character opened the cell: writing goes on after it. Otherwise the old value is replaced.
    if (props.text.length !== 1) input.current?.select();
  }, [props.text]);
  useEffect(() => {
    if (props.error !== null) done.current = false;
  }, [props.error]);
  return (
    <>
      <input
        ref={input}
        className="data-grid-editor"
        aria-label={props.label}
        aria-invalid={props.error !== null}
        aria-describedby={props.error === null ? undefined : errorId}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (!done.current && props.error === null) props.onCommit(text, null);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") {
            done.current = true;
            props.onCancel();
          } else if (event.key === "Enter" || event.key === "Tab") {
            event.preventDefault();
            const back = event.shiftKey ? -1 : 1;
            // Committing moves the focus away, and leaving must not commit a second time.
            done.current = true;
            props.onCommit(text, event.key === "Enter" ? { row: back, column: 0 } : { row: 0, column: back });
          }
        }}
      />
      {props.error !== null && (
        <span id={errorId} role="alert" className="data-grid-error">
          {props.error}
        </span>
      )}
    </>
  );
}
