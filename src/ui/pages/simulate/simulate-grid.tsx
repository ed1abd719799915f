import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Estimate, QueueSimulation, SimulationResult } from "../../../domain/results/simulation.ts";
import { useAxisWords } from "../../kit/charts/axis-words.ts";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** The numbers behind the charts: one queue, one row per interval with contacts, each value with its half-width. */
export function SimulateGrid(props: {
  readonly result: SimulationResult;
  readonly queue: QueueSimulation;
  readonly queueName: string;
  readonly goal: number | null;
  readonly promise: Float64Array | null;
  readonly range: IntervalRange;
  readonly selection: IntervalRange | null;
  readonly onSelect: (selection: IntervalRange) => void;
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { result, queue, range, goal, promise } = props;
  const { intervalName } = useAxisWords(result.grid);
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

  // Kept while nothing changes: the grid measures its columns anew whenever they are others.
  const columns = useMemo(() => {
    const value =
      (estimate: Estimate, show: (value: number) => string, there: Estimate | null) =>
      (index: number): string => {
        const at = index - result.firstInterval;
        return there !== null && there.mean[at] === 0 ? "—" : show(estimate.mean[at]);
      };
    const withHalf =
      (
        estimate: Estimate,
        show: (value: number) => string,
        half: (value: number) => string,
        there: Estimate,
      ) =>
      (index: number): string => {
        const at = index - result.firstInterval;
        return there.mean[at] === 0 ? "—" : `${show(estimate.mean[at])} ± ${half(estimate.halfWidth[at])}`;
      };
    const points = (share: number) => format.number(share * 100, 1);
    const column = (
      id: string,
      width: number,
      text: (index: number) => string,
      tone?: Column<number>["tone"],
    ): Column<number> => ({ id, header: t(`column.${id}`), width, align: "right", text, tone });
    /** What only some floors have. */
    const extra = (): Column<number>[] =>
      (
        [
          ["blocked", intervals.blocked],
          ["redialled", intervals.followUps?.redialled],
          ["transferred", intervals.followUps?.transferred],
          ["callbacks", intervals.followUps?.callbacks],
        ] as const
      ).flatMap(([name, estimate]) =>
        estimate?.mean.some((mean) => mean > 0)
          ? [
              column(
                name,
                96,
                value(estimate, (v) => format.number(v, 1), null),
              ),
            ]
          : [],
      );
    const made: Column<number>[] = [
      { id: "time", header: t("column.time"), width: 140, text: intervalName },
      column(
        "offered",
        80,
        value(intervals.offered, (v) => format.number(v, 1), null),
      ),
      column(
        "answered",
        80,
        value(intervals.answered, (v) => format.number(v, 1), null),
      ),
      column(
        "abandoned",
        92,
        value(intervals.abandoned, (v) => format.number(v, 1), null),
      ),
      ...extra(),
      column(
        "serviceLevel",
        116,
        withHalf(intervals.serviceLevel, (v) => format.percent(v), points, intervals.offered),
        (index) => {
          const at = index - result.firstInterval;
          if (goal === null || intervals.offered.mean[at] === 0) return undefined;
          // Only what the interval's own uncertainty does not excuse is marked.
          return intervals.serviceLevel.mean[at] + intervals.serviceLevel.halfWidth[at] < goal
            ? "short"
            : undefined;
        },
      ),
    ];
    if (promise !== null) {
      made.push(
        column("promise", 92, (index) =>
          format.percent(Number.isNaN(promise[index]) ? null : promise[index]),
        ),
      );
    }
    made.push(
      column(
        "asaSeconds",
        110,
        withHalf(
          intervals.asaSeconds,
          (v) => format.wait(v),
          (v) => format.number(v, 1),
          intervals.answered,
        ),
      ),
      column(
        "abandonmentRate",
        110,
        withHalf(intervals.abandonmentRate, (v) => format.percent(v), points, intervals.offered),
      ),
      column(
        "occupancy",
        92,
        value(intervals.occupancy, (v) => format.percent(v), intervals.inService),
      ),
      column(
        "waiting",
        84,
        value(intervals.waiting, (v) => format.number(v, 2), null),
      ),
      column(
        "inService",
        84,
        value(intervals.inService, (v) => format.number(v, 1), null),
      ),
    );
    return made;
  }, [t, format, intervalName, intervals, result.firstInterval, goal, promise]);
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
