import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Schedule, Shift } from "../../../domain/plan/shift.ts";
import { serviceOfStage } from "../../../scenarios/measuring/service-by-stage.ts";
import { useView } from "../../frame/session-context.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { figuresOf, ServiceByStage, useServiceSources } from "../service/service-by-stage.tsx";

/** The service level that the shown days can expect; while a shift or break is dragged, what it becomes. */
export function ServiceLine(props: {
  readonly schedule: Schedule;
  /** The shift under the hand where it is now; null: nothing is dragged. */
  readonly moved: Shift | null;
  readonly days: DayRange;
}) {
  const { schedule, moved, days } = props;
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const { queueId } = useView();
  const sources = useServiceSources();
  const dragged = useMemo(
    () =>
      moved === null
        ? null
        : { ...schedule, shifts: schedule.shifts.map((shift) => (shift.id === moved.id ? moved : shift)) },
    [schedule, moved],
  );
  const change = useMemo(() => {
    const level = (of: Schedule) => {
      const service = serviceOfStage({ ...sources, schedule: of }, "schedule", days);
      return (service && figuresOf(service, queueId)?.serviceLevel?.value) ?? null;
    };
    if (dragged === null) return null;
    const [now, next] = [level(schedule), level(dragged)];
    return now === null || next === null ? null : next - now;
  }, [sources, schedule, dragged, days, queueId]);
  return (
    <ServiceByStage stage="schedule" days={days} shown={{ schedule: dragged ?? schedule }}>
      {change !== null && (
        <b className={change < -1e-9 ? "is-worse" : change > 1e-9 ? "is-better" : undefined}>
          {" "}
          {t("service.change", { points: format.signed(change * 100, 1) })}
        </b>
      )}
    </ServiceByStage>
  );
}
