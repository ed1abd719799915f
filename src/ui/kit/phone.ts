import { useSyncExternalStore } from "react";

/** The width below which frame.css puts the rail at the bottom. */
const phoneWidth = "(max-width: 760px)";

/** True on a phone, where rosters are read and not edited. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(phoneWidth).matches);
}

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(phoneWidth);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
