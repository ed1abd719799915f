import { useEffect, useState } from "react";

export interface ThemeColors {
  readonly ink: string;
  readonly paper: string;
  readonly paper2: string;
  readonly accent: string;
  readonly short: string;
  readonly spare: string;
}

function readColors(): ThemeColors {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: token("--ink"),
    paper: token("--paper"),
    paper2: token("--paper-2"),
    accent: token("--accent"),
    short: token("--short"),
    spare: token("--spare"),
  };
}

/** Tokens as a canvas needs them, read again when the theme changes. */
export function useThemeColors(): ThemeColors | null {
  const [colors, setColors] = useState<ThemeColors | null>(null);
  useEffect(() => {
    const update = () => setColors(readColors());
    update();
    const observer = new MutationObserver(update);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", update);
    return () => {
      observer.disconnect();
      dark.removeEventListener("change", update);
    };
  }, []);
  return colors;
}
