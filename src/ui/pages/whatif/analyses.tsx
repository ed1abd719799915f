import { type ReactNode, useState } from "react";
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
type Tab = (typeof tabs)[number];

/** Further questions about the scenario that is shown. */
export function Analyses(props: {
  readonly subject: AnalysisSubject;
  readonly onKeep: (name: string, changes: readonly Change[]) => void;
  readonly onFixFound: (fix: FoundFix) => void;
  /** Adds a cost to the shown scenario; null: it is none of the plan's. */
  readonly onAddCost: (() => void) | null;
}) {
  const { t } = useTranslation("whatif");
  const [tab, setTab] = useState<Tab>("sweep");
  /** What was opened stays there, so that a run goes on and its answer is kept; payback is never run, it follows what is shown. */
  const [visited, setVisited] = useState<ReadonlySet<Tab>>(new Set());
  const { subject, onKeep } = props;
  const views: Record<Tab, ReactNode> = {
    sweep: <SweepView subject={subject} />,
    tornado: <TornadoView subject={subject} />,
    fix: <CheapestFix subject={subject} onKeep={onKeep} onFound={props.onFixFound} />,
    ways: <WaysView subject={subject} onKeep={onKeep} />,
    training: <TrainingView subject={subject} onKeep={onKeep} />,
    robustness: <RobustnessView subject={subject} />,
    payBack: <PayBack subject={subject} onAddCost={props.onAddCost} />,
    pilot: <PilotView subject={subject} />,
  };
  return (
    <section aria-label={t("analyses.label", { name: props.subject.name })}>
      <Tabs
        label={t("analyses.label", { name: props.subject.name })}
        value={tab}
        tabs={tabs.map((value) => ({ value, name: t(`analyses.${value}`) }))}
        onChange={(next) => {
          setVisited(new Set([...visited, tab, next]));
          setTab(next);
        }}
      >
        {tabs
          .filter((name) => name === tab || (visited.has(name) && name !== "payBack"))
          .map((name) => (
            <div key={name} hidden={name !== tab} data-analysis={t(`analyses.${name}`)}>
              {views[name]}
            </div>
          ))}
      </Tabs>
    </section>
  );
}
