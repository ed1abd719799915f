import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileTerms } from "../../../app/keeping/plan-library.ts";
import { exportFileName } from "../../../files/export-names.ts";
import { keyIterations } from "../../../files/locked-file.ts";
import { download, planExtension, savePlanFile } from "../../frame/download.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** Plan file, backup, and what both hold and behind what. The passphrase is kept nowhere but in this form. */
export function SaveFiles() {
  const { t } = useTranslation("files");
  const format = useFormat();
  const { library } = useDesk();
  const planName = useSession((state) => state.document.plan.name);
  const [withResults, setWithResults] = useState(true);
  const [coded, setCoded] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [repeated, setRepeated] = useState("");
  // A slip of the finger would lock the file for ever.
  const differs = passphrase !== "" && repeated !== passphrase;
  const [saved, setSaved] = useState<number | null>(null);
  const reasonId = useId();
  const terms: FileTerms = { coded, passphrase: passphrase === "" ? null : passphrase };
  return (
    <>
      <ControlGroup title={t("planFile.title")}>
        <p className="files-note">{t(withResults ? "planFile.text" : "planFile.textWithout")}</p>
        <Switch label={t("planFile.withResults")} checked={withResults} onChange={setWithResults} />
        <Button
          look="primary"
          disabled={differs}
          aria-describedby={differs ? reasonId : undefined}
          onClick={() =>
            void savePlanFile(library, planName, { ...terms, withoutResults: !withResults }).then(setSaved)
          }
        >
          {t("planFile.save")}
        </Button>
        <p className="files-note" role="status">
          {saved === null ? null : t("planFile.saved", { size: format.bytes(saved) })}
        </p>
        <OpenFile />
      </ControlGroup>
      <ControlGroup title={t("backup.title")}>
        <p className="files-note">{t("backup.text")}</p>
        <Button
          disabled={differs}
          aria-describedby={differs ? reasonId : undefined}
          onClick={() =>
            void library
              .backupFile(terms)
              .then((file) => download(file, exportFileName("shiftwright", "backup", planExtension(terms))))
          }
        >
          {t("backup.save")}
        </Button>
      </ControlGroup>
      <ControlGroup title={t("protection.title")}>
        <Switch label={t("protection.coded")} checked={coded} onChange={setCoded} />
        <TextField
          type="password"
          label={t("protection.passphrase")}
          value={passphrase}
          onChange={(typed) => {
            setPassphrase(typed);
            if (typed === "") setRepeated("");
          }}
          hint={
            passphrase === ""
              ? t("protection.open")
              : t("protection.locked", { iterations: format.number(keyIterations) })
          }
        />
        {passphrase === "" ? null : (
          <TextField
            type="password"
            label={t("protection.repeat")}
            value={repeated}
            onChange={setRepeated}
            error={differs && repeated !== "" ? t("protection.differs") : null}
          />
        )}
        <p className="files-note" id={reasonId} role="status">
          {differs ? t("protection.waits") : null}
        </p>
      </ControlGroup>
    </>
  );
}

function OpenFile() {
  const { t } = useTranslation("files");
  const { library, store } = useDesk();
  return (
    <label className="button files-open">
      {t("planFile.open")}
      <input
        type="file"
        accept=".json,.gz,.locked,application/json,application/gzip"
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void library.openFile(file, file.name);
          event.target.value = "";
          store.dispatch({ type: "dismiss", id: "file" });
        }}
      />
    </label>
  );
}
