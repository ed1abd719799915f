import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../../domain/outcome.ts";
import type { PastPeriod } from "../../../domain/plan/plan.ts";
import { lastDateOf } from "../../../domain/plan/plan-period.ts";
import type { DayReview, PeriodReview, QueueReview } from "../../../periods/review-period.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { periodsWorker } from "./periods-client.ts";

/** A past period against what came: a sentence per queue, its errors and their causes, and its days. */
export function Review({ period }: { readonly period: PastPeriod }) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const issueText = useIssueText();
  const [queueId, setQueueId] = useState<string | null>(null);
  const { outcome, again } = useReview(period);
  const isWorking = useSession((state) => state.jobs.some(({ id }) => id === "review"));
  const dates = format.dateRange(period.plan.firstDate, lastDateOf(period.plan));
  const heading = <h3 className="control-title">{t("review.title", { dates })}</h3>;
  if (outcome === null)
    return (
      <>
        {heading}
        <p className="periods-note" role="status">
          {t(isWorking ? "review.working" : "review.stopped")}{" "}
          {!isWorking && <Button onClick={again}>{t("review.again")}</Button>}
        </p>
      </>
    );
  if (!outcome.ok)
    return (
      <>
        {heading}
        {outcome.issues.map((issue) => (
          <p key={issue.code} className="periods-note">
            {issueText(issue)}
          </p>
        ))}
      </>
    );
  const { queues, knownDays, leftOutDays, dayCount } = outcome.value;
  const chosen = Math.max(
    0,
    queues.findIndex((queue) => queue.queueId === queueId),
  );
  return (
    <>
      {heading}
      <p className="periods-note">
        {t("review.known", { count: knownDays, all: dayCount })}{" "}
        {leftOutDays > 0 && t("review.leftOut", { count: leftOutDays })}
      </p>
      <section aria-label={t("review.habits")}>
        <h4 className="field-label">{t("review.habits")}</h4>
        <ul className="periods-remarks">
          {queues.map(({ queueId: id, habit }) => (
            <li key={id} className={`periods-${habit.severity}`}>
              <span aria-hidden="true">{habit.severity === "warning" ? "△" : "·"}</span>
              {issueText(habit)}
            </li>
          ))}
        </ul>
      </section>
      <QueueErrors review={outcome.value} chosen={chosen} onChoose={setQueueId} />
      {queues[chosen] && <Days queue={queues[chosen]} />}
    </>
  );
}

/** The review of a period, worked out in a worker; null while it goes on, and after Stop. */
function useReview(period: PastPeriod): {
  readonly outcome: Outcome<PeriodReview> | null;
  readonly again: () => void;
} {
  const { runs } = useDesk();
  const history = useSession((state) => state.document.history);
  const [outcome, setOutcome] = useState<Outcome<PeriodReview> | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setOutcome(null);
    void runs
      .job("review", (onProgress, signal) =>
        periodsWorker.call(
          (worker, listen) => worker.reviewPeriod(period, history, listen),
          onProgress,
          signal,
        ),
      )
      .then((answer) => isCurrent && answer !== null && setOutcome(answer));
    return () => {
      isCurrent = false;
      runs.stop("review");
    };
  }, [runs, period, history, turn]);
  return { outcome, again: () => setTurn(turn + 1) };
}

