import * as RadixDialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import "./controls.css";

/** For what cannot be undone, and for forms that need the whole attention. Escape and the cross close it. */
export function Dialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: string;
  readonly children: ReactNode;
  /** Buttons at the bottom, the one that does it last. */
  readonly actions?: ReactNode;
  readonly width?: number;
}) {
  const { t } = useTranslation("charts");
  return (
    <RadixDialog.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <RadixDialog.Portal>
        {/* Not Radix's overlay, which locks scrolling by a style element: the security policy allows none. */}
        <div className="dialog-veil" />
        <RadixDialog.Content
          className="dialog"
          style={{ width: props.width ?? 440 }}
          {...(props.description === undefined ? { "aria-describedby": undefined } : {})}
        >
          <div className="dialog-head">
            <RadixDialog.Title className="dialog-title">{props.title}</RadixDialog.Title>
            <RadixDialog.Close className="button button-quiet" aria-label={t("close")}>
              ×
            </RadixDialog.Close>
          </div>
          {props.description !== undefined && (
            <RadixDialog.Description className="dialog-text">{props.description}</RadixDialog.Description>
          )}
          <div className="dialog-body">{props.children}</div>
          {props.actions && <div className="dialog-actions">{props.actions}</div>}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
