import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type IntervalGrid, intervalSeconds } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { stretchOf, withOverride } from "../../../domain/plan/edit-overrides.ts";
import type { DemandForecast, QueueForecast } from "../../../domain/results/demand.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { parseNumber } from "../../kit/controls/parse-number.ts";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { dayRows, type ForecastRow, intervalRows } from "./forecast-rows.ts";

type By = "interval" | "day";

/** The numbers behind the chart: intervals or days, one queue with its band or several side by side. */
export function ForecastGrid(props: {
  readonly forecast: DemandForecast;
  readonly queues: readonly QueueForecast[];
  readonly range: IntervalRange & { readonly firstDay: number; readonly dayCount: number };
  readonly selection: IntervalRange | null;
  readonly onSelect: (selection: IntervalRange) => void;
}) {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const { store } = useDesk();
  const { grid } = props.forecast;
  const [by, setBy] = useState<By>("interval");
  const { queues, range } = props;
  const rows = useMemo(
    () => (by === "day" ? dayRows(grid, queues, range, format) : intervalRows(grid, queues, range, format)),
    [by, queues, range, grid, format],
  );
  /** A typed number of contacts becomes an override of that interval or day. */
  function overrideWith(row: ForecastRow, queue: QueueForecast, text: string): string | null {
    const value = parseNumber(text, format.locale);
    if (value === null) return t("grid.notANumber", { text });
    if (value < 0) return t("grid.negative");
    store.edit("forecast:edit.override", (plan) =>
      withOverride(plan, {
        queueId: queue.queueId,
        ...stretchOf(grid, row),
        what: "offered",
        kind: "set",
        value,
        reason: "",
      }),
    );
    return null;
  }
  const columns = useColumns(grid, queues, by, overrideWith);
  const { selection } = props;
  const selectedRows =
    selection === null
      ? null
      : {
          first: rows.findIndex((row) => row.end > selection.first && row.first < selection.end),
          end: rows.findLastIndex((row) => row.end > selection.first && row.first < selection.end) + 1,
        };
  const totals = Object.fromEntries([
    ["time", t("grid.total")],
    ...queues.map((_, at) => [
      `offered.${at}`,
      format.number(rows.reduce((sum, row) => sum + row.cells[at].offered, 0)),
    ]),
  ]);
  return (
    <>
      <SegmentedControl
        label={t("grid.by")}
        value={by}
        options={[
          { value: "interval", name: t("grid.interval") },
          { value: "day", name: t("grid.day") },
        ]}
        onChange={setBy}
      />
      <DataGrid
        label={t("grid.title")}
        rows={rows}
        rowKey={(row) => row.first}
        columns={columns}
        frozenColumns={1}
        height={340}
        totals={totals}
        selectedRows={selectedRows !== null && selectedRows.first >= 0 ? selectedRows : null}
        onSelectRows={({ first, end }) => {
          if (rows[first] !== undefined) props.onSelect({ first: rows[first].first, end: rows[end - 1].end });
        }}
      />
    </>
  );
}

/** Of each queue contacts and handle time; of a single one its band and load too. */
function useColumns(
  grid: IntervalGrid,
  queues: readonly QueueForecast[],
  by: By,
  onType: (row: ForecastRow, queue: QueueForecast, text: string) => string | null,
): Column<ForecastRow>[] {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const outsideName = usePlan().forecast.outside?.name;
  const changed = (row: ForecastRow, at: number) => {
    const { baseline, offered } = row.cells[at];
    return baseline !== null && Math.abs(baseline - offered) > 1e-9 ? "changed" : undefined;
  };
  const digits = by === "day" ? 0 : 1;
  const columns: Column<ForecastRow>[] = [
    { id: "time", header: t("column.time"), width: 150, text: ({ name }) => name },
  ];
  for (const [at, queue] of queues.entries()) {
    const header = (name: string) =>
      queues.length === 1 ? t(`column.${name}`) : `${queue.queueId}: ${t(`column.${name}`)}`;
    const width = queues.length === 1 ? 100 : 150;
    columns.push({
      id: `offered.${at}`,
      header: header("offered"),
      width,
      align: "right",
      text: ({ cells }) => (cells[at].open ? format.number(cells[at].offered, digits) : t("grid.closed")),
      tone: (row) => changed(row, at),
      editable: ({ cells }) => cells[at].open,
      onEdit: (row, _, text) => onType(row, queue, text),
      hint: ({ cells }) =>
        cells[at].baseline === null
          ? undefined
          : t(cells[at].fromOutside ? "outside.was" : "override.was", {
              name: outsideName,
              contacts: format.number(cells[at].baseline, digits),
            }),
    });
    if (queues.length === 1) {
      columns.push(
        {
          id: "lower80",
          header: t("column.lower80"),
          width: 92,
          align: "right",
          text: ({ cells }) => format.number(cells[at].lower80),
        },
        {
          id: "upper80",
          header: t("column.upper80"),
          width: 92,
          align: "right",
          text: ({ cells }) => format.number(cells[at].upper80),
        },
      );
    }
    columns.push({
      id: `aht.${at}`,
      header: header("aht"),
      width: queues.length === 1 ? 80 : 130,
      align: "right",
      text: ({ cells }) => format.duration(cells[at].ahtSeconds),
    });
    if (queues.length === 1 && by === "interval") {
      columns.push({
        id: "load",
        header: t("column.load"),
        width: 100,
        align: "right",
        text: ({ cells }) =>
          format.number((cells[at].offered * (cells[at].ahtSeconds ?? 0)) / intervalSeconds(grid), 1),
      });
    }
  }
  return columns;
}
