import { useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { FrameActions } from "./frame-actions.ts";
import { pageHref } from "./route.ts";
import { useDesk, useSession } from "./session-context.tsx";

/** The open plan's name; opened, the other plans, renaming and copies. */
export function PlanMenu({ actions }: { readonly actions: FrameActions }) {
  const { t } = useTranslation("frame");
  const { store, library } = useDesk();
  const plan = useSession((state) => state.document.plan);
  const writable = useSession((state) => state.writable);
  const saved = useSyncExternalStore(library.subscribe, library.savedState);
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const nameId = useId();

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) setOpen(false);
    };
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
    };
    window.addEventListener("pointerdown", outside);
    window.addEventListener("focusin", outside);
    window.addEventListener("keydown", close);
    return () => {
      window.removeEventListener("pointerdown", outside);
      window.removeEventListener("focusin", outside);
      window.removeEventListener("keydown", close);
    };
  }, [open]);

  const keeping = writable ? saved : "mirror";
  return (
    <div className="plan-menu" ref={menu}>
      <button
        type="button"
        ref={button}
        className="plan-name"
        aria-expanded={open}
        aria-label={t("bar.planMenu", { name: plan.name })}
        onClick={() => setOpen(!open)}
      >
        <span className="plan-name-text">{plan.name}</span> ▾
      </button>
      <span className={`saved saved-${keeping}`} title={t(`saved.${keeping}`)}>
        <span className="sr-only">{t(`saved.${keeping}`)}</span>
      </span>
      {open ? (
        <div className="plan-panel">
          <label htmlFor={nameId}>{t("bar.plan")}</label>
          <input
            id={nameId}
            className="input"
            value={plan.name}
            disabled={!writable}
            onChange={(event) => {
              const name = event.target.value;
              if (name.trim() !== "")
                store.edit("frame:edit.rename", (before) => ({ ...before, name }), "rename");
            }}
          />
          <p className="plan-kept">{t(`saved.${keeping}`)}</p>
          {actions.plans.length > 1 ? (
            <>
              <h2 className="control-title">{t("bar.plans")}</h2>
              <ul className="plan-list">
                {actions.plans.map((other) => (
                  <li key={other.id}>
                    <button
                      type="button"
                      className="menu-item"
                      aria-current={other.id === plan.id ? "true" : undefined}
                      onClick={() => {
                        setOpen(false);
                        actions.openPlan(other.id);
                      }}
                    >
                      {other.name}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
          <div className="plan-actions">
            <button type="button" className="menu-item" onClick={actions.duplicatePlan}>
              {t("bar.duplicate")}
            </button>
            <button type="button" className="menu-item" onClick={actions.newPlan}>
              {t("bar.newPlan")}
            </button>
            <a className="menu-item" href={pageHref("files")} onClick={() => setOpen(false)}>
              {t("bar.allPlans")}
            </a>
          </div>
        </div>
      ) : null}
    </div>
  );
}
