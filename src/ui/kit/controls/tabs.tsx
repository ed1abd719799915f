import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import type { Option } from "./select-field.tsx";
import "./controls.css";

/** Views of the same thing. `children` is the chosen tab's panel. */
export function Tabs<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly children: ReactNode;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const at = props.tabs.findIndex(({ value }) => value === props.value);
    const moves: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: props.tabs.length - 1,
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (moves[event.key] + props.tabs.length) % props.tabs.length;
    props.onChange(props.tabs[next].value);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  }

  return (
    <div className="tabs">
      <div ref={list} role="tablist" aria-label={props.label} className="tab-list" onKeyDown={onKeyDown}>
        {props.tabs.map(({ value, name, disabled }) => (
          <button
            key={value}
            type="button"
            role="tab"
            id={`${id}-${value}`}
            className="tab"
            aria-selected={value === props.value}
            aria-controls={`${id}-panel`}
            tabIndex={value === props.value ? 0 : -1}
            disabled={disabled}
            onClick={() => props.onChange(value)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${props.value}`} className="tab-panel">
        {props.children}
      </div>
    </div>
  );
}
