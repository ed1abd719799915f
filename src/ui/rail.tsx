import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { keyFigures } from "../app/key-figures.ts";
import { type StageState, stageState } from "../app/session.ts";
import type { Format } from "./format.ts";
import { type PageEntry, type PageName, pages } from "./pages.ts";
import { pageHref, usePageName } from "./route.ts";
import { useFormat, useSession } from "./session-context.tsx";
import "./rail.css";

const signs: Readonly<Record<StageState, string>> = { fresh: "●", stale: "◐", running: "◌", none: "○" };

/** The chain at the left: every stage with its state and its one figure. Reading it is reading the plan. */
export function Rail() {
  const { t } = useTranslation("frame");
  const current = usePageName();
  const figures = useFigures();
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
                {figures[page.name] ? <span className="rail-figure">{figures[page.name]}</span> : null}
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
  const figures = useFigures();
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

const figureNames: readonly PageName[] = ["forecast", "required", "shifts", "simulate"];

type FigureTexts = Partial<Record<PageName, string>>;

function useFigures(): FigureTexts {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const document = useSession((session) => session.document);
  return useMemo(
    () => figureTexts(keyFigures(document), document.plan.scenarios.length),
    [document, t, format],
  );

  function figureTexts(figures: ReturnType<typeof keyFigures>, scenarios: number): FigureTexts {
    return {
      history: weeksText(figures.historyWeeks, format),
      forecast:
        figures.forecastWape === null
          ? undefined
          : t("figure.wape", { value: format.percent(figures.forecastWape) }),
      required:
        figures.requiredPeak === null
          ? undefined
          : t("figure.peak", { value: format.number(Math.ceil(figures.requiredPeak)) }),
      shifts:
        figures.scheduleGap === null
          ? undefined
          : t("figure.gap", { value: format.percent(figures.scheduleGap) }),
      roster: figures.rosterOpen === null ? undefined : t("figure.open", { count: figures.rosterOpen }),
      simulate:
        figures.simulatedServiceLevel === null ? undefined : format.percent(figures.simulatedServiceLevel),
      whatif: scenarios > 0 ? t("figure.scenarios", { count: scenarios }) : undefined,
    };
  }

  function weeksText(weeks: number | null, { number }: Format): string | undefined {
    if (weeks === null) return undefined;
    return weeks < 2
      ? t("figure.days", { count: Math.round(weeks * 7), value: number(weeks * 7) })
      : t("figure.weeks", { count: Math.floor(weeks), value: number(weeks) });
  }
}
