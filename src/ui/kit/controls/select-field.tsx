import { type ReactNode, useId } from "react";
import "./controls.css";

export interface Option<Value extends string> {
  readonly value: Value;
  readonly name: string;
  readonly disabled?: boolean;
}

/** One of several: the platform's own list, which works everywhere. */
export function SelectField<Value extends string>(props: {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
  readonly hint?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className={props.labelHidden ? "visually-hidden" : "field-label"}>
        {props.label}
      </label>
      <select
        id={id}
        className="input select"
        value={props.value}
        disabled={props.disabled}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={(event) => props.onChange(event.target.value as Value)}
      >
        {props.options.map(({ value, name, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {name}
          </option>
        ))}
      </select>
      {props.hint && (
        <span id={`${id}-hint`} className="field-hint">
          {props.hint}
        </span>
      )}
    </div>
  );
}
