import type { ReactNode } from "react";
import "./controls.css";

/** What stands where there is nothing yet: what it will be, and the step that makes it. */
export function EmptyState(props: {
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <p className="empty-state-title">{props.title}</p>
      {props.text !== undefined && <p>{props.text}</p>}
      {props.action}
    </div>
  );
}
