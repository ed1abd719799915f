import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOfDay, dayOfInterval } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { useDesk, usePlan, useResult, useSession } from "../../frame/session-context.tsx";
import { useAxisWords } from "../../kit/charts/axis-words.ts";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import {
  type ComparedInterval,
  comparedIntervals,
  type ExpectedContacts,
  snapshotContacts,
  withoutSnapshot,
  withSnapshot,
} from "./forecast-snapshots.ts";

/** Stands for the forecast now among the ids of snapshots. */
const now = "now";

/** Keeps the forecast as it stands; lists what was kept. */
export function SnapshotPanel() {
  const { t } = useTranslation("forecast");
  const { store } = useDesk();
  const kept = usePlan().forecastSnapshots ?? [];
  const forecast = useResult("forecast");
  const [name, setName] = useState("");
  return (
    <ControlGroup title={t("snapshot.title")}>
      <p className="field-hint">{t("snapshot.hint")}</p>
      {kept.length > 0 && (
        <ul className="forecast-overrides" aria-label={t("snapshot.title")}>
          {kept.map((snapshot) => (
            <li key={snapshot.id}>
              <b>{snapshot.name}</b>
              <Button
                look="quiet"
                aria-label={t("snapshot.remove", { name: snapshot.name })}
                onClick={() =>
                  store.edit("forecast:edit.snapshotRemoved", (before) =>
                    withoutSnapshot(before, snapshot.id),
                  )
                }
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <TextField label={t("snapshot.name")} value={name} onChange={setName} />
      <Button
        disabled={forecast === null || name.trim() === ""}
        onClick={() => {
          if (forecast === null) return;
          store.edit("forecast:edit.snapshot", (before) => withSnapshot(before, forecast, name.trim()));
          setName("");
        }}
      >
        {t("snapshot.keep")}
      </Button>
    </ControlGroup>
  );
}

interface Row extends IntervalRange {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** Two forecasts next to each other, by day or by interval: a snapshot and the forecast now, or two snapshots. */
export function SnapshotComparison(props: {
  readonly forecast: ExpectedContacts;
  readonly range: IntervalRange;
  readonly onSelect: (selection: IntervalRange) => void;
}) {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const { timeZone, forecastSnapshots: kept = [] } = usePlan();
  const queueId = useSession((state) => state.view.queueId);
  const [beforeId, setBefore] = useState<string | null>(null);
  const [afterId, setAfter] = useState<string | null>(null);
  const [by, setBy] = useState<"interval" | "day">("day");
  const { forecast, range } = props;
  const { grid } = forecast;
  const { intervalName } = useAxisWords(grid);
  const before = kept.find(({ id }) => id === beforeId) ?? (beforeId === now ? null : kept.at(-1)) ?? null;
  const after = kept.find(({ id }) => id === afterId) ?? null;
  const rows = useMemo(() => {
    const contacts = (one: typeof before) => (one === null ? forecast : snapshotContacts(timeZone, one));
    const intervals = comparedIntervals(grid, range, contacts(before), contacts(after), queueId);
    if (by === "interval") {
      return intervals.map((one) => ({
        ...one,
        name: intervalName(one.interval),
        first: one.interval,
        end: one.interval + 1,
      }));
    }
    const days = new Map<number, ComparedInterval[]>();
    for (const one of intervals) {
      const day = dayOfInterval(grid, one.interval);
      days.set(day, [...(days.get(day) ?? []), one]);
    }
    return [...days].map(([day, parts]) => ({
      name: format.date(dateOfDay(grid, day), "weekdayDay"),
      first: grid.dayOffsets[day],
      end: grid.dayOffsets[day + 1],
      before: parts.reduce((sum, part) => sum + part.before, 0),
      after: parts.reduce((sum, part) => sum + part.after, 0),
    }));
  }, [before, after, by, forecast, grid, range, queueId, timeZone, format, intervalName]);
  if (kept.length === 0) return null;
  const nameOf = (one: typeof before) => one?.name ?? t("snapshot.now");
  const names = { before: nameOf(before), after: nameOf(after) };
  const options = [
    ...kept.map(({ id, name }) => ({ value: id, name })),
    { value: now, name: t("snapshot.now") },
  ];
  const digits = by === "day" ? 0 : 1;
  const change = (one: Pick<Row, "before" | "after">) =>
    one.before === 0 ? format.percent(null) : format.signedPercent(one.after / one.before - 1, 1);
  const number = (id: string, header: string, text: (row: Row) => string): Column<Row> => ({
    id,
    header,
    width: 120,
    align: "right",
    text,
  });
  const columns: Column<Row>[] = [
    { id: "time", header: t("column.time"), width: 150, text: ({ name }) => name },
    number("before", names.before, (row) => format.number(row.before, digits)),
    number("after", names.after, (row) => format.number(row.after, digits)),
    number("difference", t("snapshot.difference"), (row) => format.number(row.after - row.before, digits)),
    number("share", t("snapshot.share"), change),
  ];
  const sum = rows.reduce(
    (total, row) => ({ before: total.before + row.before, after: total.after + row.after }),
    { before: 0, after: 0 },
  );
  return (
    <section aria-label={t("snapshot.compare", names)}>
      <h2 className="control-title">{t("snapshot.compare", names)}</h2>
      <div className="forecast-compare">
        <SelectField
          label={t("snapshot.before")}
          value={before?.id ?? now}
          options={options}
          onChange={setBefore}
        />
        <SelectField
          label={t("snapshot.after")}
          value={after?.id ?? now}
          options={options}
          onChange={setAfter}
        />
        <SegmentedControl
          label={t("grid.by")}
          value={by}
          options={[
            { value: "interval", name: t("grid.interval") },
            { value: "day", name: t("grid.day") },
          ]}
          onChange={setBy}
        />
      </div>
      <p className="forecast-sentence">
        {rows.length === 0
          ? t("snapshot.none")
          : t("snapshot.sum", {
              ...names,
              first: format.number(sum.before),
              second: format.number(sum.after),
              change: change(sum),
            })}
      </p>
      {rows.length > 0 && (
        <DataGrid
          label={t("snapshot.compare", names)}
          rows={rows}
          rowKey={(row) => row.first}
          columns={columns}
          frozenColumns={1}
          height={240}
          onSelectRows={({ first, end }) => {
            if (rows[first] !== undefined)
              props.onSelect({ first: rows[first].first, end: rows[end - 1].end });
          }}
        />
      )}
    </section>
  );
}
