import { type ReactNode, useEffect, useId, useRef } from "react";

/** One control or chart, named as in the code, with its states side by side. */
export function Specimen(props: {
  readonly name: string;
  /** Room for each state: charts and tables take a whole row. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={props.wide ? "specimen is-wide" : "specimen"} aria-labelledby={id}>
      <h3 id={id}>{props.name}</h3>
      <div className="specimen-states">{props.children}</div>
    </section>
  );
}

/** One state, with its name under it. `typed` is written into its field and left there, as a person would. */
export function State(props: {
  readonly name: string;
  readonly typed?: string;
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { typed } = props;
  useEffect(() => {
    const field = box.current?.querySelector("input");
    if (typed === undefined || !field) return;
    // The setter of the element's own class, so that React sees the change.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, typed);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    // After React has taken the text: leaving the field reads it.
    setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
  }, [typed]);
  return (
    <div className="specimen-state" ref={box}>
      <div>{props.children}</div>
      <p>{props.name}</p>
    </div>
  );
}
