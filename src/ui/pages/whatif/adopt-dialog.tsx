import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
import { adoptScenario } from "../../../scenarios/adopting/adopt-scenario.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { Dialog } from "../../kit/controls/dialog.tsx";

/** What follows from making a scenario the plan, or why it cannot be done; then one step that can be undone. */
export function AdoptDialog(props: {
  readonly scenario: Scenario;
  /** Shifts made for a scenario that asks for its own. */
  readonly newShifts: Schedule | null;
  readonly onAdopted: () => void;
  readonly onClose: () => void;
}) {
  const { scenario, newShifts } = props;
  const { t } = useTranslation("whatif");
  const issueText = useIssueText();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const outcome = useMemo(
    () => adoptScenario(document, scenario, newShifts, new Date().toISOString()),
    [document, scenario, newShifts],
  );
  function adopt(): void {
    if (!outcome.ok) return;
    store.editDocument("whatif:edit.adopt", (before) => (before === document ? outcome.value : before));
    props.onAdopted();
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t("adopt.named", { name: scenario.name })}
      description={t(outcome.ok ? "adopt.follows" : "adopt.refused")}
      actions={
        <>
          <Button onClick={props.onClose}>{t("adopt.cancel")}</Button>
          <Button look="primary" disabled={!outcome.ok} onClick={adopt}>
            {t("adopt.do")}
          </Button>
        </>
      }
    >
      <ul>
        {outcome.issues.map((issue) => (
          <li key={`${issue.code}/${issue.values?.place}/${issue.values?.scenario}`}>{issueText(issue)}</li>
        ))}
      </ul>
    </Dialog>
  );
}
