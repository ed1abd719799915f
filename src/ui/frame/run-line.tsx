import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type StageState, stageState } from "../../app/session/session.ts";
import { stageNamed, stageOrder } from "../../stages/chain.ts";
import { useFormat } from "../kit/use-format.ts";
import { useDesk, useSession } from "./session-context.tsx";

/** Stages in a state that could be run now, with commas; a plan that has nothing to start from has none. */
function useStages(wanted: StageState): string {
  return useSession((state) =>
    state.document.history === null && state.document.results.forecast === null
      ? ""
      : stageOrder
          .filter(
            (stage) =>
              stageState(state, stage) === wanted && stageNamed(stage).missing(state.document.plan) === null,
          )
          .join(","),
  );
}

/** The line at the bottom: what is going on, how far it is, and Stop; otherwise what is stale or open and the way to mend it. */
export function RunLine() {
  const { t, i18n } = useTranslation("frame");
  const format = useFormat();
  const { runs } = useDesk();
  const job = useSession((state) => state.jobs.at(-1) ?? null);
  const stale = useStages("stale");
  const open = useStages("none");
  const seconds = useElapsedSeconds(job?.startedAt ?? null);

  if (job === null) {
    const names = (stale || open).split(",").filter((name) => name !== "");
    return (
      <section className="run-line" aria-label={t("run.line")}>
        {names.length > 0 ? (
          <>
            <span className="run-words">
              <span aria-hidden="true">{stale === "" ? "○ " : "◐ "}</span>
              {t(stale === "" ? "run.openStages" : "run.staleStages", {
                stages: format.list(names.map((name) => t(`stage.${name}`))),
              })}
            </span>
            <button
              type="button"
              className="button"
              title={t("run.upToDateHint")}
              onClick={() => void runs.bringUpToDate()}
            >
              {t(stale === "" ? "run.makeThem" : "run.upToDate")}
            </button>
          </>
        ) : null}
      </section>
    );
  }

  const { progress } = job;
  const share = progress?.total ? Math.min(1, progress.completed / progress.total) : null;
  const best = progress?.best;
  const bound = progress?.bound;
  const gap =
    best !== undefined && bound !== undefined && best !== 0 ? (best - bound) / Math.abs(best) : null;
  const phaseKey = `phase.${progress?.phase}`;
  const words = [
    t(`job.${job.id}`),
    progress && i18n.exists(phaseKey, { ns: "frame" }) ? t(phaseKey) : null,
    progress?.total
      ? t("run.of", {
          completed: format.number(Math.floor(progress.completed)),
          total: format.number(progress.total),
        })
      : null,
    best === undefined ? null : t("run.best", { value: format.number(best) }),
    bound === undefined ? null : t("run.bound", { value: format.number(bound) }),
    gap === null ? null : t("run.gap", { value: format.percent(gap) }),
  ].filter((part) => part !== null);
  return (
    <section className="run-line run-line-busy" aria-label={t("run.line")}>
      <span className="run-words" role="status">
        {words.join(" · ")}
      </span>
      <progress
        className="run-progress"
        aria-label={t("run.line")}
        {...(share === null ? {} : { value: share })}
      />
      <span className="run-seconds">{format.duration(seconds)}</span>
      <button type="button" className="button" onClick={() => runs.stop(job.id)}>
        {job.hasPartial ? t("run.stopKeeps") : t("run.stop")}
      </button>
    </section>
  );
}

function useElapsedSeconds(startedAt: number | null): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (startedAt === null) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [startedAt]);
  return startedAt === null ? 0 : Math.max(0, Math.floor((now - startedAt) / 1000));
}
