import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../kit/use-format.ts";
import {
  instantAnswer,
  instantAnswerWithinSeconds,
  instantShrinkage,
} from "../pages/calculator/instant-answer.ts";
import { pages } from "./page-registry.ts";
import { pageHref } from "./route.ts";

/** What a newcomer sees above the sample plan: where their own history goes, and an answer at once. */
export function Welcome(props: { readonly onChooseFile: () => void; readonly onClose: () => void }) {
  const { t } = useTranslation("frame");
  return (
    <section className="welcome" aria-label={t("welcome.title")}>
      <div className="welcome-half">
        <h2 className="welcome-title">{t("welcome.dropTitle")}</h2>
        <p className="welcome-text">{t("welcome.dropText")}</p>
        <button type="button" className="button" onClick={props.onChooseFile}>
          {t("welcome.choose")}
        </button>
        <p className="welcome-sample">{t("welcome.title")}</p>
      </div>
      <InstantAnswerForm />
      <button
        type="button"
        className="icon-button welcome-close"
        aria-label={t("welcome.close")}
        onClick={props.onClose}
      >
        ×
      </button>
    </section>
  );
}

function InstantAnswerForm() {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const [contacts, setContacts] = useState("100");
  const [minutes, setMinutes] = useState("3");
  const [goal, setGoal] = useState("80");
  const answer = instantAnswer({
    contactsPerHalfHour: Number(contacts),
    ahtSeconds: Number(minutes.replace(",", ".")) * 60,
    serviceLevel: Number(goal) / 100,
  });
  return (
    <div className="welcome-half">
      <h2 className="welcome-title">{t("welcome.askTitle")}</h2>
      <div className="welcome-questions">
        <Question label={t("welcome.contacts")} value={contacts} onChange={setContacts} />
        <Question label={t("welcome.aht")} value={minutes} onChange={setMinutes} />
        <Question label={t("welcome.goal")} value={goal} onChange={setGoal} />
      </div>
      <p className="welcome-answer" role="status">
        {answer === null
          ? t("welcome.noAnswer")
          : t("welcome.answer", {
              agents: t("welcome.agents", { count: answer.agents }),
              payroll: format.number(answer.payroll),
              serviceLevel: format.percent(answer.serviceLevel, 0),
              seconds: format.wait(instantAnswerWithinSeconds),
            })}
      </p>
      <p className="welcome-sample">
        {t("welcome.assumptions", { shrinkage: format.percent(instantShrinkage, 0) })}{" "}
        {pages.some((page) => page.name === "calculator") ? (
          <a href={pageHref("calculator")}>{t("welcome.details")}</a>
        ) : null}
      </p>
    </div>
  );
}

function Question(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="welcome-question">
      <input
        id={id}
        className="input"
        inputMode="decimal"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <label htmlFor={id}>{props.label}</label>
    </div>
  );
}
