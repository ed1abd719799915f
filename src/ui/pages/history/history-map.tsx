import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  addDays,
  daysBetween,
  type LocalDate,
  type Weekday,
  weekdayOf,
} from "../../../domain/calendar/clock.ts";
import { clockSlots, dateOfDay, dayOfDate } from "../../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import { type DemandHistory, intervalState } from "../../../domain/results/demand.ts";
import { HeatMap } from "../../kit/charts/heat-map.tsx";
import { useFormat } from "../../kit/use-format.ts";

/**
 * Weeks down, the hours of the week across: one cell is the contacts of one hour. Shows at a glance when a place is
 * open, what a week looks like, and which hours stand out.
 */
export function HistoryMap(props: {
  readonly history: DemandHistory;
  /** null: all queues together. */
  readonly queueId: string | null;
  readonly title: string;
  /** Days shown, as whole weeks; absent: all. */
  readonly days?: DayRange;
  readonly selectedDate?: LocalDate | null;
  readonly onSelectDate?: (date: LocalDate) => void;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { history, queueId } = props;
  const first = props.days?.first ?? 0;
  const end = props.days?.end ?? history.grid.dayCount;
  const map = useMemo(() => hourMap(history, queueId, { first, end }), [history, queueId, first, end]);
  const weekOf = (row: number) => addDays(map.monday, row * 7);
  const dayColumns = map.hours.length / 7;
  const dateAt = (row: number, column: number) => addDays(weekOf(row), Math.floor(column / dayColumns));
  const columnName = (column: number) => {
    const weekday = (Math.floor(column / dayColumns) + 1) as Weekday;
    return `${format.weekday(weekday)} ${format.time(map.hours[column] * 60)}`;
  };
  const selectedDay = props.selectedDate ? dayOfDate(history.grid, props.selectedDate) : null;
  const selected =
    props.selectedDate && selectedDay !== null && selectedDay >= first && selectedDay < end
      ? {
          row: Math.floor(daysBetween(map.monday, props.selectedDate) / 7),
          column: (weekdayOf(props.selectedDate) - 1) * dayColumns,
        }
      : null;
  return (
    <HeatMap
      title={props.title}
      summary={t("map.summary", {
        name: props.title,
        weeks: map.weeks,
        busiest: columnName(map.busiest),
        contacts: format.number(map.busiestMean),
      })}
      rowCount={map.weeks}
      columnCount={map.hours.length}
      values={map.values}
      marked={map.marked}
      rowName={(row) => t("map.week", { date: format.date(weekOf(row), "full") })}
      columnName={columnName}
      rowTick={(row) => format.date(weekOf(row), "day")}
      columnTick={(column) =>
        column % dayColumns === 0 ? format.weekday((column / dayColumns + 1) as Weekday) : null
      }
      formatValue={(value) => format.number(value)}
      selected={selected}
      onSelect={({ row, column }) => props.onSelectDate?.(dateAt(row, column))}
      minRowHeight={3}
      height={380}
    />
  );
}

interface HourMap {
  readonly monday: LocalDate;
  readonly weeks: number;
  /** Clock hour of each column; seven equal runs. */
  readonly hours: readonly number[];
  readonly values: readonly (number | null)[];
  readonly marked: Uint8Array;
  readonly busiest: number;
  readonly busiestMean: number;
}

function hourMap(history: DemandHistory, queueId: string | null, days: DayRange): HourMap {
  const { grid } = history;
  const queues = history.queues.filter((queue) => queueId === null || queue.queueId === queueId);
  const slots = clockSlots(grid);
  let firstHour = 24;
  let endHour = 0;
  for (const { state } of queues) {
    for (let interval = grid.dayOffsets[days.first]; interval < grid.dayOffsets[days.end]; interval++) {
      if (state[interval] === intervalState.closed) continue;
      const hour = Math.floor((slots[interval] * grid.intervalMinutes) / 60);
      if (hour < firstHour) firstHour = hour;
      if (hour >= endHour) endHour = hour + 1;
    }
  }
  if (endHour <= firstHour) [firstHour, endHour] = [0, 24];
  const perDay = endHour - firstHour;
  const lead = weekdayOf(dateOfDay(grid, days.first)) - 1;
  const weeks = Math.ceil((lead + days.end - days.first) / 7);
  const width = 7 * perDay;
  const values: (number | null)[] = new Array(weeks * width).fill(null);
  const marked = new Uint8Array(weeks * width);
  for (let day = days.first; day < days.end; day++) {
    const row = Math.floor((lead + day - days.first) / 7);
    const column = ((lead + day - days.first) % 7) * perDay;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const hour = Math.floor((slots[interval] * grid.intervalMinutes) / 60) - firstHour;
      if (hour < 0 || hour >= perDay) continue;
      const cell = row * width + column + hour;
      for (const { state, offered } of queues) {
        if (state[interval] === intervalState.closed) continue;
        if (state[interval] !== intervalState.open) marked[cell] = 1;
        if (state[interval] === intervalState.missing) continue;
        values[cell] = (values[cell] ?? 0) + offered[interval];
      }
    }
  }
  let busiest = 0;
  let busiestMean = 0;
  for (let column = 0; column < width; column++) {
    let sum = 0;
    let count = 0;
    for (let row = 0; row < weeks; row++) {
      const value = values[row * width + column];
      if (value === null) continue;
      sum += value;
      count++;
    }
    if (count > 0 && sum / count > busiestMean) [busiest, busiestMean] = [column, sum / count];
  }
  const hours = Array.from({ length: width }, (_, column) => firstHour + (column % perDay));
  return {
    monday: addDays(dateOfDay(grid, days.first), -lead),
    weeks,
    hours,
    values,
    marked,
    busiest,
    busiestMean,
  };
}
