import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isAbort, WorkerCrash } from "./app/running/worker-client.ts";
import { openDesk } from "./app/session/desk.ts";
import { Frame } from "./ui/frame/frame.tsx";
import { ProgramBoundary } from "./ui/frame/page-boundary.tsx";
import { pages } from "./ui/frame/page-registry.ts";
import { currentPage, landOn } from "./ui/frame/route.ts";
import { DeskProvider } from "./ui/frame/session-context.tsx";
import { refuseWhatRuns } from "./ui/frame/trusted-types.ts";
import { Waiting } from "./ui/frame/waiting.tsx";
import { applyTheme } from "./ui/kit/theme/theme.ts";
import { startWords } from "./ui/kit/words.ts";
import "./ui/kit/theme/tokens.css";
import "./ui/kit/theme/base.css";
import "./ui/kit/controls/controls.css";

refuseWhatRuns();
applyTheme();
// The page's code is fetched while the plan is read: neither waits for the other. A failure shows where the page would.
pages
  .find(({ name }) => name === currentPage())
  ?.fetch()
  .catch(() => {});
const root = createRoot(document.getElementById("root") as HTMLElement);
const words = startWords();
let isOpen = false;
const [desk] = await Promise.all([
  openDesk(() => void words.then(() => !isOpen && root.render(<Waiting />))),
  words,
]);
isOpen = true;
landOn(desk.store.state().document.history !== null);
root.render(
  <StrictMode>
    <DeskProvider desk={desk}>
      <ProgramBoundary>
        <Frame />
      </ProgramBoundary>
    </DeskProvider>
  </StrictMode>,
);
window.addEventListener("pagehide", desk.library.flushOnClose);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") void desk.library.flush();
});

/** What nobody caught is said; the plan is kept all the same. */
function sayUnexpected(reason: unknown): void {
  if (isAbort(reason)) return;
  const message = reason instanceof Error ? reason.message : String(reason);
  const missing = reason instanceof WorkerCrash && reason.end === "missing";
  const code = missing ? "run.partMissing" : "run.unexpected";
  const issue = { code, severity: "error", values: { message } } as const;
  desk.store.dispatch({ type: "notice", notice: { id: "unexpected", issue } });
}
window.addEventListener("unhandledrejection", (event) => sayUnexpected(event.reason));
window.addEventListener("error", (event) => {
  if (event.error) sayUnexpected(event.error);
});
