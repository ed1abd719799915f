import { useTranslation } from "react-i18next";
import type { NoticeAction } from "../../app/session/session.ts";
import type { Issue } from "../../domain/outcome.ts";
import { useDesk, useSession } from "./session-context.tsx";

const marks = { error: "▲", warning: "△", info: "i" } as const;

/** What the program has to say that no page of its own says: above the page, until dismissed. */
export function Notices({ onAction }: { readonly onAction: (action: NoticeAction) => void }) {
  const { t } = useTranslation("frame");
  const { store } = useDesk();
  const notices = useSession((state) => state.notices);
  return (
    <section className="notices" aria-label={t("notice.region")} aria-live="polite">
      {notices.map(({ id, issue, action }) => (
        <div key={id} className={`notice notice-${issue.severity}`}>
          <span className="notice-mark" aria-hidden="true">
            {marks[issue.severity]}
          </span>
          <p className="notice-text">
            <IssueText issue={issue} />
          </p>
          {action ? (
            <button
              type="button"
              className="button"
              onClick={() => {
                onAction(action);
                store.dispatch({ type: "dismiss", id });
              }}
            >
              {t(`notice.${action}`)}
            </button>
          ) : null}
          <button
            type="button"
            className="icon-button"
            aria-label={t("notice.dismiss")}
            onClick={() => store.dispatch({ type: "dismiss", id })}
          >
            ×
          </button>
        </div>
      ))}
    </section>
  );
}

/**
 * An issue as a sentence, from the catalogue `issues` by its code: "Line 4,112: 31.02.2003 is not a date." The place
 * (file, line, column) is put before it by the catalogue's own words.
 */
export function IssueText({ issue }: { readonly issue: Issue }) {
  const issueText = useIssueText();
  return <>{issueText(issue)}</>;
}

/** The same as a function, for lists, tables and titles. */
export function useIssueText(): (issue: Issue) => string {
  const { t, i18n } = useTranslation(["issues", "frame"]);
  return (issue) => {
    const values: Record<string, string | number> = { ...issue.values };
    if (typeof values.job === "string")
      values.job = t(`frame:job.${values.job}`, { defaultValue: values.job });
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === "number" && name !== "count") {
        values[name] = new Intl.NumberFormat(i18n.language).format(value);
      }
    }
    const sentence = i18n.exists(`issues:${issue.code}`, values)
      ? t(`issues:${issue.code}`, { ...values, column: issue.column ?? values.column, table: issue.table })
      : t("issues:unknown", { code: issue.code });
    if (issue.line === undefined) return sentence;
    return t("issues:atLine", {
      line: new Intl.NumberFormat(i18n.language).format(issue.line),
      sentence,
    });
  };
}
