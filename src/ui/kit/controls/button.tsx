import type { ButtonHTMLAttributes } from "react";
import "./controls.css";

/** `primary` once per page, `danger` for what destroys, `quiet` inside rows and toolbars. */
export function Button(
  props: ButtonHTMLAttributes<HTMLButtonElement> & { look?: "plain" | "primary" | "quiet" | "danger" },
) {
  const { look = "plain", className, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={["button", look === "plain" ? "" : `button-${look}`, className ?? ""].join(" ").trim()}
    />
  );
}
