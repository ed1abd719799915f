import type { TokenColors } from "../theme/token-colors.ts";
import { isoSegments } from "./iso-line.ts";
import { isKnown, type Series } from "./paths.ts";

/** Values row after row, and the size of a cell in pixels. */
export interface HeatMatrix {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly values: Series;
  readonly rowHeight: number;
  readonly columnWidth: number;
}

export interface HeatScale {
  /** `sequential`: from paper to accent. `diverging`: below zero vermilion, above zero blue. */
  readonly kind: "sequential" | "diverging";
  /** Values at the ends. */
  readonly low: number;
  readonly high: number;
}

/** Lowest and highest value, zero included; 0 to 1 where there is none. */
export function heatExtent(values: Series): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!isKnown(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high < low ? [0, 1] : [Math.min(0, low), high];
}

/** Draws the whole map, sharp on any screen. `marked` cells are struck through, whatever their value. */
export function drawHeatMap(
  canvas: HTMLCanvasElement,
  matrix: HeatMatrix,
  scale: HeatScale,
  marked: ArrayLike<number> | null,
  isoLevel: number | null,
  color: TokenColors,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const width = matrix.columnWidth * matrix.columnCount;
  const height = Math.round(matrix.rowHeight * matrix.rowCount);
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  drawCells(context, matrix, scale, marked, color);
  if (isoLevel !== null) drawIsoLine(context, matrix, isoLevel, color);
}

function drawCells(
  context: CanvasRenderingContext2D,
  matrix: HeatMatrix,
  scale: HeatScale,
  marked: ArrayLike<number> | null,
  color: TokenColors,
): void {
  const { rowCount, columnCount, values, rowHeight, columnWidth } = matrix;
  const gapX = columnWidth >= 5 ? 1 : 0;
  const gapY = rowHeight >= 5 ? 1 : 0;
  for (let row = 0; row < rowCount; row++) {
    const y = Math.round(row * rowHeight);
    const height = Math.max(1, Math.round((row + 1) * rowHeight) - y - gapY);
    for (let column = 0; column < columnCount; column++) {
      const index = row * columnCount + column;
      const value = values[index];
      const x = Math.round(column * columnWidth);
      const width = Math.max(1, Math.round((column + 1) * columnWidth) - x - gapX);
      if (isKnown(value)) {
        context.globalAlpha = 1;
        context.fillStyle = color("--paper-2");
        context.fillRect(x, y, width, height);
        const [token, strength] = shade(value, scale);
        context.globalAlpha = strength;
        context.fillStyle = color(token);
        context.fillRect(x, y, width, height);
      }
      if (marked !== null && marked[index] === 1) {
        context.globalAlpha = 0.9;
        context.fillStyle = color("--short");
        context.fillRect(x, y + height / 2 - 0.5, width, Math.max(1, Math.min(2, height / 3)));
      }
    }
  }
  context.globalAlpha = 1;
}

/** The line in ink on a wider one of paper, so that it shows on any cell. */
function drawIsoLine(
  context: CanvasRenderingContext2D,
  { values, rowCount, columnCount, columnWidth, rowHeight }: HeatMatrix,
  level: number,
  color: TokenColors,
): void {
  for (const [width, token] of [
    [4, "--paper"],
    [1.75, "--ink"],
  ] as const) {
    context.strokeStyle = color(token);
    context.lineWidth = width;
    context.lineCap = "round";
    context.beginPath();
    for (const [x1, y1, x2, y2] of isoSegments(values, rowCount, columnCount, level)) {
      context.moveTo((x1 + 0.5) * columnWidth, (y1 + 0.5) * rowHeight);
      context.lineTo((x2 + 0.5) * columnWidth, (y2 + 0.5) * rowHeight);
    }
    context.stroke();
  }
}

function shade(value: number, { kind, low, high }: HeatScale): ["--accent" | "--short" | "--spare", number] {
  if (kind === "diverging") {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [value < 0 ? "--short" : "--spare", Math.min(1, Math.abs(value) / most)];
  }
  return ["--accent", Math.max(0, Math.min(1, (value - low) / (high - low || 1)))];
}
