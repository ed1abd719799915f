import type { Issue } from "../../domain/outcome.ts";
import type { Schedule } from "../../domain/plan/shift.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import type { ComparedColumn } from "../../scenarios/measuring/comparison.ts";

/**
 * Answers about what-if scenarios that take longer than a frame, each under a text that names all it was made from. A
 * value: what is added makes another one.
 */
export interface Answers {
  readonly simulations: ReadonlyMap<string, SimulationResult>;
  /** How evenly work falls on agents; null: traced, and nothing to compare. */
  readonly balances: ReadonlyMap<string, ComparedColumn["balance"]>;
  /** Shifts made for scenarios that ask for their own, or why there are none. */
  readonly shifts: ReadonlyMap<string, Schedule | Issue>;
}

export const noAnswers: Answers = {
  simulations: new Map(),
  balances: new Map(),
  shifts: new Map(),
};

/**
 * Keeps answers while the program is open: a page left and opened again, or a lever moved back, finds them. Made with
 * the desk.
 */
export interface AnswerStore {
  state(): Answers;
  /** Calls back after every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
  /**
   * Adds answers of one kind. The oldest make room; those `inUse` count as newest, so that the plan itself is not
   * forgotten however long a lever is dragged.
   */
  add<Kind extends keyof Answers>(kind: Kind, answers: Answers[Kind], inUse?: Iterable<string>): void;
}

/** @param limit how many answers of each kind are kept */
export function createAnswerStore(limit = 60): AnswerStore {
  let state = noAnswers;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(kind, answers, inUse = []) {
      if (answers.size === 0) return;
      const all = new Map<string, unknown>([...state[kind], ...answers]);
      for (const key of inUse) {
        if (!all.has(key)) continue;
        const answer = all.get(key);
        all.delete(key);
        all.set(key, answer);
      }
      for (const key of [...all.keys()].slice(0, Math.max(0, all.size - limit))) all.delete(key);
      state = { ...state, [kind]: all };
      for (const listener of listeners) listener();
    },
  };
}
