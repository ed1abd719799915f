import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatMinuteOfDay } from "../../../domain/calendar/clock.ts";
import {
  clockSlots,
  dateOfDay,
  type IntervalGrid,
  intervalAt,
} from "../../../domain/calendar/interval-grid.ts";
import { HeatMap } from "../../kit/charts/heat-map.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** Days down, times across: where agents are too many (blue) or missing (vermilion). A click opens the day. */
export function CoverageMap(props: {
  readonly grid: IntervalGrid;
  readonly firstDay: number;
  readonly dayCount: number;
  readonly asked: Float64Array;
  readonly staffed: Float64Array;
  readonly onOpenDay: (date: string) => void;
}) {
  const { grid, firstDay, dayCount, asked, staffed } = props;
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const { values, first, columns, most, shortHours, overHours } = useMemo(() => {
    const slots = clockSlots(grid);
    const perDay = 1440 / grid.intervalMinutes;
    const all: (number | null)[] = new Array(dayCount * perDay).fill(null);
    let from = perDay;
    let to = 0;
    let greatest = 1;
    let short = 0;
    let over = 0;
    for (let day = 0; day < dayCount; day++) {
      for (
        let index = grid.dayOffsets[firstDay + day];
        index < grid.dayOffsets[firstDay + day + 1];
        index++
      ) {
        if (asked[index] <= 0 && staffed[index] <= 0) continue;
        const net = staffed[index] - asked[index];
        const slot = slots[index];
        all[day * perDay + slot] = net;
        from = Math.min(from, slot);
        to = Math.max(to, slot + 1);
        greatest = Math.max(greatest, Math.abs(net));
        if (net < 0) short -= (net * grid.intervalMinutes) / 60;
        else over += (net * grid.intervalMinutes) / 60;
      }
    }
    const width = Math.max(1, to - from);
    const cut = Array.from({ length: dayCount * width }, (_, at) =>
      to > from ? all[Math.floor(at / width) * perDay + from + (at % width)] : null,
    );
    return { values: cut, first: from, columns: width, most: greatest, shortHours: short, overHours: over };
  }, [grid, firstDay, dayCount, asked, staffed]);
  const clock = (column: number) => (first + column) * grid.intervalMinutes;
  const agents = (value: number) => format.signed(value, Number.isInteger(value) ? 0 : 1);
  return (
    <HeatMap
      title={t("map.title")}
      summary={t("map.summary", { short: format.hours(shortHours, 1), over: format.hours(overHours, 1) })}
      rowCount={dayCount}
      columnCount={columns}
      values={values}
      rowName={(row) => format.date(dateOfDay(grid, firstDay + row))}
      columnName={(column) => formatMinuteOfDay(clock(column))}
      rowTick={(row) => format.date(dateOfDay(grid, firstDay + row))}
      columnTick={(column) => (clock(column) % 120 === 0 ? formatMinuteOfDay(clock(column)) : null)}
      formatValue={agents}
      scale="diverging"
      domain={[-most, most]}
      height={Math.max(96, Math.min(260, dayCount * 22))}
      onSelect={({ row, column }) => {
        const date = dateOfDay(grid, firstDay + row);
        if (intervalAt(grid, date, clock(column)) !== null) props.onOpenDay(date);
      }}
    />
  );
}
