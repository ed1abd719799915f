import {
  type ComponentType,
  type ReactNode,
  Suspense,
  useDeferredValue,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import type { NoticeAction } from "../../app/session/session.ts";
import type { Queue } from "../../domain/plan/queue.ts";
import { rememberedText, rememberText } from "../kit/remembered-text.ts";
import { setTheme, themes, useTheme } from "../kit/theme/theme.ts";
import { type Language, languages, switchLanguage } from "../kit/words.ts";
import { savePlanFile } from "./download.ts";
import type { FrameActions } from "./frame-actions.ts";
import { Notices } from "./notices.tsx";
import { PageBoundary, useWaysOn } from "./page-boundary.tsx";
import { pages } from "./page-registry.ts";
import type { PaletteProps } from "./palette.tsx";
import { PlanMenu } from "./plan-menu.tsx";
import { FigureBar, Rail } from "./rail.tsx";
import { goTo, landingPage, pageHref, usePageName } from "./route.ts";
import { RunLine } from "./run-line.tsx";
import { useDesk, useSession } from "./session-context.tsx";
import { TimeBar } from "./time-bar.tsx";
import { Welcome } from "./welcome.tsx";
import "./frame.css";

const welcomeKey = "shiftwright.welcomeClosed";

/** Everything around a page: rail, bar, messages, run line, palette, and what works anywhere in the window. */
export function Frame() {
  const { t } = useTranslation("frame");
  const { store, library } = useDesk();
  // The rail answers at once; the page itself is drawn in slices, and the one before stays until its chunk is there.
  const current = useDeferredValue(usePageName());
  const page = pages.find((entry) => entry.name === current);
  const planId = useSession((state) => state.document.plan.id);
  const planName = useSession((state) => state.document.plan.name);
  const plans = useSyncExternalStore(library.subscribe, library.plans);
  const waysOn = useWaysOn();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [Palette, setPalette] = useState<ComponentType<PaletteProps> | null>(null);
  const [welcomeClosed, setWelcomeClosed] = useState(() => rememberedText(welcomeKey) !== null);
  const passphrase = usePassphraseQuestion();
  const fileInput = useRef<HTMLInputElement>(null);
  const dragging = useFileDrop(takeFiles);

  function openPalette(open: boolean): void {
    setPaletteOpen(open);
    if (open && Palette === null) void fetchPalette();
  }

  /** Fetched when first wanted; without a connection it says so, and is tried again the next time. */
  async function fetchPalette(): Promise<void> {
    try {
      const palette = await import("./palette.tsx");
      setPalette(() => palette.Palette);
    } catch {
      setPaletteOpen(false);
      const issue = { code: "run.partMissing", severity: "error" } as const;
      store.dispatch({ type: "notice", notice: { id: "palette", issue, action: "reload" } });
    }
  }

  function takeFiles(files: readonly File[]): void {
    const [file] = files;
    if (file === undefined) return;
    if (isPlanFile(file.name)) {
      void library.openFile(file, file.name);
      return;
    }
    void takeFile(file);
  }

  /** These pages take up a file of their own: a list of people, the history of the next period, what came of a day. */
  async function takeFile(file: File): Promise<void> {
    const stays = current === "periods" || current === "people" || current === "day";
    const isPeople = !stays && (await isListOfPeople(file, store.state().document.plan.queues));
    store.dispatch({ type: "incoming", file: { name: file.name, data: file } });
    if (!stays) goTo(isPeople ? "people" : "history");
  }

  const actions: FrameActions = {
    plans,
    chooseFile: () => fileInput.current?.click(),
    savePlan: () => void savePlanFile(library, planName),
    openPlan: (id) => void library.open(id),
    newPlan: () => void library.startNew(t("bar.newPlanName")),
    duplicatePlan: () => void library.duplicate(),
  };

  function act(action: NoticeAction): void {
    if (action === "undo") void library.undoRemove();
    else if (action === "workHere") void library.takeOver();
    else if (action === "repair") void library.repairFile();
    else if (action === "backup") void savePlanFile(library, planName);
    else window.location.reload();
  }

  useShortcuts({
    openPalette: () => openPalette(true),
    chooseFile: actions.chooseFile,
    savePlan: actions.savePlan,
  });
  usePastedHistory(takeFiles);
  useEffect(() => {
    document.title = page ? `${t(`page.${page.name}`)} · ${t("name")}` : t("name");
  }, [page, t]);

  return (
    <div className="frame">
      <button type="button" className="skip-link" onClick={() => document.getElementById("page")?.focus()}>
        {t("skip")}
      </button>
      <header className="frame-name">
        <a href={pageHref(landingPage)} className="brand">
          {t("name")}
        </a>
      </header>
      <TopBar actions={actions} onPalette={() => openPalette(true)} />
      <Rail />
      <main id="page" className="frame-page" tabIndex={-1}>
        <Notices onAction={act} />
        {planId === "sample" && !welcomeClosed && current === landingPage ? (
          <Welcome
            onChooseFile={actions.chooseFile}
            onClose={() => {
              rememberText(welcomeKey, "1");
              setWelcomeClosed(true);
            }}
          />
        ) : null}
        <Suspense fallback={<p className="page-loading">{t("page.loading")}</p>}>
          <PageBoundary key={`${current} ${planId}`} {...waysOn}>
            {page ? <page.Component /> : null}
          </PageBoundary>
        </Suspense>
      </main>
      <RunLine />
      <FigureBar onMenu={() => openPalette(true)} />
      {passphrase}
      {Palette ? <Palette open={paletteOpen} onOpenChange={openPalette} actions={actions} /> : null}
      <input
        ref={fileInput}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        data-testid="open-file"
        onChange={(event) => {
          takeFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {dragging ? <div className="drop-veil">{t("drop.here")}</div> : null}
    </div>
  );
}

/** The question for a locked file's passphrase, while there is one; its code comes with the first. */
function usePassphraseQuestion(): ReactNode {
  const { library } = useDesk();
  const [question, setQuestion] = useState<ReactNode>(null);
  useEffect(() => {
    library.askPassphrase(async (fileName, wrong) => {
      const { PassphraseDialog } = await import("./passphrase-dialog.tsx");
      return new Promise((resolve) => {
        const answer = (passphrase: string | null) => {
          setQuestion(null);
          resolve(passphrase);
        };
        setQuestion(<PassphraseDialog fileName={fileName} wrong={wrong} answer={answer} />);
      });
    });
  }, [library]);
  return question;
}

function TopBar(props: { readonly actions: FrameActions; readonly onPalette: () => void }) {
  const { t, i18n } = useTranslation("frame");
  const { store } = useDesk();
  const undoStep = useSession((state) => state.past.at(-1)?.label ?? null);
  const redoStep = useSession((state) => state.future.at(-1)?.label ?? null);
  const theme = useTheme();
  const nextTheme = themes[(themes.indexOf(theme) + 1) % themes.length];
  const otherLanguage = (Object.keys(languages) as Language[]).find((language) => language !== i18n.language);
  return (
    <section className="top-bar" aria-label={t("bar.region")}>
      <PlanMenu actions={props.actions} />
      <TimeBar />
      <div className="bar-tools">
        <button
          type="button"
          className="icon-button"
          aria-disabled={undoStep === null}
          title={undoStep === null ? t("bar.undo") : t("bar.undoStep", { step: t(undoStep) })}
          aria-label={undoStep === null ? t("bar.undo") : t("bar.undoStep", { step: t(undoStep) })}
          onClick={() => store.undo()}
        >
          ↶
        </button>
        <button
          type="button"
          className="icon-button"
          aria-disabled={redoStep === null}
          title={redoStep === null ? t("bar.redo") : t("bar.redoStep", { step: t(redoStep) })}
          aria-label={redoStep === null ? t("bar.redo") : t("bar.redoStep", { step: t(redoStep) })}
          onClick={() => store.redo()}
        >
          ↷
        </button>
        <button
          type="button"
          className="icon-button bar-look"
          title={t("bar.theme", { theme: t(`theme.${theme}`) })}
          aria-label={t("bar.theme", { theme: t(`theme.${theme}`) })}
          onClick={() => setTheme(nextTheme)}
        >
          {theme === "auto" ? "◑" : theme === "light" ? "☼" : "☾"}
        </button>
        {otherLanguage ? (
          <button
            type="button"
            className="text-button bar-look"
            lang={otherLanguage}
            onClick={() => void switchLanguage(otherLanguage)}
          >
            {languages[otherLanguage]}
          </button>
        ) : null}
        <button
          type="button"
          className="text-button palette-button"
          title={t("bar.paletteHint")}
          onClick={props.onPalette}
        >
          {t("bar.palette")} <kbd>Ctrl K</kbd>
        </button>
      </div>
    </section>
  );
}

/** Plan files are told from histories by their name; a history is never JSON. */
function isPlanFile(name: string): boolean {
  return /\.(json(\.gz)?|locked)$/i.test(name);
}

/** True while something that may be a file is dragged over the window. */
function useFileDrop(take: (files: readonly File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      setDragging(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);
  return dragging;
}

/** Text pasted outside a field is taken as a file of history. */
function usePastedHistory(take: (files: readonly File[]) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (isField(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (files.length > 0) latest.current(files);
      else if (/[\n\r]/.test(text.trim()))
        latest.current([new File([text], "pasted.csv", { type: "text/csv" })]);
      else return;
      event.preventDefault();
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, []);
}

function useShortcuts(acts: {
  readonly openPalette: () => void;
  readonly chooseFile: () => void;
  readonly savePlan: () => void;
}): void {
  const { store, runs } = useDesk();
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "k") latest.current.openPalette();
      else if (key === "enter") void runs.bringUpToDate();
      else if (key === "o" && !event.shiftKey) latest.current.chooseFile();
      else if (key === "s" && !event.shiftKey) latest.current.savePlan();
      else if (isTextField(event.target)) return;
      else if (key === "z" && event.shiftKey) store.redo();
      else if (key === "z") store.undo();
      else if (key === "y") store.redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [store, runs]);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Fields with an undo of their own. */
function isTextField(target: EventTarget | null): boolean {
  if (!isField(target)) return false;
  return !(target instanceof HTMLInputElement && /^(range|checkbox|radio|button)$/.test(target.type));
}

/** Whether the beginning of a file is a list of people. The readers of such lists are fetched for the first file only. */
async function isListOfPeople(file: File, queues: readonly Queue[]): Promise<boolean> {
  const { peopleTableOfFile, workbookBytes } = await import("../../files/people-workbook.ts");
  const { saysPeople } = await import("../../files/people-columns.ts");
  const isWorkbook = /\.xlsx$/i.test(file.name) && file.size <= workbookBytes;
  const bytes = new Uint8Array(await file.slice(0, isWorkbook ? file.size : 65_536).arrayBuffer());
  const table = await peopleTableOfFile(bytes, file.name, queues);
  return table.ok && saysPeople(table.value.headings, queues);
}
