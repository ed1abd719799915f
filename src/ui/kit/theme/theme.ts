import { useSyncExternalStore } from "react";
import { rememberedText, rememberText } from "../remembered-text.ts";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const themeKey = "shiftwright.theme";
const listeners = new Set<() => void>();

function savedTheme(): Theme {
  const saved = rememberedText(themeKey);
  return themes.find((theme) => theme === saved) ?? "auto";
}

/** Puts the saved theme on the page; without one the system decides. */
export function applyTheme(): void {
  const theme = savedTheme();
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(theme: Theme): void {
  rememberText(themeKey, theme);
  applyTheme();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, savedTheme);
}
