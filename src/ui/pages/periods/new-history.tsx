import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { IncomingFile } from "../../../app/session/session.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ImportQuestions } from "../history/import-questions.tsx";
import { IssueList } from "../history/issue-list.tsx";
import { MappingTable } from "../history/mapping-table.tsx";
import { useImport } from "../history/use-import.ts";
import { queueOfUnnamed } from "./queue-of-unnamed.ts";
import "../history/history.css";

/** The contacts since, read in the plan's zone and intervals with the same questions as on History. */
export function NewHistory(props: {
  readonly file: IncomingFile;
  readonly onRead: (history: DemandHistory | null) => void;
}) {
  const { t } = useTranslation(["periods", "history"]);
  const format = useFormat();
  const { timeZone, intervalMinutes, queues } = usePlan();
  const { file, onRead } = props;
  const state = useImport(file, {
    timeZone,
    intervalMinutes,
    queueId: queueOfUnnamed(queues, t("history:import.defaultQueue")),
  });
  const imported = state.outcome?.ok ? state.outcome.value : null;
  useEffect(() => onRead(imported?.history ?? null), [imported]);
  return (
    <div className="periods-history">
      <p className="periods-note" role="status">
        {imported !== null
          ? t("history.read", {
              count: imported.rowsRead,
              rows: format.number(imported.rowsRead),
              dates: format.dateRange(imported.firstDate, imported.lastDate),
              queues: format.list(imported.history.queues.map(({ queueId }) => queueId)),
            })
          : t(state.running ? "history.reading" : "history.open")}
      </p>
      {state.questions.length > 0 && (
        <ImportQuestions
          file={file}
          questions={state.questions}
          given={state.given}
          settings={state.settings}
          onAnswer={state.answer}
        />
      )}
      {imported === null && state.inspected !== null && state.mapping !== null && (
        <MappingTable
          inspected={state.inspected}
          mapping={state.mapping}
          onChange={(mapping) => state.change(mapping, state.settings)}
        />
      )}
      {state.issues.length > 0 && <IssueList issues={state.issues} />}
    </div>
  );
}