function QueueErrors(props: {
  readonly review: PeriodReview;
  readonly chosen: number;
  readonly onChoose: (queueId: string) => void;
}) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const { queues } = props.review;
  const figure = (
    id: "forecast" | "came" | "wape" | "bias" | "ahtForecast" | "ahtCame" | "ahtBias" | HoursColumn,
    text: (queue: QueueReview) => string,
    width = 96,
  ): Column<QueueReview> => ({ id, header: t(`review.${id}`), width, align: "right", text });
  const hours = (id: HoursColumn, of: (queue: QueueReview) => number | null | undefined, width = 96) =>
    figure(id, (queue) => format.number(of(queue) ?? null), width);
  const queue: Column<QueueReview> = {
    id: "queue",
    header: t("review.queue"),
    width: 140,
    text: ({ name }) => name,
  };
  const forecast: Column<QueueReview>[] = [
    queue,
    figure("forecast", ({ volume }) => format.number(volume?.forecast ?? null)),
    figure("came", ({ volume }) => format.number(volume?.came ?? null)),
    figure("wape", ({ volume }) => format.percent(volume?.wape ?? null)),
    figure("bias", ({ volume }) => format.signedPercent(volume?.bias ?? null, 1)),
    figure("ahtForecast", ({ handleTime }) => format.number(handleTime?.forecast ?? null), 124),
    figure("ahtCame", ({ handleTime }) => format.number(handleTime?.came ?? null), 110),
    figure("ahtBias", ({ handleTime }) => format.signedPercent(handleTime?.bias ?? null, 1)),
  ];
  const staffing: Column<QueueReview>[] = [
    queue,
    hours("required", ({ staffing }) => staffing?.requiredHours),
    hours("needed", ({ staffing }) => staffing?.neededHours),
    hours("rostered", ({ staffing }) => staffing?.rosteredHours),
    hours("short", ({ staffing }) => staffing?.shortHours, 80),
    hours("over", ({ staffing }) => staffing?.overHours, 80),
    hours("volume", ({ staffing }) => staffing?.misplaced.volume, 110),
    hours("handleTime", ({ staffing }) => staffing?.misplaced.handleTime, 140),
    hours("pattern", ({ staffing }) => staffing?.misplaced.pattern, 110),
    hours("staff", ({ staffing }) => staffing?.misplaced.staff, 100),
  ];
  return (
    <>
      {[["queues", forecast] as const, ["staffing", staffing] as const].map(([name, columns]) => (
        <section key={name} aria-label={t(`review.${name}`)}>
          <h4 className="field-label">{t(`review.${name}`)}</h4>
          <DataGrid
            label={t(`review.${name}`)}
            rows={queues}
            rowKey={({ queueId }) => queueId}
            columns={columns}
            frozenColumns={1}
            height={300}
            selectedRows={{ first: props.chosen, end: props.chosen + 1 }}
            onSelectRows={({ first }) => queues[first] && props.onChoose(queues[first].queueId)}
          />
          <p className="periods-note">{t(`review.${name}Hint`)}</p>
        </section>
      ))}
    </>
  );
}

type HoursColumn =
  | "required"
  | "needed"
  | "rostered"
  | "short"
  | "over"
  | "volume"
  | "handleTime"
  | "pattern"
  | "staff";

/** One queue's days: planned and come beside each other. */
function Days({ queue }: { readonly queue: QueueReview }) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const title = t("review.days", { queue: queue.name });
  const figure = (
    id: "forecast" | "came" | "ahtForecast" | "ahtCame" | "required" | "needed" | "rostered",
    of: (day: DayReview) => number | null,
    width = 96,
  ): Column<DayReview> => ({
    id,
    header: t(`review.${id}`),
    width,
    align: "right",
    text: (day) => format.number(of(day)),
  });
  const columns: Column<DayReview>[] = [
    { id: "day", header: t("review.day"), width: 120, text: ({ date }) => format.date(date, "weekdayDay") },
    figure("forecast", ({ forecast }) => forecast),
    figure("came", ({ came }) => came),
    {
      id: "bias",
      header: t("review.bias"),
      width: 80,
      align: "right",
      text: ({ forecast, came }) => format.signedPercent(came ? forecast / came - 1 : null, 1),
    },
    figure("ahtForecast", ({ ahtForecastSeconds }) => ahtForecastSeconds, 124),
    figure("ahtCame", ({ ahtCameSeconds }) => ahtCameSeconds, 110),
    figure("required", ({ requiredHours }) => requiredHours),
    figure("needed", ({ neededHours }) => neededHours),
    figure("rostered", ({ rosteredHours }) => rosteredHours),
  ];
  return (
    <section aria-label={title}>
      <h4 className="field-label">{title}</h4>
      <DataGrid
        label={title}
        rows={queue.days}
        rowKey={({ date }) => date}
        columns={columns}
        frozenColumns={1}
        height={320}
      />
    </section>
  );
}
