import { useTranslation } from "react-i18next";
import { agentCodes } from "../../../domain/plan/agent-codes.ts";
import { exportFileName } from "../../../files/export-names.ts";
import { CodesSwitch, useCoded } from "../../frame/codes-switch.tsx";
import { download } from "../../frame/download.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { FileButton } from "../../kit/controls/file-button.tsx";
import type { SheetKind } from "./print-sheets.tsx";
import type { RosterPlace } from "./roster-edits.ts";
import { proposeEditedRoster, type RosterLayout, rosterFile, rosterLayouts } from "./roster-files.ts";

/** The roster out as CSV and calendar, and back in after somebody edited it elsewhere: it returns as a proposal. */
export function ExchangePanel(props: {
  readonly place: RosterPlace | null;
  readonly editable: boolean;
  readonly onPrint: (kind: SheetKind) => void;
}) {
  const { place } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const coded = useCoded();
  const agent = plan.agents.find(({ id }) => id === place?.agentId);

  function takeOut(layout: RosterLayout, agentId?: string): void {
    const made = rosterFile(store.state().document, layout, coded, agentId ? [agentId] : null);
    const codes = agentCodes(plan.agents);
    const part = agentId
      ? coded
        ? (codes.get(agentId) ?? "")
        : (agent?.name ?? "")
      : layout === "cxone"
        ? "cxone"
        : "roster";
    if (made) download(made.file, exportFileName(plan.name, part, made.extension));
  }

  async function takeBack(file: File): Promise<void> {
    const outcome = proposeEditedRoster(store.state().document, await file.text(), file.name);
    if (outcome.ok) store.dispatch({ type: "propose", proposals: { roster: outcome.value } });
    const [issue] = outcome.issues;
    if (issue) store.dispatch({ type: "notice", notice: { id: "roster.file", issue } });
    else store.dispatch({ type: "dismiss", id: "roster.file" });
  }

  return (
    <ControlGroup title={t("exchange.title")}>
      <CodesSwitch />
      <div className="place-buttons">
        {rosterLayouts.map((layout) => (
          <Button key={layout} onClick={() => takeOut(layout)}>
            {t(`exchange.${layout}`)}
          </Button>
        ))}
        {agent && (
          <Button onClick={() => takeOut("calendar", agent.id)}>
            {t("exchange.calendarOf", { agent: agent.name })}
          </Button>
        )}
        <Button onClick={() => props.onPrint("teams")}>{t("exchange.printTeams")}</Button>
        <Button onClick={() => props.onPrint("people")}>{t("exchange.printPeople")}</Button>
        {props.editable && (
          <FileButton
            label={t("exchange.bringBack")}
            accept=".csv,text/csv"
            onFile={(file) => void takeBack(file)}
          />
        )}
      </div>
    </ControlGroup>
  );
}
