import type { OnProgress } from "../domain/outcome.ts";
import type { StageName } from "../domain/plan.ts";

/** Long work of the open plan: stages and other jobs, run in workers, shown in the run line. */
export interface Runs {
  /**
   * Runs a stage after whatever it reads that is stale or missing. `propose`: a schedule or roster that would replace
   * another waits in `session.proposals`. Settles when done, stopped or failed; issues go to the session's notices.
   */
  run(stage: StageName, options?: { readonly propose?: boolean }): Promise<void>;
  /** Runs every stale stage that has been made before or whose inputs are there, in order. */
  bringUpToDate(): Promise<void>;
  /** Ends a job; a stage that has a partial result keeps it. */
  stop(id: string): void;
  /**
   * Any other long work (a comparison, a back-test) under the run line: `id` is its name, i18n key `job.<id>` of the
   * frame its words. `work` gets a progress function and a signal that Stop aborts. null when stopped.
   */
  job<T>(
    id: string,
    work: (onProgress: OnProgress<unknown>, signal: AbortSignal) => Promise<T>,
  ): Promise<T | null>;
}
