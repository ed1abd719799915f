import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { exportFileName } from "../../app/plan-exports.ts";
import type { RosterPlace } from "../../app/roster-edits.ts";
import { proposeEditedRoster, rosterCalendarFile, rosterCsvFile } from "../../app/roster-files.ts";
import type { Roster } from "../../domain/roster.ts";
import { Button } from "../controls/button.tsx";
import { download } from "../download.ts";
import { ControlGroup } from "../page.tsx";
import { useDesk, usePlan } from "../session-context.tsx";

/** The roster out as CSV and calendar, and back in after somebody edited it elsewhere: it returns as a proposal. */
export function ExchangePanel(props: {
  readonly roster: Roster;
  readonly place: RosterPlace | null;
  readonly editable: boolean;
}) {
  const { roster, place } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const input = useRef<HTMLInputElement>(null);
  const agent = plan.agents.find(({ id }) => id === place?.agentId);

  async function takeBack(file: File): Promise<void> {
    const outcome = proposeEditedRoster(store.state().document, await file.text(), file.name);
    if (outcome.ok) store.dispatch({ type: "propose", proposals: { roster: outcome.value } });
    const [issue] = outcome.issues;
    if (issue) store.dispatch({ type: "notice", notice: { id: "roster.file", issue } });
    else store.dispatch({ type: "dismiss", id: "roster.file" });
  }

  return (
    <ControlGroup title={t("exchange.title")}>
      <div className="place-buttons">
        <Button
          onClick={() => download(rosterCsvFile(plan, roster), exportFileName(plan.name, "roster", "csv"))}
        >
          {t("exchange.csv")}
        </Button>
        <Button
          onClick={() =>
            download(rosterCalendarFile(plan, roster, null), exportFileName(plan.name, "roster", "ics"))
          }
        >
          {t("exchange.calendar")}
        </Button>
        {agent && (
          <Button
            onClick={() =>
              download(
                rosterCalendarFile(plan, roster, [agent.id]),
                exportFileName(plan.name, agent.name, "ics"),
              )
            }
          >
            {t("exchange.calendarOf", { agent: agent.name })}
          </Button>
        )}
        <Button onClick={() => window.print()}>{t("exchange.print")}</Button>
        {props.editable && (
          <>
            <Button onClick={() => input.current?.click()}>{t("exchange.bringBack")}</Button>
            <input
              ref={input}
              className="visually-hidden"
              type="file"
              accept=".csv,text/csv"
              tabIndex={-1}
              aria-label={t("exchange.bringBack")}
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = "";
                if (file) void takeBack(file);
              }}
            />
          </>
        )}
      </div>
    </ControlGroup>
  );
}
