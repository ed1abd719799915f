import { useState } from "react";
import { useTranslation } from "react-i18next";
import { version } from "../../../../package.json";
import type { LocalDate } from "../../../domain/calendar/clock.ts";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { planSchema } from "../../../domain/plan/plan.ts";
import { type Penalty, penaltySchema } from "../../../domain/plan/queue.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import { exportFileName } from "../../../files/export-names.ts";
import { download } from "../../frame/download.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { Inherited } from "../../frame/page.tsx";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { PreparedScenarios } from "./answers.ts";
import { type ReportSources, reportContent } from "./report/report-content.ts";
import { reportCsv } from "./report/report-csv.ts";
import { printHtml, reportHtml } from "./report/report-html.ts";
import { cssOf, type ShownAnalysis } from "./report/shown-analyses.ts";
import { ScenarioExchange } from "./scenario-exchange.tsx";
import { scenarioTemplates } from "./scenario-templates.ts";
import type { ScenarioCommands } from "./use-scenario-commands.ts";

const fields = fieldsOf(planSchema);
const penaltyFields = fieldsOf(penaltySchema);

/** Adds, opens and gives away scenarios; says why one has no column. */
export function ScenarioControls(props: {
  /** The scenario that is edited; undefined: the plan itself is shown. */
  readonly edited: Scenario | undefined;
  /** Where a template's date goes if the plan holds no better one. */
  readonly date: LocalDate;
  readonly issues: PreparedScenarios["issues"];
  readonly commands: ScenarioCommands;
  readonly onShow: (scenarioId: string) => void;
}) {
  const { commands } = props;
  const { scenarios } = usePlan();
  const { t } = useTranslation("whatif");
  const issueText = useIssueText();
  return (
    <ControlGroup title={t("scenarios")}>
      <Button onClick={commands.addEmpty}>{t("add")}</Button>
      <SelectField
        label={t("template.label")}
        value=""
        options={[
          { value: "", name: t("template.choose") },
          ...scenarioTemplates.map(({ id }) => ({ value: id, name: t(`template.${id}`) })),
        ]}
        onChange={(templateId) => commands.addFromTemplate(templateId, props.date)}
      />
      <AdoptedScenarios commands={commands} />
      <ScenarioExchange scenario={props.edited ?? null} scenarios={scenarios} onOpen={commands.open} />
      {props.issues.map(({ scenarioId, issue }) => (
        <button
          key={`${scenarioId}/${issue.code}/${issue.values?.place}`}
          type="button"
          className="whatif-issue whatif-issue-open"
          onClick={() => props.onShow(scenarioId)}
        >
          {issueText(issue)}
        </button>
      ))}
    </ControlGroup>
  );
}

/** Scenarios set aside, since they or changes of theirs are in the plan. */
function AdoptedScenarios({ commands }: { readonly commands: ScenarioCommands }) {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const { scenarios } = usePlan();
  return scenarios.map(({ id, name, adoptedAt }) =>
    adoptedAt === undefined ? null : (
      <div key={id} className="whatif-adopted">
        <p className="field-hint">
          {t("adopted.text", { name, time: format.instant(adoptedAt, new Date()) })}
        </p>
        <Button look="quiet" onClick={() => commands.compareAgain(id)}>
          {t("adopted.again")}
          <span className="visually-hidden">{name}</span>
        </Button>
        <Button look="quiet" onClick={() => commands.remove(id)}>
          {t("remove")}
          <span className="visually-hidden">{name}</span>
        </Button>
      </div>
    ),
  );
}

/** What the page knows of a report; the rest stands in the plan. */
export interface ReportOfPage
  extends Pick<ReportSources, "comparison" | "scenarios" | "queueId" | "findingOf"> {
  readonly shownAnalyses: () => readonly ShownAnalysis[];
}

