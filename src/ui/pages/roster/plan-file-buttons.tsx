import type { Outcome } from "../../../domain/outcome.ts";
import { withAgentCodes } from "../../../domain/plan/agent-codes.ts";
import type { Plan, PlanDocument } from "../../../domain/plan/plan.ts";
import { exportFileName } from "../../../files/export-names.ts";
import { useCoded } from "../../frame/codes-switch.tsx";
import { download } from "../../frame/download.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { FileButton } from "../../kit/controls/file-button.tsx";

/** A part of the plan out as CSV, and in again; what is wrong with a file is told above the page. */
export function PlanFileButtons(props: {
  readonly part: "wishes" | "ledger";
  readonly outLabel: string;
  readonly inLabel: string;
  readonly file: (document: PlanDocument) => Blob;
  readonly withFile: (plan: Plan, text: string, name: string) => Outcome<Plan>;
}) {
  const { store } = useDesk();
  const coded = useCoded();
  const noticeId = `roster.${props.part}`;

  async function takeIn(file: File): Promise<void> {
    const text = await file.text();
    const outcome = props.withFile(store.state().document.plan, text, file.name);
    if (outcome.ok) store.edit(`roster:edit.${props.part}`, () => outcome.value);
    const [issue] = outcome.issues;
    if (issue) store.dispatch({ type: "notice", notice: { id: noticeId, issue } });
    else store.dispatch({ type: "dismiss", id: noticeId });
  }
  return (
    <>
      <Button
        onClick={() => {
          const { document: whole } = store.state();
          const document = coded ? withAgentCodes(whole) : whole;
          download(props.file(document), exportFileName(document.plan.name, props.part, "csv"));
        }}
      >
        {props.outLabel}
      </Button>
      <FileButton label={props.inLabel} accept=".csv,text/csv" onFile={(file) => void takeIn(file)} />
    </>
  );
}
