import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { VisibleRange } from "../../../app/session/session.ts";
import { dateOfDay } from "../../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { SimulationResult } from "../../../domain/results/simulation.ts";
import { type Figure, type Measure, ratioFigure } from "../../../scenarios/measuring/figures.ts";
import { pairsOf, sumPairs } from "../../../scenarios/measuring/measured-plan.ts";
import { simulatedDays } from "../../../scenarios/measuring/service-by-stage.ts";
import { convergence, dayFigures, daysOfAll } from "../../../simulating/measure/day-figures.ts";
import { usePlan, useView } from "../../frame/session-context.tsx";
import { SmallMultiples } from "../../kit/charts/small-multiples.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ServiceByStage } from "../service/service-by-stage.tsx";
import { AgentsChart } from "./agents-chart.tsx";
import { Convergence } from "./convergence.tsx";
import { LevelHistogram } from "./simulated-charts.tsx";

/** Measures of all queues together, replication by replication: the very figures of What-if. */
function figuresOfAll(
  result: SimulationResult,
  queues: readonly Queue[],
  days: DayRange,
): (measure: Measure) => Figure | null {
  const pairs = sumPairs(
    result.queues.map((queue) => pairsOf(queue, { plan: { queues: [...queues] } }, days)),
  );
  return (measure) => {
    const pair = pairs[measure];
    return pair === undefined ? null : ratioFigure(pair);
  };
}

/** All queues as one: their figures over the days in sight, how sure they are, and everybody who serves them. */
export function AllQueues(props: { readonly result: SimulationResult; readonly range: VisibleRange }) {
  const { t } = useTranslation("simulate");
  const plan = usePlan();
  const view = useView();
  const { result, range } = props;
  const shown = useMemo(() => ({ first: range.firstDay, end: range.firstDay + range.dayCount }), [range]);
  const days = simulatedDays(result, shown);
  const all = useMemo(() => {
    if (days === null) return null;
    const sums = daysOfAll(result.queues.map(({ replicationDays }) => replicationDays));
    return {
      settling: convergence(sums, days.first, days.end - days.first),
      levels: dayFigures(sums, days.first, days.end - days.first).levels,
    };
  }, [result, days?.first, days?.end]);
  if (days === null || all === null) return null;
  const name = t("allQueues");
  return (
    <>
      <AllFigures figure={figuresOfAll(result, plan.queues, days)} />
      <ServiceByStage stage="simulation" days={shown} shown={{ simulation: result }} />
      <SmallMultiples minWidth={300}>
        {plan.groups.map((group) => {
          const simulated = result.groups.find(({ groupId }) => groupId === group.id);
          return simulated === undefined ? null : (
            <AgentsChart
              key={group.id}
              result={result}
              group={simulated}
              groupName={group.name}
              range={range}
              selection={view.selection}
              onSelect={() => undefined}
            />
          );
        })}
        <Convergence
          queueName={name}
          mean={all.settling.mean}
          halfWidth={all.settling.halfWidth}
          goal={null}
        />
        <LevelHistogram queueName={name} goal={null} levels={all.levels} span={view.span} />
      </SmallMultiples>
    </>
  );
}

function AllFigures({ figure }: { readonly figure: (measure: Measure) => Figure | null }) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const rows: readonly (readonly [string, Figure | null, (value: number) => string, number, number])[] = [
    [t("measure.serviceLevel"), figure("serviceLevel"), format.percent, 100, 1],
    [t("measure.queueDaysMissed"), figure("missRisk"), (share) => format.percent(share, 0), 100, 0],
    [t("measure.asaSeconds"), figure("asaSeconds"), format.wait, 1, 1],
    [t("measure.abandonmentRate"), figure("abandonmentRate"), format.percent, 100, 1],
    [t("measure.occupancy"), figure("occupancy"), format.percent, 100, 1],
    [t("measure.offered"), figure("offered"), format.number, 1, 0],
    [t("measure.calledBack"), positive(figure("calledBack")), format.number, 1, 0],
  ];
  return (
    <dl className="simulate-figures" aria-label={t("allQueues")}>
      {rows.map(([name, value, text, scale, digits]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <b>{text(value.value)}</b> <span>{format.plusMinus(value.halfWidth * scale, digits)}</span>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function positive(figure: Figure | null): Figure | null {
  return figure !== null && figure.value > 0 ? figure : null;
}

/** Day by day: service of each queue and of all together, so that one sees which of them makes the total. */
export function AllQueuesGrid(props: { readonly result: SimulationResult; readonly range: VisibleRange }) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const plan = usePlan();
  const { result, range } = props;
  const offset = result.grid.dayOffsets.indexOf(result.firstInterval);
  const days = simulatedDays(result, { first: range.firstDay, end: range.firstDay + range.dayCount });
  const shown = Array.from({ length: days === null ? 0 : days.end - days.first }, (_, day) => day);
  const queues = plan.queues.filter(({ id }) => result.queues.some(({ queueId }) => queueId === id));
  const level = (queueId: string | null, from: number, end: number) => {
    const some = result.queues.filter((queue) => queueId === null || queue.queueId === queueId);
    const pairs = sumPairs(some.map((queue) => pairsOf(queue, { plan }, { first: from, end })));
    return { pairs, figure: pairs.serviceLevel === undefined ? null : ratioFigure(pairs.serviceLevel) };
  };
  const text = (queueId: string | null, from: number, end: number) => {
    const { figure } = level(queueId, from, end);
    if (figure === null) return "—";
    return `${format.percent(figure.value)} ${format.plusMinus(figure.halfWidth * 100, 1)}`;
  };
  const contacts = (from: number, end: number) => {
    const { offered } = level(null, from, end).pairs;
    return format.number(offered === undefined ? null : (ratioFigure(offered)?.value ?? null));
  };
  const first = days?.first ?? 0;
  const columns: Column<number>[] = [
    {
      id: "day",
      header: t("column.day"),
      width: 130,
      text: (day) => format.date(dateOfDay(result.grid, offset + first + day)),
    },
    {
      id: "offered",
      header: t("column.offered"),
      width: 90,
      align: "right",
      text: (day) => contacts(first + day, first + day + 1),
    },
    ...[...queues.map(({ id, name }) => ({ id, name })), { id: null, name: t("allQueues") }].map(
      ({ id, name }): Column<number> => ({
        id: `level.${id}`,
        header: name,
        width: 130,
        align: "right",
        text: (day) => text(id, first + day, first + day + 1),
      }),
    ),
  ];
  if (days === null) return null;
  return (
    <DataGrid
      label={t("allGrid")}
      rows={shown}
      rowKey={(day) => day}
      columns={columns}
      frozenColumns={1}
      height={Math.min(340, 32 * (shown.length + 2) + 8)}
      totals={{
        day: t("total"),
        offered: contacts(days.first, days.end),
        ...Object.fromEntries(
          [...queues.map(({ id }) => id), null].map((id) => [`level.${id}`, text(id, days.first, days.end)]),
        ),
      }}
    />
  );
}
