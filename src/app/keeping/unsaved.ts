import type { PlanDocument, StageName } from "../../domain/plan/plan.ts";
import { planFileText } from "../../files/plan-file.ts";
import { stageOrder } from "../../stages/chain.ts";

/**
 * The last line of keeping: what a closing page could not be sure to have written. The database is slow to start and
 * may be full; this small store takes a text at once. It is read when the program opens next, and emptied by the next
 * save that went well.
 */
export interface Unsaved {
  readonly planId: string;
  /** Revision the stored plan has if the database took the change after all: then this is not needed. */
  readonly revision: number;
  /** Parts of the document that the text holds; the others are as they were stored. */
  readonly parts: readonly Part[];
  /** A plan file with these parts only. */
  readonly text: string;
}

type Part = "plan" | "history" | "past" | "published" | StageName;
type TextStore = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

const key = "shiftwright.unsaved";

/** null where there is none: outside of a browser, or where the browser forbids it. */
function textStore(): TextStore | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

function partOf(document: PlanDocument, part: Part): unknown {
  if (part === "plan" || part === "history" || part === "past" || part === "published") return document[part];
  return document.results[part];
}

/** The document with only some of its parts; the plan is always there. */
function only(document: PlanDocument, parts: readonly Part[]): PlanDocument {
  const results = Object.fromEntries(
    stageOrder.map((stage) => [stage, parts.includes(stage) ? document.results[stage] : null]),
  ) as unknown as PlanDocument["results"];
  return {
    plan: document.plan,
    history: parts.includes("history") ? document.history : null,
    results,
    ...(parts.includes("past") && { past: document.past }),
    ...(parts.includes("published") && { published: document.published }),
  };
}

/**
 * Keeps what differs from `before`, the document that is stored or can be had again (null: none). Where there is no
 * room for all of it, the plan alone: results can be made again.
 */
export function keepUnsaved(
  document: PlanDocument,
  before: PlanDocument | null,
  revision: number,
  store: TextStore | null = textStore(),
): void {
  if (store === null) return;
  const all: readonly Part[] = ["plan", "history", "past", "published", ...stageOrder];
  const changed = all.filter((part) => before === null || partOf(before, part) !== partOf(document, part));
  for (const parts of [changed, ["plan"] as const]) {
    const text = planFileText(only(document, parts));
    const held: Unsaved = { planId: document.plan.id, revision, parts, text };
    try {
      store.setItem(key, JSON.stringify(held));
      return;
    } catch {
      // No room: try with less.
    }
  }
}

export function unsaved(store: TextStore | null = textStore()): Unsaved | null {
  try {
    const text = store?.getItem(key) ?? null;
    return text === null ? null : (JSON.parse(text) as Unsaved);
  } catch {
    return null;
  }
}

export function forgetUnsaved(planId: string, store: TextStore | null = textStore()): void {
  if (unsaved(store)?.planId === planId) store?.removeItem(key);
}

/** `base` with the parts that were held; `held` is what the text was read as. */
export function withUnsaved(
  base: PlanDocument | null,
  held: PlanDocument,
  parts: readonly Part[],
): PlanDocument {
  if (base === null) return held;
  const results = Object.fromEntries(
    stageOrder.map((stage) => [stage, parts.includes(stage) ? held.results[stage] : base.results[stage]]),
  ) as unknown as PlanDocument["results"];
  return {
    plan: parts.includes("plan") ? held.plan : base.plan,
    history: parts.includes("history") ? held.history : base.history,
    results,
    past: parts.includes("past") ? held.past : base.past,
    published: parts.includes("published") ? held.published : base.published,
  };
}
