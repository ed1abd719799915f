import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOfDay, dayOfInterval, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import {
  measureOf,
  type ServiceMeasure,
  type ServiceRow,
  serviceRows,
} from "../../../history/review/service-history.ts";
import { usePlan, useResult } from "../../frame/session-context.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { type PlannedService, plannedService } from "./planned-service.ts";

type By = "week" | "day" | "interval";

/** What came and what came of it beside the queue's goals, by week, day or interval; misses are marked. */
export function ServiceTable(props: {
  readonly history: DemandHistory;
  readonly queueIds: readonly string[];
  readonly days: DayRange;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const [by, setBy] = useState<By>("day");
  const { history, queueIds, days } = props;
  const { grid } = history;
  const rows = useMemo(() => {
    const [first, end] = [grid.dayOffsets[days.first], grid.dayOffsets[days.end]];
    return queueIds
      .flatMap((queueId) => serviceRows(history, queueId, by))
      .filter((row) => row.end > first && row.first < end)
      .sort((a, b) => b.first - a.first || a.queueId.localeCompare(b.queueId));
  }, [history, grid, queueIds, days, by]);
  const thresholds = [
    ...new Set(
      history.queues.flatMap(({ queueId, inTime }) =>
        queueIds.includes(queueId) && inTime ? [inTime.seconds] : [],
      ),
    ),
  ];
  const columns = useServiceColumns(history, rows, queueIds, by);
  return (
    <section aria-label={t("table.title")} className="history-service">
      <div className="history-choices">
        <SegmentedControl
          label={t("table.title")}
          value={by}
          options={(["week", "day", "interval"] as const).map((value) => ({
            value,
            name: t(`table.by.${value}`),
          }))}
          onChange={setBy}
        />
        <p className="field-hint">
          {thresholds.length > 0
            ? t("table.inTime", { seconds: format.list(thresholds.map(String)) })
            : t("table.noWaits")}
        </p>
      </div>
      <DataGrid
        label={t("table.title")}
        rows={rows}
        rowKey={(row) => `${row.queueId}.${row.first}`}
        columns={columns}
        frozenColumns={1}
        height={300}
      />
    </section>
  );
}

/** When, how many, and each measure that a shown queue's history holds, beside its goal and what was planned. */
function useServiceColumns(
  history: DemandHistory,
  rows: readonly ServiceRow[],
  queueIds: readonly string[],
  by: By,
): Column<ServiceRow>[] {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { grid } = history;
  const limitOf = useLimits(history);
  const planned = usePlannedColumns(history, rows);
  function when({ first, end }: ServiceRow): string {
    const date = dateOfDay(grid, dayOfInterval(grid, first));
    if (by === "interval")
      return `${format.date(date, "weekdayDay")} ${format.time(localTimeOf(grid, first).minuteOfDay)}`;
    if (by === "day") return format.date(date, "full");
    return format.dateRange(date, dateOfDay(grid, dayOfInterval(grid, end - 1)));
  }
  function misses(row: ServiceRow, measure: ServiceMeasure): boolean {
    const [value, limit] = [measureOf(row, measure), limitOf(measure, row.queueId)];
    if (value === null || limit === null) return false;
    return measure === "serviceLevel" ? value < limit : value > limit;
  }
  const words: Readonly<Record<ServiceMeasure, (value: number | null) => string>> = {
    offered: (value) => format.number(value),
    aht: (value) => format.duration(value),
    serviceLevel: (value) => format.percent(value),
    asa: (value) => format.wait(value),
    abandonment: (value) => format.percent(value),
  };
  const column = (measure: ServiceMeasure, width: number): Column<ServiceRow> => ({
    id: measure,
    header: t(`table.${measure}`),
    width,
    align: "right",
    text: (row) => words[measure](measureOf(row, measure)),
    tone: (row) => (misses(row, measure) ? "short" : undefined),
    hint: (row) => {
      const limit = limitOf(measure, row.queueId);
      return measureOf(row, measure) === null
        ? t("table.notKnown")
        : limit === null
          ? undefined
          : t("table.goalIs", { goal: words[measure](limit) });
    },
  });
  return [
    { id: "when", header: t(`table.${by}`), width: by === "week" ? 190 : 150, text: when },
    ...(queueIds.length > 1
      ? [
          {
            id: "queue",
            header: t("quality.queue"),
            width: 100,
            text: ({ queueId }: ServiceRow) => queueId,
          },
        ]
      : []),
    column("offered", 90),
    ...(
      [
        ["aht", 80],
        ["serviceLevel", 110],
        ["asa", 80],
        ["abandonment", 100],
      ] as const
    )
      // A measure that no queue's history holds has no column.
      .filter(([measure]) => rows.some((row) => measureOf(row, measure) !== null))
      .flatMap(([measure, width]) => [
        column(measure, width),
        ...(measure === "serviceLevel" || measure === "asa" ? planned(measure) : []),
      ]),
    ...(rows.some(({ redials }) => redials !== null)
      ? [
          {
            id: "redials",
            header: t("table.redials"),
            width: 90,
            align: "right" as const,
            text: ({ redials }: ServiceRow) => format.number(redials),
            hint: ({ redials }: ServiceRow) => t(redials === null ? "table.notKnown" : "table.redialsHint"),
          },
        ]
      : []),
  ];
}

/** The goal of a measure, where the queue has one that speaks of the same thing. */
function useLimits(history: DemandHistory): (measure: ServiceMeasure, queueId: string) => number | null {
  const plan = usePlan();
  return (measure, queueId) => {
    const goal = plan.queues.find(({ id }) => id === queueId)?.goal;
    if (goal === undefined) return null;
    if (measure === "serviceLevel") {
      const seconds = history.queues.find((queue) => queue.queueId === queueId)?.inTime?.seconds;
      return seconds === goal.answerWithinSeconds ? goal.serviceLevel : null;
    }
    return measure === "asa" ? goal.maxAsaSeconds : measure === "abandonment" ? goal.maxAbandonment : null;
  };
}

/** What the plan's requirement expected of a measure, as a column; none where it reaches no row. */
function usePlannedColumns(
  { grid }: DemandHistory,
  rows: readonly ServiceRow[],
): (measure: "serviceLevel" | "asa") => Column<ServiceRow>[] {
  const { t } = useTranslation("history");
  const format = useFormat();
  const requirement = useResult("requirement")?.value ?? null;
  const plannedOf = ({ queueId, first, end }: ServiceRow) =>
    plannedService(requirement, grid, queueId, first, end);
  const isPlanned = rows.some((row) => plannedOf(row) !== null);
  return (measure) => {
    if (!isPlanned) return [];
    const id = measure === "asa" ? "plannedAsa" : "plannedLevel";
    const text = (service: PlannedService | null) =>
      measure === "asa"
        ? format.wait(service?.asaSeconds ?? null)
        : format.percent(service?.serviceLevel ?? null);
    return [
      {
        id,
        header: t(`table.${id}`),
        width: 110,
        align: "right",
        text: (row) => text(plannedOf(row)),
        tone: () => "quiet",
        hint: (row) => (plannedOf(row) === null ? t("table.notPlanned") : undefined),
      },
    ];
  };
}
