import { useTranslation } from "react-i18next";

/** In place of the program while another version of it, in another tab, holds the store that this one has to bring up to date. */
export function Waiting() {
  const { t } = useTranslation("issues");
  return (
    <main className="frame-page" role="status">
      <p>{t("storage.waiting")}</p>
    </main>
  );
}
