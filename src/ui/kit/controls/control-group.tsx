import { type ReactNode, useId } from "react";

/** A titled part of the controls column. */
export function ControlGroup(props: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="control-group" aria-labelledby={id}>
      <h2 id={id} className="control-title">
        {props.title}
      </h2>
      {props.children}
    </section>
  );
}
