import i18next, { type TFunction } from "i18next";
import { vi } from "vitest";
import type { Finding } from "../../src/ui/frame/finding.ts";
import { type Language, startWords } from "../../src/ui/kit/words.ts";

/** The words of one room, as a page gets them: for tests of sentences. */
export async function wordsOf<Namespace extends string>(
  namespace: Namespace,
  language: Language = "en",
): Promise<TFunction<Namespace>> {
  vi.stubGlobal("localStorage", { getItem: () => language, setItem: () => {} });
  vi.stubGlobal("document", { documentElement: { lang: "" } });
  if (!i18next.isInitialized) await startWords();
  await i18next.loadNamespaces(namespace);
  return i18next.getFixedT(language, namespace) as TFunction<Namespace>;
}

/** A finding with plain spaces where a number holds on to its unit. */
export function readable(finding: Finding): Finding {
  return { ...finding, text: finding.text.replaceAll("\u00a0", " ") };
}
