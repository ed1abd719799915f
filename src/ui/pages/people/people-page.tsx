import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../frame/page.tsx";
import { pageHref } from "../../frame/route.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { FileButton } from "../../kit/controls/file-button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ContractsSection } from "./contracts-section.tsx";
import { peopleFinding } from "./finding.ts";
import { ImportPanel } from "./import-panel.tsx";
import { PeopleGrid } from "./people-grid.tsx";
import "./people.css";

/** Who works here: people with what they can do, their contracts, and lists from an HR system that update them. */
export function PeoplePage() {
  const { t } = useTranslation("people");
  const format = useFormat();
  const plan = usePlan();
  const incoming = useSession((state) => state.incoming);
  return (
    <Page title={t("title")} finding={peopleFinding(plan, t, format)} controls={<ListControls />}>
      {incoming !== null && <ImportPanel key={incoming.name} file={incoming} />}
      <PeopleGrid />
      <ContractsSection />
    </Page>
  );
}

/** Brings a list of people in: chosen, dropped anywhere, or pasted. */
function ListControls() {
  const { t } = useTranslation("people");
  const id = useId();
  const { store } = useDesk();
  const [text, setText] = useState("");
  const take = (name: string, data: Blob) => store.dispatch({ type: "incoming", file: { name, data } });
  return (
    <ControlGroup title={t("list.title")}>
      <p className="people-note">{t("list.hint")}</p>
      <FileButton
        label={t("list.choose")}
        accept=".csv,.tsv,.txt,.xlsx,text/csv"
        onFile={(file) => take(file.name, file)}
      />
      <div className="field">
        <label htmlFor={id} className="field-label">
          {t("list.paste")}
        </label>
        <textarea
          id={id}
          className="input people-paste"
          rows={4}
          value={text}
          placeholder={t("list.example")}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Button
        disabled={!/\S[\s\S]*[\n\r]\s*\S/.test(text)}
        onClick={() => {
          take(t("list.pasted"), new Blob([text], { type: "text/csv" }));
          setText("");
        }}
      >
        {t("list.read")}
      </Button>
      <p className="people-note">
        {t("list.times")} <a href={pageHref("roster")}>{t("list.roster")}</a>
      </p>
    </ControlGroup>
  );
}
