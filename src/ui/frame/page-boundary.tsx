import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Keeps the frame and the plan when a page throws: only the page is lost, and it can be tried again. */
export class PageBoundary extends Component<
  { readonly children: ReactNode; readonly onReload: () => Promise<void> },
  { readonly error: Error | null }
> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const reload = () => void this.props.onReload().finally(() => window.location.reload());
    return (
      <CrashReport
        error={error}
        // A page whose code did not arrive stays missing until the program is loaded again.
        onRetry={() => (codeIsMissing(error) ? reload() : this.setState({ error: null }))}
        onReload={reload}
      />
    );
  }
}

/** Browsers word it differently: the page's part of the program could not be fetched. */
function codeIsMissing(error: Error): boolean {
  return /dynamically imported module|module script failed/i.test(error.message);
}

function CrashReport(props: {
  readonly error: Error;
  readonly onRetry: () => void;
  readonly onReload: () => void;
}) {
  const { t } = useTranslation("frame");
  return (
    <section className="crash" role="alert">
      <h1>{t("crash.title")}</h1>
      <p>{t("crash.text")}</p>
      <p>
        <button type="button" className="button button-primary" onClick={props.onRetry}>
          {t("crash.retry")}
        </button>{" "}
        <button type="button" className="button" onClick={props.onReload}>
          {t("crash.reload")}
        </button>
      </p>
      <details>
        <summary>{t("crash.details")}</summary>
        <pre>{props.error.stack ?? props.error.message}</pre>
      </details>
    </section>
  );
}
