import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Issue } from "../../../domain/outcome.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { DayMeasure, Today } from "../../../domain/plan/today.ts";
import { changedAssignments } from "../../../intraday/options/accept-changes.ts";
import { partiesOf } from "../../../intraday/options/candidates.ts";
import type { DayOption, PersonChange } from "../../../intraday/options/option.ts";
import { withRoster } from "../../../stages/judged-roster.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { goTo } from "../../frame/route.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { changeText, measureText, optionTitle, wholeMoney } from "./option-words.ts";
import { isMade } from "./use-options.ts";

/** An option's changes, person by person: accepted into the roster, or discarded. */
export function Proposal(props: {
  readonly option: DayOption;
  readonly today: Today;
  readonly roster: Roster;
  readonly discarded: ReadonlySet<PersonChange>;
  readonly onDiscard: (changes: readonly PersonChange[]) => void;
}) {
  const { t } = useTranslation("day");
  const format = useFormat();
  const issueText = useIssueText();
  const { store } = useDesk();
  const plan = usePlan();
  const isWritable = useSession((state) => state.writable);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const { option, today, roster, discarded } = props;
  const nameOf = (id: string) => plan.agents.find((agent) => agent.id === id)?.name ?? id;
  const open = option.changes.filter((change) => !discarded.has(change) && !isMade(roster, change));

  const inForce = new Set((today.measures ?? []).map((measure) => JSON.stringify(measure)));
  const undecided = option.measures.filter((measure) => !inForce.has(JSON.stringify(measure)));

  /** The document with some changes made; null where they no longer can be. */
  function changed(changes: readonly PersonChange[]) {
    const { document } = store.state();
    const outcome = changedAssignments(document, today, changes);
    setIssues(outcome.issues);
    return outcome.ok ? withRoster(document, outcome.value) : null;
  }

  function accept(changes: readonly PersonChange[]): void {
    const document = changed(changes);
    if (document !== null) store.editDocument("day:edit.accept", () => document);
  }

  function decide(measures: readonly DayMeasure[]): void {
    store.edit("day:edit.measure", (before) => ({
      ...before,
      today: { ...today, measures: [...(today.measures ?? []), ...measures] },
    }));
  }

  function showInRoster(): void {
    const made = changed(open)?.results.roster;
    if (!made) return;
    store.dispatch({ type: "propose", proposals: { roster: made } });
    store.setView({ date: today.date, span: "day" });
    goTo("roster");
  }

  return (
    <section className="day-proposal" aria-label={t("proposal.title")}>
      <header className="day-options-head">
        <h3 className="control-title">{optionTitle(option, plan, t, format)}</h3>
        <p className="day-note">
          {option.measures.length > 0
            ? t("proposal.today")
            : t("proposal.left", { count: open.length, all: option.changes.length })}
        </p>
        {undecided.length > 0 && (
          <div className="day-buttons">
            <Button look="primary" disabled={!isWritable} onClick={() => decide(undecided)}>
              {t("proposal.acceptAll")}
            </Button>
          </div>
        )}
        {open.length > 0 && (
          <div className="day-buttons">
            <Button look="primary" disabled={!isWritable} onClick={() => accept(open)}>
              {t("proposal.acceptAll")}
            </Button>
            <Button onClick={() => props.onDiscard(open)}>{t("proposal.discardAll")}</Button>
            <Button disabled={!isWritable} onClick={showInRoster}>
              {t("proposal.inRoster")}
            </Button>
          </div>
        )}
      </header>
      {issues.length > 0 && (
        <ul className="day-issues" role="alert">
          {issues.map((issue) => (
            <li key={issue.code}>{issueText(issue)}</li>
          ))}
        </ul>
      )}
      <ul className="day-changes" aria-label={t("proposal.people")}>
        {option.measures.map((measure) => {
          const text = measureText(measure, plan, t, format);
          return (
            <li key={text}>
              <b>{text}</b>
              <span />
              <span />
              {undecided.includes(measure) ? (
                <Button
                  look="quiet"
                  disabled={!isWritable}
                  aria-label={t("proposal.acceptName", { name: text })}
                  onClick={() => decide([measure])}
                >
                  {t("proposal.accept")}
                </Button>
              ) : (
                <span className="day-note">{t("proposal.accepted")}</span>
              )}
            </li>
          );
        })}
        {partiesOf(option.changes).map((party) => {
          const [{ agentId, isWished }] = party;
          const names = format.list(party.map((change) => nameOf(change.agentId)));
          const made = isMade(roster, party[0]);
          const isGone = discarded.has(party[0]);
          const cost = party.reduce((sum, change) => sum + change.cost, 0);
          return (
            <li key={agentId} className={made ? "is-made" : isGone ? "is-discarded" : undefined}>
              <b>{names}</b>
              <span>
                {changeText(party[0], roster.grid, t, format)}
                {isWished && ` · ${t("proposal.wished")}`}
              </span>
              <span className="day-change-cost">{format.money(wholeMoney(cost), plan.currency)}</span>
              {made || isGone ? (
                <span className="day-note">{t(made ? "proposal.accepted" : "proposal.discarded")}</span>
              ) : (
                <span className="day-buttons">
                  <Button
                    look="quiet"
                    disabled={!isWritable}
                    aria-label={t("proposal.acceptName", { name: names })}
                    onClick={() => accept(party)}
                  >
                    {t("proposal.accept")}
                  </Button>
                  <Button
                    look="quiet"
                    aria-label={t("proposal.discardName", { name: names })}
                    onClick={() => props.onDiscard(party)}
                  >
                    {t("proposal.discard")}
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
