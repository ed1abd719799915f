import { useId, useState } from "react";
import { FieldMessage, messageId } from "./field-message.tsx";
import "./controls.css";

/** One of very many: typing searches the platform's own list. What is not on the list is refused with a sentence. */
export function ListField(props: {
  readonly label: string;
  readonly value: string;
  /** `name` says the value in words, where it has any. */
  readonly options: readonly { readonly value: string; readonly name?: string }[];
  readonly onChange: (value: string) => void;
  /** Said when what was typed is not on the list. */
  readonly unknown: (text: string) => string;
  readonly hint?: string;
}) {
  const id = useId();
  const { value, options } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const error = draft !== null && left ? props.unknown(draft) : null;
  const hint = props.hint ?? options.find((option) => option.value === value)?.name;
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {props.label}
      </label>
      <input
        id={id}
        className="input"
        list={`${id}-list`}
        autoComplete="off"
        spellCheck={false}
        value={draft ?? value}
        aria-invalid={error !== null}
        aria-describedby={error !== null || hint ? messageId(id) : undefined}
        onFocus={(event) => event.target.select()}
        onBlur={() => setLeft(true)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setDraft(null);
          else if (event.key === "Enter") setLeft(true);
        }}
        onChange={(event) => {
          const text = event.target.value;
          const typed = text.trim().toLowerCase();
          const option = options.find((one) => one.value.toLowerCase() === typed);
          setLeft(false);
          setDraft(option === undefined ? text : null);
          if (option !== undefined && option.value !== value) props.onChange(option.value);
        }}
      />
      <datalist id={`${id}-list`}>
        {options.map((option) => (
          <option key={option.value} value={option.value} label={option.name} />
        ))}
      </datalist>
      <FieldMessage fieldId={id} error={error} hint={hint} />
    </div>
  );
}
