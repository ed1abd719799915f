import { useRef } from "react";
import { Button } from "./button.tsx";

/** A button that asks for one file. The same file may be chosen again. */
export function FileButton(props: {
  readonly label: string;
  /** As in an input's `accept`. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{props.label}</Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        accept={props.accept}
        tabIndex={-1}
        aria-label={props.label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) props.onFile(file);
        }}
      />
    </>
  );
}
