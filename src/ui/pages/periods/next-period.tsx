import { type ReactNode, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, isPlannableDate } from "../../../domain/calendar/clock.ts";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { planSchema } from "../../../domain/plan/plan.ts";
import { firstDateAfterHistory, lastDateOf } from "../../../domain/plan/plan-period.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import { mergeHistories } from "../../../history/reading/merge-histories.ts";
import type { JoinedQueue } from "../../../periods/next-history.ts";
import { type RosterStart, rosterStarts } from "../../../periods/start-of-roster.ts";
import { stageOrder } from "../../../stages/chain.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { FileButton } from "../../kit/controls/file-button.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { NewHistory } from "./new-history.tsx";
import { NextSummary } from "./next-summary.tsx";
import { movedOn, type NextPreview, useNextPeriod } from "./use-next-period.ts";

const { dayCount: lengthLimits } = fieldsOf(planSchema);

interface ReadFile {
  readonly name: string;
  readonly history: DemandHistory;
}

/** Plans the next period: what came since, its dates, what its roster begins with; then what that means, before it happens. */
export function NextPeriod({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const headingId = useId();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const file = useSession((state) => state.incoming);
  const { plan } = document;
  /** Of the file at hand; null: not read yet. */
  const [read, setRead] = useState<DemandHistory | null>(null);
  /** Files read before it, for the same step. */
  const [earlier, setEarlier] = useState<readonly ReadFile[]>([]);
  const [firstDate, setFirstDate] = useState(addDays(plan.firstDate, plan.dayCount));
  const [dayCount, setDayCount] = useState(plan.dayCount);
  const [start, setStart] = useState<RosterStart>("empty");
  const [joins, setJoins] = useState<readonly JoinedQueue[]>([]);
  const isReady = isPlannableDate(firstDate) && (file === null || read !== null);
  const came = useMemo(() => {
    const histories = [...earlier.map(({ history }) => history), ...(read === null ? [] : [read])];
    return histories.length === 0 ? null : histories.reduce((sum, next) => mergeHistories(next, sum));
  }, [earlier, read]);
  const since = firstDateAfterHistory(document);
  const hasCome = since !== null && since > lastDateOf(plan);
  const inFiles = new Set(came?.queues.map(({ queueId }) => queueId));
  const options = { firstDate, dayCount, start, joins: joins.filter(({ from }) => inFiles.has(from)) };
  function choose(chosen: File): void {
    if (file !== null && read !== null) setEarlier([...earlier, { name: file.name, history: read }]);
    setRead(null);
    store.dispatch({ type: "incoming", file: { name: chosen.name, data: chosen } });
  }
  function withoutFiles(): void {
    setRead(null);
    setEarlier([]);
    store.dispatch({ type: "incoming", file: null });
  }
  function leave(): void {
    withoutFiles();
    onDone();
  }
  return (
    <section className="periods-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("next.title")}
      </h2>
      <div className="periods-fields">
        <TextField
          type="date"
          label={t("next.firstDate")}
          value={firstDate}
          error={isPlannableDate(firstDate) ? null : t("next.noDate")}
          onChange={setFirstDate}
        />
        <NumberField {...lengthLimits} label={t("next.length")} value={dayCount} onChange={setDayCount} />
        <SelectField
          label={t("next.start")}
          value={start}
          options={rosterStarts.map((value) => ({ value, name: t(`start.${value}`) }))}
          onChange={setStart}
        />
      </div>
      <div className="periods-buttons">
        <FileButton
          label={t(file === null ? "next.choose" : read === null ? "next.chooseOther" : "next.chooseFurther")}
          accept=".csv,.tsv,.txt,.xlsx,.gz,.zip,text/csv"
          onFile={choose}
        />
        {file !== null && <Button onClick={withoutFiles}>{t("next.without")}</Button>}
        <span className="periods-note">
          {file === null
            ? t(hasCome ? "next.hasCome" : "next.noFile")
            : t("next.file", { file: format.list([...earlier.map(({ name }) => name), file.name]) })}
        </span>
      </div>
      {file !== null && <NewHistory key={`${earlier.length} ${file.name}`} file={file} onRead={setRead} />}
      {came !== null && <Joins came={came} joins={joins} onChange={setJoins} />}
      {isReady ? (
        <Preview came={came} options={options} onDone={leave} onCancel={leave} />
      ) : (
        <div className="periods-buttons">
          <Button onClick={leave}>{t("next.cancel")}</Button>
        </div>
      )}
    </section>
  );
}

/** Queues of the new history that the plan does not know by id or name: each may be one that is gone. */
function Joins(props: {
  readonly came: DemandHistory;
  readonly joins: readonly JoinedQueue[];
  readonly onChange: (joins: readonly JoinedQueue[]) => void;
}) {
  const { t } = useTranslation("periods");
  const { plan, history } = useSession((state) => state.document);
  const inFile = new Set(props.came.queues.map(({ queueId }) => queueId));
  const gone = plan.queues.filter(({ id, name }) => !inFile.has(id) && !inFile.has(name));
  const strange = [...inFile].filter(
    (queueId) =>
      plan.queues.every(({ id, name }) => id !== queueId && name !== queueId) &&
      !history?.queues.some((queue) => queue.queueId === queueId),
  );
  if (gone.length === 0 || strange.length === 0) return null;
  return (
    <fieldset className="periods-ask">
      <legend className="field-label">{t("join.title")}</legend>
      <div className="periods-fields">
        {strange.map((from) => {
          const value = props.joins.find((join) => join.from === from)?.to ?? "";
          return (
            <SelectField
              key={from}
              label={t("join.label", { queue: from })}
              value={value}
              options={[
                { value: "", name: t("join.apart") },
                ...gone.map(({ id, name }) => ({
                  value: id,
                  name: t("join.to", { queue: name }),
                  disabled: props.joins.some((join) => join.to === id && join.from !== from),
                })),
              ]}
              onChange={(to) =>
                props.onChange([
                  ...props.joins.filter((join) => join.from !== from),
                  ...(to === "" ? [] : [{ from, to }]),
                ])
              }
            />
          );
        })}
      </div>
    </fieldset>
  );
}

function Preview(props: {
  readonly came: DemandHistory | null;
  readonly options: Parameters<typeof useNextPeriod>[2];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation("periods");
  const { store, runs } = useDesk();
  const document = useSession((state) => state.document);
  const isWritable = useSession((state) => state.writable);
  const isWorking = useSession((state) => state.jobs.some(({ id }) => id === "nextPeriod"));
  const preview = useNextPeriod(document, props.came, props.options);
  function moveOn({ next }: NextPreview): void {
    if (next === null) return;
    // What is being made, or waits to be accepted, belongs to the period that is over.
    for (const stage of stageOrder) runs.stop(stage);
    store.dispatch({ type: "propose", proposals: { schedule: null, roster: null } });
    store.editDocument("periods:edit.next", (before) => movedOn(before, next.document));
    store.setView({ date: next.document.plan.firstDate });
    props.onDone();
  }
  return (
    <div className="periods-preview">
      {preview === null ? (
        <p className="periods-note" role="status">
          {t(isWorking ? "next.working" : "next.stopped")}
        </p>
      ) : (
        <>
          {preview.next !== null && <NextSummary summary={preview.next.summary} />}
          <Remarks preview={preview} />
        </>
      )}
      <div className="periods-buttons">
        {isWorking && <Button onClick={() => runs.stop("nextPeriod")}>{t("next.stop")}</Button>}
        <Button
          look="primary"
          disabled={!preview?.next || preview.of !== document || !isWritable}
          onClick={() => preview !== null && moveOn(preview)}
        >
          {t("next.moveOn")}
        </Button>
        <Button onClick={props.onCancel}>{t("next.cancel")}</Button>
      </div>
      <p className="periods-note">{t("next.undo")}</p>
    </div>
  );
}

/** What is lost, cut or open, the gravest first. */
function Remarks({ preview }: { readonly preview: NextPreview }): ReactNode {
  const { t } = useTranslation("periods");
  const issueText = useIssueText();
  const issues = useMemo(
    () =>
      (["error", "warning", "info"] as const).flatMap((severity) =>
        preview.issues.filter((issue) => issue.severity === severity),
      ),
    [preview],
  );
  if (issues.length === 0) return null;
  return (
    <section aria-label={t("remarks.title")}>
      <h3 className="field-label">{t("remarks.title")}</h3>
      <ul className="periods-remarks">
        {issues.map((issue) => (
          <li key={JSON.stringify(issue)} className={`periods-${issue.severity}`}>
            <span aria-hidden="true">{{ error: "▲", warning: "△", info: "·" }[issue.severity]}</span>
            {issueText(issue)}
          </li>
        ))}
      </ul>
    </section>
  );
}
