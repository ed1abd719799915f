import i18next, { type BackendModule, type FormatterModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { formatFor } from "./format.ts";
import { rememberedText, rememberText } from "./remembered-text.ts";

/** Languages the program speaks, each by its own name. */
export const languages = { en: "English", "zh-CN": "简体中文" } as const;
export type Language = keyof typeof languages;

const languageKey = "shiftwright.language";
/** Every room that speaks keeps its words beside it, one file per language: `…/roster/words/en.json`. */
const files = import.meta.glob<Record<string, unknown>>("../**/words/*.json", { import: "default" });
/** Loaders by `<language>/<namespace>`; a namespace is named like the folder its words lie in. */
const catalogues = new Map(
  Object.entries(files).map(([path, load]) => {
    const [namespace, , file] = path.split("/").slice(-3);
    return [`${file.replace(".json", "")}/${namespace}`, load];
  }),
);

/** Loads a namespace's catalogue when a page first asks for it. */
const catalogueBackend: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, done) {
    const load = catalogues.get(`${language}/${namespace}`);
    if (load === undefined) done(new RangeError(`no catalogue ${language}/${namespace}`), false);
    else
      load().then(
        (words) => done(null, words),
        (error: unknown) => done(error as Error, false),
      );
  },
};

function preferredLanguage(): Language {
  const saved = rememberedText(languageKey);
  if (saved !== null && saved in languages) return saved as Language;
  return navigator.language.startsWith("zh") ? "zh-CN" : "en";
}

/** Counts that are handed over as numbers are written as people read them: `1,263 shifts`. Seeds are names, not counts. */
const groupedNumbers: FormatterModule = {
  type: "formatter",
  init() {},
  add() {},
  addCached() {},
  format(value: unknown, _format, language, options) {
    if (typeof value !== "number" || options?.interpolationkey === "seed") return value as string;
    return formatFor(language ?? "en").number(value, Number.isInteger(value) ? 0 : 1);
  },
};

/** Starts i18next with the frame's and the issues' words; other namespaces come with their pages. */
export async function startWords(): Promise<void> {
  await i18next
    .use(catalogueBackend)
    .use(groupedNumbers)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage(),
      fallbackLng: "en",
      supportedLngs: Object.keys(languages),
      ns: ["frame", "issues"],
      defaultNS: "frame",
      interpolation: { escapeValue: false, alwaysFormat: true },
      partialBundledLanguages: true,
    });
  document.documentElement.lang = i18next.language;
}

export async function switchLanguage(language: Language): Promise<void> {
  rememberText(languageKey, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
