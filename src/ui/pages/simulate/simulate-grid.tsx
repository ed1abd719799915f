import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Estimate, QueueSimulation, SimulationResult } from "../../../domain/results/simulation.ts";
import { useAxisWords } from "../../kit/charts/axis-words.ts";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { GridSeries } from "./simulated.ts";

/** The numbers behind the charts: one queue, one row per interval with contacts, each value with its half-width. */
export function SimulateGrid(props: {
  readonly result: SimulationResult;
  readonly queue: QueueSimulation;
  readonly queueName: string;
  readonly goal: number | null;
  readonly promise: GridSeries | null;
  readonly range: IntervalRange;
  readonly selection: IntervalRange | null;
  readonly onSelect: (selection: IntervalRange) => void;
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { result, queue, range, goal, promise } = props;
  const { intervals } = queue;
  const rows = useMemo(() => {
    const open: number[] = [];
    const first = Math.max(range.first, result.firstInterval);
    for (let index = first; index < Math.min(range.end, result.endInterval); index++) {
      const at = index - result.firstInterval;
      if (intervals.offered.mean[at] > 0 || intervals.inService.mean[at] > 0.005) open.push(index);
    }
    return open;
  }, [intervals, range.first, range.end, result]);

  const columns = useEstimateColumns(result, queue, goal, promise);
  const total = (estimate: Estimate) =>
    format.number(rows.reduce((sum, index) => sum + estimate.mean[index - result.firstInterval], 0));
  const chosen =
    props.selection === null
      ? null
      : {
          first: rows.findIndex((index) => index >= props.selection!.first),
          end: rows.filter((index) => index < props.selection!.end).length,
        };
  const marked = chosen !== null && chosen.first >= 0 && chosen.end > chosen.first ? chosen : null;
  return (
    <DataGrid
      label={t("grid", { queue: props.queueName })}
      rows={rows}
      rowKey={(index) => index}
      columns={columns}
      frozenColumns={1}
      height={320}
      selectedRows={marked}
      scrollToRow={marked?.first ?? null}
      onSelectRows={({ first, end }) => {
        if (rows[first] !== undefined && end > first) {
          props.onSelect({ first: rows[first], end: rows[end - 1] + 1 });
        }
      }}
      totals={{
        time: t("total"),
        offered: total(intervals.offered),
        answered: total(intervals.answered),
        abandoned: total(intervals.abandoned),
      }}
      empty={t("closed")}
    />
  );
}

/** A column per measure; what only some floors have stands where it happens at all. */
function useEstimateColumns(
  { grid, firstInterval }: SimulationResult,
  { intervals }: QueueSimulation,
  goal: number | null,
  promise: GridSeries | null,
): Column<number>[] {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { intervalName } = useAxisWords(grid);
  // Kept while nothing changes: the grid measures its columns anew whenever they are others.
  return useMemo(() => {
    const tenths = (value: number) => format.number(value, 1);
    const share = (value: number) => format.percent(value);
    const points = (value: number) => format.number(value * 100, 1);
    /** `of`: what has to be there for the measure to mean anything. */
    const mean =
      (estimate: Estimate, show: (value: number) => string, of?: Estimate) =>
      (index: number): string => {
        const at = index - firstInterval;
        return of?.mean[at] === 0 ? "—" : show(estimate.mean[at]);
      };
    const withHalf =
      (estimate: Estimate, show: (value: number) => string, half: (value: number) => string, of: Estimate) =>
      (index: number): string => {
        const at = index - firstInterval;
        return of.mean[at] === 0 ? "—" : `${show(estimate.mean[at])} ± ${half(estimate.halfWidth[at])}`;
      };
    const column = (
      id: string,
      width: number,
      text: (index: number) => string,
      tone?: Column<number>["tone"],
    ): Column<number> => ({ id, header: t(`column.${id}`), width, align: "right", text, tone });
    const { offered, answered, serviceLevel, followUps } = intervals;
    const rare = [
      ["blocked", intervals.blocked],
      ["redialled", followUps?.redialled],
      ["transferred", followUps?.transferred],
      ["callbacks", followUps?.callbacks],
    ] as const;
    return [
      { id: "time", header: t("column.time"), width: 140, text: intervalName },
      column("offered", 80, mean(offered, tenths)),
      column("answered", 80, mean(answered, tenths)),
      column("abandoned", 92, mean(intervals.abandoned, tenths)),
      ...rare.flatMap(([name, estimate]) =>
        estimate?.mean.some((value) => value > 0) ? [column(name, 96, mean(estimate, tenths))] : [],
      ),
      column("serviceLevel", 116, withHalf(serviceLevel, share, points, offered), (index) => {
        const at = index - firstInterval;
        // Only what the interval's own uncertainty does not excuse is marked.
        const isShort =
          goal !== null &&
          offered.mean[at] !== 0 &&
          serviceLevel.mean[at] + serviceLevel.halfWidth[at] < goal;
        return isShort ? "short" : undefined;
      }),
      ...(promise === null ? [] : [column("promise", 92, (index) => format.percent(promise[index]))]),
      column(
        "asaSeconds",
        110,
        withHalf(intervals.asaSeconds, (value) => format.wait(value), tenths, answered),
      ),
      column("abandonmentRate", 110, withHalf(intervals.abandonmentRate, share, points, offered)),
      column("occupancy", 92, mean(intervals.occupancy, share, intervals.inService)),
      column(
        "waiting",
        84,
        mean(intervals.waiting, (value) => format.number(value, 2)),
      ),
      column("inService", 84, mean(intervals.inService, tenths)),
    ];
  }, [t, format, intervalName, intervals, firstInterval, goal, promise]);
}
