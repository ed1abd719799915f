import { useTranslation } from "react-i18next";
import { dateOfDay, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { ForecastAccuracy } from "../../../forecasting/forecast-accuracy.ts";
import type { Reforecast } from "../../../forecasting/reforecast.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";

type Row = ForecastAccuracy["days"][number];

/** The forecast of a queue against what came: day by day, and what the error was made of. */
export function AgainstActual(props: {
  readonly queueId: string;
  readonly grid: IntervalGrid;
  readonly accuracy: ForecastAccuracy;
  readonly intraday: { readonly day: number; readonly intraday: Reforecast } | null;
  readonly onSelect: (selection: IntervalRange) => void;
}) {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const { specialDays, overrides } = usePlan().forecast;
  const { accuracy, grid } = props;
  function reasons(row: Row): string {
    const date = dateOfDay(grid, row.day);
    const named = specialDays.filter(({ dates }) => dates.includes(date)).map(({ name }) => name);
    const changed = overrides.some(
      ({ queueId, fromDate, toDate }) => queueId === props.queueId && fromDate <= date && toDate >= date,
    );
    const made = Math.abs(row.level) > row.shape ? t("actual.madeOf.level") : t("actual.madeOf.shape");
    return format.list([made, ...named, ...(changed ? [t("override.flag")] : [])]);
  }
  const share = (id: string, value: (row: Row) => string, width = 84): Column<Row> => ({
    id,
    header: t(`actual.${id}`),
    width,
    align: "right",
    text: value,
  });
  const columns: Column<Row>[] = [
    {
      id: "day",
      header: t("column.time"),
      width: 130,
      text: ({ day }) => format.date(dateOfDay(grid, day), "weekdayDay"),
    },
    share("forecast", ({ forecast }) => format.number(forecast)),
    share("came", ({ actual }) => format.number(actual)),
    share("wape", ({ wape }) => format.percent(wape)),
    share("level", ({ level }) => format.signedPercent(level, 1)),
    share("shape", ({ shape }) => format.percent(shape)),
    share("inBand", ({ coverage80 }) => format.percent(coverage80, 0)),
    { id: "reasons", header: t("actual.reasons"), width: 190, text: reasons },
  ];
  const { intraday } = props;
  return (
    <section aria-label={t("actual.title", { queue: props.queueId })}>
      <h2 className="control-title">{t("actual.title", { queue: props.queueId })}</h2>
      <p className="forecast-sentence">
        {t("actual.sum", {
          wape: format.percent(accuracy.wape),
          bias: format.signedPercent(accuracy.bias, 1),
          level: format.percent(accuracy.levelWape),
          shape: format.percent(accuracy.shapeWape),
          coverage: format.percent(accuracy.coverage80, 0),
        })}
      </p>
      {intraday !== null && (
        <p className="forecast-sentence" role="status">
          {t("actual.intraday", {
            date: format.date(dateOfDay(grid, intraday.day), "long"),
            seen: format.number(intraday.intraday.seen),
            expected: format.number(intraday.intraday.expectedSeen),
            rest: format.number(intraday.intraday.restAfter),
            before: format.number(intraday.intraday.restBefore),
            factor: format.signedPercent(intraday.intraday.restAfter / intraday.intraday.restBefore - 1, 1),
          })}
        </p>
      )}
      <DataGrid
        label={t("actual.title", { queue: props.queueId })}
        rows={accuracy.days}
        rowKey={({ day }) => day}
        columns={columns}
        frozenColumns={1}
        height={240}
        onSelectRows={({ first, end }) => {
          const [from, to] = [accuracy.days[first], accuracy.days[end - 1]];
          if (from !== undefined && to !== undefined) {
            props.onSelect({ first: grid.dayOffsets[from.day], end: grid.dayOffsets[to.day + 1] });
          }
        }}
      />
    </section>
  );
}
