import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { addDays, type LocalDate, type Weekday, weekdayOf } from "../../domain/clock.ts";
import { type DemandHistory, intervalState } from "../../domain/demand.ts";
import { clockSlots, dateOfDay, dayOfDate } from "../../domain/interval-grid.ts";
import { HeatMap } from "../charts/heat-map.tsx";
import { useFormat } from "../session-context.tsx";

/**
 * Weeks down, the hours of the week across: one cell is the contacts of one hour. Shows at a glance when a place is
 * open, what a week looks like, and which hours stand out.
 */
export function HistoryMap(props: {
  readonly history: DemandHistory;
  /** null: all queues together. */
  readonly queueId: string | null;
  readonly title: string;
  readonly selectedDate?: LocalDate | null;
  readonly onSelectDate?: (date: LocalDate) => void;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { history, queueId } = props;
  const map = useMemo(() => hourMap(history, queueId), [history, queueId]);
  const weekOf = (row: number) => addDays(map.monday, row * 7);
  const dayColumns = map.hours.length / 7;
  const dateAt = (row: number, column: number) => addDays(weekOf(row), Math.floor(column / dayColumns));
  const columnName = (column: number) => {
    const weekday = (Math.floor(column / dayColumns) + 1) as Weekday;
    return `${format.weekday(weekday)} ${format.time(map.hours[column] * 60)}`;
  };
  const selectedDay = props.selectedDate ? dayOfDate(history.grid, props.selectedDate) : null;
  const selected =
    props.selectedDate && selectedDay !== null
      ? {
          row: Math.floor((selectedDay + weekdayOf(history.grid.firstDate) - 1) / 7),
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

function hourMap(history: DemandHistory, queueId: string | null): HourMap {
  const { grid } = history;
  const queues = history.queues.filter((queue) => queueId === null || queue.queueId === queueId);
  const slots = clockSlots(grid);
  let firstHour = 24;
  let endHour = 0;
  for (const { state } of queues) {
    for (let interval = 0; interval < state.length; interval++) {
      if (state[interval] === intervalState.closed) continue;
      const hour = Math.floor((slots[interval] * grid.intervalMinutes) / 60);
      if (hour < firstHour) firstHour = hour;
      if (hour >= endHour) endHour = hour + 1;
    }
  }
  if (endHour <= firstHour) [firstHour, endHour] = [0, 24];
  const perDay = endHour - firstHour;
  const lead = weekdayOf(grid.firstDate) - 1;
  const weeks = Math.ceil((lead + grid.dayCount) / 7);
  const width = 7 * perDay;
  const values: (number | null)[] = new Array(weeks * width).fill(null);
  const marked = new Uint8Array(weeks * width);
  for (let day = 0; day < grid.dayCount; day++) {
    const row = Math.floor((lead + day) / 7);
    const column = ((lead + day) % 7) * perDay;
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
  return { monday: addDays(dateOfDay(grid, 0), -lead), weeks, hours, values, marked, busiest, busiestMean };
}
