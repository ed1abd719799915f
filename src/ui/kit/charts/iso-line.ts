import { isKnown, type Series } from "./paths.ts";

/**
 * Line along which a matrix crosses a level, as segments [x1, y1, x2, y2] in units of columns and rows between the
 * middles of cells: marching squares (Lorensen & Cline's method in the plane), ambiguous saddles split by the mean.
 * Cells next to one without a value have no line.
 */
export function isoSegments(
  values: Series,
  rowCount: number,
  columnCount: number,
  level: number,
): [number, number, number, number][] {
  const segments: [number, number, number, number][] = [];
  for (let row = 0; row + 1 < rowCount; row++) {
    for (let column = 0; column + 1 < columnCount; column++) {
      const [first, below] = [row * columnCount + column, (row + 1) * columnCount + column];
      const corners = [values[first], values[first + 1], values[below + 1], values[below]].filter(isKnown);
      if (corners.length < 4) continue;
      const [a, b, c, d] = corners.map((value) => value - level);
      const crossings: [number, number][] = [];
      if (a >= 0 !== b >= 0) crossings.push([column + a / (a - b), row]);
      if (b >= 0 !== c >= 0) crossings.push([column + 1, row + b / (b - c)]);
      if (c >= 0 !== d >= 0) crossings.push([column + d / (d - c), row + 1]);
      if (d >= 0 !== a >= 0) crossings.push([column, row + a / (a - d)]);
      if (crossings.length === 2) segments.push([...crossings[0], ...crossings[1]]);
      if (crossings.length === 4) {
        const joinsFirst = a + b + c + d >= 0 === a >= 0;
        const pairs = joinsFirst ? [0, 1, 2, 3] : [3, 0, 1, 2];
        segments.push([...crossings[pairs[0]], ...crossings[pairs[1]]]);
        segments.push([...crossings[pairs[2]], ...crossings[pairs[3]]]);
      }
    }
  }
  return segments;
}
