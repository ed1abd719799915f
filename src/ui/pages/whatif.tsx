import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { exportFileName } from "../../app/plan-exports.ts";
import { withScenario } from "../../app/scenario-exchange.ts";
import {
  compareNow,
  type Levers,
  leverChanges,
  liveScenarioId,
  notSimulated,
  notTransient,
  prepareScenarios,
  simulateColumns,
  transientColumns,
  type WhatIfComparison,
  type WhatIfPlan,
  whatIfBase,
} from "../../app/whatif.ts";
import { addDays } from "../../domain/clock.ts";
import type { IntervalGrid } from "../../domain/interval-grid.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Scenario } from "../../domain/scenario.ts";
import { useAxisWords } from "../charts/axis-words.ts";
import { BandChart } from "../charts/band-chart.tsx";
import { SmallMultiples } from "../charts/small-multiples.tsx";
import { StaffingChart } from "../charts/staffing-chart.tsx";
import { Button } from "../controls/button.tsx";
import { NumberField } from "../controls/number-field.tsx";
import { SelectField } from "../controls/select-field.tsx";
import { SliderField } from "../controls/slider-field.tsx";
import { download } from "../download.ts";
import { ControlGroup, EmptyPage, type Finding, Inherited, Page, RunStage } from "../page.tsx";
import { useDesk, useFormat, usePlan, useSession, useVisibleRange } from "../session-context.tsx";
import { Analyses } from "../whatif/analyses.tsx";
import { changeWords } from "../whatif/change-words.ts";
import { ComparisonTable } from "../whatif/comparison-table.tsx";
import { figureWords } from "../whatif/figure-words.ts";
import { reportHtml } from "../whatif/report.ts";
import { ScenarioEditor } from "../whatif/scenario-editor.tsx";
import { ScenarioExchange } from "../whatif/scenario-exchange.tsx";
import "../whatif/whatif.css";

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
  return <WhatIf base={base} />;
}

const leversAtRest = { volume: 0, aht: 0, agents: 0, queueId: null };

