import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { samplePlanId } from "../../../app/keeping/sample-plan.ts";
import type { IncomingFile } from "../../../app/session/session.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import type { HistoryImport } from "../../../history/reading/history-import.ts";
import type { HistoryMapping } from "../../../history/reading/layouts.ts";
import { customaryAnswerSeconds } from "../../../history/reading/measure-columns.ts";
import { issueOfQuestion } from "../../../history/reading/questions.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { Page } from "../../frame/page.tsx";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { importFinding } from "./finding.ts";
import { HistoryMap } from "./history-map.tsx";
import {
  canAdd,
  daysInBoth,
  fitsPlan,
  newQueueIds,
  planFromHistory,
  withAddedHistory,
  withHistory,
  withoutFaults,
} from "./import-client.ts";
import { ImportQuestions } from "./import-questions.tsx";
import { IssueList } from "./issue-list.tsx";
import { MappingTable } from "./mapping-table.tsx";
import { TicketTimesTable } from "./ticket-times.tsx";
import { type ImportSettings, useImport } from "./use-import.ts";

/**
 * A file on its way in: what was understood, to be corrected, and what is lacking, to be given. The open plan changes
 * only when the person says so.
 */
export function ImportPanel({ file }: { readonly file: IncomingFile }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const issueText = useIssueText();
  const { store } = useDesk();
  const plan = usePlan();
  const state = useImport(file, {
    timeZone: plan.timeZone,
    intervalMinutes: plan.intervalMinutes,
    queueId: plan.queues.length === 1 ? plan.queues[0].id : t("import.defaultQueue"),
  });
  const imported = state.outcome?.ok ? state.outcome.value : null;
  const leave = () => store.dispatch({ type: "fileDone", file });
  return (
    <Page
      title={t("import.title")}
      finding={importFinding(
        {
          fileName: file.name,
          imported,
          isReading: state.running,
          isAsking: state.questions.some(
            ({ severity, choices }) => severity === "error" && choices.length > 0,
          ),
          errors: [...state.issues, ...state.questions.map((question) => issueOfQuestion(question))]
            .filter(({ severity }) => severity === "error")
            .map(issueText),
        },
        t,
        format,
      )}
      chart={
        imported ? <HistoryMap history={imported.history} queueId={null} title={t("map.ofFile")} /> : null
      }
      grid={
        state.inspected && state.mapping ? (
          <div className="history-service">
            {state.questions.length > 0 && (
              <ImportQuestions
                file={file}
                questions={state.questions}
                given={state.given}
                settings={state.settings}
                onAnswer={state.answer}
              />
            )}
            <MappingTable
              inspected={state.inspected}
              mapping={state.mapping}
              onChange={(mapping) => state.change(mapping, state.settings)}
            />
            {imported && <ContactAccounts imported={imported} />}
            {imported?.resolutionTimes && <TicketTimesTable times={imported.resolutionTimes} />}
            {state.issues.length > 0 && <IssueList issues={state.issues} />}
          </div>
        ) : state.issues.length > 0 ? (
          <IssueList issues={state.issues} />
        ) : null
      }
      controls={
        <>
          {imported ? <Take imported={imported} file={file} onDone={leave} /> : null}
          <Button onClick={leave}>{t("import.cancel")}</Button>
          {imported ? <Understood imported={imported} /> : null}
          {state.mapping ? (
            <Corrections
              mapping={state.mapping}
              settings={state.settings}
              onChange={(mapping, settings) => state.change(mapping, settings)}
              onRows={(rows) => state.answer({ rows })}
            />
          ) : null}
        </>
      }
    />
  );
}

