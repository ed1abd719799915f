import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type ResolutionGroup,
  type ResolutionTimes,
  resolutionTargets,
} from "../../../history/review/resolution-times.ts";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** How long tickets took: by category with the slowest first, or by the hour in which they were created. */
export function TicketTimesTable({ times }: { readonly times: ResolutionTimes }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const [by, setBy] = useState<"category" | "hour">("category");
  const [target, setTarget] = useState(24);
  const share = (group: ResolutionGroup) => {
    const resolved = group.tickets - group.open;
    return resolved === 0 ? null : group.within[resolutionTargets.indexOf(target)] / resolved;
  };
  const hours = (seconds: number | null) => format.hours(seconds === null ? null : seconds / 3600, 1);
  const columns: Column<ResolutionGroup>[] = [
    {
      id: "name",
      header: t(by === "category" ? "tickets.category" : "tickets.hour"),
      width: 180,
      text: ({ name }) =>
        by === "category" ? name : `${format.time(+name * 60)}–${format.time((+name + 1) * 60)}`,
    },
    {
      id: "tickets",
      header: t("tickets.tickets"),
      width: 90,
      align: "right",
      text: ({ tickets }) => format.number(tickets),
    },
    {
      id: "open",
      header: t("tickets.open"),
      width: 80,
      align: "right",
      text: ({ open }) => format.number(open),
    },
    {
      id: "median",
      header: t("tickets.median"),
      width: 110,
      align: "right",
      text: ({ medianSeconds }) => hours(medianSeconds),
    },
    {
      id: "p90",
      header: t("tickets.p90"),
      width: 130,
      align: "right",
      text: ({ p90Seconds }) => hours(p90Seconds),
    },
    {
      id: "within",
      header: t("tickets.within", { hours: target }),
      width: 130,
      align: "right",
      text: (group) => format.percent(share(group)),
    },
  ];
  return (
    <section aria-label={t("tickets.title")} className="history-service">
      <h2 className="control-title">
        {t("tickets.sum", {
          tickets: format.number(times.all.tickets),
          median: hours(times.all.medianSeconds),
          share: format.percent(share(times.all)),
          hours: target,
        })}
      </h2>
      <div className="history-choices">
        <SegmentedControl
          label={t("tickets.by")}
          value={by}
          options={[
            { value: "category", name: t("tickets.category") },
            { value: "hour", name: t("tickets.hour") },
          ]}
          onChange={setBy}
        />
        <SelectField
          label={t("tickets.target")}
          value={String(target)}
          options={resolutionTargets.map((value) => ({ value: String(value), name: format.hours(value) }))}
          onChange={(value) => setTarget(+value)}
        />
      </div>
      <DataGrid
        label={t("tickets.title")}
        rows={by === "category" ? times.byCategory : times.byHour}
        rowKey={({ name }) => name}
        columns={columns}
        height={260}
      />
    </section>
  );
}