function WhatIf({ base }: { readonly base: NonNullable<ReturnType<typeof whatIfBase>> }) {
  const { t, i18n } = useTranslation("whatif");
  const { t: issueWords } = useTranslation("issues");
  const { store } = useDesk();
  const plan = usePlan();
  const format = useFormat();
  const view = useSession((state) => state.view);
  const range = useVisibleRange(base.forecast.grid);
  const [levers, setLevers] = useState<Levers>({ ...leversAtRest, groupId: plan.groups[0].id });
  const [shownId, setShownId] = useState<string | null>(liveScenarioId);

  const days = useMemo(
    () => ({ first: range.firstDay, count: range.dayCount }),
    [range.firstDay, range.dayCount],
  );
  const saved = useMemo(() => prepareScenarios(base, [null, ...plan.scenarios]), [base, plan.scenarios]);
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
      name: t("newName", { number: plan.scenarios.length + 1 }),
    };
    editScenarios("whatif:edit.keep", (before) => [...before, scenario]);
    setLevers({ ...leversAtRest, groupId: levers.groupId });
    setShownId(scenario.id);
  };
  const add = () => {
    const id = freeId(plan.scenarios);
    const name = t("newName", { number: plan.scenarios.length + 1 });
    editScenarios("whatif:edit.add", (before) => [...before, { id, name, changes: [] }]);
    setShownId(id);
  };

  const nameOf = ({ scenarioId, name }: WhatIfPlan) =>
    scenarioId === null
      ? t("base")
      : scenarioId === liveScenarioId && live !== null
        ? live.changes.map((change) => changeWords(t, format, plan, change)).join("; ")
        : name;

  const shownName = nameOf(shown);
  const named = useMemo(() => ({ ...shown, name: shownName }), [shown, shownName]);

  const saveReport = () => {
    const page = window.document.querySelector<HTMLElement>("article.page");
    if (page === null) return;
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
    const html = reportHtml(page, {
      language: i18n.language,
      title,
      assumptions,
      heading: t("report.assumptions"),
    });
    download(new Blob([html], { type: "text/html" }), exportFileName(plan.name, "report", "html"));
  };

  const controls = (
    <>
      <ControlGroup title={t("levers.title")}>
        <SliderField
          label={t("levers.volume")}
          kind="share"
          value={levers.volume}
          min={-0.9}
          max={9}
          sliderMin={0}
          sliderMax={1}
          step={0.01}
          onChange={(volume) => {
            setLevers({ ...levers, volume });
            setShownId(liveScenarioId);
          }}
        />
        <SliderField
          label={t("levers.aht")}
          kind="share"
          value={levers.aht}
          min={-0.9}
          max={9}
          sliderMin={-0.3}
          sliderMax={0.5}
          step={0.01}
          onChange={(aht) => {
            setLevers({ ...levers, aht });
            setShownId(liveScenarioId);
          }}
        />
        {plan.queues.length > 1 && (
          <SelectField
            label={t("levers.queue")}
            value={levers.queueId ?? ""}
            options={[
              { value: "", name: t("allQueues") },
              ...plan.queues.map(({ id, name }) => ({ value: id, name })),
            ]}
            onChange={(id) => setLevers({ ...levers, queueId: id === "" ? null : id })}
          />
        )}
        <SliderField
          label={t("levers.agents")}
          kind="whole"
          value={levers.agents}
          min={-1000}
          max={1000}
          sliderMin={-20}
          sliderMax={20}
          onChange={(agents) => {
            setLevers({ ...levers, agents });
            setShownId(liveScenarioId);
          }}
        />
        {plan.groups.length > 1 && (
          <SelectField
            label={t("levers.group")}
            value={levers.groupId}
            options={plan.groups.map(({ id, name }) => ({ value: id, name }))}
            onChange={(groupId) => setLevers({ ...levers, groupId })}
          />
        )}
        <div className="run-stage">
          <Button look="primary" disabled={live === null} onClick={keep}>
            {t("levers.keep")}
          </Button>
          <Button
            disabled={live === null}
            onClick={() => setLevers({ ...leversAtRest, groupId: levers.groupId })}
          >
            {t("levers.reset")}
          </Button>
        </div>
      </ControlGroup>
      <ControlGroup title={t("scenarios")}>
        <Button onClick={add}>{t("add")}</Button>
        <ScenarioExchange
          scenario={edited ?? null}
          onOpen={(opened) => {
            editScenarios("whatif:edit.open", (before) => withScenario(before, opened));
            setShownId(opened.id);
          }}
        />
        <Button onClick={saveReport}>{t("report.save")}</Button>
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
      finding={useFinding(comparison, named, view.queueId, view.span, base.forecast.grid)}
      controls={controls}
      chart={
        <Charts
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
      <Analyses
        subject={{
          base,
          name: nameOf(shown),
          changes: scenarios.find(({ id }) => id === shown.scenarioId)?.changes ?? [],
          days,
          queueId: view.queueId,
          comparison,
          shown,
        }}
        onKeep={(name, changes) => {
          const id = freeId(plan.scenarios);
          editScenarios("whatif:edit.add", (before) => [...before, { id, name, changes: [...changes] }]);
          setShownId(id);
        }}
      />
    </Page>
  );
}

/** Simulates what is compared, a moment after the last change, and says when more is known. */
function useSimulated(columns: Parameters<typeof compareNow>[0], days: Parameters<typeof compareNow>[1]) {
  const { runs } = useDesk();
  const [version, setVersion] = useState(0);
  const [stopped, setStopped] = useState<unknown>(null);
  const latest = useRef<unknown>(null);
  const waits = notSimulated(columns, days).length > 0;
  // The transient answer first: it is there long before the simulation.
  useEffect(() => {
    if (!waits || notTransient(columns, days).length === 0) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      transientColumns(columns, days, controller.signal).then(
        () => setVersion((before) => before + 1),
        () => undefined,
      );
    }, 25);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [columns, days, waits]);
  useEffect(() => {
    latest.current = columns;
    if (!waits || stopped === columns) return;
    const timer = setTimeout(async () => {
      const end = await runs.job("compare", async (onProgress, signal) => ({
        failed: await simulateColumns(columns, days, onProgress, signal),
      }));
      setVersion((before) => before + 1);
      if ((end === null || end.failed !== null) && latest.current === columns) setStopped(columns);
    }, 300);
    return () => clearTimeout(timer);
  }, [columns, days, waits, stopped, runs]);
  return {
    version,
    waits: waits ? (stopped === columns ? "stopped" : "running") : null,
    start: () => setStopped(null),
  } as const;
}

