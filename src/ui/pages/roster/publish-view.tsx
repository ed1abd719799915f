import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { changesWithCodes, codeBook, withAgentCodes } from "../../../domain/plan/agent-codes.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import { isPublished } from "../../../domain/plan/published-roster.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { type PersonChanges, publishRoster, rosterChanges } from "../../../domain/plan/roster-changes.ts";
import { exportFileName } from "../../../files/export-names.ts";
import { personCalendars, zipped } from "../../../files/person-calendars.ts";
import { rosterChangesCsv } from "../../../files/roster-changes-csv.ts";
import { useCoded } from "../../frame/codes-switch.tsx";
import { download } from "../../frame/download.ts";
import { useDesk, useResult, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { type ChangeWords, changeText, personText } from "./change-text.ts";
import "./publish.css";

/** Above the roster: when it was published, and how many people have changes since. */
export function PublishedLine(props: { readonly roster: Roster; readonly onOpen: () => void }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  // May follow an edit a frame later.
  const document = useDeferredValue(useSession((state) => state.document));
  const count = useMemo(() => openChanges(document).length, [document]);
  const last = document.published?.versions.at(-1);
  const isToldOf = last !== undefined && isPublished(document.published, props.roster.grid);
  const when = format.instant(last?.publishedAt ?? null, new Date(0));
  return (
    <p className="published-line" role="status">
      {!isToldOf
        ? t("publish.none")
        : count === 0
          ? t("publish.same", { when })
          : t("publish.since", { when, count })}{" "}
      <button type="button" className="link-button" onClick={props.onOpen}>
        {t(isToldOf && count > 0 ? "publish.whatChanged" : "publish.open")}
      </button>
    </p>
  );
}

/** What differs from the version published last. */
function openChanges(document: PlanDocument): readonly PersonChanges[] {
  return rosterChanges(document, document.published?.versions.length ?? 0, "roster");
}

/** What changed since a version, for whom, ready to be sent; and the next version. */
export function PublishView({ roster }: { readonly roster: Roster }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const document = useSession((state) => state.document);
  const { plan, published } = document;
  const versions = published?.versions ?? [];
  const open = useMemo(() => openChanges(document), [document]);
  const [chosen, setChosen] = useState<number | null>(null);
  // Nothing new: what the last version changed is what people want to hear.
  const since = chosen ?? Math.max(0, versions.length - (open.length === 0 ? 1 : 0));
  const named = useMemo(() => rosterChanges(document, since, "roster"), [document, since]);
  const coded = useCoded();
  // Shown as they would leave.
  const people = useMemo(
    () => (coded ? changesWithCodes(named, codeBook(document)) : named),
    [coded, named, document],
  );
  const words: ChangeWords = { t, format, timeZone: plan.timeZone, planName: plan.name };
  const isToldOf = isPublished(published, roster.grid);
  return (
    <div className="publish">
      <PublishForm open={open.length} isFirst={!isToldOf} onPublished={() => setChosen(null)} />
      <div className="publish-tools">
        <SelectField
          label={t("publish.sinceVersion")}
          value={String(since)}
          options={[
            ...versions.map(({ publishedAt, note }, at) => ({
              value: String(at + 1),
              name: [
                t("publish.version", { version: at + 1 }),
                format.instant(publishedAt, new Date(0)),
                note,
              ]
                .filter((part) => part !== "")
                .join(" · "),
            })),
            { value: "0", name: t("publish.beginning") },
          ].reverse()}
          onChange={(version) => setChosen(Number(version))}
        />
        <SendButtons people={people} since={since} hasOpen={open.length > 0} words={words} />
      </div>
      {people.length === 0 ? (
        <p className="inherited">{t("publish.nobody")}</p>
      ) : (
        <ul className="publish-people" aria-label={t("publish.list")}>
          {people.map((person) => (
            <PersonItem
              key={person.personKey}
              person={person}
              since={since}
              hasOpen={open.length > 0}
              words={words}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function PublishForm(props: {
  readonly open: number;
  readonly isFirst: boolean;
  readonly onPublished: () => void;
}) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const version = useSession((state) => (state.document.published?.versions.length ?? 0) + 1);
  const isWritable = useSession((state) => state.writable);
  const isProposal = useSession((state) => state.proposals.roster !== null);
  const roster = useResult("roster")?.value;
  const hard = roster?.violations.filter(({ penalty }) => penalty === null).length ?? 0;
  const openShifts = roster?.unassigned.length ?? 0;
  const [note, setNote] = useState("");

  function publish(): void {
    const outcome = publishRoster(store.state().document, {
      publishedAt: new Date().toISOString(),
      note: note.trim(),
    });
    const [issue] = outcome.issues;
    if (issue) store.dispatch({ type: "notice", notice: { id: "roster.publish", issue } });
    if (!outcome.ok || outcome.value.published === undefined) return;
    store.dispatch({ type: "published", published: outcome.value.published });
    setNote("");
    props.onPublished();
  }
  const nothingNew = props.open === 0 && !props.isFirst;
  return (
    <form
      className="publish-form"
      onSubmit={(event) => {
        event.preventDefault();
        publish();
      }}
    >
      <p>
        {isProposal
          ? t("publish.decideFirst")
          : nothingNew
            ? t("publish.nothingNew")
            : t(props.isFirst ? "publish.firstTime" : "publish.waiting", { count: props.open })}
      </p>
      {!nothingNew && hard > 0 && <p className="finding-short">{t("publish.hardBroken", { count: hard })}</p>}
      {!nothingNew && openShifts > 0 && (
        <p className="inherited">{t("publish.openShifts", { count: openShifts })}</p>
      )}
      <TextField label={t("publish.note")} value={note} onChange={setNote} />
      <Button type="submit" look="primary" disabled={!isWritable || isProposal || nothingNew}>
        {t("publish.button", { version })}
      </Button>
      <p className="field-hint">{t("publish.hint")}</p>
    </form>
  );
}

interface SendProps {
  readonly since: number;
  /** Some of the changes are not published: calendar files could not hold them. */
  readonly hasOpen: boolean;
  readonly words: ChangeWords;
}

/** Everybody's changes at once, as text, table and calendar files. */
function SendButtons({
  people,
  since,
  hasOpen,
  words,
}: SendProps & { readonly people: readonly PersonChanges[] }) {
  const { t } = useTranslation("roster");
  const publishedAsTold = usePublishedAsTold();
  const none = people.length === 0;
  const name = (part: string, extension: string) => exportFileName(words.planName, part, extension);
  return (
    <div className="publish-send">
      <CopyButton
        label={t("publish.copyAll")}
        disabled={none}
        text={() => people.map((person) => personText(person, words)).join("\n\n")}
      />
      <Button
        disabled={none}
        onClick={() => {
          const csv = rosterChangesCsv(people, words.timeZone);
          download(new Blob([csv], { type: "text/csv" }), name("roster-changes", "csv"));
        }}
      >
        {t("publish.csv")}
      </Button>
      <Button
        disabled={none || hasOpen}
        title={hasOpen ? t("publish.calendarsAfter") : undefined}
        onClick={() => {
          const published = publishedAsTold();
          if (published === undefined) return;
          void zipped(personCalendars(published, since, people)).then((file) =>
            download(file, name("calendars", "zip")),
          );
        }}
      >
        {t("publish.calendars")}
      </Button>
      {hasOpen && <span className="field-hint">{t("publish.calendarsAfter")}</span>}
    </div>
  );
}

function PersonItem({ person, since, hasOpen, words }: SendProps & { readonly person: PersonChanges }) {
  const { t } = useTranslation("roster");
  const publishedAsTold = usePublishedAsTold();
  function saveCalendars(): void {
    const published = publishedAsTold();
    if (published === undefined) return;
    for (const { name, text } of personCalendars(published, since, [person]))
      download(new Blob([text], { type: "text/calendar" }), name);
  }
  return (
    <li>
      <div className="publish-person">
        <h3>
          {person.name}
          {person.agentId === null && <small> {t("publish.left")}</small>}
        </h3>
        <CopyButton
          label={t("publish.copy")}
          name={t("publish.copyFor", { agent: person.name })}
          text={() => personText(person, words)}
        />
        <Button
          look="quiet"
          disabled={hasOpen}
          aria-label={t("publish.calendarFor", { agent: person.name })}
          onClick={saveCalendars}
        >
          {t("publish.calendar")}
        </Button>
      </div>
      <ul>
        {person.changes.map((change) => (
          <li key={`${change.date} ${change.number}`}>{changeText(change, words)}</li>
        ))}
      </ul>
    </li>
  );
}

/** What was published, with codes where names must not leave. */
function usePublishedAsTold(): () => PlanDocument["published"] {
  const { store } = useDesk();
  const coded = useCoded();
  return () => {
    const { document } = store.state();
    return (coded ? withAgentCodes(document) : document).published;
  };
}

/** Puts a text on the clipboard, and says so in its own place. */
function CopyButton(props: {
  readonly label: string;
  readonly name?: string;
  readonly disabled?: boolean;
  readonly text: () => string;
}) {
  const { t } = useTranslation("roster");
  const [copied, setCopied] = useState<string | null>(null);
  const text = copied === null ? null : props.text();
  return (
    <Button
      look={props.name === undefined ? "plain" : "quiet"}
      disabled={props.disabled}
      aria-label={props.name}
      onClick={() => {
        const written = props.text();
        void navigator.clipboard.writeText(written).then(() => setCopied(written));
      }}
    >
      <span aria-live="polite">{text !== null && text === copied ? t("publish.copied") : props.label}</span>
    </Button>
  );
}
