import { useId } from "react";
import type { Option } from "./select-field.tsx";
import "./controls.css";

/** One of a few, all in sight. Radio buttons underneath: arrow keys move. */
export function SegmentedControl<Value extends string>(props: {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="segmented" disabled={props.disabled}>
      <legend className={props.labelHidden ? "visually-hidden" : "field-label"}>{props.label}</legend>
      <div className="segmented-row">
        {props.options.map((option) => (
          <label key={option.value} className={option.value === props.value ? "is-chosen" : undefined}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              value={option.value}
              checked={option.value === props.value}
              disabled={option.disabled}
              onChange={() => props.onChange(option.value)}
              onKeyDown={(event) => event.key.startsWith("Arrow") && event.stopPropagation()}
            />
            {option.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
