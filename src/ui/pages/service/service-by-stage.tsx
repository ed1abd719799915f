import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Figure } from "../../../scenarios/measuring/figures.ts";
import {
  type ServiceFigures,
  type ServiceOfStage,
  type ServiceSources,
  type ServiceStage,
  serviceOfStage,
  serviceStages,
} from "../../../scenarios/measuring/service-by-stage.ts";
import { type PageName, pageHref } from "../../frame/route.ts";
import { usePlan, useResult, useStageState, useView } from "../../frame/session-context.tsx";
import type { Format } from "../../kit/format.ts";
import { useFormat } from "../../kit/use-format.ts";
import "./service.css";

const pageOf: Readonly<Record<ServiceStage, PageName>> = {
  requirement: "required",
  schedule: "shifts",
  roster: "roster",
  simulation: "simulate",
};

/** What every page knows of the plan's service, from the results as they are drawn. */
export function useServiceSources(): ServiceSources {
  const plan = usePlan();
  const forecast = useResult("forecast")?.value ?? null;
  const requirement = useResult("requirement")?.value ?? null;
  const schedule = useResult("schedule")?.value ?? null;
  const roster = useResult("roster")?.value ?? null;
  const simulation = useResult("simulation")?.value ?? null;
  return useMemo(
    () => ({ plan, forecast, requirement, schedule, roster, simulation }),
    [plan, forecast, requirement, schedule, roster, simulation],
  );
}

/**
 * The service level of the days in sight as this page's stage has it, with its span, queue and method; opened, the same
 * of the other stages and by queue, each with a link to its page: why two pages do not say the same number.
 */
export function ServiceByStage(props: {
  readonly stage: ServiceStage;
  readonly days: DayRange;
  /** What the page shows instead of the plan's own result: a proposal, or an edit under the hand. */
  readonly shown?: Partial<ServiceSources>;
  readonly children?: React.ReactNode;
}) {
  const { t } = useTranslation("service");
  const format = useFormat();
  const plan = usePlan();
  const { queueId } = useView();
  const [open, setOpen] = useState(false);
  const sources = useServiceSources();
  const { stage, days, shown } = props;
  const own = serviceOfStage(shown === undefined ? sources : { ...sources, ...shown }, stage, days);
  if (own === null) return null;
  const figures = figuresOf(own, queueId);
  if (figures === null || (figures.serviceLevel === null && figures.withheld === null)) return null;
  const span = format.dateRange(addDays(plan.firstDate, days.first), addDays(plan.firstDate, days.end - 1));
  const queue = queueId === null ? t("allQueues") : plan.queues.find(({ id }) => id === queueId)?.name;
  return (
    <section className="service-by-stage" aria-label={t("label")}>
      <p>
        <span>{t("title", { queue, span })}</span> <Level figures={figures} />{" "}
        <span>{stageText(own, t, format)}</span>
        {props.children}{" "}
        <button
          type="button"
          className="button button-quiet"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(open ? "close" : "open")}
        </button>
      </p>
      {open && <Stages own={own} sources={sources} days={days} />}
    </section>
  );
}

/** All stages one under the other, queues side by side. */
function Stages(props: {
  readonly own: ServiceOfStage;
  readonly sources: ServiceSources;
  readonly days: DayRange;
}) {
  const { t } = useTranslation("service");
  const { own, sources, days } = props;
  const { queues } = sources.plan;
  const rows = serviceStages.flatMap(
    (stage) => (stage === own.stage ? own : serviceOfStage(sources, stage, days)) ?? [],
  );
  const columns = queues.filter(({ id }) =>
    rows.some((row) => row.queues.some(({ queueId }) => queueId === id)),
  );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div className="service-scroll" tabIndex={0}>
        <table className="service-table" aria-label={t("label")}>
          <thead>
            <tr>
              <th scope="col">{t("stage")}</th>
              {columns.map(({ id, name }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
              {columns.length > 1 && <th scope="col">{t("allQueues")}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.stage} className={row.stage === own.stage ? "is-own" : undefined}>
                <th scope="row">
                  <StageLink row={row} isOwn={row.stage === own.stage} />
                </th>
                {columns.map(({ id }) => (
                  <LevelCell key={id} figures={row.queues.find(({ queueId }) => queueId === id) ?? null} />
                ))}
                {columns.length > 1 && <LevelCell figures={row.all} />}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="field-hint">{t("why")}</p>
      <p className="field-hint">{t("rule")}</p>
    </>
  );
}

/** A service level, or why only the simulation can say it. */
function Level({ figures }: { readonly figures: ServiceFigures | null }) {
  const { t } = useTranslation("service");
  const { t: issueText } = useTranslation("issues");
  const format = useFormat();
  const { queues } = usePlan();
  const withheld = figures?.withheld ?? null;
  if (figures?.serviceLevel != null || withheld === null)
    return <b>{levelText(figures?.serviceLevel ?? null, format)}</b>;
  const queue = queues.find(({ id }) => id === withheld.queueId)?.name ?? withheld.queueId;
  return <b title={issueText(`withheld.${withheld.reason}`, { queue })}>{t("simulate")}</b>;
}

function LevelCell({ figures }: { readonly figures: ServiceFigures | null }) {
  const { t } = useTranslation("service");
  const format = useFormat();
  return (
    <td>
      <Level figures={figures} />
      {figures?.offered != null && (
        <small>{t("contacts", { contacts: format.number(figures.offered.value) })}</small>
      )}
    </td>
  );
}

function StageLink({ row, isOwn }: { readonly row: ServiceOfStage; readonly isOwn: boolean }) {
  const { t } = useTranslation("service");
  const format = useFormat();
  const state = useStageState(row.stage);
  const name = t(`name.${row.stage}`);
  return (
    <>
      {isOwn ? <b>{name}</b> : <a href={pageHref(pageOf[row.stage])}>{name}</a>}
      {state === "stale" && <em>{t("stale")}</em>}
      <small>{stageText(row, t, format)}</small>
    </>
  );
}

/** Of one queue, or of all (null). */
export function figuresOf(service: ServiceOfStage, queueId: string | null): ServiceFigures | null {
  if (queueId === null) return service.all;
  return service.queues.find((queue) => queue.queueId === queueId) ?? null;
}

function levelText(level: Figure | null, format: Format): string {
  if (level === null) return "—";
  const text = format.percent(level.value);
  return level.halfWidth > 0 ? `${text} ${format.plusMinus(level.halfWidth * 100, 1)}` : text;
}

/** "of all 1,277 shifts, by formula" */
function stageText(service: ServiceOfStage, t: TFunction<"service">, format: Format): string {
  const count = (value: number | null) => format.number(value ?? 0);
  const key = service.stage === "roster" && (service.openShifts ?? 0) > 0 ? "rosterOpen" : service.stage;
  return t(`of.${key}`, {
    shifts: count(service.shifts),
    open: count(service.openShifts),
    replications: count(service.replications),
  });
}
