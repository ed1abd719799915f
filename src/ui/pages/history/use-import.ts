import { useCallback, useEffect, useRef, useState } from "react";
import type { IncomingFile } from "../../../app/session/session.ts";
import type { Issue, Outcome } from "../../../domain/outcome.ts";
import type { HistoryImport } from "../../../history/reading/history-import.ts";
import type { InspectedFile } from "../../../history/reading/inspect-history.ts";
import type { HistoryMapping } from "../../../history/reading/layouts.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { importWorker } from "./import-client.ts";

/** What a person settles before a file is read. */
export interface ImportSettings {
  readonly timeZone: string;
  readonly intervalMinutes: 15 | 30 | 60;
  readonly queueId: string;
}

/** A file on its way into the plan. Nothing of the plan has changed yet. */
export interface ImportState {
  /** null when the file could not be understood at all: `issues` say why. */
  readonly inspected: InspectedFile | null;
  readonly mapping: HistoryMapping | null;
  readonly settings: ImportSettings;
  /** Reading with the mapping and settings above; null while it goes on or when it was stopped. */
  readonly outcome: Outcome<HistoryImport> | null;
  readonly issues: readonly Issue[];
  readonly running: boolean;
  readonly change: (mapping: HistoryMapping, settings: ImportSettings) => void;
}

const rememberedKey = "shiftwright.mapping.";

/** Looks at `file`, reads it, and reads it again whenever the mapping or a setting is corrected. */
export function useImport(file: IncomingFile, start: ImportSettings): ImportState {
  const { runs } = useDesk();
  const [state, setState] = useState<Omit<ImportState, "change">>({
    inspected: null,
    mapping: null,
    settings: start,
    outcome: null,
    issues: [],
    running: true,
  });
  const latest = useRef(0);

  const read = useCallback(
    async (inspected: InspectedFile, mapping: HistoryMapping, settings: ImportSettings) => {
      const turn = ++latest.current;
      setState({ inspected, mapping, settings, outcome: null, issues: [], running: true });
      const outcome = await runs.job("import", (onProgress, signal) =>
        importWorker.call(
          (worker, listen) => worker.importHistory({ source: file, mapping, ...settings }, listen),
          onProgress,
          signal,
        ),
      );
      if (turn !== latest.current) return;
      setState({ inspected, mapping, settings, outcome, issues: outcome?.issues ?? [], running: false });
    },
    [file, runs],
  );

  useEffect(() => {
    let dropped = false;
    void runs
      .job("import", (_, signal) =>
        importWorker.call((worker) => worker.inspectHistory(file), undefined, signal),
      )
      .then((inspected) => {
        if (dropped) return;
        if (inspected === null || !inspected.ok) {
          setState((before) => ({
            ...before,
            inspected: null,
            mapping: null,
            outcome: null,
            issues: inspected?.issues ?? [],
            running: false,
          }));
          return;
        }
        const { mapping } = inspected.value;
        void read(inspected.value, remembered(mapping) ?? mapping, start);
      });
    return () => {
      dropped = true;
      latest.current++;
      runs.stop("import");
    };
  }, [file]);

  return {
    ...state,
    change(mapping, settings) {
      if (state.inspected === null) return;
      remember(state.inspected.mapping, mapping);
      void read(state.inspected, mapping, settings);
    },
  };
}

/** Files with the same header are one kind: what was corrected once is proposed the next time. */
function kindOf(mapping: HistoryMapping): string {
  return rememberedKey + mapping.columns.map(({ header }) => header).join("|");
}

function remember(proposed: HistoryMapping, corrected: HistoryMapping): void {
  localStorage.setItem(kindOf(proposed), JSON.stringify(corrected));
}

/** The correction remembered for this kind of file, with what belongs to the file at hand. */
function remembered(proposed: HistoryMapping): HistoryMapping | null {
  const text = localStorage.getItem(kindOf(proposed));
  if (text === null) return null;
  try {
    const known = JSON.parse(text) as HistoryMapping;
    if (known.columns.length !== proposed.columns.length) return null;
    const { encoding, delimiter, headerLine } = proposed;
    return { ...proposed, ...known, encoding, delimiter, headerLine };
  } catch {
    return null;
  }
}
