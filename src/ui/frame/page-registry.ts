import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { StageName } from "../../domain/plan/plan.ts";
import type { PageName } from "./route.ts";

export interface PageEntry {
  readonly name: PageName;
  readonly Component: LazyExoticComponent<ComponentType>;
  /** Fetches the page's code without showing it. */
  readonly fetch: () => Promise<unknown>;
  /** The stage whose sign and key figure stand in the rail; null: it makes no result of its own. */
  readonly stage: StageName | "history" | null;
  /** `rail`: in the chain at the left; `palette`: reached through the palette and from other pages. */
  readonly place: "rail" | "palette";
}

/** The pages, in the order of the chain; each is fetched when it is first opened. */
export const pages: readonly PageEntry[] = [
  page("setup", null, "rail", async () => (await import("../pages/setup/setup-page.tsx")).SetupPage),
  page("people", null, "rail", async () => (await import("../pages/people/people-page.tsx")).PeoplePage),
  page("leave", null, "rail", async () => (await import("../pages/leave/leave-page.tsx")).LeavePage),
  page(
    "history",
    "history",
    "rail",
    async () => (await import("../pages/history/history-page.tsx")).HistoryPage,
  ),
  page(
    "forecast",
    "forecast",
    "rail",
    async () => (await import("../pages/forecast/forecast-page.tsx")).ForecastPage,
  ),
  page(
    "required",
    "requirement",
    "rail",
    async () => (await import("../pages/required/required-page.tsx")).RequiredPage,
  ),
  page(
    "shifts",
    "schedule",
    "rail",
    async () => (await import("../pages/shifts/shifts-page.tsx")).ShiftsPage,
  ),
  page("roster", "roster", "rail", async () => (await import("../pages/roster/roster-page.tsx")).RosterPage),
  page(
    "simulate",
    "simulation",
    "rail",
    async () => (await import("../pages/simulate/simulate-page.tsx")).SimulatePage,
  ),
  page("day", null, "rail", async () => (await import("../pages/day/day-page.tsx")).DayPage),
  page("whatif", null, "rail", async () => (await import("../pages/whatif/whatif-page.tsx")).WhatIfPage),
  page("periods", null, "rail", async () => (await import("../pages/periods/periods-page.tsx")).PeriodsPage),
  page("files", null, "rail", async () => (await import("../pages/files/files-page.tsx")).FilesPage),
  page(
    "calculator",
    null,
    "palette",
    async () => (await import("../pages/calculator/calculator-page.tsx")).CalculatorPage,
  ),
  page(
    "selftest",
    null,
    "palette",
    async () => (await import("../pages/selftest/selftest-page.tsx")).SelfTestPage,
  ),
];

function page(
  name: PageName,
  stage: PageEntry["stage"],
  place: PageEntry["place"],
  fetch: () => Promise<ComponentType>,
): PageEntry {
  return { name, stage, place, fetch, Component: lazy(async () => ({ default: await fetch() })) };
}
