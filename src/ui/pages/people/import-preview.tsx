import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Weekday } from "../../../domain/calendar/clock.ts";
import type { PeopleUpdate, PersonChange, PersonValue } from "../../../domain/plan/update-people.ts";
import { stretchesOf } from "../../../files/people-list.ts";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { missing } from "../../kit/format.ts";
import { useFormat } from "../../kit/use-format.ts";

/** Of somebody new, what stands in columns of its own or needs no telling. */
const apart: readonly PersonChange["field"][] = ["key", "name", "email"];
/** What says by itself what it is. */
const byThemselves: readonly PersonChange["field"][] = ["team", "site", "contract", "skills"];

interface PreviewRow {
  readonly kind: "added" | "changed" | "gone";
  readonly line: number | null;
  readonly key: string;
  readonly name: string;
  readonly change: PersonChange | null;
}

/** What a list would change, a value a row; somebody new in one row with what the list says of them. */
export function ImportPreview({ update }: { readonly update: PeopleUpdate }) {
  const { t } = useTranslation("people");
  const valueText = useValueText();
  const rows = useMemo(() => previewRows(update), [update]);
  const facts = useMemo(
    () =>
      new Map(
        update.added.map(({ key, changes }) => [
          key,
          changes
            .filter(({ field, to }) => !apart.includes(field) && !(field === "speed" && to === 1))
            .map(({ field, to }) =>
              byThemselves.includes(field)
                ? valueText(field, to)
                : `${t(`change.${field}`)} ${valueText(field, to)}`,
            )
            .join(" · "),
        ]),
      ),
    [update, t, valueText],
  );
  const columns: Column<PreviewRow>[] = [
    {
      id: "kind",
      header: t("preview.kind"),
      width: 84,
      text: ({ kind }) => t(`count.${kind}`),
      tone: ({ kind }) => (kind === "gone" ? "short" : kind === "changed" ? "changed" : undefined),
    },
    {
      id: "line",
      header: t("preview.line"),
      width: 56,
      align: "right",
      text: ({ line }) => (line === null ? missing : String(line)),
    },
    { id: "key", header: t("column.key"), width: 96, text: ({ key }) => key },
    { id: "name", header: t("column.name"), width: 150, text: ({ name }) => name },
    {
      id: "field",
      header: t("preview.field"),
      width: 100,
      text: ({ change }) => (change === null ? "" : t(`change.${change.field}`)),
    },
    {
      id: "from",
      header: t("preview.from"),
      width: 140,
      text: ({ change }) => (change === null ? "" : valueText(change.field, change.from)),
      tone: () => "quiet",
    },
    {
      id: "to",
      header: t("preview.to"),
      width: 640,
      text: ({ kind, key, change }) =>
        change === null
          ? kind === "added"
            ? (facts.get(key) ?? "")
            : ""
          : valueText(change.field, change.to),
      hint: ({ kind, key }) => (kind === "added" ? facts.get(key) : undefined),
    },
  ];
  if (rows.length === 0) return null;
  return (
    <DataGrid label={t("preview.title")} rows={rows} rowKey={(_, at) => at} columns={columns} height={320} />
  );
}

function previewRows({ added, changed, gone }: PeopleUpdate): PreviewRow[] {
  return [
    ...added.map(({ line, key, name }): PreviewRow => ({ kind: "added", line, key, name, change: null })),
    ...changed.flatMap(({ line, key, name, changes }) =>
      changes.map((change): PreviewRow => ({ kind: "changed", line, key, name, change })),
    ),
    ...gone.map(({ id, name }): PreviewRow => ({ kind: "gone", line: null, key: id, name, change: null })),
  ];
}

/** A value of a person in words. */
function useValueText(): (field: PersonChange["field"], value: PersonValue) => string {
  const format = useFormat();
  return useMemo(
    () => (field, value) => {
      if (value === null) return missing;
      if (typeof value === "number") return format.number(value, 2);
      if (typeof value === "string")
        return field === "joined" || field === "lastDate" ? format.date(value, "full") : value;
      if (value.length === 0) return missing;
      return field === "leave"
        ? stretchesOf(value as readonly string[]).join("; ")
        : value.map((day) => format.weekday(day as Weekday)).join(" ");
    },
    [format],
  );
}
