import { type ReactNode, useId } from "react";
import { FieldMessage, messageId } from "./field-message.tsx";
import "./controls.css";

/** One line of text, a date, or a clock time. */
export function TextField(props: {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly onEnter?: () => void;
  readonly type?: "text" | "date" | "time" | "search" | "password";
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
        autoComplete={props.type === "password" ? "new-password" : "off"}
        value={props.value}
        placeholder={props.placeholder}
        disabled={props.disabled}
        aria-invalid={error !== null}
        aria-describedby={error !== null || props.hint ? messageId(id) : undefined}
        onBlur={props.onBlur}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) props.onEnter?.();
        }}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <FieldMessage fieldId={id} error={error} hint={props.hint} />
    </div>
  );
}
