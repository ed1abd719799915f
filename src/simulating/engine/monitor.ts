/** Told of contacts by their numbers, which a redial and a transfer keep, and of agents. Times in seconds since the start of the span. */
export interface Monitor {
  cameOnQueue(agent: number, time: number): void;
  leftQueue(agent: number, time: number): void;
  arrived(contact: number, queue: number, time: number): void;
  answered(contact: number, agent: number, time: number): void;
  ended(contact: number, time: number): void;
  abandoned(contact: number, time: number): void;
  blocked(contact: number, time: number): void;
  /** Accepted to be called back. */
  promised(contact: number, time: number): void;
}
