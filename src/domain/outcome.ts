/**
 * What a stage says back: a result with remarks, or the reasons why there is none.
 *
 * Codes, not sentences: words are made in `ui/` (and in `cli/` for standard error) from `code` and `values`.
 */
export interface Issue {
  /** Stable, dot-separated: `import.unparsableDate`, `shifts.infeasible`. */
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  /** File or table the issue is about. */
  readonly table?: string;
  /** One-based line of that file, header included. */
  readonly line?: number;
  readonly column?: string;
  /** What the sentence needs: the offending text, a count, a rule's name. */
  readonly values?: Readonly<Record<string, string | number>>;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export function succeed<T>(value: T, issues: readonly Issue[] = []): Outcome<T> {
  return { ok: true, value, issues };
}

export function fail(...issues: readonly Issue[]): Outcome<never> {
  return { ok: false, issues };
}

/**
 * Posted by a running stage at most every 100 ms.
 * `partial` is a complete, valid result as good as the run has so far: what Stop keeps.
 */
export interface Progress<Partial = never> {
  /** Stable code such as `backtest`, `rootRelaxation`, `replications`. */
  readonly phase: string;
  readonly completed: number;
  readonly total: number | null;
  readonly best?: number;
  readonly bound?: number;
  readonly partial?: Partial;
}

export type OnProgress<Partial = never> = (progress: Progress<Partial>) => void;
