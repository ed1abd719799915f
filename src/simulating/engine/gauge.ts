/** The time and the end of the running interval in the engine's clock, seconds since the start of the span. */
export const clockAt = { now: 0, intervalEnd: 1 } as const;

/**
 * How many there are of something, by queue or group, and for how long in the running interval. Each change by one is
 * counted at once for what is left of the interval, so that nothing has to be done per event but add.
 */
export interface Gauge {
  readonly level: Int32Array;
  up(index: number): void;
  down(index: number): void;
  /** What the interval that ends now came to, in seconds times number; begins the next. */
  close(index: number, nextIntervalSeconds: number): number;
  clear(): void;
}

export function createGauge(size: number, clock: Float64Array): Gauge {
  const level = new Int32Array(size);
  const integral = new Float64Array(size);

  function up(index: number): void {
    level[index]++;
    integral[index] += clock[clockAt.intervalEnd] - clock[clockAt.now];
  }

  function down(index: number): void {
    level[index]--;
    integral[index] -= clock[clockAt.intervalEnd] - clock[clockAt.now];
  }

  function close(index: number, nextIntervalSeconds: number): number {
    const closed = integral[index];
    integral[index] = level[index] * nextIntervalSeconds;
    return closed;
  }

  function clear(): void {
    level.fill(0);
    integral.fill(0);
  }

  return { level, up, down, close, clear };
}
