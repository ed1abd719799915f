import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { steadyQueue } from "../../../queueing/steady/steady-queue.ts";
import { Page } from "../../frame/page.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { Answer } from "./answer.tsx";
import { Around } from "./around.tsx";
import { calculatorFinding } from "./finding.ts";
import { HowComputed } from "./how-computed.tsx";
import { loadOfQuestion, type Question, questionFromQuery, questionToQuery, solved } from "./question.ts";
import { Questions } from "./questions.tsx";
import "../required/required.css";
import "./calculator.css";

/** One interval: agents, service, volume or handle time, from the other three. */
export function CalculatorPage() {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const [question, setQuestion] = useState<Question>(() =>
    questionFromQuery(window.location.hash.split("?")[1] ?? ""),
  );
  const set = (change: Partial<Question>) => setQuestion((before) => ({ ...before, ...change }));
  useEffect(() => {
    window.history.replaceState(null, "", `#/calculator?${questionToQuery(question)}`);
  }, [question]);
  useEffect(() => {
    const take = () => {
      const [page, query] = window.location.hash.split("?");
      if (page === "#/calculator" && query !== undefined) setQuestion(questionFromQuery(query));
    };
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);

  const answer = useMemo(() => solved(question), [question]);
  const service = useMemo(
    () => (answer === null ? null : steadyQueue(loadOfQuestion(answer), answer.agents)),
    [answer],
  );
  return (
    <Page
      title={t("title")}
      finding={calculatorFinding(
        answer === null || service === null ? null : { question: answer, service },
        t,
        format,
      )}
      controls={<Questions question={question} answer={answer} onChange={set} />}
      chart={answer !== null && service !== null ? <Answer question={answer} /> : undefined}
      grid={answer !== null ? <Around question={answer} /> : undefined}
    >
      {answer !== null && service !== null && <HowComputed question={answer} service={service} />}
    </Page>
  );
}
