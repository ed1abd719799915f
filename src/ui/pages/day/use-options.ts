import { useMemo, useState } from "react";
import type { Outcome, Progress } from "../../../domain/outcome.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { Today } from "../../../domain/plan/today.ts";
import type { DayOptions, PersonChange } from "../../../intraday/options/option.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { optionsWorker } from "./day-client.ts";
import { partsForDay } from "./use-outlook.ts";

interface FoundOptions {
  readonly today: Today;
  readonly results: PlanDocument["results"];
  readonly outcome: Outcome<DayOptions>;
  /** False: stopped, or still looking. */
  readonly isWhole: boolean;
}

/** What can be done about a day, looked for when asked; what was found stays when the day changes, and is then old. */
export function useOptions(today: Today) {
  const { store, runs } = useDesk();
  const { results } = useSession(({ document }) => document);
  const isRunning = useSession(({ jobs }) => jobs.some(({ id }) => id === "dayOptions"));
  const [found, setFound] = useState<FoundOptions | null>(null);

  async function look(): Promise<void> {
    const { document } = store.state();
    const from = { today, results: document.results };
    const outcome = await runs.job("dayOptions", (onProgress, signal) =>
      optionsWorker.call(
        (worker, listen) => worker.dayOptions(partsForDay(document.plan, document.results), today, listen),
        (progress) => {
          const { partial } = progress as Progress<DayOptions>;
          if (partial !== undefined)
            setFound({ ...from, outcome: { ok: true, value: partial, issues: [] }, isWhole: false });
          onProgress(progress);
        },
        signal,
      ),
    );
    if (outcome !== null) setFound({ ...from, outcome, isWhole: true });
  }

  return {
    found: found?.today.date === today.date ? found : null,
    /** Nothing that the options were found for has changed since. */
    isCurrent:
      found !== null &&
      found.today === today &&
      found.results.roster === results.roster &&
      found.results.forecast === results.forecast,
    isRunning,
    look: () => void look(),
  };
}

/** The option that is opened, and what of it is still to be accepted or discarded. */
export function useProposal({ found }: ReturnType<typeof useOptions>, roster: Roster) {
  const [opened, setOpened] = useState<string | null>(null);
  const [discarded, setDiscarded] = useState<ReadonlySet<PersonChange>>(new Set());
  const list = found?.outcome.ok ? found.outcome.value.options : null;
  const option = list?.find(({ kind }) => kind === opened) ?? null;
  const proposed = useMemo(
    () => option?.changes.filter((change) => !discarded.has(change) && !isMade(roster, change)) ?? [],
    [option, discarded, roster],
  );
  return {
    option,
    proposed,
    discarded,
    open: (kind: string) => setOpened(kind === option?.kind ? null : kind),
    discard: (changes: readonly PersonChange[]) => setDiscarded(new Set([...discarded, ...changes])),
  };
}

/** Whether a change has been made: the roster says what it proposed. */
export function isMade({ assignments }: Pick<Roster, "assignments">, { agentId, to }: PersonChange): boolean {
  return assignments.some(
    ({ agentId: other, shift }) =>
      other === agentId && shift.id === to.id && JSON.stringify(shift) === JSON.stringify(to),
  );
}
