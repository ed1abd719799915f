import { useTranslation } from "react-i18next";
import { clockMinuteAt, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import { withActivityAt } from "../../../domain/plan/edit-shift.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** The chosen shift: its activities, each break movable by a step, pin, and delete. */
export function ShiftDetail(props: {
  readonly shift: Shift;
  readonly grid: IntervalGrid;
  readonly editable: boolean;
  /** Applies an edit of this shift under an undo label; null deletes it. */
  readonly onChange: (label: string, change: (shift: Shift) => Shift | null) => void;
  readonly onClose: () => void;
}) {
  const { shift, grid, editable, onChange } = props;
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const plan = usePlan();
  const clock = (minute: number) => format.time(clockMinuteAt(grid, minute));
  const template = plan.templates.find(({ id }) => id === shift.templateId)?.name ?? shift.templateId;
  const group = plan.groups.find(({ id }) => id === shift.groupId)?.name ?? shift.groupId;
  return (
    <ControlGroup title={t("detail.title", { template, group })}>
      <p className="detail-times">
        {format.date(shift.date)} {clock(shift.startMinute)}–{clock(shift.endMinute)}
      </p>
      <ul className="activity-list">
        {shift.activities.map((activity, index) => (
          <li key={activity.startMinute} className={`activity activity-${activity.kind}`}>
            <span>
              {clock(activity.startMinute)}–{clock(activity.endMinute)}
            </span>
            <span>{t(`activity.${activity.kind}`)}</span>
            {editable && activity.kind !== "work" ? (
              <span className="activity-moves">
                {([-1, 1] as const).map((side) => {
                  const to = activity.startMinute + side * grid.intervalMinutes;
                  return (
                    <Button
                      key={side}
                      look="quiet"
                      disabled={shift.pinned || withActivityAt(shift, index, to) === null}
                      aria-label={t(side < 0 ? "detail.earlier" : "detail.later", {
                        activity: t(`activity.${activity.kind}`),
                      })}
                      onClick={() =>
                        onChange("shifts:edit.break", (now) => withActivityAt(now, index, to) ?? now)
                      }
                    >
                      {side < 0 ? "◂" : "▸"}
                    </Button>
                  );
                })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <div className="break-foot">
        <Switch
          label={t("pinned")}
          checked={shift.pinned}
          disabled={!editable}
          onChange={(pinned) => onChange("shifts:edit.pin", (now) => ({ ...now, pinned }))}
        />
        <span>
          {editable && !shift.pinned ? (
            <Button
              look="quiet"
              onClick={() => {
                onChange("shifts:edit.delete", () => null);
                props.onClose();
              }}
            >
              {t("detail.delete")}
            </Button>
          ) : null}
          <Button look="quiet" onClick={props.onClose}>
            {t("detail.close")}
          </Button>
        </span>
      </div>
    </ControlGroup>
  );
}
