import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShiftTemplate } from "../../../domain/plan/shift.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { TemplateEditor } from "./template-editor.tsx";
import { TemplatePicture } from "./template-picture.tsx";

/** The plan's shift templates as small pictures; one at a time opens for editing. */
export function TemplatesPanel() {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const plan = usePlan();
  const { store } = useDesk();
  const [openId, setOpenId] = useState<string | null>(null);

  const editTemplates = (
    label: string,
    change: (list: readonly ShiftTemplate[]) => ShiftTemplate[],
    key?: string,
  ) => store.edit(label, (before) => ({ ...before, templates: change(before.templates) }), key);
  const freshId = (base: string) => {
    let number = 2;
    let id = base;
    while (plan.templates.some((template) => template.id === id)) id = `${base}-${number++}`;
    return id;
  };
  function add(template: ShiftTemplate): void {
    editTemplates("shifts:edit.add", (list) => [...list, template]);
    setOpenId(template.id);
  }

  return (
    <ControlGroup title={t("templates")}>
      <ul className="template-list">
        {plan.templates.map((template) => {
          const open = template.id === openId;
          return (
            <li key={template.id} className={open ? "template-card is-open" : "template-card"}>
              <button
                type="button"
                className="template-head"
                aria-expanded={open}
                onClick={() => setOpenId(open ? null : template.id)}
              >
                <span className="template-name">{template.name}</span>
                <span className="template-days">
                  {template.weekdays.map((day) => format.weekday(day as 1, "narrow")).join(" ")}
                </span>
              </button>
              <TemplatePicture template={template} />
              {open && (
                <TemplateEditor
                  template={template}
                  groups={plan.groups}
                  onChange={(field, change) =>
                    editTemplates(
                      "shifts:edit.change",
                      (list) =>
                        list.map((other) => (other.id === template.id ? { ...other, ...change } : other)),
                      `template.${template.id}.${field}`,
                    )
                  }
                  onRemove={() => {
                    setOpenId(null);
                    editTemplates("shifts:edit.remove", (list) =>
                      list.filter(({ id }) => id !== template.id),
                    );
                  }}
                  onCopy={() =>
                    add({
                      ...template,
                      id: freshId(template.id),
                      name: t("template.copyName", { name: template.name }),
                    })
                  }
                />
              )}
            </li>
          );
        })}
      </ul>
      <Button onClick={() => add(newTemplate(freshId("shift"), t("template.newName")))}>
        {t("template.add")}
      </Button>
    </ControlGroup>
  );
}

function newTemplate(id: string, name: string): ShiftTemplate {
  return {
    id,
    name,
    groupIds: [],
    weekdays: [1, 2, 3, 4, 5],
    earliestStartMinute: 480,
    latestStartMinute: 600,
    startStepMinutes: 30,
    lengthsMinutes: [480],
    breaks: [
      { id: "meal", kind: "meal", lengthMinutes: 30, paid: false, earliestMinute: 180, latestMinute: 270 },
    ],
    minimumWorkMinutes: 60,
    costPerHour: 20,
    minimumCount: null,
    maximumCount: null,
  };
}
