import { useEffect, useState } from "react";

/** The colour a token stands for in the present theme, as a canvas takes it. */
export type TokenColors = (token: `--${string}`) => string;

/** Colours for a canvas, another function whenever the theme changes; null before the first effect. */
export function useTokenColors(): TokenColors | null {
  const [colors, setColors] = useState<TokenColors | null>(null);
  useEffect(() => {
    const update = () => setColors(() => tokenColors());
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

/** A token's own text may be `light-dark(…)`, which no canvas reads: the colour of an element is decided. */
function tokenColors(): TokenColors {
  const colors = new Map<string, string>();
  return (token) => {
    let color = colors.get(token);
    if (color === undefined) {
      const probe = document.createElement("i");
      probe.style.color = `var(${token})`;
      document.body.append(probe);
      color = getComputedStyle(probe).color;
      probe.remove();
      colors.set(token, color);
    }
    return color;
  };
}
