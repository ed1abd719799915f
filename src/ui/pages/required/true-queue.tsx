import { useTranslation } from "react-i18next";
import type { Queue } from "../../../domain/plan/queue.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { Followed } from "./changing-queue.ts";

/** What each method asks for, and what its staffing truly gives in the queue that changes over the day. */
export function TrueQueue(props: {
  readonly followed: Followed | null;
  /** False while a newer answer is on its way. */
  readonly current: boolean;
  readonly queues: readonly Queue[];
}) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const { requirement } = usePlan();
  const { followed, current, queues } = props;
  const rows = (followed?.methods ?? []).filter((row) => queues.some((queue) => queue.id === row.queueId));
  if (queues.every((queue) => queue.channel !== "voice")) return null;
  const chosen = rows.find((row) => row.method === requirement.method);
  const overDay = requirement.method === "transientDay";
  const exact = rows.find((row) => row.method === "transient" && row.queueId === chosen?.queueId);
  return (
    <section className="true-queue" aria-label={t("true.title")} aria-busy={!current}>
      <h2 className="control-title">{t("true.title")}</h2>
      <p className="true-queue-text" aria-live="polite">
        {followed === null || !current || chosen === undefined || exact === undefined
          ? t("true.coming")
          : `${t(overDay ? "true.dayText" : "true.text", {
              method: t(`method.${chosen.method}`),
              level: format.percent(chosen.serviceLevel),
              count: chosen.missing,
              missing: format.number(chosen.missing),
              intervals: format.number(chosen.intervals),
              hours: format.hours((chosen.agentHours - exact.agentHours) * (overDay ? -1 : 1), 1),
              days: format.number(chosen.days),
              worst: format.percent(chosen.worstServiceLevel),
            })} ${t("true.time", { time: format.number(followed.milliseconds) })}`}
      </p>
      {rows.length > 0 && (
        <DataGrid
          label={t("true.title")}
          rows={rows}
          rowKey={(row) => `${row.method} ${row.queueId}`}
          height={30 + 26 * Math.min(9, rows.length) + 4}
          columns={[
            {
              id: "method",
              header: t("method.title"),
              width: 170,
              text: (row) => t(`method.${row.method}`),
              tone: (row) => (row.method === requirement.method ? "changed" : undefined),
            },
            {
              id: "queue",
              header: t("true.queue"),
              width: 110,
              text: (row) => queues.find((queue) => queue.id === row.queueId)?.name ?? row.queueId,
            },
            {
              id: "hours",
              header: t("true.hours"),
              width: 110,
              align: "right",
              text: (row) => format.number(row.agentHours, 1),
            },
            {
              id: "level",
              header: t("true.level"),
              width: 130,
              align: "right",
              text: (row) => format.percent(row.serviceLevel),
            },
            {
              id: "worst",
              header: t("true.worst"),
              width: 120,
              align: "right",
              text: (row) => format.percent(row.worstServiceLevel),
            },
            {
              id: "missing",
              header: t("true.missing"),
              width: 140,
              align: "right",
              text: (row) => `${format.number(row.missing)} / ${format.number(row.intervals)}`,
              tone: (row) => (row.missing > 0 && !overDay ? "short" : undefined),
            },
            {
              id: "days",
              header: t("true.daysMissing"),
              width: 120,
              align: "right",
              text: (row) => `${format.number(row.daysMissing)} / ${format.number(row.days)}`,
              tone: (row) => (row.daysMissing > 0 ? "short" : undefined),
            },
          ]}
        />
      )}
    </section>
  );
}
