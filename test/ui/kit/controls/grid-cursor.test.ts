import { describe, expect, test } from "vitest";
import { pasteInto } from "../../../../src/ui/kit/controls/cell-editing.tsx";
import {
  cellsOfText,
  type GridBounds,
  type GridPlace,
  placeAfterKey,
  rangeOf,
  rangeText,
  selectionAt,
} from "../../../../src/ui/kit/controls/grid-cursor.ts";

const bounds: GridBounds = { rowCount: 10, firstColumn: 2, endColumn: 9, pageRows: 4 };
const at = (row: number, column: number): GridPlace => ({ row, column });
const alone = (row: number, column: number) => ({ cursor: at(row, column), anchor: null });
/** Rows 0 and 5 are headings, and so is the last. */
const grouped: GridBounds = { ...bounds, isHeading: (row) => row === 0 || row === 5 || row === 9 };

describe("a key", () => {
  const after = (key: string, ctrlKey = false) =>
    placeAfterKey({ key, ctrlKey, metaKey: false }, at(4, 5), bounds);

  test("moves the cursor by one cell, or to the edge with Ctrl", () => {
    expect(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].map((key) => after(key))).toEqual([
      at(3, 5),
      at(5, 5),
      at(4, 4),
      at(4, 6),
    ]);
    expect(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].map((key) => after(key, true))).toEqual([
      at(0, 5),
      at(9, 5),
      at(4, 2),
      at(4, 8),
    ]);
  });

  test("moves by a page, along the row, or to the first and last cell", () => {
    expect([after("PageUp"), after("PageDown")]).toEqual([at(0, 5), at(8, 5)]);
    expect([after("Home"), after("End")]).toEqual([at(4, 2), at(4, 8)]);
    expect([after("Home", true), after("End", true)]).toEqual([at(0, 2), at(9, 8)]);
  });

  test("that is none of the cursor's is left to others", () => {
    expect([after("a"), after("Enter"), after("Tab")]).toEqual([null, null, null]);
  });
});

describe("a selection", () => {
  test("stays inside the grid", () => {
    expect(selectionAt(at(-3, 1), false, alone(4, 5), bounds)).toEqual(alone(0, 2));
    expect(selectionAt(at(99, 99), false, alone(4, 5), bounds)).toEqual(alone(9, 8));
    expect(selectionAt(at(0, 2), false, null, { ...bounds, rowCount: 0 })).toBeNull();
  });

  test("grows from where it began for as long as it is extended", () => {
    const first = selectionAt(at(5, 6), true, alone(4, 5), bounds)!;
    expect(first).toEqual({ cursor: at(5, 6), anchor: at(4, 5) });
    const second = selectionAt(at(2, 6), true, first, bounds)!;
    expect(second.anchor).toEqual(at(4, 5));
    expect(rangeOf(second)).toEqual({ firstRow: 2, endRow: 5, firstColumn: 5, endColumn: 7 });
    expect(selectionAt(at(2, 7), false, second, bounds)).toEqual(alone(2, 7));
  });

  test("begins anew where there was none to extend", () => {
    expect(selectionAt(at(3, 3), true, null, bounds)).toEqual(alone(3, 3));
  });

  test("passes over headings in the direction it goes", () => {
    expect(selectionAt(at(5, 3), false, alone(4, 3), grouped)).toEqual(alone(6, 3));
    expect(selectionAt(at(5, 3), false, alone(6, 3), grouped)).toEqual(alone(4, 3));
  });

  test("stays where it was when only a heading is left on the way", () => {
    expect(selectionAt(at(0, 3), false, alone(1, 3), grouped)).toEqual(alone(1, 3));
    expect(selectionAt(at(9, 3), false, alone(8, 3), grouped)).toEqual(alone(8, 3));
    expect(selectionAt(at(0, 3), false, null, { ...grouped, isHeading: () => true })).toBeNull();
  });
});

describe("the clipboard", () => {
  test("holds a range as lines of cells between tabs", () => {
    const range = { firstRow: 1, endRow: 3, firstColumn: 0, endColumn: 2 };
    expect(rangeText(range, (row, column) => `${row}\t${column}`)).toBe("1 0\t1 1\n2 0\t2 1");
  });

  test("puts its cells to the right and down from the first", () => {
    expect(cellsOfText("a\tb\r\nc\r\n", at(4, 2))).toEqual([
      { place: at(4, 2), text: "a" },
      { place: at(4, 3), text: "b" },
      { place: at(5, 2), text: "c" },
    ]);
  });

  test("fills cells that can be edited up to the first that refuses", () => {
    const values = new Map<string, string>();
    const cells = {
      canEdit: ({ column }: GridPlace) => column !== 1,
      textOf: () => "",
      put: ({ row, column }: GridPlace, text: string) => {
        if (text === "x") return "no number";
        values.set(`${row},${column}`, text);
        return null;
      },
    };
    expect(pasteInto(cells, "1\t2\t3\n4\t5\tx\n7\t8\t9", at(0, 0))).toEqual({
      place: at(1, 2),
      text: "x",
      error: "no number",
    });
    expect([...values]).toEqual([
      ["0,0", "1"],
      ["0,2", "3"],
      ["1,0", "4"],
    ]);
    expect(pasteInto(cells, "1", at(0, 0))).toBeNull();
  });
});