/** What is lacking, and the buttons that put the history to use. */
function Take(props: {
  readonly imported: HistoryImport;
  readonly file: IncomingFile;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { store, runs, library } = useDesk();
  const plan = usePlan();
  const document = useSession((state) => state.document);
  const { imported } = props;
  const fits = fitsPlan(plan, imported.history);
  const adds = canAdd(document, imported.history);
  const inBoth = useMemo(
    () => (adds ? daysInBoth(document, imported.history) : 0),
    [adds, document, imported],
  );
  const fresh = adds ? newQueueIds(document, imported.history) : [];
  // A file about other queues alone may be somebody's own first one: it is added, but not as the first choice.
  const continues = adds && fresh.length < imported.history.queues.length;
  const knownAht =
    fresh.length === 0 && plan.queues.every(({ defaultAhtSeconds }) => defaultAhtSeconds !== null);
  const lacksAht = imported.lacking.includes("aht");
  const [aht, setAht] = useState<number | null>(null);
  const [keepOwn, setKeepOwn] = useState<"file" | "plan">("file");
  const ready = !lacksAht || aht !== null;
  async function startPlan(): Promise<void> {
    const name = props.file.name.replace(/\.[^.]+$/, "");
    const id = `plan-${Date.now().toString(36)}`;
    await runs.edit(async () => {
      await library.openAsNew(planFromHistory(plan, await withoutFaults(imported), aht, id, name));
      props.onDone();
    });
    void runs.run("forecast");
  }
  async function take(
    label: string,
    change: (before: PlanDocument, clean: HistoryImport) => PlanDocument,
  ): Promise<void> {
    await runs.edit(async () => {
      const clean = await withoutFaults(imported);
      store.editDocument(label, (before) => change(before, clean));
      props.onDone();
    });
    void runs.run("forecast");
  }
  const replace = () => take("history:edit.import", (before, clean) => withHistory(before, clean, aht));
  const add = () =>
    take("history:edit.add", (before, clean) => withAddedHistory(before, clean, keepOwn === "plan", aht));
  return (
    <ControlGroup title={t("take.title")}>
      {lacksAht && (
        <NumberField
          label={t("take.aht")}
          value={aht}
          onChange={setAht}
          min={1}
          max={86_400}
          unit="seconds"
          optional
          hint={t(continues && knownAht ? "take.ahtKnownHint" : "take.ahtHint")}
        />
      )}
      {adds && (
        <>
          {inBoth > 0 && (
            <SelectField
              label={t("take.inBoth", { count: inBoth })}
              value={keepOwn}
              options={(["file", "plan"] as const).map((value) => ({
                value,
                name: t(`take.prefer.${value}`),
              }))}
              onChange={setKeepOwn}
            />
          )}
          {continues && (
            <Button look="primary" disabled={!ready && !knownAht} onClick={() => void add()}>
              {t("take.add")}
            </Button>
          )}
        </>
      )}
      {fits && (
        <Button look={continues ? "plain" : "primary"} disabled={!ready} onClick={() => void replace()}>
          {t("take.replace")}
        </Button>
      )}
      <Button
        look={continues || fits ? "plain" : "primary"}
        disabled={!ready}
        onClick={() => void startPlan()}
      >
        {t("take.newPlan")}
      </Button>
      {adds && !continues && (
        <Button disabled={!ready} onClick={() => void add()}>
          {t("take.addQueues", { count: fresh.length })}
        </Button>
      )}
      <p className="field-hint">
        {t(
          continues
            ? "take.addHint"
            : fits
              ? "take.replaceHint"
              : plan.id === samplePlanId
                ? "take.fromSampleHint"
                : "take.newPlanHint",
        )}
      </p>
      {fresh.length > 0 && (
        <p className="field-hint">
          {t("take.newQueues", { count: fresh.length, queues: format.list(fresh) })}
        </p>
      )}
    </ControlGroup>
  );
}

function Understood({ imported }: { readonly imported: HistoryImport }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { mapping } = imported;
  const facts: [string, string][] = [
    [t("understood.layout"), t(`layout.${mapping.layout}`)],
    [
      t("understood.rows"),
      mapping.rows === "contact"
        ? t("understood.contacts")
        : t("understood.minutes", { count: mapping.rowMinutes }),
    ],
    [t("understood.read"), format.number(imported.rowsRead)],
    [t("understood.refused"), format.number(imported.rowsRefused)],
    [t("understood.first"), format.date(imported.firstDate, "full")],
    [t("understood.last"), format.date(imported.lastDate, "full")],
    [t("understood.queues"), format.list(imported.history.queues.map(({ queueId }) => queueId))],
    [t("understood.gaps"), format.number(imported.gaps.length)],
    [t("understood.closed"), format.number(imported.closedDates.length)],
    [
      t("understood.lacking"),
      imported.lacking.length === 0
        ? t("understood.nothing")
        : format.list(imported.lacking.map((lack) => t(`lacking.${lack}`))),
    ],
  ];
  return (
    <ControlGroup title={t("understood.title")}>
      <dl className="history-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </ControlGroup>
  );
}

/** Where the contacts of the file went, queue by queue: what is in it is in the history, outside opening hours, or rejected. */
function ContactAccounts({ imported }: { readonly imported: HistoryImport }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { queues, rowsWithoutCount } = imported.contacts;
  const channels = new Map(
    imported.history.queues.map(({ queueId }, at) => [queueId, imported.channels[at]]),
  );
  return (
    <section aria-label={t("account.title")}>
      <h2 className="control-title">{t("account.title")}</h2>
      <table className="history-table history-account">
        <thead>
          <tr>
            <th scope="col">{t("account.queue")}</th>
            <th scope="col" className="history-text">
              {t("account.channel")}
            </th>
            {(["inFile", "inHistory", "leftOut", "refused"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`account.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <tr key={queue.queueId}>
              <th scope="row">{queue.queueId}</th>
              <td className="history-text">{t(`account.on.${channels.get(queue.queueId) ?? "voice"}`)}</td>
              {(["inFile", "inHistory", "leftOut", "refused"] as const).map((name) => (
                <td key={name}>{format.number(Math.round(queue[name]))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="field-hint">{t("account.channelHint")}</p>
      {rowsWithoutCount > 0 && (
        <p className="field-hint">{t("account.withoutCount", { count: rowsWithoutCount })}</p>
      )}
    </section>
  );
}

const rowLengths = [1, 5, 6, 10, 15, 20, 30, 60, 1440];

function Corrections(props: {
  readonly mapping: HistoryMapping;
  readonly settings: ImportSettings;
  readonly onChange: (mapping: HistoryMapping, settings: ImportSettings) => void;
  readonly onRows: (rows: HistoryMapping["rows"]) => void;
}) {
  const { t } = useTranslation("history");
  const { mapping, settings } = props;
  const set = (change: Partial<HistoryMapping>) => props.onChange({ ...mapping, ...change }, settings);
  const settle = (change: Partial<ImportSettings>) => props.onChange(mapping, { ...settings, ...change });
  const zones = Intl.supportedValuesOf("timeZone");
  const known = zones.includes(settings.timeZone) ? zones : [settings.timeZone, ...zones];
  return (
    <ControlGroup title={t("correct.title")}>
      <SegmentedControl
        label={t("correct.interval")}
        value={String(settings.intervalMinutes)}
        options={["15", "30", "60"].map((value) => ({ value, name: value }))}
        onChange={(value) => settle({ intervalMinutes: +value as 15 | 30 | 60 })}
      />
      <SelectField
        label={t("correct.timeZone")}
        value={settings.timeZone}
        options={known.map((value) => ({ value, name: value }))}
        onChange={(timeZone) => settle({ timeZone })}
      />
      <SelectField
        label={t("correct.dateOrder")}
        value={mapping.dateOrder}
        options={(["ymd", "dmy", "mdy"] as const).map((value) => ({ value, name: t(`dateOrder.${value}`) }))}
        onChange={(dateOrder) => set({ dateOrder })}
      />
      <SelectField
        label={t("correct.decimal")}
        value={mapping.decimal}
        options={([".", ","] as const).map((value) => ({
          value,
          name: t(value === "." ? "decimal.point" : "decimal.comma"),
        }))}
        onChange={(decimal) => set({ decimal })}
      />
      <SelectField
        label={t("correct.rows")}
        value={mapping.rows}
        options={(["interval", "day", "contact"] as const).map((value) => ({
          value,
          name: t(`rows.${value}`),
        }))}
        onChange={props.onRows}
      />
      {mapping.rows === "interval" && (
        <SelectField
          label={t("correct.rowMinutes")}
          value={String(mapping.rowMinutes)}
          options={[...new Set([...rowLengths.slice(0, -1), mapping.rowMinutes])]
            .sort((a, b) => a - b)
            .map((value) => ({
              value: String(value),
              name: t("understood.minutes", { count: value }),
            }))}
          onChange={(value) => set({ rowMinutes: +value })}
        />
      )}
      {mapping.columns.some(({ role }) => ["waitSeconds", "serviceLevel", "inTime"].includes(role)) && (
        <NumberField
          label={t("correct.answerWithin")}
          value={mapping.answerWithinSeconds ?? customaryAnswerSeconds}
          min={0}
          max={86_400}
          unit="seconds"
          onChange={(answerWithinSeconds) => set({ answerWithinSeconds })}
        />
      )}
      {mapping.firstDate !== null && (
        <TextField
          label={t("correct.firstDate")}
          type="date"
          value={mapping.firstDate}
          onChange={(firstDate) => {
            if (/^\d{4}-\d{2}-\d{2}$/.test(firstDate)) set({ firstDate });
          }}
        />
      )}
      {!mapping.columns.some(({ role }) => role === "queue") && (
        <TextField
          label={t("correct.queue")}
          value={settings.queueId}
          onChange={(queueId) => settle({ queueId: queueId || "main" })}
        />
      )}
    </ControlGroup>
  );
}
