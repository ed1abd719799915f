import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OnProgress, Outcome } from "../../../domain/outcome.ts";
import { useDesk } from "../../frame/session-context.tsx";

/** Runs an analysis under the run line and keeps its answer together with the question it belongs to. */
export function useAnalysis<Question, Answer>(job: string) {
  const { runs } = useDesk();
  const { t } = useTranslation("issues");
  const [state, setState] = useState<{ question: Question; answer: Answer } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [running, setRunning] = useState(false);
  async function run(
    question: Question,
    work: (onProgress: OnProgress<unknown>, signal: AbortSignal) => Promise<Outcome<Answer>>,
  ): Promise<void> {
    setRunning(true);
    setTrouble(null);
    const outcome = await runs.job(job, work);
    setRunning(false);
    if (outcome === null) return;
    if (outcome.ok) setState({ question, answer: outcome.value });
    else setTrouble(t(outcome.issues[0].code, outcome.issues[0].values));
  }
  return { state, trouble, running, run };
}
