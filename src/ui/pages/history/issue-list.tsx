import { useTranslation } from "react-i18next";
import type { Issue } from "../../../domain/outcome.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** What was wrong in a file, row by row: line, column, and a sentence. */
export function IssueList({ issues }: { readonly issues: readonly Issue[] }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const text = useIssueText();
  const columns: Column<Issue>[] = [
    {
      id: "line",
      header: t("issues.line"),
      width: 72,
      align: "right",
      text: (issue) => (issue.line === undefined ? "" : format.number(issue.line)),
    },
    { id: "column", header: t("issues.column"), width: 130, text: (issue) => issue.column ?? "" },
    {
      id: "what",
      header: t("issues.what"),
      width: 560,
      text: ({ line: _line, ...issue }) => text(issue),
      tone: (issue) =>
        issue.severity === "info" ? "quiet" : issue.severity === "error" ? "short" : undefined,
    },
  ];
  return (
    <section aria-label={t("issues.title")}>
      <h2 className="control-title">{t("issues.count", { count: issues.length })}</h2>
      <DataGrid
        label={t("issues.title")}
        rows={issues}
        rowKey={(_, row) => row}
        columns={columns}
        height={220}
      />
    </section>
  );
}
