import { fingerprint } from "../domain/fingerprint.ts";
import { memoizeByObject } from "../domain/memo.ts";
import type { OnProgress, Outcome } from "../domain/outcome.ts";
import type { Made, Plan, PlanResults, StageName } from "../domain/plan/plan.ts";
import type { DemandHistory } from "../domain/results/demand.ts";

/** What a stage can ask for: a plan document, or as much of one as there is. */
export interface StageSources {
  readonly plan: Plan;
  readonly history: DemandHistory | null;
  readonly results: {
    readonly [Name in StageName]:
      | (PlanResults[Name] extends Made<infer Value> | null ? { readonly value: Value } : never)
      | null;
  };
}

/**
 * One stage of the chain: what it reads of a document, and what it makes of that.
 *
 * `read` names everything the result depends on, and no more. Its answer's fingerprint is the stage's key
 * (`inputKey`), so a result is out of date exactly when something was changed that the stage reads. Page, worker,
 * command line, what-if and tests all use the same five objects (`chain.ts`).
 *
 * Input and result are plain cloneable data. `run` fetches its engine when it is first called, so that a page that
 * only asks for keys does not load one.
 */
export interface Stage<Name extends StageName, Input extends object, Result> {
  readonly name: Name;
  /** Stages whose results `read` asks for in this document. */
  readonly after: (document: StageSources) => readonly StageName[];
  /** What a person has to enter before the stage can run; null: nothing is missing. */
  readonly missing: (plan: Plan) => "templates" | "agents" | null;
  /** Everything the result depends on; null while something it is made from has not been made. */
  readonly read: (document: StageSources) => Input | null;
  /**
   * The input with what stays of the stage's own last result: pinned shifts, or the whole where changes have a price.
   * No part of the key, since a pin is no reason to make anything again.
   */
  readonly resume: (document: StageSources, input: Input) => Input;
  /** Fails with the codes of the stage's engine. `Progress.partial` is a result as good as the run has so far. */
  readonly run: (input: Input, onProgress?: OnProgress<Result>) => Promise<Outcome<Result>>;
}

/**
 * Fingerprint of all that a stage would read now, for `Made.inputKey`; null when something it needs has not been made
 * yet. Two documents with the same key give the same result.
 *
 * The parts are digested one by one, since a part that an edit left alone is remembered by its identity.
 */
export function inputKey<Name extends StageName, Input extends object, Result>(
  stage: Stage<Name, Input, Result>,
  document: StageSources,
): string | null {
  const input = stage.read(document);
  if (input === null) return null;
  const parts = Object.entries(input).filter(([, part]) => part !== undefined);
  parts.sort(([a], [b]) => (a < b ? -1 : 1));
  return fingerprint([stage.name, ...parts.map(([name, part]) => [name, fingerprint(part)])]);
}

/** What a run of the stage on this document is given; null as in `read`. */
export function inputOf<Name extends StageName, Input extends object, Result>(
  stage: Stage<Name, Input, Result>,
  document: StageSources,
): Input | null {
  const input = stage.read(document);
  return input === null ? null : stage.resume(document, input);
}

/** Of each item of a list some fields only; the same list gives the same answer, so that its digest is remembered. */
export function only<Item extends object, Field extends keyof Item>(
  ...fields: readonly Field[]
): (items: readonly Item[]) => readonly Pick<Item, Field>[] {
  return memoizeByObject((items: readonly Item[]) =>
    items.map(
      (item) =>
        Object.fromEntries(fields.map((field) => [field, item[field]])) as unknown as Pick<Item, Field>,
    ),
  );
}

/** Of each item of a list all but some fields. */
export function allBut<Item extends object, Field extends keyof Item>(
  ...fields: readonly Field[]
): (items: readonly Item[]) => readonly Omit<Item, Field>[] {
  return memoizeByObject((items: readonly Item[]) =>
    items.map(
      (item) =>
        Object.fromEntries(
          Object.entries(item).filter(([field]) => !(fields as readonly string[]).includes(field)),
        ) as unknown as Omit<Item, Field>,
    ),
  );
}
