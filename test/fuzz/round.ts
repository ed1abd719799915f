/** What became of one damaged input. */
export interface Round {
  readonly end: "read" | "refused";
  /** What must not be; null: nothing. */
  readonly fault: string | null;
  /** The sums were counted by hand and agree. */
  readonly isCounted: boolean;
}
