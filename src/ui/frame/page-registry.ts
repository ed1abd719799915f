import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { StageName } from "../../domain/plan/plan.ts";
import type { PageName } from "./route.ts";

export interface PageEntry {
  readonly name: PageName;
  readonly Component: LazyExoticComponent<ComponentType>;
  /** The stage whose sign and key figure stand in the rail; null: it makes no result of its own. */
  readonly stage: StageName | "history" | null;
  /** `rail`: in the chain at the left; `palette`: reached through the palette and from other pages. */
  readonly place: "rail" | "palette";
}

/** The pages, in the order of the chain; each is fetched when it is first opened. */
export const pages: readonly PageEntry[] = [
  {
    name: "history",
    stage: "history",
    place: "rail",
    Component: lazy(async () => ({
      default: (await import("../pages/history/history-page.tsx")).HistoryPage,
    })),
  },
  {
    name: "forecast",
    stage: "forecast",
    place: "rail",
    Component: lazy(async () => ({
      default: (await import("../pages/forecast/forecast-page.tsx")).ForecastPage,
    })),
  },
  {
    name: "required",
    stage: "requirement",
    place: "rail",
    Component: lazy(async () => ({
      default: (await import("../pages/required/required-page.tsx")).RequiredPage,
    })),
  },
  {
    name: "shifts",
    stage: "schedule",
    place: "rail",
    Component: lazy(async () => ({ default: (await import("../pages/shifts/shifts-page.tsx")).ShiftsPage })),
  },
  {
    name: "roster",
    stage: "roster",
    place: "rail",
    Component: lazy(async () => ({ default: (await import("../pages/roster/roster-page.tsx")).RosterPage })),
  },
  {
    name: "simulate",
    stage: "simulation",
    place: "rail",
    Component: lazy(async () => ({
      default: (await import("../pages/simulate/simulate-page.tsx")).SimulatePage,
    })),
  },
  {
    name: "whatif",
    stage: null,
    place: "rail",
    Component: lazy(async () => ({ default: (await import("../pages/whatif/whatif-page.tsx")).WhatIfPage })),
  },
  {
    name: "files",
    stage: null,
    place: "rail",
    Component: lazy(async () => ({ default: (await import("../pages/files/files-page.tsx")).FilesPage })),
  },
  {
    name: "calculator",
    stage: null,
    place: "palette",
    Component: lazy(async () => ({
      default: (await import("../pages/calculator/calculator-page.tsx")).CalculatorPage,
    })),
  },
  {
    name: "selftest",
    stage: null,
    place: "palette",
    Component: lazy(async () => ({
      default: (await import("../pages/selftest/selftest-page.tsx")).SelfTestPage,
    })),
  },
];
