import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { type Span, spanDays, type View, visibleRange } from "../../app/session/session.ts";
import { addDays } from "../../domain/calendar/clock.ts";
import { createIntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import { useFormat } from "../kit/use-format.ts";
import { useDesk, useSession } from "./session-context.tsx";

const spans: readonly Span[] = ["day", "week", "fourWeeks", "eightWeeks"];

/**
 * Which part of the plan every page shows. Left and right move by what is shown, up and down by a week; Home goes to
 * the start of the plan.
 */
export function TimeBar() {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const { store } = useDesk();
  const view = useSession((state) => state.view);
  const plan = useSession((state) => state.document.plan);
  const range = planDays(plan, view);
  const last = addDays(range.firstDate, range.dayCount - 1);
  const shown = format.dateRange(range.firstDate, last);

  function move(days: number): void {
    const date = addDays(view.span === "day" ? view.date : range.firstDate, days);
    store.setView({ date, selection: null });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLSelectElement) return;
    if (event.key === "ArrowLeft") move(-spanDays[view.span]);
    else if (event.key === "ArrowRight") move(spanDays[view.span]);
    else if (event.key === "ArrowUp" || event.key === "PageUp") move(-7);
    else if (event.key === "ArrowDown" || event.key === "PageDown") move(7);
    else if (event.key === "Home") store.setView({ date: plan.firstDate, selection: null });
    else return;
    event.preventDefault();
  }

  const first = plan.firstDate >= range.firstDate;
  const end = addDays(plan.firstDate, plan.dayCount - 1) <= last;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys act on the buttons inside, which have the focus
    <div className="time-bar" onKeyDown={onKeyDown}>
      <fieldset className="stepper">
        <legend className="sr-only">{t("bar.time")}</legend>
        <button
          type="button"
          className="icon-button"
          aria-disabled={first}
          aria-label={t("bar.previous", { span: t(`bar.${view.span}`) })}
          onClick={() => (first ? undefined : move(-spanDays[view.span]))}
        >
          ◂
        </button>
        <button
          type="button"
          className="time-range"
          title={t("bar.jump")}
          onClick={() => store.setView({ date: plan.firstDate, selection: null })}
        >
          <span aria-live="polite">{shown}</span>
        </button>
        <button
          type="button"
          className="icon-button"
          aria-disabled={end}
          aria-label={t("bar.next", { span: t(`bar.${view.span}`) })}
          onClick={() => (end ? undefined : move(spanDays[view.span]))}
        >
          ▸
        </button>
      </fieldset>
      <fieldset className="segments">
        <legend className="sr-only">{t("bar.span")}</legend>
        {spans
          .filter((span) => span !== "eightWeeks" || plan.dayCount > spanDays.fourWeeks)
          .map((span) => (
            <button
              key={span}
              type="button"
              className="segment"
              aria-pressed={view.span === span}
              onClick={() => store.setView({ span })}
            >
              {t(`bar.${span}`)}
            </button>
          ))}
      </fieldset>
      {plan.queues.length > 1 ? (
        <select
          className="bar-select"
          aria-label={t("bar.queue")}
          value={view.queueId ?? ""}
          onChange={(event) => store.setView({ queueId: event.target.value || null })}
        >
          <option value="">{t("bar.allQueues")}</option>
          {plan.queues.map((queue) => (
            <option key={queue.id} value={queue.id}>
              {queue.name}
            </option>
          ))}
        </select>
      ) : null}
    </div>
  );
}

/** The visible days of the plan, whether or not any result is there yet. */
function planDays(
  plan: Pick<Plan, "timeZone" | "firstDate" | "dayCount">,
  view: Pick<View, "date" | "span">,
) {
  return visibleRange(view, createIntervalGrid(plan.timeZone, 60, plan.firstDate, plan.dayCount));
}
