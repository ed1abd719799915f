import type { ReactNode } from "react";
import { Button } from "../../kit/controls/button.tsx";

/** The button that runs an analysis, and beside it why the last run gave nothing, or what is worth knowing before. */
export function RunAnalysis(props: {
  readonly label: string;
  readonly disabled: boolean;
  readonly trouble: string | null;
  readonly onRun: () => void;
  readonly children?: ReactNode;
}) {
  return (
    <div className="run-stage">
      <Button look="primary" disabled={props.disabled} onClick={props.onRun}>
        {props.label}
      </Button>
      {props.trouble !== null && <span className="whatif-issue">{props.trouble}</span>}
      {props.children}
    </div>
  );
}
