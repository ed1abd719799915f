import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Change, Scenario } from "../../../domain/plan/scenario.ts";
import { exportFileName } from "../../../files/export-names.ts";
import type { ComparedPlan } from "../../../scenarios/measuring/comparison.ts";
import { download } from "../../frame/download.ts";
import { EmptyPage, Inherited, Page, RunStage } from "../../frame/page.tsx";
import { useDesk, usePlan, useSession, useView, useVisibleRange } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { Analyses } from "./analyses.tsx";
import { changeWords } from "./change-words.ts";
import type { FoundFix } from "./cheapest-fix.tsx";
import { ComparisonTable } from "./comparison-table.tsx";
import { useFinding } from "./finding.ts";
import { LeverControls, leversAtRest } from "./lever-controls.tsx";
import { MethodLine } from "./method-line.tsx";
import { shiftsOf } from "./new-shifts.ts";
import { printHtml, reportHtml } from "./report.ts";
import { ScenarioCharts } from "./scenario-charts.tsx";
import { ScenarioEditor } from "./scenario-editor.tsx";
import { withScenario } from "./scenario-exchange.ts";
import { ScenarioExchange } from "./scenario-exchange.tsx";
import { blackFridayOf, firstDateOf, scenarioTemplates } from "./scenario-templates.ts";
import { useMeasured } from "./use-measured.ts";
import { useNewShifts, useSimulated } from "./use-simulated.ts";
import {
  compareNow,
  type Levers,
  leverChanges,
  liveScenarioId,
  prepareScenarios,
  whatIfBase,
} from "./whatif.ts";
import "./whatif.css";

/** What happens if: the plan beside its scenarios, at once by formulas, then on the same simulated customers. */
export function WhatIfPage() {
  const { t } = useTranslation("whatif");
  const document = useSession((state) => state.document);
  const base = useMemo(() => whatIfBase(document), [document]);
  if (base === null) {
    return (
      <EmptyPage title={t("title")} text={t("nothingYet")}>
        <RunStage stage="schedule" label={t("makeShifts")} />
      </EmptyPage>
    );
  }
  return <WhatIf key={base.plan.id} base={base} />;
}

