/** In the engine's clock: seconds since the start of the span, and seconds until the running interval ends. */
export const clockAt = { now: 0, untilIntervalEnd: 1 } as const;

/**
 * How many contacts and agents are where, and for how long in the running interval. Each change by one is counted at
 * once for what is left of the interval, so that nothing has to be done per event but add. One gauge for all that is
 * counted: of several, V8 would compile one function that looks up each time which of them it works on.
 */
export interface Gauge {
  /** By queue: contacts waiting, in service, and awaiting a callback; of queue `q` at `waitingFrom + q`, and so on. */
  readonly waitingFrom: number;
  readonly serviceFrom: number;
  readonly callbackFrom: number;
  /** By group: agents on queue, and of these with a contact in hand. */
  readonly onQueueFrom: number;
  readonly handlingFrom: number;
  readonly level: Int32Array;
  up(place: number): void;
  down(place: number): void;
  /** What the interval that ends now came to, in seconds times number; begins the next. */
  close(place: number, nextIntervalSeconds: number): number;
  /** Contacts that wait, are served or await a callback. */
  unfinishedContacts(): number;
  clear(): void;
}

export function createGauge(queueCount: number, groupCount: number, clock: Float64Array): Gauge {
  const { untilIntervalEnd } = clockAt;
  const onQueueFrom = 3 * queueCount;
  const handlingFrom = onQueueFrom + groupCount;
  const size = handlingFrom + groupCount;
  const level = new Int32Array(size);
  const integral = new Float64Array(size);

  function up(place: number): void {
    level[place]++;
    integral[place] += clock[untilIntervalEnd];
  }

  function down(place: number): void {
    level[place]--;
    integral[place] -= clock[untilIntervalEnd];
  }

  function close(place: number, nextIntervalSeconds: number): number {
    const closed = integral[place];
    integral[place] = level[place] * nextIntervalSeconds;
    return closed;
  }

  function unfinishedContacts(): number {
    return level.subarray(0, onQueueFrom).reduce((sum, count) => sum + count, 0);
  }

  function clear(): void {
    level.fill(0);
    integral.fill(0);
  }

  return {
    waitingFrom: 0,
    serviceFrom: queueCount,
    callbackFrom: 2 * queueCount,
    onQueueFrom,
    handlingFrom,
    level,
    up,
    down,
    close,
    unfinishedContacts,
    clear,
  };
}
