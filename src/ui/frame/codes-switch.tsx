import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Switch } from "../kit/controls/switch.tsx";

/**
 * Whether people's codes leave in place of their names: one answer for every table, calendar, copied text and printed sheet,
 * until the page is closed. Plan files and backups have a switch of their own, because a plan without names is not one to
 * go back to.
 */
let coded = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useCoded(): boolean {
  return useSyncExternalStore(subscribe, () => coded);
}

export function CodesSwitch() {
  const { t } = useTranslation("frame");
  return (
    <Switch
      label={t("codes")}
      checked={useCoded()}
      onChange={(checked) => {
        coded = checked;
        for (const listener of listeners) listener();
      }}
    />
  );
}
