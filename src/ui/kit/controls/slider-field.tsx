import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../use-format.ts";
import { NumberField, type NumberFieldLook } from "./number-field.tsx";

export interface SliderFieldProps extends NumberFieldLook {
  readonly value: number;
  /** Called on every move; keep it cheap, or use `onCommit` for what is not. */
  readonly onChange: (value: number) => void;
  /** Called when the handle is let go, a key is released, or a value was typed. */
  readonly onCommit?: (value: number) => void;
  /** How far the slider reaches where typing may go further. */
  readonly sliderMin?: number;
  readonly sliderMax?: number;
  /** What assistive technology says: `+30 %`. */
  readonly valueText?: (value: number) => string;
}

/** A slider with its value typed beside it. */
export function SliderField(props: SliderFieldProps) {
  const { label, value, onChange, onCommit } = props;
  const { sliderMin = props.min ?? 0, sliderMax = props.max ?? 1 } = props;
  const kind = props.kind ?? "number";
  const step = props.step ?? (kind === "share" ? 0.01 : 1);
  const { t } = useTranslation("charts");
  const format = useFormat();
  const id = useId();
  const spoken =
    props.valueText?.(value) ??
    (kind === "share"
      ? format.percent(value)
      : `${format.number(value, kind === "whole" ? 0 : 2)} ${props.unit ? t(`unit.${props.unit}`) : ""}`);
  return (
    <div className="slider-field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <div className="slider-row">
        <input
          id={id}
          type="range"
          className="slider"
          min={sliderMin}
          max={sliderMax}
          step={step}
          value={Math.min(sliderMax, Math.max(sliderMin, value))}
          disabled={props.disabled}
          aria-valuetext={spoken.trim()}
          style={
            {
              "--fill": `${((Math.min(sliderMax, Math.max(sliderMin, value)) - sliderMin) / (sliderMax - sliderMin || 1)) * 100}%`,
            } as React.CSSProperties
          }
          onChange={(event) => onChange(event.target.valueAsNumber)}
          onPointerUp={(event) => onCommit?.(event.currentTarget.valueAsNumber)}
          onKeyUp={(event) => onCommit?.(event.currentTarget.valueAsNumber)}
        />
        <NumberField
          {...props}
          labelHidden
          optional={false}
          hint={undefined}
          value={value}
          step={step}
          onChange={(typed) => {
            onChange(typed);
            onCommit?.(typed);
          }}
        />
      </div>
      {props.hint && <span className="field-hint">{props.hint}</span>}
    </div>
  );
}
