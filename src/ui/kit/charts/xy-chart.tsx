import { type ReactNode, useState } from "react";
import { ChartFigure, type ChartTable } from "./chart-figure.tsx";
import { XYPlot, type XYPlotProps } from "./xy-plot.tsx";

export interface XYChartProps extends Omit<XYPlotProps, "onPoint" | "children"> {
  /** Name of the chart, read by screen readers and shown above it. */
  readonly title: string;
  readonly table: ChartTable;
  /** What is read of the point under the pointer; null: the pointer is elsewhere. */
  readonly readout: (point: number | null) => ReactNode;
  /** Marks, drawn in order, told the point under the pointer. */
  readonly children: ReactNode | ((point: number | null) => ReactNode);
}

/** A chart over anything but time: name, readout, table twin, two axes. Each such chart adds only its marks. */
export function XYChart(props: XYChartProps) {
  const [point, setPoint] = useState<number | null>(null);
  const { children, readout, table, title, ...plot } = props;
  return (
    <ChartFigure title={title} summary={props.summary} table={table} readout={readout(point)}>
      <XYPlot {...plot} onPoint={setPoint}>
        {typeof children === "function" ? children(point) : children}
      </XYPlot>
    </ChartFigure>
  );
}
