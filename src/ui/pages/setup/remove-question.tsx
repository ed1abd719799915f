import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../kit/controls/button.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";

/** What stands before something of the plan goes: what uses it, what takes its place where it must, and the way back. */
export function RemoveQuestion(props: {
  readonly title: string;
  /** Name of what goes. */
  readonly name: string;
  /** null: nothing has to take its place. */
  readonly successor: {
    readonly label: string;
    readonly value: string;
    readonly options: readonly { readonly id: string; readonly name: string }[];
    readonly onChange: (id: string) => void;
  } | null;
  readonly onRemove: () => void;
  readonly onCancel: () => void;
  /** What uses it, in sentences. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation("setup");
  const { successor } = props;
  return (
    <fieldset className="setup-ask">
      <legend className="field-label">{props.title}</legend>
      <div role="status">{props.children}</div>
      {successor !== null && (
        <div className="setup-fields">
          <SelectField
            label={successor.label}
            value={successor.value}
            options={successor.options.map(({ id, name }) => ({ value: id, name }))}
            onChange={successor.onChange}
          />
        </div>
      )}
      <div className="setup-buttons">
        <Button look="danger" onClick={props.onRemove}>
          {t("remove.do", { name: props.name })}
        </Button>
        <Button onClick={props.onCancel}>{t("cancel")}</Button>
      </div>
    </fieldset>
  );
}
