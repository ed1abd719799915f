import { useState } from "react";
import { TextField } from "../../kit/controls/text-field.tsx";

/** Minutes as people write them, `8:30` or `8.5` or `8,5` hours; null when it is neither. */
export function parseHours(text: string): number | null {
  const clock = /^\s*(\d{1,3}):([0-5]\d)\s*$/.exec(text);
  if (clock !== null) return Number(clock[1]) * 60 + Number(clock[2]);
  const hours = /^\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*h?\s*$/.exec(text);
  if (hours === null) return null;
  const minutes = Number(hours[1].replace(",", ".")) * 60;
  return Number.isInteger(minutes) ? minutes : null;
}

/** `8:30` for 510. */
export function showHours(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** One or several durations, typed as hours and minutes; passed on only when every one can be read. */
export function MinutesField(props: {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: readonly number[];
  /** More than one, separated by commas or spaces. */
  readonly several?: boolean;
  readonly wrong: string;
  readonly onChange: (value: number[]) => void;
}) {
  const shown = props.value.map(showHours).join(", ");
  const [draft, setDraft] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const text = draft !== null && draft.of === shown ? draft.text : shown;
  const read = (typed: string) => {
    const parts = props.several
      ? typed.split(/[;\s]+|,(?=\s|\d{1,2}:)/).filter((part) => part !== "")
      : [typed];
    const minutes = parts.map(parseHours);
    return minutes.length > 0 && minutes.every((value) => value !== null) ? minutes : null;
  };
  return (
    <TextField
      label={props.label}
      labelHidden={props.labelHidden}
      value={text}
      error={read(text) === null ? props.wrong : null}
      onChange={(typed) => {
        const minutes = read(typed);
        const next = minutes === null ? shown : minutes.map(showHours).join(", ");
        setDraft({ of: next, text: typed });
        if (minutes !== null && next !== shown) props.onChange(minutes);
      }}
    />
  );
}