function WhatIf(props: { readonly base: NonNullable<ReturnType<typeof whatIfBase>> }) {
  const { t, i18n } = useTranslation("whatif");
  const { t: issueWords } = useTranslation("issues");
  const { store } = useDesk();
  const plan = usePlan();
  const format = useFormat();
  const view = useView();
  const visible = useVisibleRange(props.base.forecast.grid);
  const [levers, setLevers] = useState<Levers>({ ...leversAtRest, groupId: plan.groups[0].id });
  /** What the search for the cheapest fix found, said with the scenario it was asked about. */
  const [fix, setFix] = useState<FoundFix | null>(null);
  const [shownId, setShownId] = useState<string | null>(liveScenarioId);

  const newShifts = useNewShifts(props.base, plan.scenarios);
  // `newShifts` counts the shifts made for scenarios: they are what is found beside the arguments.
  const asked = useMemo(
    () => ({
      base: props.base,
      scenarios: plan.scenarios,
      range: visible,
      days: { first: visible.firstDay, end: visible.firstDay + visible.dayCount },
      span: view.span,
      newShifts,
    }),
    [props.base, plan.scenarios, visible, view.span, newShifts],
  );
  const compared = useMeasured(asked);
  const { base, range, days } = compared;
  const saved = useMemo(() => prepareScenarios(base, [null, ...compared.scenarios]), [base, compared]);
  const live = useMemo((): Scenario | null => {
    const changes = leverChanges(levers);
    return changes.length === 0 ? null : { id: liveScenarioId, name: liveScenarioId, changes };
  }, [levers]);
  const liveColumns = useMemo(
    () => (live === null ? [] : prepareScenarios(base, [live]).columns),
    [base, live],
  );
  const columns = useMemo(
    () => [saved.columns[0], ...liveColumns, ...saved.columns.slice(1)],
    [saved, liveColumns],
  );
  const simulation = useSimulated(columns, days);
  // The version counts finished simulations: they are what `compareNow` finds beside its arguments.
  const comparison = useMemo(() => compareNow(columns, days), [columns, days, simulation.version]);

  const scenarios = live === null ? plan.scenarios : [live, ...plan.scenarios];
  const shown =
    comparison.plans.find(({ scenarioId }) => scenarioId === shownId) ??
    comparison.plans[1] ??
    comparison.plans[0];
  // A scenario that cannot be applied has no column, but must stay open to be mended.
  const edited =
    plan.scenarios.find(({ id }) => id === shownId) ??
    plan.scenarios.find(({ id }) => id === shown.scenarioId);
  const editScenarios = (
    label: string,
    change: (before: Plan["scenarios"]) => Plan["scenarios"],
    merge?: string,
  ) => store.edit(label, (before) => ({ ...before, scenarios: change(before.scenarios) }), merge);
  const keep = () => {
    if (live === null) return;
    const scenario = {
      ...live,
      id: freeId(plan.scenarios),
      name: live.changes.map((change) => changeWords(t, format, plan, change)).join("; "),
    };
    editScenarios("whatif:edit.keep", (before) => [...before, scenario]);
    setLevers({ ...leversAtRest, groupId: levers.groupId });
    setShownId(scenario.id);
  };
  const add = (name: string, changes: readonly Change[]) => {
    const id = freeId(plan.scenarios);
    editScenarios("whatif:edit.add", (before) => [...before, { id, name, changes: [...changes] }]);
    setShownId(id);
  };
  const addFromTemplate = (templateId: string) => {
    const blackFriday = blackFridayOf(plan);
    const made =
      scenarioTemplates.find(({ id }) => id === templateId)?.make(plan, blackFriday ?? range.firstDate) ?? [];
    const added: Scenario[] = [];
    for (const { name, changes } of made) {
      const key = name === "peakDay" && blackFriday !== null ? "blackFriday" : name;
      const id = freeId([...plan.scenarios, ...added]);
      added.push({ id, name: t(`templateName.${key}`), changes: [...changes] });
    }
    const last = added.at(-1);
    if (last === undefined) return;
    editScenarios("whatif:edit.add", (before) => [...before, ...added]);
    setShownId(last.id);
    // What happens on one day is looked at on that day.
    const date = firstDateOf(last.changes);
    if (date !== null) store.setView({ date, span: "day", selection: null });
  };

  const nameOf = ({ scenarioId, name }: ComparedPlan) =>
    scenarioId === null
      ? t("base")
      : scenarioId === liveScenarioId && live !== null
        ? live.changes.map((change) => changeWords(t, format, plan, change)).join("; ")
        : name;

  const shownChanges = scenarios.find(({ id }) => id === shown.scenarioId)?.changes ?? [];
  const shownName = nameOf(shown);
  const isSaid = fix?.changes === shownChanges && fix.days === days && fix.queueId === view.queueId;
  const said = isSaid ? fix.sentence : "";
  const named = useMemo(() => ({ ...shown, name: shownName }), [shown, shownName]);

  const report = () => {
    const page = window.document.querySelector<HTMLElement>("article.page");
    if (page === null) return null;
    const title = t("report.title", {
      plan: plan.name,
      period: format.dateRange(range.firstDate, addDays(range.firstDate, range.dayCount - 1)),
    });
    const assumptions = [
      comparison.method === "simulation"
        ? t("method.simulationText", { replications: comparison.replications, seed: comparison.seed })
        : t(`method.${comparison.method}Text`),
      t(plan.simulation.uncertainDemand ? "report.uncertain" : "report.certain"),
      ...plan.queues.map((queue) =>
        t("report.queue", {
          queue: queue.name,
          goal: queue.goal.serviceLevel === null ? "—" : format.percent(queue.goal.serviceLevel, 0),
          seconds: format.wait(queue.goal.answerWithinSeconds),
          patience: queue.patienceSeconds === null ? "∞" : format.wait(queue.patienceSeconds),
        }),
      ),
      ...plan.scenarios.map(
        (scenario) =>
          `${scenario.name}: ${scenario.changes.map((change) => changeWords(t, format, plan, change)).join("; ")}`,
      ),
    ];
    return reportHtml(page, {
      language: i18n.language,
      title,
      assumptions,
      heading: t("report.assumptions"),
    });
  };
  const saveReport = () => {
    const html = report();
    if (html !== null) {
      download(new Blob([html], { type: "text/html" }), exportFileName(plan.name, "report", "html"));
    }
  };
  const print = () => {
    const html = report();
    if (html !== null) printHtml(html);
  };

  const controls = (
    <>
      <LeverControls
        levers={levers}
        isLive={live !== null}
        onChange={(next) => {
          setLevers(next);
          setShownId(liveScenarioId);
        }}
        onKeep={keep}
      />
      <ControlGroup title={t("scenarios")}>
        <Button onClick={() => add(t("newName", { number: plan.scenarios.length + 1 }), [])}>
          {t("add")}
        </Button>
        <SelectField
          label={t("template.label")}
          value=""
          options={[
            { value: "", name: t("template.choose") },
            ...scenarioTemplates.map(({ id }) => ({ value: id, name: t(`template.${id}`) })),
          ]}
          onChange={addFromTemplate}
        />
        <ScenarioExchange
          scenario={edited ?? null}
          onOpen={(opened) => {
            editScenarios("whatif:edit.open", (before) => withScenario(before, opened));
            setShownId(opened.id);
          }}
        />
        <div className="whatif-exchange">
          <Button onClick={print}>{t("report.print")}</Button>
          <Button onClick={saveReport}>{t("report.save")}</Button>
        </div>
        {saved.issues.map(({ scenarioId, issue }) => (
          <button
            key={`${scenarioId}/${issue.code}/${issue.values?.place}`}
            type="button"
            className="whatif-issue whatif-issue-open"
            onClick={() => setShownId(scenarioId)}
          >
            {issueWords(issue.code, issue.values)}
          </button>
        ))}
      </ControlGroup>
      {edited !== undefined && (
        <ScenarioEditor
          key={edited.id}
          scenario={edited}
          onChange={(scenario) =>
            editScenarios(
              "whatif:edit.change",
              (before) => before.map((other) => (other.id === scenario.id ? scenario : other)),
              `scenario.${scenario.id}`,
            )
          }
        />
      )}
      <ControlGroup title={t("money.title")}>
        <NumberField
          label={t("money.lost")}
          min={0}
          max={1e6}
          optional
          unit={plan.currency}
          value={plan.lostContactValue ?? null}
          onChange={(value) =>
            store.edit("whatif:edit.money", ({ lostContactValue: _, ...before }) =>
              value === null ? before : { ...before, lostContactValue: value },
            )
          }
        />
      </ControlGroup>
      <ControlGroup title={t("takenFrom")}>
        <Inherited from="forecast" page="forecast">
          {t("taken.forecast")}
        </Inherited>
        <Inherited
          from={base.roster === null ? "schedule" : "roster"}
          page={base.roster === null ? "shifts" : "roster"}
        >
          {t(base.roster === null ? "taken.shifts" : "taken.roster")}
        </Inherited>
      </ControlGroup>
    </>
  );

  return (
    <Page
      title={t("title")}
      finding={useFinding(
        comparison,
        named,
        shownChanges,
        view.queueId,
        compared.span,
        base.forecast.grid,
        said,
      )}
      controls={controls}
      chart={
        <ScenarioCharts
          comparison={comparison}
          shown={shown}
          name={nameOf(shown)}
          queueId={view.queueId}
          range={range}
          grid={base.forecast.grid}
        />
      }
      grid={
        <>
          <MethodLine comparison={comparison} waits={simulation.waits} onSimulate={simulation.start} />
          <ComparisonTable
            comparison={comparison}
            queueId={view.queueId}
            scenarios={scenarios}
            waitsForShifts={(scenario) => shiftsOf(base, scenario).waits}
            shownId={shown.scenarioId}
            onShow={setShownId}
            onRemove={(id) =>
              editScenarios("whatif:edit.remove", (before) => before.filter((scenario) => scenario.id !== id))
            }
            onDuplicate={(id) => {
              const copyId = freeId(plan.scenarios);
              editScenarios("whatif:edit.add", (before) =>
                before.flatMap((scenario) =>
                  scenario.id === id
                    ? [scenario, { ...scenario, id: copyId, name: t("copyName", { name: scenario.name }) }]
                    : [scenario],
                ),
              );
              setShownId(copyId);
            }}
          />
        </>
      }
    >
      <Analyses
        subject={{
          base,
          name: nameOf(shown),
          changes: shownChanges,
          days,
          queueId: view.queueId,
          comparison,
          shown,
        }}
        onKeep={add}
        onFixFound={setFix}
      />
    </Page>
  );
}

function freeId(scenarios: Plan["scenarios"]): string {
  for (let number = scenarios.length + 1; ; number++) {
    const id = `scenario-${number}`;
    if (!scenarios.some((scenario) => scenario.id === id)) return id;
  }
}
