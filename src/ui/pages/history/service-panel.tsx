import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import {
  type Bottleneck,
  controlChart,
  type ServiceMeasure,
  serviceMeasures,
} from "../../../history/review/service-history.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ControlChartFigure } from "./control-chart.tsx";
import { customaryAbandonment, lostHours } from "./history-review.ts";
import { ServiceTable } from "./service-table.tsx";

/** What the history says about service: weeks against the limits of chance, and the hours that lose most contacts. */
export function ServicePanel(props: {
  readonly history: DemandHistory;
  readonly queueId: string | null;
  readonly days: DayRange;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const plan = usePlan();
  const [measure, setMeasure] = useState<ServiceMeasure>("offered");
  const { history, queueId } = props;
  const queues = useMemo(
    () => history.queues.filter((queue) => queueId === null || queue.queueId === queueId),
    [history, queueId],
  );
  const charts = useMemo(
    () =>
      queues.map((queue) => ({
        queueId: queue.queueId,
        chart: controlChart(history, queue.queueId, measure),
      })),
    [history, queues, measure],
  );
  const hours = useMemo(
    () => lostHours(history, plan).filter((hour) => queueId === null || hour.queueId === queueId),
    [history, plan, queueId],
  );
  const formatValue = (value: number) =>
    measure === "aht"
      ? format.duration(value)
      : measure === "asa"
        ? format.wait(value)
        : measure === "offered"
          ? format.number(value)
          : format.percent(value);
  const goalOf = (id: string) =>
    plan.queues.find((queue) => queue.id === id)?.goal.maxAbandonment ?? customaryAbandonment;
  const columns: Column<Bottleneck>[] = [
    { id: "rank", header: "#", width: 40, align: "right", text: (_, row) => String(row + 1) },
    { id: "queue", header: t("quality.queue"), width: 110, text: (hour) => hour.queueId },
    {
      id: "hour",
      header: t("service.hour"),
      width: 150,
      text: ({ weekday, hour }) =>
        `${format.weekday(weekday)} ${format.time(hour * 60)}–${format.time((hour + 1) * 60)}`,
    },
    {
      id: "abandonment",
      header: t("service.abandonment"),
      width: 110,
      align: "right",
      text: ({ abandonment }) => format.percent(abandonment),
      tone: () => "short",
    },
    {
      id: "goal",
      header: t("service.goal"),
      width: 80,
      align: "right",
      text: (hour) => format.percent(goalOf(hour.queueId), 0),
    },
    {
      id: "often",
      header: t("service.often"),
      width: 130,
      align: "right",
      text: ({ weeks, weeksAbove }) => t("service.ofWeeks", { above: weeksAbove, weeks }),
    },
    {
      id: "lost",
      header: t("service.lost"),
      width: 120,
      align: "right",
      text: ({ lost }) => format.number(lost),
    },
  ];
  return (
    <section aria-label={t("service.title")} className="history-service">
      <SegmentedControl
        label={t("service.measure")}
        value={measure}
        options={serviceMeasures.map((value) => ({ value, name: t(`measure.${value}`) }))}
        onChange={setMeasure}
      />
      {charts.map(({ queueId: id, chart }) =>
        chart === null ? (
          <p key={id} className="field-hint">
            {t("service.noChart", { queue: id, measure: t(`measure.${measure}`) })}
          </p>
        ) : (
          <ControlChartFigure
            key={id}
            title={`${id}: ${t(`measure.${measure}`)}`}
            chart={chart}
            formatValue={formatValue}
          />
        ),
      )}
      <ServiceTable history={history} queueIds={queues.map((queue) => queue.queueId)} days={props.days} />
      <h2 className="control-title">{t("service.bottlenecks")}</h2>
      {hours.length === 0 ? (
        <EmptyState title={t("service.noBottleneck")} />
      ) : (
        <DataGrid
          label={t("service.bottlenecks")}
          rows={hours}
          rowKey={({ queueId: id, weekday, hour }) => `${id}.${weekday}.${hour}`}
          columns={columns}
          height={260}
        />
      )}
    </section>
  );
}
