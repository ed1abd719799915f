import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatMinuteOfDay, type Weekday } from "../../../domain/calendar/clock.ts";
import { hoursTogether, recognisedHours } from "../../../domain/calendar/recognised-hours.ts";
import type { OpeningHours, Queue } from "../../../domain/plan/queue.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { hoursText } from "../../kit/weekly-hours-text.ts";

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const office = { openMinute: 8 * 60, closeMinute: 18 * 60 };

/** When a queue takes contacts: as its history shows, or as the planner says, per weekday and with pauses. */
export function OpeningHoursControls({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const { store } = useDesk();
  const history = useSession((state) => state.document.history);
  // Once per history, not at every move of a slider.
  const seen = useMemo(
    () => (history === null ? [] : recognisedHours(history, [queue.id])),
    [history, queue.id],
  );
  const hours = queue.openingHours;

  function edit(openingHours: OpeningHours[] | null): void {
    store.edit(
      "required:edit.opening",
      (plan) => ({
        ...plan,
        queues: plan.queues.map((other) => (other.id === queue.id ? { ...other, openingHours } : other)),
      }),
      `queue.${queue.id}.opening`,
    );
  }
  /** Sorted, so that the same hours are the same plan however they were typed. */
  function set(next: readonly OpeningHours[]): void {
    edit([...next].sort((a, b) => a.weekday - b.weekday || a.openMinute - b.openMinute));
  }
  return (
    <ControlGroup title={t("opening.title")}>
      <Switch
        label={t("opening.own")}
        checked={hours !== null}
        onChange={(own) =>
          edit(
            !own
              ? null
              : seen.length > 0
                ? [...seen]
                : weekdays.slice(0, 5).map((weekday) => ({ weekday, ...office })),
          )
        }
      />
      {hours === null ? (
        <div className="field-hint">
          {seen.length === 0 ? (
            t("opening.unknown")
          ) : (
            <>
              {t("opening.asSeen")}{" "}
              {hoursTogether(seen)
                .map(({ weekdays: days, spans }) => hoursText(format, days, spans))
                .join("; ")}
            </>
          )}
        </div>
      ) : (
        <>
          <ul className="opening-hours" aria-label={t("opening.title")}>
            {weekdays.map((weekday) => (
              <OneWeekday
                key={weekday}
                weekday={weekday}
                spans={hours.filter((one) => one.weekday === weekday)}
                onChange={(spans) => set([...hours.filter((one) => one.weekday !== weekday), ...spans])}
                likeBefore={() => {
                  const before = hours.filter((one) => one.weekday === weekday - 1);
                  set([
                    ...hours.filter((one) => one.weekday !== weekday),
                    ...(before.length > 0 ? before : [{ weekday, ...office }]).map((one) => ({
                      ...one,
                      weekday,
                    })),
                  ]);
                }}
              />
            ))}
          </ul>
          <p className="field-hint">{t("opening.hint")}</p>
        </>
      )}
    </ControlGroup>
  );
}

function OneWeekday(props: {
  readonly weekday: Weekday;
  readonly spans: readonly OpeningHours[];
  readonly onChange: (spans: readonly OpeningHours[]) => void;
  readonly likeBefore: () => void;
}) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const { weekday, spans } = props;
  const name = format.weekday(weekday, "long");
  const last = spans.at(-1);
  const change = (at: number, part: Partial<OpeningHours>) =>
    props.onChange(spans.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <li>
      <span>{format.weekday(weekday, "short")}</span>
      <div>
        {spans.length === 0 && <span className="opening-closed">{t("opening.closed")}</span>}
        {spans.map((span, at) => (
          <div key={`${span.openMinute}.${span.closeMinute}`} className="opening-span">
            <Clock
              label={t("opening.from", { weekday: name })}
              minute={span.openMinute}
              isAllowed={(minute) => minute < span.closeMinute}
              onChange={(openMinute) => change(at, { openMinute })}
            />
            –
            <Clock
              label={t("opening.to", { weekday: name })}
              minute={span.closeMinute}
              isAllowed={(minute) => minute > span.openMinute}
              onChange={(closeMinute) => change(at, { closeMinute })}
            />
            <Button
              look="quiet"
              aria-label={t("opening.remove", { weekday: name, from: format.time(span.openMinute) })}
              onClick={() => props.onChange(spans.filter((_, index) => index !== at))}
            >
              ×
            </Button>
          </div>
        ))}
      </div>
      <Button
        look="quiet"
        aria-label={t(last === undefined ? "opening.open" : "opening.another", { weekday: name })}
        disabled={last !== undefined && last.closeMinute > 1440 - 120}
        onClick={() =>
          last === undefined
            ? props.likeBefore()
            : props.onChange([
                ...spans,
                {
                  weekday,
                  openMinute: last.closeMinute + 60,
                  closeMinute: Math.min(1440, last.closeMinute + 240),
                },
              ])
        }
      >
        +
      </Button>
    </li>
  );
}

/** A clock time on 24 hours, taken when the field is left; what is no time there brings the former back. */
function Clock(props: {
  readonly label: string;
  readonly minute: number;
  readonly isAllowed: (minute: number) => boolean;
  readonly onChange: (minute: number) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? props.minute : minuteOf(draft);
  const wrong = typed === null || !props.isAllowed(typed);
  return (
    <input
      className="input"
      aria-label={props.label}
      aria-invalid={wrong}
      autoComplete="off"
      value={draft ?? formatMinuteOfDay(props.minute)}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (!wrong && typed !== props.minute) props.onChange(typed);
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}

/** `7`, `7:30`, `0730` and `24:00`; null for what is no clock time. */
function minuteOf(text: string): number | null {
  const parts = /^(\d{1,2})(?::?([0-5]\d))?$/.exec(text.trim());
  const minute = parts === null ? Number.POSITIVE_INFINITY : +parts[1] * 60 + Number(parts[2] ?? 0);
  return minute <= 1440 ? minute : null;
}
