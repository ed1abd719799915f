import type { Weekday } from "../../../domain/calendar/clock.ts";
import { useFormat } from "../use-format.ts";
import "./controls.css";

const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** A small switch among its like, short on screen and named in full. */
export function Chip(props: {
  readonly pressed: boolean;
  readonly name: string;
  readonly onPress: () => void;
  readonly children: string;
}) {
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={props.pressed}
      aria-label={props.name}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}

/** Days of the week, at least one of them. */
export function WeekdayChips(props: {
  readonly label: string;
  readonly value: readonly number[];
  readonly onChange: (weekdays: Weekday[]) => void;
}) {
  const format = useFormat();
  const { value, onChange } = props;
  return (
    <fieldset className="chip-row">
      <legend className="field-label">{props.label}</legend>
      {everyDay.map((weekday) => (
        <Chip
          key={weekday}
          pressed={value.includes(weekday)}
          name={format.weekday(weekday, "long")}
          onPress={() => {
            const next = everyDay.filter((day) => value.includes(day) !== (day === weekday));
            if (next.length > 0) onChange(next);
          }}
        >
          {format.weekday(weekday, "narrow")}
        </Chip>
      ))}
    </fieldset>
  );
}
