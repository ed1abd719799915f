import { useState } from "react";
import { useTranslation } from "react-i18next";
import { stageOrder } from "../../../stages/chain.ts";
import { stageFreshness } from "../../../stages/freshness.ts";
import { Page } from "../../frame/page.tsx";
import { usePlan, useSession } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { setupFinding } from "./finding.ts";
import { PeriodSection } from "./period-section.tsx";
import { QueueControls } from "./queue-controls.tsx";
import { QueuesSection } from "./queues-section.tsx";
import { RotationSection } from "./rotation-section.tsx";
import { SkillsSection } from "./skills-section.tsx";
import "./setup.css";

/** What a plan is about: its dates and clock, its queues, and who can serve which. */
export function SetupPage() {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const plan = usePlan();
  const [queueId, setQueueId] = useState(plan.queues[0].id);
  const queue = plan.queues.find(({ id }) => id === queueId) ?? plan.queues[0];
  return (
    <Page
      title={t("title")}
      finding={setupFinding(plan, t, format)}
      controls={<QueueControls key={queue.id} queue={queue} />}
    >
      <StaleStages />
      <PeriodSection />
      <QueuesSection chosen={queue.id} onChoose={setQueueId} />
      <SkillsSection />
      <RotationSection />
    </Page>
  );
}

/** Which results were made from what the plan was before. */
function StaleStages() {
  const { t } = useTranslation(["setup", "frame"]);
  const format = useFormat();
  const stale = useSession(({ document }) =>
    stageOrder.filter((stage) => stageFreshness(stage, document) === "stale").join(","),
  );
  const names = stale.split(",").filter((name) => name !== "");
  return (
    <p className="setup-stale" role="status">
      {names.length === 0
        ? t("stale.none")
        : t("stale.some", { stages: format.list(names.map((name) => t(`frame:stage.${name}`))) })}
    </p>
  );
}
