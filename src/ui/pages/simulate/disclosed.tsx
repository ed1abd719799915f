import type { ReactNode } from "react";

/** A setting that shows what it is set to, and opens to be changed. */
export function Disclosed(props: {
  readonly name: string;
  /** What it is set to now, in a few words. */
  readonly state: string;
  readonly children: ReactNode;
}) {
  return (
    <details className="simulate-setting">
      <summary>
        {props.name} <span>{props.state}</span>
      </summary>
      <div className="simulate-setting-fields">{props.children}</div>
    </details>
  );
}
