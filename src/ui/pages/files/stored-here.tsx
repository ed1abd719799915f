import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KeptPlace } from "../../../app/keeping/kept-places.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { Dialog } from "../../kit/controls/dialog.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** What this browser keeps of the program, where and how large; whether the browser may clear it; and the way to erase it all. */
export function StoredHere() {
  const { t } = useTranslation("files");
  const format = useFormat();
  const { library } = useDesk();
  const [places, setPlaces] = useState<readonly KeptPlace[]>([]);
  const [room, setRoom] = useState<Room | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    const read = () => void library.keptPlaces().then(setPlaces);
    read();
    void readRoom().then(setRoom);
    return library.subscribe(read);
  }, [library]);

  async function erase(): Promise<void> {
    await library.erase();
    window.location.reload();
  }

  return (
    <section aria-labelledby="files-stored">
      <h2 id="files-stored" className="files-heading">
        {t("stored.title")}
      </h2>
      <p className="files-note">{t("stored.text")}</p>
      <ul className="files-list">
        {places.map(({ place, count, bytes }) => (
          <li key={place} className="files-row files-row-head">
            <div className="files-what">
              <p className="files-place">{t(`stored.${place}.title`)}</p>
              <p className="files-note">{t(`stored.${place}.text`)}</p>
            </div>
            <span className="files-note">{t("stored.size", { count, size: format.bytes(bytes) })}</span>
          </li>
        ))}
      </ul>
      {room === null ? null : (
        <p className="files-note">
          {t("room.used", { size: format.bytes(room.used) })} {t(room.safe ? "room.safe" : "room.unsafe")}{" "}
          {room.safe ? null : (
            <Button
              look="quiet"
              onClick={() => void navigator.storage.persist().then(readRoom).then(setRoom)}
            >
              {t("room.protect")}
            </Button>
          )}
        </p>
      )}
      <Button onClick={() => setAsking(true)}>{t("stored.erase")}</Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("stored.erase")}
        description={t("stored.eraseText")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("stored.keep")}</Button>
            <Button look="primary" onClick={() => void erase()}>
              {t("stored.eraseNow")}
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </section>
  );
}

interface Room {
  readonly used: number;
  readonly safe: boolean;
}

async function readRoom(): Promise<Room | null> {
  if (navigator.storage?.estimate === undefined) return null;
  const { usage } = await navigator.storage.estimate();
  return { used: usage ?? 0, safe: await navigator.storage.persisted() };
}
