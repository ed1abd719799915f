import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { baseFor } from "../../../scenarios/measuring/compare-scenarios.ts";
import type { ComparedPlan, Comparison } from "../../../scenarios/measuring/comparison.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { BandChart } from "../../kit/charts/band-chart.tsx";
import { SmallMultiples } from "../../kit/charts/small-multiples.tsx";
import { StaffingChart } from "../../kit/charts/staffing-chart.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** The shown scenario over time: agents needed and there, and the service of each queue, over those of the plan. */
export function ScenarioCharts(props: {
  readonly comparison: Comparison;
  readonly shown: ComparedPlan;
  readonly name: string;
  readonly queueId: string | null;
  readonly range: IntervalRange;
  readonly grid: IntervalGrid;
}) {
  const { comparison, shown, name, queueId, range, grid } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { store } = useDesk();
  const selection = useSession((state) => state.view.selection);
  const select = (next: IntervalRange | null) => store.setView({ selection: next });
  const queues = shown.queues.filter((queue) => queueId === null || queue.queueId === queueId);
  const baseQueues = baseFor(comparison, shown).queues.filter(
    (queue) => queueId === null || queue.queueId === queueId,
  );
  const needed = useMemo(() => added(queues.map((queue) => queue.needed)), [queues]);
  const baseNeeded = useMemo(() => added(baseQueues.map((queue) => queue.needed)), [baseQueues]);
  const agents = useMemo(() => added(queues.map((queue) => queue.agents)), [queues]);
  const contacts = useMemo(() => added(queues.map((queue) => queue.offered)), [queues]);
  const open = useMemo(() => contacts?.map((offered) => (offered > 0 ? 1 : 0)) ?? null, [contacts]);
  const isBase = shown === baseFor(comparison, shown);
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
              name={isBase ? t("base") : t("chart.scenario")}
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
