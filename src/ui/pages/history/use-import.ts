import { useCallback, useEffect, useRef, useState } from "react";
import type { IncomingFile } from "../../../app/session/session.ts";
import type { Issue, Outcome } from "../../../domain/outcome.ts";
import type { HistoryImport } from "../../../history/reading/history-import.ts";
import type { InspectedFile } from "../../../history/reading/inspect-history.ts";
import type { HistoryMapping } from "../../../history/reading/layouts.ts";
import { type GivenReading, type Question, withGiven } from "../../../history/reading/questions.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { rememberedText, rememberText } from "../../kit/remembered-text.ts";
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
  /** What the file leaves open: one of severity `error` must be answered before it is read. */
  readonly questions: readonly Question[];
  /** What was answered. */
  readonly given: GivenReading;
  /** Reading with the mapping and settings above; null while it goes on or when it was stopped. */
  readonly outcome: Outcome<HistoryImport> | null;
  readonly issues: readonly Issue[];
  readonly running: boolean;
  readonly change: (mapping: HistoryMapping, settings: ImportSettings) => void;
  /** Looks at the file again with an answer. */
  readonly answer: (given: GivenReading) => void;
}

const rememberedKey = "shiftwright.mapping.";

/** Looks at `file`, reads it, and reads it again whenever the mapping or a setting is corrected. */
export function useImport(file: IncomingFile, start: ImportSettings): ImportState {
  const { runs } = useDesk();
  const [state, setState] = useState<Omit<ImportState, "change" | "answer">>({
    inspected: null,
    mapping: null,
    settings: start,
    questions: [],
    given: {},
    outcome: null,
    issues: [],
    running: true,
  });
  const latest = useRef(0);
  /** Codes of all questions that the file has raised, answered or not. */
  const asked = useRef(new Set<string>());

  /** `notes`: what was guessed on the way to the mapping. */
  const read = useCallback(
    async (
      reading: Pick<ImportState, "inspected" | "mapping" | "settings" | "questions">,
      notes: readonly Issue[],
    ) => {
      const { mapping, settings } = reading;
      const turn = ++latest.current;
      setState((before) => ({ ...before, ...reading, outcome: null, issues: notes, running: true }));
      const outcome = await runs.job("import", (onProgress, signal) =>
        importWorker.call(
          (worker, listen) => worker.importHistory({ source: file, mapping, ...settings }, listen),
          onProgress,
          signal,
        ),
      );
      if (turn !== latest.current) return;
      const issues = [...notes, ...(outcome?.issues ?? [])];
      setState((before) => ({ ...before, outcome, issues, running: false }));
    },
    [file, runs],
  );

  /** `useRemembered`: a mapping that was corrected for the last file of this kind has answered its questions. */
  const look = useCallback(
    async (given: GivenReading, settings: ImportSettings, useRemembered: boolean) => {
      const turn = ++latest.current;
      setState((before) => ({ ...before, given, settings, running: true }));
      const inspected = await runs.job("import", (_, signal) =>
        importWorker.call((worker) => worker.inspectHistory(file, given), undefined, signal),
      );
      if (turn !== latest.current) return;
      if (inspected === null || !inspected.ok) {
        const nothing = { inspected: null, mapping: null, outcome: null, questions: [], running: false };
        setState((before) => ({ ...before, ...nothing, issues: inspected?.issues ?? [] }));
        return;
      }
      const { issues } = inspected;
      const { mapping, questions } = inspected.value;
      if (useRemembered) asked.current = new Set();
      for (const { code } of questions) asked.current.add(code);
      const corrected = useRemembered ? remembered(mapping, questions) : null;
      const reading = { inspected: inspected.value, mapping, settings, questions };
      if (corrected !== null) return read({ ...reading, mapping: corrected, questions: [] }, []);
      if (questions.some(({ severity }) => severity === "error")) {
        setState((before) => ({ ...before, ...reading, outcome: null, issues, running: false }));
        return;
      }
      if (!useRemembered) remember(mapping, mapping, asked.current);
      await read(reading, issues);
    },
    [file, runs, read],
  );

  useEffect(() => {
    void look({}, start, true);
    return () => {
      latest.current++;
      runs.stop("import");
    };
  }, [file]);

  return {
    ...state,
    change(mapping, settings) {
      if (state.inspected === null) return;
      remember(state.inspected.mapping, mapping, asked.current);
      void read({ inspected: state.inspected, mapping, settings, questions: [] }, []);
    },
    answer(given) {
      void look(withGiven(state.given, given), state.settings, false);
    },
  };
}

/** Files with the same header are one kind: what was corrected once is proposed the next time. */
function kindOf(mapping: HistoryMapping): string {
  return rememberedKey + mapping.columns.map(({ header }) => header).join("|");
}

function remember(proposed: HistoryMapping, corrected: HistoryMapping, asked: ReadonlySet<string>): void {
  rememberText(kindOf(proposed), JSON.stringify({ ...corrected, asked: [...asked] }));
}

/** Questions that each file raises of its own: the year of its dates, and what a spreadsheet did to them. */
const ofOneFile: ReadonlySet<string> = new Set([
  "import.askYear",
  "import.swappedDates",
  "import.swappedInOneForm",
]);

/**
 * The correction remembered for this kind of file, with what belongs to the file at hand; null: there is none, or the file
 * raises a question that the last one did not.
 */
function remembered(proposed: HistoryMapping, questions: readonly Question[]): HistoryMapping | null {
  const text = rememberedText(kindOf(proposed));
  if (text === null) return null;
  try {
    const {
      asked = [],
      year: _year,
      swappedDates: _swapped,
      ...known
    } = JSON.parse(text) as HistoryMapping & { readonly asked?: readonly string[] };
    if (known.columns.length !== proposed.columns.length) return null;
    if (questions.some(({ code }) => !asked.includes(code) || ofOneFile.has(code))) return null;
    const { encoding, delimiter, headerLine } = proposed;
    return { ...proposed, ...known, encoding, delimiter, headerLine };
  } catch {
    return null;
  }
}
