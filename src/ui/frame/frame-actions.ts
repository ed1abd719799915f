import type { PlanSummary } from "../../app/keeping/storage.ts";
import "./frame.css";

/** What bar, menu and palette can do besides editing. */
export interface FrameActions {
  readonly plans: readonly PlanSummary[];
  readonly chooseFile: () => void;
  readonly savePlan: () => void;
  readonly openPlan: (id: string) => void;
  readonly newPlan: () => void;
  readonly duplicatePlan: () => void;
}
