import type { ReactNode } from "react";
import { Button } from "../../kit/controls/button.tsx";
import { ClockField } from "../../kit/controls/clock-field.tsx";

/** A part of the settings that most plans never open; `count` says from outside what is in it. */
export function Disclosed(props: {
  readonly title: string;
  readonly count?: string | number | null;
  readonly children: ReactNode;
}) {
  return (
    <details className="disclosed">
      <summary>
        <span>{props.title}</span>
        {props.count ? <span className="disclosed-count">{props.count}</span> : null}
      </summary>
      <div className="disclosed-body">{props.children}</div>
    </details>
  );
}

/** A list of small rules, each with its fields, one button to take it away, and one below to add another. */
export function RuleList<Rule>(props: {
  readonly rules: readonly Rule[];
  readonly keyOf: (rule: Rule, index: number) => string;
  readonly fields: (rule: Rule, change: (to: Partial<Rule>) => void, index: number) => ReactNode;
  /** Names the rule where it is taken away. */
  readonly removeName: (rule: Rule, index: number) => string;
  readonly remove: string;
  readonly add: string;
  readonly make: () => Rule;
  /** `field` is set while one rule is typed in, so that typing is one undo step. */
  readonly onChange: (rules: Rule[], field?: string) => void;
}) {
  const { rules } = props;
  return (
    <>
      {rules.length > 0 && (
        <ul className="template-list">
          {rules.map((rule, index) => (
            <li key={props.keyOf(rule, index)} className="template-card rule-card">
              {props.fields(
                rule,
                (to) =>
                  props.onChange(
                    rules.map((other, at) => (at === index ? { ...other, ...to } : other)),
                    `${index}.${Object.keys(to).join()}`,
                  ),
                index,
              )}
              <Button
                look="quiet"
                aria-label={props.removeName(rule, index)}
                onClick={() => props.onChange(rules.filter((_, at) => at !== index))}
              >
                {props.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button onClick={() => props.onChange([...rules, props.make()])}>{props.add}</Button>
    </>
  );
}

/** From and to on the clock; midnight at the end is the end of the day. */
export function ClockWindow(props: {
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly onChange: (window: { fromMinute: number } | { toMinute: number }) => void;
}) {
  return (
    <div className="field-pair">
      <ClockField
        label={props.fromLabel}
        minute={props.fromMinute}
        onChange={(fromMinute) => props.onChange({ fromMinute })}
      />
      <ClockField
        isEnd
        label={props.toLabel}
        minute={props.toMinute}
        onChange={(toMinute) => props.onChange({ toMinute })}
      />
    </div>
  );
}
