import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { version } from "../../../../package.json";
import { filesWorker } from "../../../app/running/files-client.ts";
import { withAgentCodes } from "../../../domain/plan/agent-codes.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import { canExport, type ExportName, exportFileName, exportNames } from "../../../files/export-names.ts";
import { CodesSwitch, useCoded } from "../../frame/codes-switch.tsx";
import { download, planFileExtension } from "../../frame/download.ts";
import { Page } from "../../frame/page.tsx";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import "./files.css";
import { filesFinding } from "./finding.ts";
import { SaveFiles } from "./save-files.tsx";
import { StoredHere } from "./stored-here.tsx";

const previewLines = 8;

/** Everything in and out in one place: tables, plan files, the plans kept here, snapshots. */
export function FilesPage() {
  const { t } = useTranslation("files");
  const { library } = useDesk();
  const document = useSession((state) => state.document);
  const coded = useCoded();
  const exported = useMemo(() => (coded ? withAgentCodes(document) : document), [coded, document]);

  return (
    <Page
      title={t("title")}
      finding={filesFinding(document, t)}
      controls={
        <>
          <SaveFiles />
          <p className="files-note">{t("version", { version })}</p>
        </>
      }
    >
      <section aria-labelledby="files-exports">
        <h2 id="files-exports" className="files-heading">
          {t("exports.title")}
        </h2>
        <CodesSwitch />
        <ul className="files-list">
          {exportNames.map((name) => (
            <Export key={name} name={name} document={exported} />
          ))}
        </ul>
      </section>
      <KeptPlans />
      <Snapshots onAdd={(label) => void library.addSnapshot(label)} />
      <StoredHere />
    </Page>
  );
}

/** One table: what it holds, its first lines on demand, and the download. The text is made in the worker. */
function Export({ name, document }: { readonly name: ExportName; readonly document: PlanDocument }) {
  const { t } = useTranslation("files");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const possible = canExport(name, document);

  useEffect(() => {
    setText(null);
    if (!open || !possible) return;
    let current = true;
    void filesWorker
      .call((worker) => worker.exportCsv(name, document))
      .then((csv) => {
        if (current) setText(csv);
      });
    return () => {
      current = false;
    };
  }, [open, possible, name, document]);

  async function save(): Promise<void> {
    const csv = text ?? (await filesWorker.call((worker) => worker.exportCsv(name, document)));
    if (csv === null) return;
    download(
      new Blob([csv], { type: "text/csv;charset=utf-8" }),
      exportFileName(document.plan.name, name, "csv"),
    );
  }

  const lines = text === null ? null : text.trimEnd().split(/\r?\n/);
  return (
    <li className="files-row">
      <div className="files-row-head">
        <div className="files-what">
          <h3>{t(`export.${name}.title`)}</h3>
          <p className="files-note">{possible ? t(`export.${name}.text`) : t(`export.${name}.missing`)}</p>
        </div>
        <Button
          look="quiet"
          disabled={!possible}
          aria-expanded={open && possible}
          onClick={() => setOpen(!open)}
        >
          {open && possible ? t("exports.hide") : t("exports.preview")}
        </Button>
        <Button
          disabled={!possible}
          onClick={() => void save()}
          aria-label={t("exports.save", { table: t(`export.${name}.title`) })}
        >
          CSV
        </Button>
      </div>
      {open && possible ? (
        <figure className="files-preview">
          {lines === null ? (
            <p className="files-note">{t("exports.making")}</p>
          ) : (
            <>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
              <pre tabIndex={0}>{lines.slice(0, previewLines + 1).join("\n")}</pre>
              <figcaption className="files-note">
                {t("exports.lines", {
                  count: lines.length - 1,
                  lines: format.number(lines.length - 1),
                  size: format.bytes(new Blob([text ?? ""]).size),
                })}
              </figcaption>
            </>
          )}
        </figure>
      ) : null}
    </li>
  );
}

function KeptPlans() {
  const { t } = useTranslation("files");
  const format = useFormat();
  const { library } = useDesk();
  const plans = useSyncExternalStore(library.subscribe, library.plans);
  const openId = useSession((state) => state.document.plan.id);
  return (
    <section aria-labelledby="files-plans">
      <h2 id="files-plans" className="files-heading">
        {t("plans.title")}
      </h2>
      <ul className="files-list">
        {plans.map((plan) => (
          <li key={plan.id} className="files-row files-row-head">
            <div className="files-what">
              <h3>{plan.name}</h3>
              <p className="files-note">
                {plan.id === openId
                  ? t("plans.openNow")
                  : t("plans.changed", { time: format.instant(plan.changedAt, new Date()) })}
              </p>
            </div>
            {plan.id === openId ? (
              <Button look="quiet" onClick={() => void library.duplicate()}>
                {t("plans.duplicate")}
              </Button>
            ) : (
              <Button
                look="quiet"
                onClick={() => void library.open(plan.id)}
                aria-label={t("plans.openNamed", { plan: plan.name })}
              >
                {t("plans.open")}
              </Button>
            )}
            <Button
              look="quiet"
              onClick={() =>
                void library
                  .keptFile(plan.id)
                  .then((file) => file && download(file, exportFileName(plan.name, "", planFileExtension)))
              }
              aria-label={t("plans.saveNamed", { plan: plan.name })}
            >
              {t("plans.save")}
            </Button>
            <Button
              look="quiet"
              disabled={plans.length < 2}
              onClick={() => void library.remove(plan.id)}
              aria-label={t("plans.removeNamed", { plan: plan.name })}
            >
              {t("plans.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => void library.startNew(t("plans.newName"))}>{t("plans.new")}</Button>
    </section>
  );
}

function Snapshots({ onAdd }: { readonly onAdd: (label: string) => void }) {
  const { t } = useTranslation("files");
  const format = useFormat();
  const { library } = useDesk();
  const snapshots = useSyncExternalStore(library.subscribe, library.snapshots);
  const [label, setLabel] = useState("");
  return (
    <section aria-labelledby="files-snapshots">
      <h2 id="files-snapshots" className="files-heading">
        {t("snapshots.title")}
      </h2>
      <p className="files-note">{t("snapshots.text")}</p>
      <ul className="files-list">
        {snapshots.map((snapshot) => (
          <li key={snapshot.id} className="files-row files-row-head">
            <div className="files-what">
              <h3>{snapshot.label}</h3>
              <p className="files-note">{format.instant(snapshot.madeAt, new Date())}</p>
            </div>
            <Button look="quiet" onClick={() => void library.restoreSnapshot(snapshot.id)}>
              {t("snapshots.restore")}
            </Button>
            <Button look="quiet" onClick={() => void library.removeSnapshot(snapshot.id)}>
              {t("plans.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="files-snapshot-form"
        onSubmit={(event) => {
          event.preventDefault();
          onAdd(label.trim() || t("snapshots.unnamed"));
          setLabel("");
        }}
      >
        <input
          className="input"
          aria-label={t("snapshots.label")}
          placeholder={t("snapshots.label")}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <Button type="submit">{t("snapshots.add")}</Button>
      </form>
    </section>
  );
}
