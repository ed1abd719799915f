/**
 * Line along which a matrix crosses a level, as segments [x1, y1, x2, y2] in units of columns and rows between the
 * middles of cells: marching squares (Lorensen & Cline's method in the plane), ambiguous saddles split by the mean.
 * Cells next to NaN have no line.
 */
export function isoSegments(
  values: ArrayLike<number>,
  rowCount: number,
  columnCount: number,
  level: number,
): [number, number, number, number][] {
  const segments: [number, number, number, number][] = [];
  for (let row = 0; row + 1 < rowCount; row++) {
    for (let column = 0; column + 1 < columnCount; column++) {
      const a = values[row * columnCount + column] - level;
      const b = values[row * columnCount + column + 1] - level;
      const c = values[(row + 1) * columnCount + column + 1] - level;
      const d = values[(row + 1) * columnCount + column] - level;
      if (Number.isNaN(a + b + c + d)) continue;
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
