import { useTranslation } from "react-i18next";
import type { Queue } from "../../../domain/plan/queue.ts";
import { usePlan } from "../../frame/session-context.tsx";

/** How the numbers of this page are made, and after whom. */
export function HowRequired({ queues }: { readonly queues: readonly Queue[] }) {
  const { t } = useTranslation("required");
  const { method, spread } = usePlan().requirement;
  const lines = new Set(
    queues.map((queue) =>
      queue.channel === "voice" ? (queue.patienceSeconds === null ? "erlangC" : "erlangA") : queue.channel,
    ),
  );
  return (
    <details className="how-required">
      <summary>{t("how.title")}</summary>
      <ul>
        {[...lines].map((line) => (
          <li key={line}>{t(`how.${line}`)}</li>
        ))}
        {method !== "stationary" && <li>{t(`how.${method}`)}</li>}
        {spread !== "ignored" && <li>{t(`how.${spread}`)}</li>}
        <li>{t("how.schedule")}</li>
      </ul>
      <p className="field-hint">
        <a href="#/selftest">{t("how.selfTest")}</a>
      </p>
    </details>
  );
}
