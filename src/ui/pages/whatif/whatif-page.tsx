import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import { datesBeyond } from "../../../scenarios/measuring/beyond-plan.ts";
import type { ComparedPlan } from "../../../scenarios/measuring/comparison.ts";
import { EmptyPage, Page, RunStage } from "../../frame/page.tsx";
import { usePlan, useSession, useView, useVisibleRange } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ServiceByStage } from "../service/service-by-stage.tsx";
import { AdoptDialog } from "./adopt-dialog.tsx";
import { Analyses } from "./analyses.tsx";
import { BeyondPlan } from "./beyond-plan.tsx";
import { changesWords } from "./change-words.ts";
import type { FoundFix } from "./cheapest-fix.tsx";
import { ComparisonTable, columnName } from "./comparison-table.tsx";
import { shortWords, whatIfFinding } from "./finding.ts";
import { LeverControls } from "./lever-controls.tsx";
import { type Levers, leversAtRest, liveScenario, liveScenarioId } from "./levers.ts";
import { MethodLine } from "./method-line.tsx";
import { useShownAnalyses } from "./report/use-shown-analyses.ts";
import { ScenarioCharts } from "./scenario-charts.tsx";
import { ScenarioEditor } from "./scenario-editor.tsx";
import { type RunningComparison, useComparison } from "./use-comparison.ts";
import { useScenarioCommands } from "./use-scenario-commands.ts";
import { whatIfBase } from "./whatif-base.ts";
import { MoneyControls, ReportControls, ScenarioControls, TakenFrom } from "./whatif-controls.tsx";
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

/** The plan's service by the stage that comes nearest to what a comparison says of it. */
function PlanService({ days }: { readonly days: DayRange }) {
  const furthest = useSession(({ document: { results } }) =>
    results.simulation !== null ? "simulation" : results.roster !== null ? "roster" : "schedule",
  );
  return <ServiceByStage stage={furthest} days={days} />;
}

/** Scenarios that the plan's shifts can be held against, and those on dates for which there are none; none in the plan already. */
function useScenariosByDates() {
  const { scenarios, firstDate, dayCount } = usePlan();
  return useMemo(() => {
    const isBeyond = (scenario: Scenario) => datesBeyond({ firstDate, dayCount }, scenario) !== null;
    const open = scenarios.filter(({ adoptedAt }) => adoptedAt === undefined);
    return {
      inside: open.filter((scenario) => !isBeyond(scenario)),
      beyond: open.filter(isBeyond),
    };
  }, [scenarios, firstDate, dayCount]);
}

const noChanges: Scenario["changes"] = [];

/** What is said of a column of the comparison: its name, its changes, and the sentence the page would open with for it. */
function useColumnWords(
  { comparison, days, span, base }: RunningComparison,
  scenarios: readonly Scenario[],
  queueId: string | null,
  fix: FoundFix | null,
) {
  const { t } = useTranslation("whatif");
  const service = useTranslation("service");
  const plan = usePlan();
  const format = useFormat();
  const changesOf = ({ scenarioId }: ComparedPlan) =>
    scenarios.find(({ id }) => id === scenarioId)?.changes ?? noChanges;
  const nameOf = (column: ComparedPlan) =>
    column.scenarioId === liveScenarioId
      ? changesWords(t, format, plan, changesOf(column))
      : columnName(t, column);
  const findingOf = (column: ComparedPlan) => {
    const changes = changesOf(column);
    const isFound = fix?.changes === changes && fix.days === days && fix.queueId === queueId;
    return whatIfFinding(
      {
        comparison,
        shown: { ...column, name: nameOf(column) },
        changes,
        queueId,
        span,
        grid: base.forecast.grid,
        currency: plan.currency,
        fix: isFound ? fix.sentence : "",
        because: shortWords(comparison.plans[0].queues, plan.queues, queueId, service.t, format),
      },
      t,
      format,
    );
  };
  return { nameOf, changesOf, findingOf };
}

