import { useSyncExternalStore } from "react";

/** The pages, in the order of the rail; the last two are reached from other places. */
const pageNames = [
  "setup",
  "people",
  "leave",
  "history",
  "forecast",
  "required",
  "shifts",
  "roster",
  "simulate",
  "day",
  "whatif",
  "periods",
  "files",
  "calculator",
  "selftest",
] as const;
export type PageName = (typeof pageNames)[number];

/** The page is named in the address after `#/`, so that Back works and any host can serve the site. */
export function pageHref(page: PageName): string {
  return `#/${page}`;
}

export function goTo(page: PageName): void {
  window.location.hash = pageHref(page);
}

/** Where a visit without a page in its address lands: the plan at a glance, or the way in when there is nothing yet. */
export function landOn(hasHistory: boolean): void {
  if (/^#\/./.test(window.location.hash)) return;
  window.history.replaceState(null, "", pageHref(hasHistory ? landingPage : "history"));
}

/** Coverage of requirement by shifts says at one look what the program is. */
export const landingPage: PageName = "shifts";

/** The page that the address names; the landing page where it names none. */
export function currentPage(): PageName {
  // What follows a question mark belongs to the page: the calculator keeps its numbers there.
  const name = window.location.hash.replace(/^#\/?/, "").split("?")[0];
  return pageNames.find((known) => known === name) ?? landingPage;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

export function usePageName(): PageName {
  return useSyncExternalStore(subscribe, currentPage);
}
