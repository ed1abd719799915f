import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncomingFile } from "../../../app/session/session.ts";
import type { ReadingPreview } from "../../../history/reading/preview-reading.ts";
import {
  type Choice,
  type GivenReading,
  issueOfQuestion,
  type Question,
  withGiven,
} from "../../../history/reading/questions.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { importWorker } from "./import-client.ts";
import type { ImportSettings } from "./use-import.ts";

/** What a file leaves open: each question with its evidence, and what every answer would make of the file. */
export function ImportQuestions(props: {
  readonly file: IncomingFile;
  readonly questions: readonly Question[];
  readonly given: GivenReading;
  readonly settings: ImportSettings;
  readonly onAnswer: (given: GivenReading) => void;
}) {
  const { t } = useTranslation("history");
  const issueText = useIssueText();
  return (
    <section className="history-questions" aria-label={t("question.title")}>
      <h2 className="control-title">{t("question.title")}</h2>
      {props.questions.map((question, index) => (
        <fieldset key={`${question.code} ${question.column ?? ""}`}>
          <legend>{issueText(issueOfQuestion(question))}</legend>
          {question.choices.map((choice, at) => (
            <label key={choice.name}>
              <input
                type="radio"
                name={`question-${index}`}
                defaultChecked={question.severity === "warning" && at === 0}
                onChange={() => props.onAnswer(choice.given)}
              />
              <span>
                <ChoiceName choice={choice} />
                <Preview {...props} choice={choice} />
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </section>
  );
}

function ChoiceName({ choice: { given } }: { readonly choice: Choice }) {
  const { t } = useTranslation("history");
  const { columns, times, rows, dateOrder, decimal, handleTimeUnit, swappedDates, year, weeks, counts } =
    given;
  if (counts !== undefined) return t(`question.counts.${counts}`);
  if (times !== undefined) return t(`question.times.${times}`);
  if (columns?.[0].role === "queue" || columns?.[0].role === "dimension")
    return t(`question.split.${columns[0].role}`);
  if (columns?.[0].role === "contactId" || columns?.[0].role === "ignore")
    return t(`question.legs.${columns[0].role}`);
  if (columns !== undefined) return columns.map(({ header }) => header).join(", ");
  if (rows !== undefined) return t("question.rows", { what: t(`rows.${rows}`) });
  if (dateOrder !== undefined) return t(`dateOrder.${dateOrder}`);
  if (decimal !== undefined) return t(decimal === "." ? "decimal.point" : "decimal.comma");
  if (handleTimeUnit !== undefined) return t(`question.unit.${handleTimeUnit}`);
  if (year !== undefined) return t("question.year", { year: String(year) });
  if (weeks !== undefined) return t(`question.weeks.${weeks}`);
  if (swappedDates !== undefined) return t(swappedDates ? "question.swapped.yes" : "question.swapped.no");
  return t("question.sum");
}

/** `1,499 contacts, 1 Sep to 22 Nov 2025, AHT 239 s`: what the answer would make of the file. */
function Preview(props: {
  readonly file: IncomingFile;
  readonly given: GivenReading;
  readonly settings: ImportSettings;
  readonly choice: Choice;
}) {
  const { file, given, settings, choice } = props;
  const { t } = useTranslation("history");
  const format = useFormat();
  const [preview, setPreview] = useState<ReadingPreview | null | "reading">("reading");
  useEffect(() => {
    let isCurrent = true;
    setPreview("reading");
    void importWorker
      .call((worker) => worker.previewReading({ source: file, ...settings }, withGiven(given, choice.given)))
      .then((answer) => isCurrent && setPreview(answer));
    return () => {
      isCurrent = false;
    };
  }, [file, given, settings, choice]);
  if (preview === "reading") return <small>{t("question.previewing")}</small>;
  if (preview === null) return <small>{t("question.noPreview")}</small>;
  const { contacts, firstDate, lastDate, ahtSeconds, rowsRefused, isPart } = preview;
  const parts = [
    t("question.contacts", { count: Math.round(contacts), contacts: format.number(Math.round(contacts)) }),
    format.dateRange(firstDate, lastDate),
    ...(ahtSeconds === null ? [] : [t("question.aht", { seconds: format.number(ahtSeconds, 1) })]),
    ...(rowsRefused === 0 ? [] : [t("question.refused", { count: rowsRefused })]),
  ];
  return (
    <small>
      {isPart ? t("question.part") : ""} {format.list(parts)}
    </small>
  );
}
