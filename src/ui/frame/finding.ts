import type { View } from "../../app/session/session.ts";
import type { PageName } from "./route.ts";

/**
 * The one sentence a page opens with. Each page works it out in its `finding.ts`, a pure function of plan and results.
 */
export interface Finding {
  /** A sentence a colleague would say aloud, already in the page's language. */
  readonly text: string;
  /** `short` colours it as trouble, `good` as fine; left out: plain. */
  readonly tone?: "plain" | "short" | "good";
  /** What the sentence is about, opened by pressing it; left out: the sentence is no button. */
  readonly opens?: FindingTarget;
}

/** A part of the view to go to, or the page that comes next. */
export type FindingTarget = { readonly view: Partial<View> } | { readonly page: PageName };
