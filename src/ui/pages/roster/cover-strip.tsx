// biome-ignore-all lint/a11y/useFocusableInteractive: cells of a grid that has the focus itself
// biome-ignore-all lint/a11y/useSemanticElements: cells of an ARIA grid

import { memo, useEffect, useMemo, useReducer } from "react";
import { useTranslation } from "react-i18next";
import { sameGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { usePlan, useResult, useSession } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { DayColumns, FootRow } from "./grid-parts.tsx";
import type { DayCover } from "./roster-rows.ts";
import { type DayService, type RosterService, rosterService } from "./roster-service.ts";
import { frozenColumns } from "./row-html.ts";

/**
 * What lies under the days: shifts open or beyond the schedule, agents on queue against what is required, and the
 * service to be expected. All three follow an edit in the frame that shows it.
 */
export function useCoverStrip(
  roster: Roster,
  cover: readonly DayCover[],
  firstDay: number,
): (days: DayColumns) => readonly FootRow[] {
  const { t } = useTranslation("roster");
  const serviceOf = useDayService(roster);
  return useMemo(
    () => (columns) => {
      const days = Array.from({ length: columns.end - columns.first }, (_, index) => columns.first + index);
      const at = (day: number) => ({
        date: columns.dates[day],
        column: day - firstDay + frozenColumns + 1,
      });
      const service = days.map(serviceOf);
      return [
        {
          name: t("cover.name"),
          height: 26,
          cells: days.map((day) => (
            <OpenCell key={day} {...at(day)} open={cover[day]?.open ?? 0} extra={cover[day]?.extra ?? 0} />
          )),
        },
        {
          name: t("cover.onQueue"),
          height: 34,
          cells: days.map((day, index) => (
            <StepsCell key={day} {...at(day)} service={service[index]} width={columns.dayWidth} />
          )),
        },
        {
          name: t("cover.service"),
          height: 26,
          cells: days.map((day, index) => (
            <ServiceCell key={day} {...at(day)} service={service[index]} width={columns.dayWidth} />
          )),
        },
      ];
    },
    [cover, firstDay, serviceOf, t],
  );
}

const milliseconds = 8;

/** Service of a day; null where it is not known, or not yet: the first time days are worked out in slices. */
function useDayService(roster: Roster): (day: number) => DayService | null {
  const plan = usePlan();
  const forecast = useResult("forecast")?.value;
  const requirement = useResult("requirement")?.value;
  const queueId = useSession((state) => state.view.queueId);
  // Prices, wishes and the like change the plan, not who is at work.
  const { queues, groups, shrinkage } = plan;
  const groupsOfAgents = useMemo(
    () => plan.agents.map(({ id, groupId }) => `${id}\t${groupId}`).join("\n"),
    [plan.agents],
  );
  const known = useMemo(
    () =>
      forecast && requirement && [forecast, requirement].every(({ grid }) => sameGrid(grid, roster.grid))
        ? { service: rosterService(plan, forecast, requirement, queueId), ready: new Set<number>() }
        : null,
    [queues, groups, shrinkage, groupsOfAgents, forecast, requirement, queueId, roster.grid],
  );
  const [round, next] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (known === null || known.ready.size === roster.grid.dayCount) return;
    const waiting = setTimeout(() => {
      makeReady(known, roster);
      next();
    });
    return () => clearTimeout(waiting);
  });
  return useMemo(
    () => (day) => (known?.ready.has(day) ? known.service.day(roster, day) : null),
    [known, roster, round],
  );
}

function makeReady(
  { service, ready }: { readonly service: RosterService; readonly ready: Set<number> },
  roster: Roster,
): void {
  const until = performance.now() + milliseconds;
  for (let day = 0; day < roster.grid.dayCount; day++) {
    if (ready.has(day)) continue;
    service.day(roster, day);
    ready.add(day);
    if (performance.now() > until) return;
  }
}

interface CellPlace {
  readonly date: string;
  readonly column: number;
}

