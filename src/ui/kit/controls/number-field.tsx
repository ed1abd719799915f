import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NumberLimits } from "../../../domain/number-limits.ts";
import { useFormat } from "../use-format.ts";
import { FieldMessage, messageId } from "./field-message.tsx";
import { parseNumber } from "./parse-number.ts";
import "./controls.css";

/** A control's own words and looks, and the limits of its number, which come from the plan's schema. */
export interface NumberFieldLook extends NumberLimits {
  readonly label: string;
  /** Hides the label from sight where something beside the field already says it. */
  readonly labelHidden?: boolean;
  /** Stands where a unit stands. */
  readonly currency?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly hint?: ReactNode;
}

export interface NumberFieldProps<Optional extends boolean> extends NumberFieldLook {
  /** The field may be left empty, which is null. */
  readonly optional?: Optional;
  readonly value: Typed<Optional>;
  /** Called with a value inside the limits when it is typed and left, or stepped. */
  readonly onChange: (value: Typed<Optional>) => void;
}
type Typed<Optional> = Optional extends true ? number | null : number;

/** A typed number: the locale's own notation, arrow keys step, rubbish is refused with a sentence and never passed on. */
export function NumberField<Optional extends boolean = false>(props: NumberFieldProps<Optional>) {
  const { min, max, kind = "number", digits = kind === "share" ? 1 : 2 } = props;
  const value: number | null = props.value;
  // Only a field that may be empty says null.
  const onChange = props.onChange as (value: number | null) => void;
  const { t } = useTranslation("charts");
  const format = useFormat();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const written = useRef(value);
  const scale = props.scale ?? (kind === "share" ? 100 : 1);
  const step = props.step ?? (kind === "share" ? 0.01 : 1);
  const unit = props.unit ? t(`unit.${props.unit}`) : props.currency;

  useEffect(() => {
    if (written.current !== value) {
      written.current = value;
      setDraft(null);
      setError(null);
    }
  }, [value]);

  function show(number: number | null): string {
    if (number === null) return "";
    return new Intl.NumberFormat(format.locale, {
      maximumFractionDigits: digits,
      useGrouping: "min2",
    }).format(Math.round(number * scale * 1e9) / 1e9);
  }

  /** The number a text stands for, or a sentence that says why it is none. */
  function read(text: string): number | null | { readonly wrong: string } {
    if (text.trim() === "") return props.optional ? null : { wrong: t("field.needed") };
    const typed = parseNumber(text, format.locale, unit);
    if (typed === null) return { wrong: t("field.notANumber", { text: text.trim() }) };
    if (kind === "whole" && !Number.isInteger(typed)) return { wrong: t("field.notWhole") };
    const number = typed / scale;
    if (min !== undefined && number < min - 1e-12)
      return { wrong: t("field.tooSmall", { limit: show(min) }) };
    if (max !== undefined && number > max + 1e-12)
      return { wrong: t("field.tooLarge", { limit: show(max) }) };
    return number;
  }

  function leave(): void {
    if (draft === null) return;
    const result = read(draft);
    if (result !== null && typeof result === "object") {
      setError(result.wrong);
      return;
    }
    setDraft(null);
    setError(null);
    if (result !== value) {
      written.current = result;
      onChange(result);
    }
  }

  function stepBy(direction: number): void {
    const result = draft === null ? value : read(draft);
    const from = typeof result === "number" ? result : (value ?? min ?? 0);
    const next = Math.min(
      max ?? Number.POSITIVE_INFINITY,
      Math.max(min ?? Number.NEGATIVE_INFINITY, from + direction * step),
    );
    const rounded = Math.round(next * 1e9) / 1e9;
    setDraft(null);
    setError(null);
    written.current = rounded;
    onChange(rounded);
  }

  return (
    <div className="field">
      <label htmlFor={id} className={props.labelHidden ? "visually-hidden" : "field-label"}>
        {props.label}
      </label>
      <span className="field-input">
        <input
          id={id}
          className="input input-number"
          type="text"
          inputMode={kind === "whole" ? "numeric" : "decimal"}
          autoComplete="off"
          value={draft ?? show(value)}
          placeholder={props.placeholder}
          disabled={props.disabled}
          aria-invalid={error !== null}
          aria-describedby={error !== null || props.hint ? messageId(id) : undefined}
          onChange={(event) => {
            setDraft(event.target.value);
            setError(null);
          }}
          onBlur={leave}
          onFocus={(event) => event.target.select()}
          onKeyDown={(event) => {
            if (event.key === "Enter") leave();
            else if (event.key === "Escape") {
              setDraft(null);
              setError(null);
            } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
              event.preventDefault();
              event.stopPropagation();
              stepBy((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1));
            }
          }}
        />
        {(unit || kind === "share") && <span className="field-unit">{unit ?? "%"}</span>}
      </span>
      <FieldMessage fieldId={id} error={error} hint={props.hint} />
    </div>
  );
}