function WhatIf(props: { readonly base: ScenarioInputs }) {
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const view = useView();
  const visible = useVisibleRange(props.base.forecast.grid);
  const [levers, setLevers] = useState<Levers>({ ...leversAtRest, groupId: plan.groups[0].id });
  /** What the search for the cheapest fix found, said with the scenario it was asked about. */
  const [fix, setFix] = useState<FoundFix | null>(null);
  const [shownId, setShownId] = useState<string | null>(liveScenarioId);
  /** The scenario that is about to become the plan. */
  const [adoptedId, setAdoptedId] = useState<string | null>(null);
  const commands = useScenarioCommands(setShownId);
  const live = useMemo(() => liveScenario(levers), [levers]);
  const { inside, beyond } = useScenariosByDates();
  const compared = useComparison(props.base, inside, live, visible, view.span);
  const { base, range, days, comparison } = compared;
  const { grid } = base.forecast;

  const scenarios = live === null ? inside : [live, ...inside];
  const chosen = (id: string | null) => comparison.plans.find(({ scenarioId }) => scenarioId === id);
  const shown = chosen(shownId) ?? comparison.plans[1] ?? comparison.plans[0];
  // A scenario that cannot be applied has no column, but must stay open to be mended.
  const edited =
    plan.scenarios.find(({ id }) => id === shownId) ??
    plan.scenarios.find(({ id }) => id === shown.scenarioId);
  const { nameOf, changesOf, findingOf } = useColumnWords(compared, scenarios, view.queueId, fix);
  const subject = {
    base: compared.baseOf(scenarios.find(({ id }) => id === shown.scenarioId) ?? null),
    name: nameOf(shown),
    changes: changesOf(shown),
    days,
    queueId: view.queueId,
    comparison,
    shown,
  };
  const analyses = useShownAnalyses({ ...subject, base });
  const adopted = inside.find(({ id }) => id === adoptedId);
  return (
    <Page
      title={t("title")}
      finding={findingOf(shown)}
      controls={
        <>
          <LeverControls
            levers={levers}
            isLive={live !== null}
            onChange={(next) => {
              setLevers(next);
              setShownId(liveScenarioId);
            }}
            onKeep={() => {
              if (live === null) return;
              commands.keep(live);
              setLevers({ ...leversAtRest, groupId: levers.groupId });
            }}
          />
          <ScenarioControls
            edited={edited}
            date={range.firstDate}
            issues={compared.issues}
            commands={commands}
            onShow={setShownId}
          />
          {edited !== undefined && (
            <ScenarioEditor key={edited.id} scenario={edited} onChange={commands.change} />
          )}
          <MoneyControls />
          <ReportControls
            report={{
              comparison,
              scenarios,
              queueId: view.queueId,
              findingOf: (id) => findingOf(chosen(id) ?? shown).text,
              shownAnalyses: analyses.shown,
            }}
          />
          <TakenFrom hasRoster={base.roster !== null} />
        </>
      }
      chart={
        <ScenarioCharts
          comparison={comparison}
          shown={shown}
          name={subject.name}
          queueId={view.queueId}
          range={range}
          grid={grid}
        />
      }
      grid={
        <>
          <MethodLine comparison={comparison} waits={compared.waits} onSimulate={compared.simulate} />
          <ComparisonTable
            comparison={comparison}
            queueId={view.queueId}
            scenarios={scenarios}
            waitsForShifts={compared.waitsForShifts}
            shownId={shown.scenarioId}
            onShow={setShownId}
            onRemove={commands.remove}
            onDuplicate={commands.duplicate}
            onAdopt={setAdoptedId}
          />
          <PlanService days={days} />
        </>
      }
    >
      {adopted !== undefined && (
        <AdoptDialog
          scenario={adopted}
          newShifts={compared.newShiftsOf(adopted)}
          onAdopted={() => {
            setAdoptedId(null);
            setShownId(null);
          }}
          onClose={() => setAdoptedId(null)}
        />
      )}
      {beyond.length > 0 && (
        <BeyondPlan
          scenarios={beyond}
          queueId={view.queueId}
          onShow={setShownId}
          onRemove={commands.remove}
        />
      )}
      <div ref={analyses.panel}>
        <Analyses
          subject={subject}
          onKeep={commands.add}
          onFixFound={setFix}
          onAddCost={commands.adderOfCost(plan.scenarios.find(({ id }) => id === shown.scenarioId))}
        />
      </div>
    </Page>
  );
}
