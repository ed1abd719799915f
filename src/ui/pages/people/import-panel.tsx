import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncomingFile } from "../../../app/session/session.ts";
import type { Outcome } from "../../../domain/outcome.ts";
import { type PeopleUpdate, updatePeople } from "../../../domain/plan/update-people.ts";
import {
  type PeopleReading,
  type PeopleTable,
  peopleHabits,
  readPeople,
} from "../../../files/people-list.ts";
import { peopleTableOfFile } from "../../../files/people-workbook.ts";
import { IssueText, useIssueText } from "../../frame/notices.tsx";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ColumnsTable } from "./columns-table.tsx";
import { ImportPreview } from "./import-preview.tsx";
import { ImportQuestions } from "./import-questions.tsx";
import { useAnswers } from "./use-answers.ts";

/** A list of people that came: what it is, what it would change, and what has to be asked; then it is taken over or left. */
export function ImportPanel({ file }: { readonly file: IncomingFile }) {
  const { t } = useTranslation("people");
  const { store } = useDesk();
  const { queues } = usePlan();
  const [read, setRead] = useState<{
    readonly file: IncomingFile;
    readonly table: Outcome<PeopleTable>;
  } | null>(null);
  const leave = () => store.dispatch({ type: "fileDone", file });
  useEffect(() => {
    let isWanted = true;
    void file.data
      .arrayBuffer()
      .then((buffer) => peopleTableOfFile(new Uint8Array(buffer), file.name, queues))
      .then((table) => isWanted && setRead({ file, table }));
    return () => {
      isWanted = false;
    };
  }, [file, queues]);
  // Another list in place of this one begins anew: what was settled about columns belongs to the list before.
  if (read?.file !== file) return <p role="status">{t("import.reading", { file: file.name })}</p>;
  const { table } = read;
  if (table.ok) return <ReadList table={table.value} onLeave={leave} />;
  return (
    <section className="people-section" aria-label={t("import.title", { file: file.name })}>
      <ul className="people-issues" role="alert">
        {table.issues.map((issue) => (
          <li key={issue.code}>
            <IssueText issue={issue} />
          </li>
        ))}
      </ul>
      <div className="people-tools">
        <Button onClick={leave}>{t("import.leave")}</Button>
      </div>
    </section>
  );
}

function ReadList({ table, onLeave }: { readonly table: PeopleTable; readonly onLeave: () => void }) {
  const { t } = useTranslation("people");
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const { plan } = document;
  const answers = useAnswers(table, plan.peopleList);
  const heading = useRef<HTMLHeadingElement>(null);
  // The list may have been pasted far below.
  useEffect(() => heading.current?.focus(), []);
  const { columns, dateOrder, skills, contracts, departures } = answers;
  const outcome = useMemo(
    () => readPeople(table, plan, { columns, dateOrder, skills }),
    [table, plan, columns, dateOrder, skills],
  );
  const update = useMemo(() => {
    if (!outcome.ok) return null;
    const { people, refusedKeys } = outcome.value;
    return updatePeople(document, people, { contracts, refusedKeys, departures });
  }, [outcome, document, contracts, departures]);
  const isOpen = outcome.issues.some(({ severity }) => severity === "error");
  // Nothing is taken from a list without a person who can be read, least of all that everybody is gone.
  const isNobody = outcome.ok && outcome.value.people.length === 0;
  const isNothing =
    update !== null && update.document === document && update.added.length + update.changed.length === 0;
  function takeOver(): void {
    if (update === null) return;
    const peopleList = peopleHabits(plan.peopleList, table, { columns, dateOrder, skills }, contracts);
    store.editDocument("people:edit.import", () => ({
      ...update.document,
      plan: { ...update.document.plan, peopleList },
    }));
    onLeave();
  }
  return (
    <section className="people-section" aria-label={t("import.title", { file: table.name })}>
      <h2 ref={heading} className="control-title people-heading" tabIndex={-1}>
        {t("import.title", { file: table.name })}
      </h2>
      <Summary update={update} outcome={outcome} />
      <div className="people-tools">
        <Button
          look="primary"
          disabled={isOpen || isNobody || update === null || isNothing}
          onClick={takeOver}
        >
          {t("import.takeOver")}
        </Button>
        <Button onClick={onLeave}>{t("import.leave")}</Button>
        {isOpen && <span className="people-note">{t("import.answerFirst")}</span>}
        {isNobody && (
          <span className="people-note" role="alert">
            <IssueText issue={{ code: "people.nobody", severity: "error" }} />
          </span>
        )}
      </div>
      <ImportQuestions reading={outcome.ok ? outcome.value : null} update={update} answers={answers} />
      {update !== null && !isNothing && <ImportPreview update={update} />}
      <Remarks outcome={outcome} update={update} />
      <ColumnsTable table={table} columns={columns} onChange={answers.setColumns} />
    </section>
  );
}

/** How many people come in, change, stay and go. */
function Summary(props: { readonly update: PeopleUpdate | null; readonly outcome: Outcome<PeopleReading> }) {
  const { t } = useTranslation("people");
  const { update, outcome } = props;
  if (update === null) return null;
  const refused = [...outcome.issues, ...update.issues].filter(
    ({ line, severity }) => line !== undefined && severity === "warning",
  ).length;
  const counts = {
    added: update.added.length,
    changed: update.changed.length,
    unchanged: update.unchangedCount,
    gone: update.gone.length,
    refused,
  };
  return (
    <dl className="people-counts">
      {(["added", "changed", "unchanged", "gone", "refused"] as const).map((name) => (
        <div key={name}>
          <dt>{t(`count.${name}`)}</dt>
          <dd>{counts[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Rows that are left out, with line and reason, and what else there is to say; questions stand elsewhere. */
function Remarks(props: { readonly update: PeopleUpdate | null; readonly outcome: Outcome<PeopleReading> }) {
  const { t } = useTranslation("people");
  const issueText = useIssueText();
  const { update, outcome } = props;
  const asked = ["people.dateOrderOpen", "people.unknownSkill"];
  const issues = [...outcome.issues, ...(update?.issues ?? [])].filter(({ code }) => !asked.includes(code));
  if (issues.length === 0) return null;
  return (
    <section aria-label={t("import.remarks")}>
      <h3 className="control-title">{t("import.remarks")}</h3>
      <ul className="people-issues">
        {issues.map((issue, at) => (
          <li key={`${issue.code} ${at}`} className={issue.severity === "info" ? undefined : "is-refused"}>
            {issueText(issue)}
          </li>
        ))}
      </ul>
    </section>
  );
}
