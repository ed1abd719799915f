import { type ReactNode, useId } from "react";
import "./controls.css";

/** One line of text, a date, or a clock time. */
export function TextField(props: {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "date" | "time" | "search";
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** What is wrong with the value, said under the field. */
  readonly error?: string | null;
  readonly hint?: ReactNode;
}) {
  const id = useId();
  const { error = null } = props;
  return (
    <div className="field">
      <label htmlFor={id} className={props.labelHidden ? "visually-hidden" : "field-label"}>
        {props.label}
      </label>
      <input
        id={id}
        className="input"
        type={props.type ?? "text"}
        autoComplete="off"
        value={props.value}
        placeholder={props.placeholder}
        disabled={props.disabled}
        aria-invalid={error !== null}
        aria-describedby={error !== null ? `${id}-error` : props.hint ? `${id}-hint` : undefined}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {error !== null && (
        <span id={`${id}-error`} className="field-error" role="alert">
          {error}
        </span>
      )}
      {error === null && props.hint && (
        <span id={`${id}-hint`} className="field-hint">
          {props.hint}
        </span>
      )}
    </div>
  );
}
