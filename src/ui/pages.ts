import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { StageName } from "../domain/plan.ts";

export type PageName =
  | "history"
  | "forecast"
  | "required"
  | "shifts"
  | "roster"
  | "simulate"
  | "whatif"
  | "files"
  | "calculator"
  | "selftest";

export interface PageEntry {
  readonly name: PageName;
  readonly Component: LazyExoticComponent<ComponentType>;
  /** The stage whose sign and key figure stand in the rail; null: it makes no result of its own. */
  readonly stage: StageName | "history" | null;
  /** `rail`: in the chain at the left; `palette`: reached through the palette and from other pages. */
  readonly place: "rail" | "palette";
}

const modules = import.meta.glob<Record<string, ComponentType>>("./pages/*.tsx");

function page(
  name: PageName,
  exported: string,
  stage: PageEntry["stage"],
  place: PageEntry["place"] = "rail",
): PageEntry[] {
  const load = modules[`./pages/${name}.tsx`];
  if (load === undefined) return [];
  return [
    { name, stage, place, Component: lazy(() => load().then((module) => ({ default: module[exported] }))) },
  ];
}

/** The pages, in the order of the chain; each is fetched when it is first opened. */
export const pages: readonly PageEntry[] = [
  ...page("history", "HistoryPage", "history"),
  ...page("forecast", "ForecastPage", "forecast"),
  ...page("required", "RequiredPage", "requirement"),
  ...page("shifts", "ShiftsPage", "schedule"),
  ...page("roster", "RosterPage", "roster"),
  ...page("simulate", "SimulatePage", "simulation"),
  ...page("whatif", "WhatIfPage", null),
  ...page("files", "FilesPage", null),
  ...page("calculator", "CalculatorPage", null, "palette"),
  ...page("selftest", "SelfTestPage", null, "palette"),
];
