import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../frame/page.tsx";
import { useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { AdherenceSection } from "./adherence.tsx";
import { periodsFinding } from "./finding.ts";
import { NextPeriod } from "./next-period.tsx";
import { PastPeriods } from "./past-periods.tsx";
import "./periods.css";

/** From one period to the next, and what came of those that are over. */
export function PeriodsPage() {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const document = useSession((state) => state.document);
  const hasFile = useSession((state) => state.incoming !== null);
  const [plans, setPlans] = useState(false);
  const { firstDate } = document.plan;
  return (
    <Page title={t("title")} finding={periodsFinding(document, t, format)}>
      {plans || hasFile ? (
        <NextPeriod key={firstDate} onDone={() => setPlans(false)} />
      ) : (
        <div className="periods-buttons">
          <Button look="primary" onClick={() => setPlans(true)}>
            {t("next.open")}
          </Button>
        </div>
      )}
      <AdherenceSection />
      <PastPeriods />
    </Page>
  );
}
