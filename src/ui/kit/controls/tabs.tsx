import * as RadixTabs from "@radix-ui/react-tabs";
import type { ReactNode } from "react";
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
  return (
    <RadixTabs.Root
      className="tabs"
      value={props.value}
      onValueChange={(value) => props.onChange(value as Value)}
    >
      <RadixTabs.List aria-label={props.label} className="tab-list">
        {props.tabs.map(({ value, name, disabled }) => (
          <RadixTabs.Trigger key={value} value={value} disabled={disabled} className="tab">
            {name}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {/* What is in the panel has the focus, not the panel. */}
      <RadixTabs.Content value={props.value} className="tab-panel" tabIndex={undefined}>
        {props.children}
      </RadixTabs.Content>
    </RadixTabs.Root>
  );
}
