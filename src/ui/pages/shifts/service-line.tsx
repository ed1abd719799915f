import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { QueueCoverage, Schedule } from "../../../domain/plan/shift.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { expectedLevel } from "./schedule-edits.ts";

/** The service level that the shown days can expect; while a shift or break is dragged, what it becomes. */
export function ServiceLine(props: {
  readonly schedule: Schedule;
  /** Coverage with the shift under the hand where it is now; null: nothing is dragged. */
  readonly moved: readonly QueueCoverage[] | null;
  readonly firstDay: number;
  readonly endDay: number;
}) {
  const { schedule, moved, firstDay, endDay } = props;
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const { store } = useDesk();
  const requirement = useSession((state) => state.document.results.requirement);
  const queues = useSession((state) => state.document.plan.queues);
  const shrinkage = useSession((state) => state.document.plan.shrinkage);
  const level = useMemo(() => {
    const document = store.state().document;
    return {
      of: [requirement, queues, shrinkage],
      value: expectedLevel(document, schedule.coverage, firstDay, endDay),
    }.value;
  }, [store, requirement, queues, shrinkage, schedule, firstDay, endDay]);
  const next = useMemo(
    () => (moved === null ? null : expectedLevel(store.state().document, moved, firstDay, endDay)),
    [store, moved, firstDay, endDay],
  );
  if (level === null) return null;
  return (
    <p className="service-line" aria-live="off">
      {t("service.expected", { level: format.percent(next ?? level) })}
      {next === null ? null : (
        <b className={next < level - 1e-9 ? "is-worse" : next > level + 1e-9 ? "is-better" : undefined}>
          {" "}
          {t("service.change", { points: format.signed((next - level) * 100, 1) })}
        </b>
      )}
    </p>
  );
}
