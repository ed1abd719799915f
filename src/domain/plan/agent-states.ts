import "./schema-without-eval.ts";
import { z } from "zod";

/**
 * What a state of an ACD means for a plan. `working`: on the queues, handling or available; `break`: break or meal; `away`:
 * at work but not on the queues, such as in a meeting; `offline`: not logged in.
 */
export const stateKinds = ["working", "break", "away", "offline"] as const;
export type StateKind = (typeof stateKinds)[number];

/** What a person said of states whose names do not say it by themselves. */
export const stateMeaningsSchema = z.array(z.object({ state: z.string().min(1), kind: z.enum(stateKinds) }));
export type StateMeanings = z.infer<typeof stateMeaningsSchema>;

/** A stretch of time that somebody spent in a state, seconds since 1970. */
export interface LoggedState {
  readonly agentId: string;
  readonly state: string;
  readonly start: number;
  readonly end: number;
}

/** What people really did: per person in the order of time, without overlaps. */
export interface StateLog {
  readonly states: readonly LoggedState[];
  /** First and last moment that it tells of. */
  readonly from: number;
  readonly until: number;
  /** Every state with what it means; `null`: its name does not say. */
  readonly meanings: readonly {
    readonly state: string;
    readonly kind: StateKind | null;
    readonly seconds: number;
  }[];
}
