/** Every contact of one replication, in order of arrival: drawn, or read from a log, before the first event. */
export interface ContactTape {
  count: number;
  capacity: number;
  /** Seconds since the start of the span, rising. */
  arrival: Float64Array;
  queue: Int32Array;
  /** Waiting line, as `customerLines` numbers them. */
  line: Int32Array;
  /** Interval of arrival. */
  interval: Int32Array;
  /** Seconds an average agent would take. */
  handleSeconds: Float64Array;
  /** Seconds until the contact gives up; Infinity: never; 0: leaves at once. */
  patienceSeconds: Float64Array;
  /** Chance kept for what may happen later (redial, transfer). */
  key: Uint32Array;
}

export function emptyTape(capacity: number): ContactTape {
  return {
    count: 0,
    capacity,
    arrival: new Float64Array(capacity),
    queue: new Int32Array(capacity),
    line: new Int32Array(capacity),
    interval: new Int32Array(capacity),
    handleSeconds: new Float64Array(capacity),
    patienceSeconds: new Float64Array(capacity),
    key: new Uint32Array(capacity),
  };
}

/** Makes room for so many contacts and half as many again; those on the tape stay. */
export function growTape(tape: ContactTape, contacts: number): void {
  const { arrival, queue, line, interval, handleSeconds, patienceSeconds, key } = tape;
  Object.assign(tape, emptyTape(Math.ceil(1.5 * contacts)), { count: tape.count });
  tape.arrival.set(arrival);
  tape.queue.set(queue);
  tape.line.set(line);
  tape.interval.set(interval);
  tape.handleSeconds.set(handleSeconds);
  tape.patienceSeconds.set(patienceSeconds);
  tape.key.set(key);
}
