import { Component, type ReactNode, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../app/keeping/storage.ts";
import { savePlanFile } from "./download.ts";
import { useDesk } from "./session-context.tsx";

/** Ways on from what threw. */
interface WaysOn {
  /** Keeps what is not kept yet, before the program is loaded again. */
  readonly onReload: () => Promise<void>;
  readonly onSavePlan: () => void;
  /** Takes back the last edit, where there was one. */
  readonly onUndo: () => void;
  /** The other plans that this browser keeps. */
  readonly plans: readonly PlanSummary[];
  readonly onOpenPlan: (id: string) => Promise<void>;
}

/**
 * Keeps the plan when something throws: around a page only the page is lost, around the frame all of it. It can be tried
 * again, the last edit be undone, the plan be saved as a file and another one be opened.
 */
export class PageBoundary extends Component<
  WaysOn & { readonly children: ReactNode; readonly isWhole?: boolean },
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
        isWhole={this.props.isWhole === true}
        onSavePlan={this.props.onSavePlan}
        onUndo={() => {
          this.props.onUndo();
          this.setState({ error: null });
        }}
        plans={this.props.plans}
        onOpenPlan={(id) => void this.props.onOpenPlan(id).then(() => this.setState({ error: null }))}
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
  readonly isWhole: boolean;
  readonly onSavePlan: () => void;
  readonly onUndo: () => void;
  readonly plans: readonly PlanSummary[];
  readonly onOpenPlan: (id: string) => void;
  readonly onRetry: () => void;
  readonly onReload: () => void;
}) {
  const { t } = useTranslation("frame");
  return (
    <section className="crash" role="alert">
      <h1>{t(props.isWhole ? "crash.wholeTitle" : "crash.title")}</h1>
      <p>{t(props.isWhole ? "crash.wholeText" : "crash.text")}</p>
      <p>
        <button type="button" className="button button-primary" onClick={props.onRetry}>
          {t("crash.retry")}
        </button>{" "}
        <button type="button" className="button" onClick={props.onReload}>
          {t("crash.reload")}
        </button>{" "}
        <button type="button" className="button" onClick={props.onUndo}>
          {t("crash.undo")}
        </button>{" "}
        <button type="button" className="button" onClick={props.onSavePlan}>
          {t("crash.save")}
        </button>
      </p>
      {props.plans.length > 0 ? (
        <>
          <p>{t("crash.others")}</p>
          <ul>
            {props.plans.map(({ id, name }) => (
              <li key={id}>
                <button type="button" className="text-button" onClick={() => props.onOpenPlan(id)}>
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <details>
        <summary>{t("crash.details")}</summary>
        <pre>{props.error.stack ?? props.error.message}</pre>
      </details>
    </section>
  );
}

/** What the desk offers to whoever stands before something that threw. */
export function useWaysOn(): WaysOn {
  const { store, library } = useDesk();
  const plans = useSyncExternalStore(library.subscribe, library.plans);
  const { id, name } = store.state().document.plan;
  return {
    onReload: library.flush,
    onSavePlan: () => void savePlanFile(library, name),
    onUndo: () => store.undo(),
    plans: plans.filter((plan) => plan.id !== id),
    onOpenPlan: library.open,
  };
}

/** The whole program in a boundary: what stands around the pages reads the plan too. */
export function ProgramBoundary({ children }: { readonly children: ReactNode }) {
  return (
    <PageBoundary isWhole {...useWaysOn()}>
      {children}
    </PageBoundary>
  );
}