/** A paper for those who decide: printed, as a file, and its numbers as a table. */
export function ReportControls({ report }: { readonly report: ReportOfPage }) {
  const { t, i18n } = useTranslation("whatif");
  const { store } = useDesk();
  const format = useFormat();
  const [author, setAuthor] = useState("");
  function html(): Promise<string> {
    const { shownAnalyses, ...rest } = report;
    const analyses = shownAnalyses();
    const content = reportContent(
      {
        ...rest,
        document: store.state().document,
        analyses,
        analysesCss: cssOf(analyses),
        author: author.trim(),
        at: new Date().toISOString(),
        programVersion: version,
      },
      t,
      format,
    );
    return reportHtml(content, i18n.language);
  }
  const save = (text: string, type: string, ending: string) =>
    download(new Blob([text], { type }), exportFileName(store.state().document.plan.name, "report", ending));
  return (
    <ControlGroup title={t("report.heading")}>
      <TextField label={t("report.author")} value={author} onChange={setAuthor} />
      <div className="whatif-exchange">
        <Button onClick={() => void html().then(printHtml)}>{t("report.print")}</Button>
        <Button onClick={() => void html().then((text) => save(text, "text/html", "html"))}>
          {t("report.save")}
        </Button>
        <Button
          onClick={() => save(reportCsv(store.state().document.plan, report.comparison), "text/csv", "csv")}
        >
          {t("report.csv")}
        </Button>
      </div>
      <p className="field-hint">{t("report.hint")}</p>
    </ControlGroup>
  );
}

/** What lost contacts are worth, and what is to be paid for missed service: empty until somebody says so. */
export function MoneyControls() {
  const { t } = useTranslation("whatif");
  const { store } = useDesk();
  const plan = usePlan();
  const { penalties = [] } = plan;
  const setPenalties = (next: readonly Penalty[]) =>
    store.edit("whatif:edit.penalty", ({ penalties: _, ...before }) =>
      next.length === 0 ? before : { ...before, penalties: [...next] },
    );
  const replace = (place: number, part: Partial<Penalty> | null) =>
    setPenalties(
      penalties.flatMap((penalty, at) =>
        at !== place ? penalty : part === null ? [] : { ...penalty, ...part },
      ),
    );
  return (
    <ControlGroup title={t("money.title")}>
      <NumberField
        {...fields.lostContactValue}
        label={t("money.lost")}
        value={plan.lostContactValue ?? null}
        onChange={(value) =>
          store.edit("whatif:edit.money", ({ lostContactValue: _, ...before }) =>
            value === null ? before : { ...before, lostContactValue: value },
          )
        }
        currency={plan.currency}
      />
      {penalties.map((penalty, place) => (
        // Penalties have no identity but their place.
        <fieldset key={place} className="whatif-penalty">
          <legend className="field-label">{t("money.penalty", { number: place + 1 })}</legend>
          <SelectField
            label={t("field.queue")}
            value={penalty.queueId}
            options={plan.queues.map(({ id, name }) => ({ value: id, name }))}
            onChange={(queueId) => replace(place, { queueId })}
          />
          <NumberField
            {...penaltyFields.below}
            label={t("money.below")}
            value={penalty.below}
            onChange={(below) => replace(place, { below })}
          />
          <SelectField
            label={t("money.per")}
            value={penalty.per}
            options={(["day", "week", "month"] as const).map((per) => ({
              value: per,
              name: t(`money.each.${per}`),
            }))}
            onChange={(per) => replace(place, { per: per as Penalty["per"] })}
          />
          <NumberField
            {...penaltyFields.amount}
            label={t("money.amount")}
            value={penalty.amount}
            onChange={(amount) => replace(place, { amount })}
            currency={plan.currency}
          />
          <Button look="quiet" onClick={() => replace(place, null)}>
            {t("money.removePenalty")}
          </Button>
        </fieldset>
      ))}
      <Button
        look="quiet"
        onClick={() =>
          setPenalties([
            ...penalties,
            {
              queueId: plan.queues[0].id,
              below: plan.queues[0].goal.serviceLevel ?? 0.8,
              per: "month",
              amount: null,
            },
          ])
        }
      >
        {t("money.addPenalty")}
      </Button>
    </ControlGroup>
  );
}

/** Which results the comparison starts from. */
export function TakenFrom({ hasRoster }: { readonly hasRoster: boolean }) {
  const { t } = useTranslation("whatif");
  return (
    <ControlGroup title={t("takenFrom")}>
      <Inherited from="forecast" page="forecast">
        {t("taken.forecast")}
      </Inherited>
      {hasRoster ? (
        <Inherited from="roster" page="roster">
          {t("taken.roster")}
        </Inherited>
      ) : (
        <Inherited from="schedule" page="shifts">
          {t("taken.shifts")}
        </Inherited>
      )}
    </ControlGroup>
  );
}
