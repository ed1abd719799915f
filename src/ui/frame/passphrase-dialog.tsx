import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../kit/controls/button.tsx";
import { Dialog } from "../kit/controls/dialog.tsx";
import { TextField } from "../kit/controls/text-field.tsx";

export interface PassphraseQuestion {
  readonly fileName: string;
  /** The last one did not fit. */
  readonly wrong: boolean;
  readonly answer: (passphrase: string | null) => void;
}

/** Asks for the passphrase of a file that is being opened. */
export function PassphraseDialog({ fileName, wrong, answer }: PassphraseQuestion) {
  const { t } = useTranslation(["frame", "charts", "issues"]);
  const [passphrase, setPassphrase] = useState("");
  return (
    <Dialog
      open
      onClose={() => answer(null)}
      title={t("passphrase.title", { file: fileName })}
      actions={
        <>
          <Button onClick={() => answer(null)}>{t("passphrase.cancel")}</Button>
          <Button look="primary" disabled={passphrase === ""} onClick={() => answer(passphrase)}>
            {t("passphrase.open")}
          </Button>
        </>
      }
    >
      <TextField
        type="password"
        label={t("passphrase.label")}
        value={passphrase}
        onChange={setPassphrase}
        onEnter={() => passphrase !== "" && answer(passphrase)}
        error={wrong ? t("issues:planFile.wrongPassphrase") : null}
      />
    </Dialog>
  );
}
