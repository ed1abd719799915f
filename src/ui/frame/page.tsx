import { type ReactNode, useDeferredValue, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StageName } from "../../domain/plan/plan.ts";
import { type ChangedDays, daysToChange } from "../../stages/changed-days.ts";
import { SegmentedControl } from "../kit/controls/segmented-control.tsx";
import { useFormat } from "../kit/use-format.ts";
import type { Finding, FindingTarget } from "./finding.ts";
import { goTo, type PageName, pageHref } from "./route.ts";
import { useDesk, useResult, useSession, useStageState } from "./session-context.tsx";
import "./page.css";

/**
 * The layout every page has: finding, chart above, grid below, controls at the right.
 * `title` is the page's name (its heading for assistive technology). Leave out what a page does not have.
 */
export function Page(props: {
  readonly title: string;
  readonly finding?: Finding | null;
  /** In place of going to what the finding names, where a page has a place of its own to show it. */
  readonly onOpenFinding?: (target: FindingTarget) => void;
  readonly chart?: ReactNode;
  readonly grid?: ReactNode;
  readonly controls?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation("frame");
  const headingId = useId();
  return (
    <article className="page" aria-labelledby={headingId}>
      <header className="page-head">
        <h1 id={headingId} className="page-title">
          {props.title}
        </h1>
        {props.finding ? <FindingLine finding={props.finding} onOpen={props.onOpenFinding} /> : null}
      </header>
      <div className={props.controls ? "page-body has-controls" : "page-body"}>
        <div className="page-main">
          {props.chart ? <div className="page-chart">{props.chart}</div> : null}
          {props.grid ? <div className="page-grid">{props.grid}</div> : null}
          {props.children}
        </div>
        {props.controls ? (
          <aside className="page-controls" aria-label={t("page.controls")}>
            {props.controls}
          </aside>
        ) : null}
      </div>
    </article>
  );
}

function FindingLine(props: {
  readonly finding: Finding;
  readonly onOpen: ((target: FindingTarget) => void) | undefined;
}) {
  const { store } = useDesk();
  const { text, tone = "plain", opens } = props.finding;
  function open(target: FindingTarget): void {
    if (props.onOpen !== undefined) props.onOpen(target);
    else if ("page" in target) goTo(target.page);
    else store.setView(target.view);
  }
  return (
    <p className={`finding finding-${tone}`}>
      {opens === undefined ? (
        text
      ) : (
        <button type="button" className="finding-open" onClick={() => open(opens)}>
          {text}
        </button>
      )}
    </p>
  );
}

/**
 * What a page took from the stage before, linked to it: "1,312 contacts on Monday from Forecast, made 14:02".
 * `children` is what was taken, in the page's own words.
 */
export function Inherited(props: {
  readonly from: StageName;
  readonly page: PageName;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const made = useResult(props.from);
  const state = useStageState(props.from);
  return (
    <p className="inherited">
      {props.children}{" "}
      <a href={pageHref(props.page)}>{t("inherited.from", { page: t(`page.${props.page}`) })}</a>
      {made ? `, ${t("inherited.made", { time: format.instant(made.madeAt, new Date()) })}` : null}
      {state === "stale" ? <span className="inherited-stale"> ◐ {t("state.stale")}</span> : null}
    </p>
  );
}

/**
 * The button that runs a page's stage (and first whatever it reads that is stale), with Stop while it runs and the
 * stale sign beside it. `label` is the verb: "Optimise".
 */
export function RunStage(props: {
  readonly stage: StageName;
  readonly label: string;
  /** The result waits as a proposal (schedule and roster only). */
  readonly propose?: boolean;
}) {
  const { t } = useTranslation("frame");
  const { runs } = useDesk();
  const state = useStageState(props.stage);
  const days = useDaysToChange(props.stage);
  const [whole, setWhole] = useState(false);
  const dates = days !== null && whole ? null : undefined;
  return (
    <div className="run-stage">
      {days !== null && state !== "running" && <DaysChoice days={days} whole={whole} onChange={setWhole} />}
      {state === "running" ? (
        <button type="button" className="button" onClick={() => runs.stop(props.stage)}>
          {t("run.stop")}
        </button>
      ) : (
        <button
          type="button"
          className="button button-primary"
          onClick={() => void runs.run(props.stage, { propose: props.propose, dates })}
        >
          {props.label}
        </button>
      )}
      {state === "stale" ? <span className="stale-sign">◐ {t("state.stale")}</span> : null}
    </div>
  );
}

/** Days for which shifts or roster are out of date, where only days are; null for every other stage. */
function useDaysToChange(stage: StageName): ChangedDays | null {
  const document = useDeferredValue(useSession((state) => state.document));
  return useMemo(
    () => (stage === "schedule" || stage === "roster" ? daysToChange(stage, document) : null),
    [stage, document],
  );
}

/** Whether only those days are made again, as is usual, or everything; and how many people's days can move by it. */
function DaysChoice(props: {
  readonly days: ChangedDays;
  readonly whole: boolean;
  readonly onChange: (whole: boolean) => void;
}) {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const { dates, personDays, allPersonDays } = props.days;
  const only =
    dates.length > 2
      ? t("days.onlyMany", { count: dates.length })
      : t("days.only", { dates: format.list(dates.map((date) => format.date(date))) });
  return (
    <div className="days-choice">
      <SegmentedControl
        label={t("days.changed", { count: dates.length })}
        value={props.whole ? "whole" : "only"}
        options={[
          { value: "only", name: only },
          { value: "whole", name: t("days.whole") },
        ]}
        onChange={(value) => props.onChange(value === "whole")}
      />
      <p className="field-hint">
        {t("days.people", {
          moved: format.number(props.whole ? allPersonDays : personDays),
          all: format.number(allPersonDays),
        })}
      </p>
    </div>
  );
}

/** A page whose stage has nothing yet: says what is missing and offers the step. */
export function EmptyPage(props: {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <Page title={props.title} finding={{ text: props.text }}>
      <div className="page-empty">{props.children}</div>
    </Page>
  );
}
