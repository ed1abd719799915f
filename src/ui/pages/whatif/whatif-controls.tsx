import { useTranslation } from "react-i18next";
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
import type { PreparedScenarios } from "./answers.ts";
import { printHtml, reportHtml } from "./report.ts";
import type { ReportWords } from "./report-words.ts";
import { ScenarioExchange } from "./scenario-exchange.tsx";
import { scenarioTemplates } from "./scenario-templates.ts";
import type { ScenarioCommands } from "./use-scenario-commands.ts";

const fields = fieldsOf(planSchema);
const penaltyFields = fieldsOf(penaltySchema);

/** Adds, opens and gives away scenarios; says why one has no column; makes the report. */
export function ScenarioControls(props: {
  /** The scenario that is edited; undefined: the plan itself is shown. */
  readonly edited: Scenario | undefined;
  /** Where a template's date goes if the plan holds no better one. */
  readonly date: LocalDate;
  readonly issues: PreparedScenarios["issues"];
  readonly report: ReportWords;
  readonly commands: ScenarioCommands;
  readonly onShow: (scenarioId: string) => void;
}) {
  const { commands } = props;
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
      <ScenarioExchange scenario={props.edited ?? null} onOpen={commands.open} />
      <ReportButtons words={props.report} />
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

/** The page as it stands, printed or as a file. */
function ReportButtons({ words }: { readonly words: ReportWords }) {
  const { t, i18n } = useTranslation("whatif");
  const plan = usePlan();
  function report(use: (html: string) => void): void {
    const page = document.querySelector<HTMLElement>("article.page");
    if (page !== null) use(reportHtml(page, i18n.language, words));
  }
  const save = (html: string) =>
    download(new Blob([html], { type: "text/html" }), exportFileName(plan.name, "report", "html"));
  return (
    <div className="whatif-exchange">
      <Button onClick={() => report(printHtml)}>{t("report.print")}</Button>
      <Button onClick={() => report(save)}>{t("report.save")}</Button>
    </div>
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
