import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../../domain/outcome.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import { exportFileName } from "../../../files/export-names.ts";
import { readScenarioFile, scenarioFileText } from "../../../files/scenario-file.ts";
import { download } from "../../frame/download.ts";
import { pageHref } from "../../frame/route.ts";
import { Button } from "../../kit/controls/button.tsx";
import { Dialog } from "../../kit/controls/dialog.tsx";
import { scenarioOfAddress, scenarioParameter } from "./scenario-exchange.ts";

/** A scenario out as a file or a link, and in from either. */
export function ScenarioExchange(props: {
  /** The scenario that can be given away; null: none is shown. */
  readonly scenario: Scenario | null;
  /** Those of the plan, one of which an opened scenario may replace. */
  readonly scenarios: readonly Scenario[];
  readonly onOpen: (scenario: Scenario) => void;
}) {
  const { scenario, scenarios, onOpen } = props;
  const { t } = useTranslation("whatif");
  const { t: issueWords } = useTranslation("issues");
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<string | null>(null);
  /** Came by a link, which may be anybody's: nothing of the plan changes before the person says so. */
  const [asked, setAsked] = useState<Scenario | null>(null);
  const take = (outcome: Outcome<Scenario>, onRead: (scenario: Scenario) => void) => {
    if (outcome.ok) {
      setSaid(null);
      onRead(outcome.value);
    } else setSaid(issueWords(outcome.issues[0].code, outcome.issues[0].values));
  };
  const takeAddress = useRef(take);
  takeAddress.current = take;
  useEffect(() => {
    const read = () => {
      const outcome = scenarioOfAddress(window.location.hash);
      if (outcome === null) return;
      window.history.replaceState(null, "", pageHref("whatif"));
      takeAddress.current(outcome, setAsked);
    };
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const copyLink = async () => {
    if (scenario === null) return;
    const address = new URL(window.location.href);
    address.hash = `${pageHref("whatif").slice(1)}?${scenarioParameter(scenario)}`;
    try {
      await navigator.clipboard.writeText(address.href);
      setSaid(t("exchange.copied"));
    } catch {
      setSaid(address.href);
    }
  };
  return (
    <>
      <div className="whatif-exchange">
        <Button
          disabled={scenario === null}
          onClick={() =>
            scenario !== null &&
            download(
              new Blob([scenarioFileText(scenario)], { type: "application/json" }),
              exportFileName(scenario.name, "scenario", "json"),
            )
          }
        >
          {t("exchange.save")}
        </Button>
        <Button disabled={scenario === null} onClick={copyLink}>
          {t("exchange.link")}
        </Button>
        <Button onClick={() => input.current?.click()}>{t("exchange.open")}</Button>
      </div>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t("exchange.open")}
        onChange={async (event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) take(readScenarioFile(await file.text()), onOpen);
        }}
      />
      <Dialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={t("exchange.askTitle")}
        actions={
          <>
            <Button onClick={() => setAsked(null)}>{t("exchange.refuse")}</Button>
            <Button
              look="primary"
              onClick={() => {
                if (asked !== null) onOpen(asked);
                setAsked(null);
              }}
            >
              {t("exchange.accept")}
            </Button>
          </>
        }
      >
        <p>
          {t(scenarios.some(({ id }) => id === asked?.id) ? "exchange.askReplace" : "exchange.askAdd", {
            name: asked?.name ?? "",
            count: asked?.changes.length ?? 0,
          })}
        </p>
      </Dialog>
      {said !== null && (
        <p className="field-hint" role="status">
          {said}
        </p>
      )}
    </>
  );
}