function MethodLine(props: {
  readonly comparison: WhatIfComparison;
  readonly waits: "running" | "stopped" | null;
  readonly onSimulate: () => void;
}) {
  const { comparison, waits } = props;
  const { t } = useTranslation("whatif");
  return (
    <p className="whatif-state" role="status">
      <strong>{t(`method.${comparison.method}`)}</strong>
      <span>
        {comparison.method === "simulation"
          ? t("method.simulationText", { replications: comparison.replications, seed: comparison.seed })
          : t(`method.${comparison.method}Text`)}
      </span>
      {waits === "running" && <span>◌ {t("method.running")}</span>}
      {waits === "stopped" && <Button onClick={props.onSimulate}>{t("method.simulate")}</Button>}
    </p>
  );
}

/** "+30 % contacts: service level 11.0 ± 0.5 points lower this week; 231 more agent-hours are needed." */
function useFinding(
  comparison: WhatIfComparison,
  shown: WhatIfPlan,
  queueId: string | null,
  span: string,
  grid: IntervalGrid,
): Finding {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { store } = useDesk();
  const { intervalName } = useAxisWords(grid);
  const worst = useMemo(() => shortest(shown, queueId), [shown, queueId]);
  const scope = shown.scopes.find((one) => one.queueId === queueId);
  const base = comparison.plans[0].scopes.find((one) => one.queueId === queueId);
  const level = base?.figures.serviceLevel ?? null;
  const period = t(`period.${span}`);
  const where =
    worst === null
      ? ""
      : t("finding.worst", {
          time: intervalName(worst.index),
          agents: format.number(Math.ceil(worst.agents - 1e-9)),
        });
  const onOpen =
    worst === null
      ? undefined
      : () => store.setView({ selection: { first: worst.index, end: worst.index + 1 } });
  if (shown.scenarioId === null || scope?.differences == null) {
    if (level === null) return { text: t("finding.nothing") };
    const short = format.hours(base?.figures.hoursShort?.value ?? null);
    return { text: t("finding.base", { level: format.percent(level.value), period, short, where }), onOpen };
  }
  const name = shown.name;
  const difference = scope.differences.serviceLevel;
  const hours = scope.differences.hoursNeeded;
  const needs =
    hours === null || Math.abs(hours.value) < 0.5
      ? ""
      : t(hours.value > 0 ? "finding.moreHours" : "finding.fewerHours", {
          hours: format.hours(Math.abs(hours.value)),
        });
  const more = needs + where;
  if (difference === null) return { text: t("finding.unknown", { name, more }), onOpen };
  const { value, halfWidth } = difference;
  if (value === 0 && halfWidth === 0) return { text: t("finding.same", { name, period }) };
  if (Math.abs(value) <= halfWidth) return { text: t("finding.chance", { name, period, more }), onOpen };
  const points = figureWords(t, format, "serviceLevel", plan.currency).difference({
    value: Math.abs(value),
    halfWidth,
  });
  return {
    text: t(value < 0 ? "finding.worse" : "finding.better", {
      name,
      period,
      points: points.replace("+", ""),
      level: format.percent(scope.figures.serviceLevel?.value ?? null),
      more,
    }),
    tone: value < 0 ? "short" : "good",
    onOpen,
  };
}

/** Interval with most agents missing, of one queue or of all together; null when less than half an agent is. */
function shortest(shown: WhatIfPlan, queueId: string | null): { index: number; agents: number } | null {
  const queues = shown.queues.filter((queue) => queueId === null || queue.queueId === queueId);
  let worst: { index: number; agents: number } | null = null;
  for (let index = 0; index < (queues[0]?.offered.length ?? 0); index++) {
    let agents = 0;
    for (const { needed, agents: there } of queues) {
      if (needed !== null) agents += Math.max(0, needed[index] - there[index]);
    }
    if (agents >= 0.5 && agents > (worst?.agents ?? 0)) worst = { index, agents };
  }
  return worst;
}

