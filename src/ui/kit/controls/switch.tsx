import { type ReactNode, useId } from "react";
import "./controls.css";

/** On or off, at once. */
export function Switch(props: {
  readonly label: ReactNode;
  /** Name for screen readers where `label` is not text. */
  readonly name?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly labelHidden?: boolean;
}) {
  const id = useId();
  return (
    <span className="switch-field">
      <button
        type="button"
        role="switch"
        id={id}
        className="switch"
        aria-checked={props.checked}
        aria-label={props.name}
        aria-labelledby={props.name === undefined ? `${id}-label` : undefined}
        disabled={props.disabled}
        onClick={() => props.onChange(!props.checked)}
      >
        <i />
      </button>
      <label htmlFor={id} id={`${id}-label`} className={props.labelHidden ? "visually-hidden" : undefined}>
        {props.label}
      </label>
    </span>
  );
}
