import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../kit/controls/text-field.tsx";

/** A name that is taken over as it is typed, unless it is empty or `taken` by another. */
export function NameField(props: {
  readonly label: string;
  readonly value: string;
  readonly taken?: readonly string[];
  readonly onChange: (name: string) => void;
}) {
  const { t } = useTranslation("setup");
  const [draft, setDraft] = useState<string | null>(null);
  const wrong = (text: string) => nameError(text, props.taken ?? [], t);
  return (
    <TextField
      label={props.label}
      value={draft ?? props.value}
      error={draft === null ? null : wrong(draft)}
      onBlur={() => setDraft(null)}
      onChange={(text) => {
        setDraft(text);
        if (wrong(text) === null) props.onChange(text.trim());
      }}
    />
  );
}

/** Why a name cannot be taken; null where it can. */
export function nameError(
  text: string,
  taken: readonly string[],
  t: (key: "name.needed" | "name.taken", values?: { readonly name: string }) => string,
): string | null {
  const name = text.trim();
  if (name === "") return t("name.needed");
  return taken.some((other) => other.toLowerCase() === name.toLowerCase()) ? t("name.taken", { name }) : null;
}
