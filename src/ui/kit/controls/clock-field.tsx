import { useFormat } from "../use-format.ts";
import { TextField } from "./text-field.tsx";

export interface ClockFieldProps<Optional extends boolean> {
  readonly label: string;
  /** The field may be left empty, which is null. */
  readonly optional?: Optional;
  /** Minute of the day, 0–1440. */
  readonly minute: Minute<Optional>;
  /** The time ends something: midnight is the end of the day, 1440. */
  readonly isEnd?: boolean;
  readonly hint?: string;
  readonly onChange: (minute: Minute<Optional>) => void;
}
type Minute<Optional> = Optional extends true ? number | null : number;

/** A time on the clock. What is half typed is not passed on. */
export function ClockField<Optional extends boolean = false>(props: ClockFieldProps<Optional>) {
  const { label, hint, isEnd = false } = props;
  const minute: number | null = props.minute;
  // Only a field that may be empty says null.
  const onChange = props.onChange as (minute: number | null) => void;
  const format = useFormat();
  return (
    <TextField
      label={label}
      hint={hint}
      type="time"
      value={minute === null ? "" : format.time(minute % 1440)}
      onChange={(text) => {
        const typed = minuteOfClock(text);
        if (typed !== null) onChange(isEnd && typed === 0 ? 1440 : typed);
        else if (text === "" && props.optional) onChange(null);
      }}
    />
  );
}

/** 510 for `08:30`; null for anything that is no time. */
export function minuteOfClock(text: string): number | null {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return parts === null ? null : Number(parts[1]) * 60 + Number(parts[2]);
}
