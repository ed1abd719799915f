import { useTranslation } from "react-i18next";
import { type StageState, stageState } from "../../app/session/session.ts";
import { addDays } from "../../domain/calendar/clock.ts";
import { useFormat } from "../kit/use-format.ts";
import { keyFigures } from "./key-figures.ts";
import { type PageEntry, pages } from "./page-registry.ts";
import type { PageName } from "./route.ts";
import { pageHref, usePageName } from "./route.ts";
import { useSession } from "./session-context.tsx";
import "./rail.css";

const signs: Readonly<Record<StageState, string>> = { fresh: "●", stale: "◐", running: "◌", none: "○" };

/** The chain at the left: every stage with its state and its one figure. Reading it is reading the plan. */
export function Rail() {
  const { t } = useTranslation("frame");
  const current = usePageName();
  const figures = useFigures("worded");
  const scopes = useScopes();
  return (
    <nav className="rail" aria-label={t("nav.stages")}>
      <ul>
        {pages
          .filter((page) => page.place === "rail")
          .map((page) => (
            <li key={page.name} className={page.stage === null ? "rail-item rail-side" : "rail-item"}>
              <a
                href={pageHref(page.name)}
                aria-current={page.name === current ? "page" : undefined}
                className="rail-link"
              >
                <StageSign page={page} />
                <span className="rail-name">{t(`page.${page.name}`)}</span>
                {figures[page.name] ? (
                  <span className="rail-figure" title={scopes[page.name]}>
                    {figures[page.name]}
                  </span>
                ) : null}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
}

/** The sign of a page's stage with its meaning in words for those who do not see it. */
function StageSign({ page }: { readonly page: PageEntry }) {
  const { t } = useTranslation("frame");
  const state = useSession((session) => {
    if (page.stage === null) return null;
    if (page.stage === "history") return session.document.history === null ? "none" : "fresh";
    return stageState(session, page.stage);
  });
  if (state === null) return <span className="stage-sign" />;
  const words = t(`state.${state}`);
  return (
    <span className={`stage-sign stage-${state}`} role="img" aria-label={words} title={words}>
      {signs[state]}
    </span>
  );
}

/** Four figures in sight at the bottom of a phone. */
export function FigureBar({ onMenu }: { readonly onMenu: () => void }) {
  const { t } = useTranslation("frame");
  const current = usePageName();
  const figures = useFigures("bare");
  const shown = pages.filter((page) => figureNames.includes(page.name));
  return (
    <nav className="figure-bar" aria-label={t("nav.figures")}>
      {shown.map((page) => (
        <a
          key={page.name}
          href={pageHref(page.name)}
          aria-current={page.name === current ? "page" : undefined}
          className="figure-link"
        >
          <span className="figure-value">
            <StageSign page={page} /> {figures[page.name] ?? "—"}
          </span>
          <span className="figure-name">{t(`figure.name.${page.name}`)}</span>
        </a>
      ))}
      <button
        type="button"
        className="figure-link figure-menu"
        onClick={onMenu}
        aria-label={t("bar.palette")}
      >
        <span aria-hidden="true">☰</span>
      </button>
    </nav>
  );
}

/** What a figure is of, in full: the whole plan and all queues, whatever the bar shows. */
function useScopes(): FigureTexts {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const { firstDate, dayCount } = useSession((session) => session.document.plan);
  const span = format.dateRange(firstDate, addDays(firstDate, dayCount - 1));
  return Object.fromEntries(
    (["forecast", "required", "shifts", "roster", "simulate"] as const).map((page) => [
      page,
      t(`figure.scope.${page}`, { span }),
    ]),
  );
}

const figureNames: readonly PageName[] = ["forecast", "required", "shifts", "simulate"];

type FigureTexts = Partial<Record<PageName, string>>;

/** Each page's figure: with a word where only the sign stands beside it, bare where its name stands below. */
function useFigures(words: "worded" | "bare"): FigureTexts {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const document = useSession((session) => session.document);
  const figures = keyFigures(document);
  const worded = (key: string, value: string) => (words === "worded" ? t(key, { value }) : value);
  const waiting = document.plan.leave?.requests.filter(({ state }) => state === "asked").length ?? 0;
  const { dayCount } = document.plan;
  const span =
    dayCount % 7 === 0 ? t("figure.weeks", { count: dayCount / 7 }) : t("figure.days", { count: dayCount });
  const shown = <T,>(value: T | null, text: (value: T) => string) =>
    value === null ? undefined : text(value);
  return {
    setup: span,
    leave: waiting > 0 ? t("figure.requests", { count: waiting }) : undefined,
    people: document.plan.agents.length > 0 ? format.number(document.plan.agents.length) : undefined,
    history: shown(figures.historyWeeks, (weeks) =>
      weeks < 2
        ? t("figure.days", { count: Math.round(weeks * 7) })
        : t("figure.weeks", { count: Math.round(weeks) }),
    ),
    forecast: shown(figures.forecastWape, (wape) => t("figure.wape", { value: format.percent(wape) })),
    required: shown(figures.requiredPeak, (peak) => worded("figure.peak", format.number(Math.ceil(peak)))),
    shifts: shown(figures.scheduleGap, (gap) => worded("figure.gap", format.percent(gap))),
    roster: shown(figures.rosterOpen, (count) =>
      figures.rulesBroken ? t("figure.broken", { count: figures.rulesBroken }) : t("figure.open", { count }),
    ),
    simulate: shown(figures.simulatedServiceLevel, (level) =>
      words === "worded" ? t("figure.inTime", { level: format.percent(level), span }) : format.percent(level),
    ),
    whatif:
      document.plan.scenarios.length > 0
        ? t("figure.scenarios", { count: document.plan.scenarios.length })
        : undefined,
  };
}
