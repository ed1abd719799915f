import i18next from "i18next";
import type { Issue } from "../domain/outcome.ts";
import words from "../ui/issues/words/en.json" with { type: "json" };

const sentences = i18next.createInstance();
void sentences.init({
  lng: "en",
  resources: { en: { issues: words } },
  defaultNS: "issues",
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** The page's sentence for an issue, without its place: "31.02.2003 is not a date. Row left out." */
export function issueSentence({ code, column, table, values = {} }: Issue): string {
  const written = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number" && name !== "count" ? new Intl.NumberFormat("en").format(value) : value,
    ]),
  );
  return sentences.exists(code, written)
    ? sentences.t(code, { ...written, column: column ?? written.column, table })
    : sentences.t("unknown", { code });
}

/**
 * An issue as the command line prints it: `warning calls.csv:4112 [DateTime] 31.02.2003 is not a date. Row left out.
 * (import.unparsableDate)`. A question of a file ends with the options that answer it.
 */
export function issueLine(issue: Issue): string {
  const place = [issue.table, issue.line].filter((part) => part !== undefined).join(":");
  const column = issue.column === undefined ? "" : `[${issue.column}]`;
  const { option } = issue.values ?? {};
  const answer = option === undefined ? "" : `Options: ${option}.`;
  return [issue.severity, place, column, issueSentence(issue), answer, `(${issue.code})`]
    .filter((word) => word !== "")
    .join(" ")
    .replace(/[\r\n]+/g, " ");
}
