/** How long a run has worked, and whether the time a person gave it is over. */
export interface RunClock {
  /** Seconds since the run began. */
  elapsedSeconds(): number;
  /** Infinity without a time limit. */
  readonly limitSeconds: number;
  /** Whether so much of the limit, 0–1, is over. */
  isOver(share?: number): boolean;
}

/** `now` in milliseconds, from any start. */
export function startClock(timeLimitSeconds: number | null, now: () => number): RunClock {
  const started = now();
  const limitSeconds = timeLimitSeconds ?? Number.POSITIVE_INFINITY;
  const elapsedSeconds = () => (now() - started) / 1000;
  return {
    elapsedSeconds,
    limitSeconds,
    isOver: (share = 1) => elapsedSeconds() > share * limitSeconds,
  };
}
