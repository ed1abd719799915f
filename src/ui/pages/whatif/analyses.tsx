import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "../../../domain/plan/scenario.ts";
import { Tabs } from "../../kit/controls/tabs.tsx";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { CheapestFix, type FoundFix } from "./cheapest-fix.tsx";
import { PayBack } from "./pay-back.tsx";
import { PilotView } from "./pilot-view.tsx";
import { RobustnessView } from "./robustness-view.tsx";
import { SweepView } from "./sweep-view.tsx";
import { TornadoView } from "./tornado-view.tsx";
import { TrainingView } from "./training-view.tsx";
import { WaysView } from "./ways-view.tsx";

const tabs = ["sweep", "tornado", "fix", "ways", "training", "robustness", "payBack", "pilot"] as const;

/** Further questions about the scenario that is shown. */
export function Analyses(props: {
  readonly subject: AnalysisSubject;
  readonly onKeep: (name: string, changes: readonly Change[]) => void;
  readonly onFixFound: (fix: FoundFix) => void;
  /** Adds a cost to the shown scenario; null: it is none of the plan's. */
  readonly onAddCost: (() => void) | null;
}) {
  const { t } = useTranslation("whatif");
  const [tab, setTab] = useState<(typeof tabs)[number]>("sweep");
  return (
    <section aria-label={t("analyses.label", { name: props.subject.name })}>
      <Tabs
        label={t("analyses.label", { name: props.subject.name })}
        value={tab}
        tabs={tabs.map((value) => ({ value, name: t(`analyses.${value}`) }))}
        onChange={setTab}
      >
        {tab === "sweep" && <SweepView subject={props.subject} />}
        {tab === "tornado" && <TornadoView subject={props.subject} />}
        {tab === "fix" && (
          <CheapestFix subject={props.subject} onKeep={props.onKeep} onFound={props.onFixFound} />
        )}
        {tab === "ways" && <WaysView subject={props.subject} onKeep={props.onKeep} />}
        {tab === "training" && <TrainingView subject={props.subject} onKeep={props.onKeep} />}
        {tab === "robustness" && <RobustnessView subject={props.subject} />}
        {tab === "payBack" && <PayBack subject={props.subject} onAddCost={props.onAddCost} />}
        {tab === "pilot" && <PilotView subject={props.subject} />}
      </Tabs>
    </section>
  );
}
