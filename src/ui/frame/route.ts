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
  return pageOf(window.location.hash) ?? landingPage;
}

/** A page by its name as people write it: `#/what-if` and `#/Self-Test` too. null: there is no such page. */
export function pageOf(hash: string): PageName | null {
  // What follows a question mark belongs to the page: the calculator keeps its numbers there.
  const name = hash.replace(/^#\/?/, "").split("?")[0];
  const plain = name.toLowerCase().replace(/[^a-z]/g, "");
  return pageNames.find((page) => page === plain) ?? null;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

export function usePageName(): PageName {
  return useSyncExternalStore(subscribe, currentPage);
}
