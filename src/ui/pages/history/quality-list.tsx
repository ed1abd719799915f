import { useTranslation } from "react-i18next";
import { formatMinuteOfDay } from "../../../domain/calendar/clock.ts";
import { localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import type { QualityFinding } from "../../../history/review/quality-finding.ts";
import { withExcluded } from "../../../history/review/quality-report.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** What is odd in the history, and what is done about it, with a switch where there is a choice. */
export function QualityList(props: {
  readonly history: DemandHistory;
  readonly findings: readonly QualityFinding[];
  readonly onShow: (finding: QualityFinding) => void;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { store } = useDesk();
  const { grid } = props.history;

  function hours(finding: QualityFinding): string {
    const day = finding.end - finding.first >= 23 * (60 / grid.intervalMinutes);
    if (day) return t("quality.wholeDay");
    const from = localTimeOf(grid, finding.first).minuteOfDay;
    const last = localTimeOf(grid, finding.end - 1).minuteOfDay + grid.intervalMinutes;
    return `${formatMinuteOfDay(from)}–${formatMinuteOfDay(last)}`;
  }
  function figures(finding: QualityFinding): string {
    if (finding.kind === "copiedDay")
      return t("quality.copyOf", { date: format.date(finding.otherDate, "full") });
    if (finding.kind === "clockChange") return format.hours(finding.actual);
    if (finding.kind === "levelShift") {
      return format.signedPercent((finding.actual ?? 1) / (finding.expected ?? 1) - 1);
    }
    if (finding.kind === "ahtOutlier") {
      return t("quality.against", {
        actual: format.duration(finding.actual),
        expected: format.duration(finding.expected),
      });
    }
    if (finding.expected === null) return "";
    return t("quality.against", {
      actual: format.number(finding.actual ?? 0),
      expected: format.number(finding.expected),
    });
  }
  function setExcluded(finding: QualityFinding, excluded: boolean): void {
    store.editDocument("history:edit.exclude", (document) =>
      document.history === null
        ? document
        : { ...document, history: withExcluded(document.history, finding, excluded) },
    );
  }
  const columns: Column<QualityFinding>[] = [
    { id: "date", header: t("quality.date"), width: 118, text: ({ date }) => format.date(date, "full") },
    { id: "hours", header: t("quality.hours"), width: 104, text: hours },
    { id: "queue", header: t("quality.queue"), width: 96, text: ({ queueId }) => queueId },
    { id: "kind", header: t("quality.what"), width: 210, text: ({ kind }) => t(`kind.${kind}`) },
    { id: "figures", header: t("quality.figures"), width: 170, align: "right", text: figures },
    {
      id: "done",
      header: t("quality.done"),
      width: 190,
      text: (finding) =>
        t(finding.switchable ? (finding.excluded ? "done.excluded" : "done.kept") : `done.${finding.kind}`),
      cell: (finding) =>
        finding.switchable ? (
          <Switch
            label={t(finding.excluded ? "done.excluded" : "done.kept")}
            name={t("quality.leaveOut", {
              what: t(`kind.${finding.kind}`),
              date: format.date(finding.date, "full"),
            })}
            checked={finding.excluded}
            onChange={(excluded) => setExcluded(finding, excluded)}
          />
        ) : (
          t(`done.${finding.kind}`)
        ),
    },
  ];
  return (
    <section aria-label={t("quality.title")}>
      <DataGrid
        label={t("quality.title")}
        rows={props.findings}
        rowKey={(finding) => `${finding.kind}.${finding.queueId}.${finding.first}`}
        columns={columns}
        height={300}
        onOpen={props.onShow}
        onSelectRows={({ first }) => {
          const finding = props.findings[first];
          if (finding !== undefined) props.onShow(finding);
        }}
        empty={<EmptyState title={t("quality.none")} />}
      />
    </section>
  );
}