function Charts(props: {
  readonly comparison: WhatIfComparison;
  readonly shown: WhatIfPlan;
  readonly name: string;
  readonly queueId: string | null;
  readonly range: { readonly first: number; readonly end: number };
  readonly grid: Parameters<typeof StaffingChart>[0]["grid"];
}) {
  const { comparison, shown, name, queueId, range, grid } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { store } = useDesk();
  const selection = useSession((state) => state.view.selection);
  const select = (next: { first: number; end: number } | null) => store.setView({ selection: next });
  const queues = shown.queues.filter((queue) => queueId === null || queue.queueId === queueId);
  const baseQueues = comparison.plans[0].queues.filter(
    (queue) => queueId === null || queue.queueId === queueId,
  );
  const needed = useMemo(() => added(queues.map((queue) => queue.needed)), [queues]);
  const baseNeeded = useMemo(() => added(baseQueues.map((queue) => queue.needed)), [baseQueues]);
  const agents = useMemo(() => added(queues.map((queue) => queue.agents)), [queues]);
  const contacts = useMemo(() => added(queues.map((queue) => queue.offered)), [queues]);
  const open = useMemo(() => contacts?.map((offered) => (offered > 0 ? 1 : 0)) ?? null, [contacts]);
  const isBase = shown.scenarioId === null;
  return (
    <>
      {needed !== null && agents !== null && contacts !== null && (
        <StaffingChart
          title={t("chart.staffing", { name })}
          summary={t("chart.staffingSummary", { name, most: format.number(Math.max(...needed), 1) })}
          grid={grid}
          span={range}
          height={230}
          open={open}
          required={needed}
          requiredName={t("chart.needed")}
          scheduled={agents}
          scheduledName={t("chart.there")}
          contacts={contacts}
          comparison={
            isBase || baseNeeded === null ? undefined : { name: t("chart.neededBase"), series: baseNeeded }
          }
          selection={selection}
          onSelect={select}
        />
      )}
      <SmallMultiples minWidth={queues.length === 1 ? 600 : 380}>
        {queues.map((queue) => {
          const own = plan.queues.find(({ id }) => id === queue.queueId);
          const of = baseQueues.find(({ queueId: id }) => id === queue.queueId);
          return (
            <BandChart
              key={queue.queueId}
              title={t("chart.level", { queue: own?.name ?? queue.queueId })}
              summary={t("chart.levelSummary", {
                name,
                queue: own?.name ?? queue.queueId,
                level: format.percent(
                  shown.scopes.find((scope) => scope.queueId === queue.queueId)?.figures.serviceLevel
                    ?.value ?? null,
                ),
              })}
              grid={grid}
              span={range}
              height={160}
              open={open}
              name={isBase ? t("base") : name}
              mean={queue.serviceLevel}
              halfWidth={queue.serviceLevelHalfWidth ?? undefined}
              promise={isBase || of === undefined ? null : { name: t("base"), series: of.serviceLevel }}
              goal={
                own?.goal.serviceLevel == null
                  ? null
                  : {
                      name: t("chart.goal", { percent: format.percent(own.goal.serviceLevel, 0) }),
                      value: own.goal.serviceLevel,
                    }
              }
              scale="share"
              selection={selection}
              onSelect={select}
            />
          );
        })}
      </SmallMultiples>
    </>
  );
}

/** null as soon as one is unknown. */
function added(seriesList: readonly (Float64Array | null)[]): Float64Array | null {
  const [first, ...rest] = seriesList;
  if (first == null || rest.some((series) => series === null)) return null;
  if (rest.length === 0) return first;
  return first.map((value, index) => rest.reduce((sum, series) => sum + (series?.[index] ?? 0), value));
}

function freeId(scenarios: Plan["scenarios"]): string {
  for (let number = scenarios.length + 1; ; number++) {
    const id = `scenario-${number}`;
    if (!scenarios.some((scenario) => scenario.id === id)) return id;
  }
}
