import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { useTranslation } from "react-i18next";
import { Button } from "../../../src/ui/kit/controls/button.tsx";
import { SegmentedControl } from "../../../src/ui/kit/controls/segmented-control.tsx";
import { applyTheme, setTheme, type Theme, themes, useTheme } from "../../../src/ui/kit/theme/theme.ts";
import { type Language, languages, startWords, switchLanguage } from "../../../src/ui/kit/words.ts";
import { ChartSpecimens, PageChartSpecimens } from "./charts.tsx";
import { ControlSpecimens } from "./controls.tsx";
import { FormatSpecimens } from "./formats.tsx";
import { GridSpecimens } from "./grids.tsx";
import "../../../src/ui/kit/theme/tokens.css";
import "../../../src/ui/kit/theme/base.css";
import "../../../src/ui/kit/controls/controls.css";
import "./gallery.css";

/**
 * Every control and chart in its states, for whoever works on them: `npm run dev`, then `/test/ui/gallery/`. The built
 * site has no such page. Its own words are not translated; those of the controls are.
 */
function Gallery() {
  const { i18n } = useTranslation();
  const theme = useTheme();
  return (
    <main className="gallery">
      <header className="gallery-bar">
        <h1>Controls and charts</h1>
        <Button onClick={walkTheFocus}>Walk the focus</Button>
        <SegmentedControl<Language>
          label="Language"
          labelHidden
          value={i18n.language as Language}
          options={Object.entries(languages).map(([value, name]) => ({ value: value as Language, name }))}
          onChange={(language) => void switchLanguage(language)}
        />
        <SegmentedControl<Theme>
          label="Theme"
          labelHidden
          value={theme}
          options={themes.map((value) => ({ value, name: value }))}
          onChange={setTheme}
        />
      </header>
      <Part title="Controls">
        <ControlSpecimens />
      </Part>
      <Part title="Grids">
        <GridSpecimens />
      </Part>
      <Part title="Charts over time">
        <ChartSpecimens />
      </Part>
      <Part title="Other charts">
        <PageChartSpecimens />
      </Part>
      <Part title="Numbers, times and dates">
        <FormatSpecimens />
      </Part>
    </main>
  );
}

function Part(props: { readonly title: string; readonly children: React.ReactNode }) {
  const [open, setOpen] = useState(true);
  return (
    <section>
      <h2>
        <button type="button" className="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "▾" : "▸"} {props.title}
        </button>
      </h2>
      {open && <div className="gallery-specimens">{props.children}</div>}
    </section>
  );
}

/** Shows the focus of each thing that can have it, one after the other. */
function walkTheFocus(): void {
  const all = document.querySelectorAll<HTMLElement>(
    ".specimen :is(button, input, select, summary, [tabindex='0']):not(:disabled)",
  );
  for (const [index, element] of [...all].entries())
    setTimeout(() => element.focus({ focusVisible: true } as FocusOptions), 400 * index);
}

applyTheme();
await startWords();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
