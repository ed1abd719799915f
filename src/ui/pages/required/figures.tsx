import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import { expectedTotals } from "../../../scenarios/measuring/measured-plan.ts";
import { bindingGoals, mostBinding } from "../../../staffing/binding-goal.ts";
import { useFormat } from "../../kit/use-format.ts";
import { bindingSentence } from "../service/binding-words.ts";
import type { RequiredQueue } from "./required-grid.tsx";

/** What the shown intervals come to. */
interface Totals {
  readonly offered: number;
  readonly requiredHours: number;
  readonly scheduledHours: number;
  /** Weighted by contacts; null without any. */
  readonly serviceLevel: number | null;
  readonly abandonmentRate: number | null;
  /** Weighted by agents on queue. */
  readonly occupancy: number | null;
}

export function totalsOf(
  queues: readonly RequiredQueue[],
  range: IntervalRange,
  intervalMinutes: number,
): Totals {
  let offered = 0;
  let required = 0;
  let scheduled = 0;
  let abandoned = 0;
  let busy = 0;
  for (const { of } of queues) {
    for (let index = range.first; index < range.end; index++) {
      offered += of.offered[index];
      required += of.requiredAgents[index];
      scheduled += of.scheduledAgents[index];
      abandoned += of.offered[index] * of.abandonmentRate[index];
      busy += of.requiredAgents[index] * of.occupancy[index];
    }
  }
  const { serviceLevel } = expectedTotals(
    { plan: { queues: queues.map(({ queue }) => queue) } },
    queues.map(({ of }) => ({ ...of, agents: of.requiredAgents })),
    range,
  );
  const hours = intervalMinutes / 60;
  return {
    offered,
    requiredHours: required * hours,
    scheduledHours: scheduled * hours,
    serviceLevel: offered > 0 ? serviceLevel : null,
    abandonmentRate: offered > 0 ? abandoned / offered : null,
    occupancy: required > 0 ? busy / required : null,
  };
}

/** The sums in words, the service level with its definition. */
export function Figures({ totals, queue }: { readonly totals: Totals; readonly queue: Queue | null }) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const level =
    queue === null
      ? t("definition.mixed")
      : t(`definition.${queue.goal.serviceLevelRule}`, { seconds: queue.goal.answerWithinSeconds });
  const figures: [string, string, string | null][] = [
    [t("figure.required"), format.hours(totals.requiredHours), null],
    [t("figure.toSchedule"), format.hours(totals.scheduledHours), null],
    [t("figure.serviceLevel"), format.percent(totals.serviceLevel), level],
    [t("figure.abandonment"), format.percent(totals.abandonmentRate), null],
    [t("figure.occupancy"), format.percent(totals.occupancy), null],
  ];
  return (
    <dl className="required-figures">
      {figures.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <b>{value}</b>
            {note !== null && <span>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Which goal sets most of each queue's numbers. */
export function BindingGoals(props: {
  readonly queues: readonly RequiredQueue[];
  readonly grid: IntervalGrid;
  readonly range: IntervalRange;
}) {
  const { queues, grid, range } = props;
  const { t } = useTranslation("service");
  const format = useFormat();
  const bindings = useMemo(
    () =>
      queues.flatMap(({ queue, of }) => {
        const binding = mostBinding(bindingGoals(queue, of, grid, range));
        return binding === null ? [] : [{ queue, binding }];
      }),
    [queues, grid, range],
  );
  return bindings.map(({ queue, binding }) => (
    <p key={queue.id} className="gap-work">
      {bindingSentence(queue, binding, t, format)}
    </p>
  ));
}

/** How much deferred work the gaps of other queues take, and how much needs agents of its own. */
export function GapWork(props: {
  readonly queues: readonly RequiredQueue[];
  readonly range: IntervalRange;
  readonly intervalMinutes: number;
}) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const hours = (series: Float64Array) =>
    (series.subarray(props.range.first, props.range.end).reduce((sum, agents) => sum + agents, 0) *
      props.intervalMinutes) /
    60;
  return props.queues.map(({ queue, of }) =>
    of.gapAgents === undefined ? null : (
      <p key={queue.id} className="gap-work">
        {t("deferred.inGaps", {
          queue: queue.name,
          gaps: format.hours(hours(of.gapAgents)),
          extra: format.hours(hours(of.requiredAgents)),
        })}
      </p>
    ),
  );
}
