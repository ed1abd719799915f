import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../use-format.ts";
import { parseNumber } from "./parse-number.ts";
import "./controls.css";

export interface NumberFieldProps {
  readonly label: string;
  /** Hides the label from sight where something beside the field already says it. */
  readonly labelHidden?: boolean;
  /** null: nothing entered. */
  readonly value: number | null;
  /** Called with a value inside the limits when it is typed and left, or stepped. null only where `optional`. */
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  /** Arrow keys move by this; values are not forced onto it. Default 1, or 0.01 for shares. */
  readonly step?: number;
  readonly unit?: string;
  /** `share`: 0–1 inside, per cent on screen. `whole`: no fractions. */
  readonly kind?: "number" | "whole" | "share";
  /** Digits after the point, at most. */
  readonly digits?: number;
  readonly optional?: boolean;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly hint?: ReactNode;
}

/** A typed number: the locale's own notation, arrow keys step, rubbish is refused with a sentence and never passed on. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, min, max, kind = "number", digits = kind === "share" ? 1 : 2, unit } = props;
  const { t } = useTranslation("charts");
  const format = useFormat();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const written = useRef(value);
  const factor = kind === "share" ? 100 : 1;
  const step = props.step ?? (kind === "share" ? 0.01 : 1);

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
    }).format(Math.round(number * factor * 1e9) / 1e9);
  }

  /** The number a text stands for, or a sentence that says why it is none. */
  function read(text: string): number | null | { readonly wrong: string } {
    if (text.trim() === "") return props.optional ? null : { wrong: t("field.needed") };
    const typed = parseNumber(text, format.locale, unit);
    if (typed === null) return { wrong: t("field.notANumber", { text: text.trim() }) };
    if (kind === "whole" && !Number.isInteger(typed)) return { wrong: t("field.notWhole") };
    const number = typed / factor;
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
          aria-describedby={error !== null ? `${id}-error` : props.hint ? `${id}-hint` : undefined}
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