const OpenCell = memo(function OpenCell(
  props: CellPlace & { readonly open: number; readonly extra: number },
) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { open, extra } = props;
  const said = [
    open > 0 ? t("cover.open", { count: open }) : "",
    extra > 0 ? t("cover.extra", { count: extra }) : "",
  ].filter((part) => part !== "");
  const text = said.length > 0 ? said.join(", ") : t("cover.full");
  return (
    <div
      role="gridcell"
      aria-colindex={props.column}
      className={open > 0 ? "roster-cover is-short" : extra > 0 ? "roster-cover is-spare" : "roster-cover"}
      title={text}
      aria-label={`${format.date(props.date)}: ${text}`}
    >
      {open > 0 ? format.signed(-open) : extra > 0 ? format.signed(extra) : "✓"}
    </div>
  );
});

const stepsHeight = 28;

/** Required as a line, rostered as filled steps, what is missing in the colour of short. */
const StepsCell = memo(function StepsCell(
  props: CellPlace & { readonly service: DayService | null; readonly width: number },
) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { service, width, date } = props;
  if (service === null) return <div role="gridcell" aria-colindex={props.column} className="roster-cover" />;
  const { required, rostered } = service;
  const top = Math.max(1, ...required, ...rostered);
  let missing = 0;
  for (let index = 0; index < required.length; index++)
    missing = Math.max(missing, required[index] - rostered[index]);
  const text = t("cover.peak", {
    required: format.number(Math.max(0, ...required), 0),
    missing: format.number(Math.ceil(missing - 0.05), 0),
  });
  return (
    <div
      role="gridcell"
      aria-colindex={props.column}
      aria-label={`${format.date(date)}: ${text}`}
      title={text}
      className="roster-cover"
    >
      <svg width={width - 1} height={stepsHeight} aria-hidden="true">
        <path className="is-short" d={area(required, width - 1, top)} />
        <path className="is-rostered" d={area(rostered, width - 1, top)} />
        <path className="is-required" d={steps(required, width - 1, top)} />
      </svg>
    </div>
  );
});

const ServiceCell = memo(function ServiceCell(
  props: CellPlace & { readonly service: DayService | null; readonly width: number },
) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const plan = usePlan();
  const { service, width, date } = props;
  const level = service?.serviceLevel ?? null;
  const isShort = service?.queues.some(({ serviceLevel, goal }) => goal !== null && serviceLevel < goal);
  const name = (id: string) => plan.queues.find((queue) => queue.id === id)?.name ?? id;
  const { t: issueText } = useTranslation("issues");
  const withheld = service?.withheld ?? null;
  const text =
    withheld !== null
      ? issueText(`withheld.${withheld.reason}`, { queue: name(withheld.queueId) })
      : level === null
        ? t("cover.noContacts")
        : service!.queues
            .map(({ queueId, serviceLevel, goal }) =>
              t(goal === null ? "cover.levelOf" : "cover.levelAndGoal", {
                queue: name(queueId),
                level: format.percent(serviceLevel),
                goal: format.percent(goal, 0),
              }),
            )
            .join("\n");
  const shown = level === null ? "—" : width >= 58 ? format.percent(level) : format.number(level * 100, 0);
  return (
    <div
      role="gridcell"
      aria-colindex={props.column}
      aria-label={`${shown}: ${format.date(date)}: ${text}`}
      title={text}
      className={isShort ? "roster-cover is-short" : "roster-cover"}
    >
      {shown}
    </div>
  );
});

function steps(series: Float64Array, width: number, top: number): string {
  const step = width / series.length;
  let path = "";
  let last = "";
  for (let index = 0; index < series.length; index++) {
    const y = (stepsHeight - 1 - (series[index] / top) * (stepsHeight - 3)).toFixed(1);
    if (y !== last) path += `${index === 0 ? "M0," : `H${(index * step).toFixed(1)}V`}${y}`;
    last = y;
  }
  return `${path}H${width}`;
}

function area(series: Float64Array, width: number, top: number): string {
  return `${steps(series, width, top)}V${stepsHeight - 1}H0Z`;
}
