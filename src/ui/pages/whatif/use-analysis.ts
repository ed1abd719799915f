import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OnProgress, Outcome } from "../../../domain/outcome.ts";
import { useDesk } from "../../frame/session-context.tsx";

/** An answer with the question it belongs to. */
interface Answered<Question, Answer> {
  readonly question: Question;
  readonly answer: Answer;
  /** It was stopped before its end: this is how far it came. */
  readonly stopped: boolean;
}

/**
 * Runs an analysis under the run line and keeps its answer together with the question it belongs to; stopped, what it
 * had by then.
 */
export function useAnalysis<Question, Answer>(job: string) {
  const { runs } = useDesk();
  const { t } = useTranslation("issues");
  const [state, setState] = useState<Answered<Question, Answer> | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [running, setRunning] = useState(false);
  const latest = useRef<Answer | null>(null);
  async function run(
    question: Question,
    work: (onProgress: OnProgress<unknown>, signal: AbortSignal) => Promise<Outcome<Answer>>,
  ): Promise<void> {
    setRunning(true);
    setTrouble(null);
    latest.current = null;
    const outcome = await runs.job(job, (onProgress, signal) =>
      work((progress) => {
        if (progress.partial !== undefined) latest.current = progress.partial as Answer;
        onProgress(progress);
      }, signal),
    );
    setRunning(false);
    if (outcome === null) {
      if (latest.current !== null) setState({ question, answer: latest.current, stopped: true });
    } else if (outcome.ok) setState({ question, answer: outcome.value, stopped: false });
    else setTrouble(t(outcome.issues[0].code, outcome.issues[0].values));
  }
  return { state, trouble, running, run };
}
