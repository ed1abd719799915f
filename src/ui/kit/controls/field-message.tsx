import type { ReactNode } from "react";

/**
 * What stands under a field: what is wrong with its value, or else its hint. Its id is that of {@link messageId}. Keyed,
 * because an alert is read out when it appears, not when a hint turns into one.
 */
export function FieldMessage(props: {
  readonly fieldId: string;
  readonly error: ReactNode;
  readonly hint?: ReactNode;
}) {
  const { fieldId, error, hint } = props;
  if (error !== null)
    return (
      <span key="error" id={messageId(fieldId)} className="field-error" role="alert">
        {error}
      </span>
    );
  return hint ? (
    <span key="hint" id={messageId(fieldId)} className="field-hint">
      {hint}
    </span>
  ) : null;
}

/** For `aria-describedby` of the field. */
export function messageId(fieldId: string): string {
  return `${fieldId}-message`;
}
