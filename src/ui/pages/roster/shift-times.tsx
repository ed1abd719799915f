import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import { clockMinuteAt, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import {
  splitAt,
  withActivity,
  withActivityAt,
  withoutActivity,
  withTimes,
} from "../../../domain/plan/edit-shift.ts";
import type { Assignment } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { paidMinutesOf } from "../../../domain/plan/wages.ts";
import { minuteAtClock } from "../../../rostering/problem/plan-days.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { minuteOfClock } from "../../kit/controls/clock-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { editShifts } from "./roster-edits.ts";

/** Around the times of the chosen shift, for the key that leads there from the grid. */
export const shiftTimesId = "roster-times";

const breakMinutes = 15;
const splitMinutes = 120;

/** The times of one person's shift, typed: its ends, each break and meeting in it; a break more, a split in two. */
export function ShiftTimes(props: { readonly assignment: Assignment; readonly grid: IntervalGrid }) {
  const { grid } = props;
  const { agentId, shift, pinned } = props.assignment;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const format = useFormat();
  const [refusal, setRefusal] = useState<{ readonly of: Shift; readonly field: string } | null>(null);

  /** Applies an edit, or says beside the field that it cannot be. */
  function edit(field: string, change: (shift: Shift) => Shift | null): void {
    if (change(shift) === null) {
      setRefusal({ of: shift, field });
      return;
    }
    setRefusal(null);
    store.editDocument("roster:edit.times", (document) =>
      editShifts(document, [{ agentId, date: shift.date }], change),
    );
  }
  const field = (name: string, label: string, minute: number, change: (minute: number) => Shift | null) => (
    <TimeField
      key={`${name} ${minute}`}
      label={label}
      clock={format.time(clockMinuteAt(grid, minute))}
      isDisabled={pinned}
      error={refusal?.of === shift && refusal.field === name ? t("shiftTimes.impossible") : null}
      onTyped={(clock) => edit(name, () => change(minuteFrom(grid, shift, minute, clock)))}
    />
  );
  const gap = middleOf(shift, splitMinutes, grid.intervalMinutes);
  const further = breakSpot(shift, grid.intervalMinutes);
  return (
    <section className="shift-times" id={shiftTimesId} aria-label={t("shiftTimes.title")}>
      <div className="time-row">
        {field("start", t("shiftTimes.start"), shift.startMinute, (at) =>
          withTimes(shift, at, shift.endMinute),
        )}
        {field("end", t("shiftTimes.end"), shift.endMinute, (at) => withTimes(shift, shift.startMinute, at))}
      </div>
      {shift.activities.map((activity, index) => {
        if (activity.kind === "work") return null;
        const name = t(`activity.${activity.kind}`);
        return (
          <div key={activity.startMinute} className="time-row">
            {field(`${index} from`, t("shiftTimes.from", { activity: name }), activity.startMinute, (at) =>
              withActivityAt(shift, index, at),
            )}
            {field(`${index} to`, t("shiftTimes.to", { activity: name }), activity.endMinute, (at) =>
              withActivityAt(shift, index, activity.startMinute, at),
            )}
            <Button
              look="quiet"
              disabled={pinned}
              aria-label={t("shiftTimes.remove", { activity: name })}
              onClick={() => edit(`${index} from`, (now) => withoutActivity(now, index))}
            >
              ×
            </Button>
          </div>
        );
      })}
      <p className="inherited">
        {t(pinned ? "shiftTimes.pinned" : "shiftTimes.paid", {
          hours: format.number(paidMinutesOf(shift) / 60, 2),
        })}
      </p>
      <div className="place-buttons">
        <Button
          disabled={pinned || further === null}
          onClick={() =>
            edit("break", (now) =>
              further === null
                ? null
                : withActivity(now, {
                    kind: "break",
                    startMinute: further,
                    endMinute: further + breakMinutes,
                    paid: true,
                  }),
            )
          }
        >
          {t("shiftTimes.addBreak")}
        </Button>
        <Button
          disabled={pinned || splitAt(shift, gap, gap + splitMinutes) === null}
          onClick={() => edit("split", (now) => splitAt(now, gap, gap + splitMinutes))}
        >
          {t("shiftTimes.split")}
        </Button>
      </div>
      {!pinned && <p className="inherited">{t("shiftTimes.splitHint")}</p>}
    </section>
  );
}

/** A time on the clock that counts when it is left or Enter is pressed: what is half typed changes nothing. */
function TimeField(props: {
  readonly label: string;
  readonly clock: string;
  readonly isDisabled: boolean;
  readonly error: string | null;
  readonly onTyped: (minuteOfDay: number) => void;
}) {
  const [typed, setTyped] = useState(props.clock);
  function take(): void {
    const minute = minuteOfClock(typed);
    if (minute === null) setTyped(props.clock);
    else if (typed !== props.clock) props.onTyped(minute);
  }
  return (
    <TextField
      type="time"
      label={props.label}
      value={typed}
      disabled={props.isDisabled}
      error={typed === props.clock ? null : props.error}
      onChange={setTyped}
      onBlur={take}
      onEnter={take}
    />
  );
}

/** The minute of the grid that a typed time means: the nearest to the present one that the clock shows so. */
function minuteFrom(grid: IntervalGrid, { date }: Shift, present: number, clockMinute: number): number {
  const dates = [-1, 0, 1, 2].map((days) => addDays(date, days));
  const times = dates.flatMap((on) => minuteAtClock(grid, on, clockMinute) ?? []);
  const plain = present + ((((clockMinute - clockMinuteAt(grid, present)) % 1440) + 1440) % 1440);
  return [...times, plain, plain - 1440].reduce((nearest, minute) =>
    Math.abs(minute - present) < Math.abs(nearest - present) ? minute : nearest,
  );
}

function middleOf({ startMinute, endMinute }: Shift, length: number, step: number): number {
  return Math.round((startMinute + endMinute - length) / 2 / step) * step;
}

/** Where a further break would lie: in the middle of the longest stretch of work; null where it does not fit. */
function breakSpot({ activities }: Shift, step: number): number | null {
  const longest = activities
    .filter(({ kind }) => kind === "work")
    .sort((a, b) => b.endMinute - b.startMinute - (a.endMinute - a.startMinute))[0];
  if (longest === undefined || longest.endMinute - longest.startMinute < 3 * breakMinutes) return null;
  return Math.round((longest.startMinute + longest.endMinute - breakMinutes) / 2 / step) * step;
}
