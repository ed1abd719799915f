import { useState } from "react";
import { addDays, weekdayOf } from "../../../src/domain/calendar/clock.ts";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../src/domain/calendar/ranges.ts";
import { BandChart } from "../../../src/ui/kit/charts/band-chart.tsx";
import { CurveChart } from "../../../src/ui/kit/charts/curve-chart.tsx";
import { DifferenceBar } from "../../../src/ui/kit/charts/difference-bar.tsx";
import { FanChart } from "../../../src/ui/kit/charts/fan-chart.tsx";
import { Gantt, type GanttRow } from "../../../src/ui/kit/charts/gantt.tsx";
import { type CellPosition, HeatMap } from "../../../src/ui/kit/charts/heat-map.tsx";
import { Histogram } from "../../../src/ui/kit/charts/histogram.tsx";
import { SmallMultiples } from "../../../src/ui/kit/charts/small-multiples.tsx";
import { StaffingChart } from "../../../src/ui/kit/charts/staffing-chart.tsx";
import { Waterfall } from "../../../src/ui/kit/charts/waterfall.tsx";
import { formatFor } from "../../../src/ui/kit/format.ts";
import { ControlChartFigure } from "../../../src/ui/pages/history/control-chart.tsx";
import { TrendChart } from "../../../src/ui/pages/history/trend-chart.tsx";
import { WeekdayProfiles } from "../../../src/ui/pages/history/weekday-profiles.tsx";
import { ServiceCurve } from "../../../src/ui/pages/required/service-curve.tsx";
import { Convergence } from "../../../src/ui/pages/simulate/convergence.tsx";
import { Specimen, State } from "./specimen.tsx";
import "../../../src/ui/pages/history/history.css";

const grid = createIntervalGrid("Europe/Berlin", 15, "2026-11-02", 7);
const count = grid.dayOffsets[grid.dayCount];
const week = { first: 0, end: count };
const day = { first: 0, end: grid.dayOffsets[1] };
/** Open from 7 to 20 o'clock, on Sundays not at all. */
const open = Uint8Array.from({ length: count }, (_, index) => {
  const hour = (index % 96) / 4;
  return hour >= 7 && hour < 20 && index < grid.dayOffsets[6] ? 1 : 0;
});
/** A day's shape, 0 at both ends of the opening; waves in place of chance, so that every visit shows the same. */
const shape = (index: number) =>
  open[index] === 1
    ? Math.sin((((index % 96) / 4 - 7) * Math.PI) / 13) * (1 - Math.floor(index / 96) / 12)
    : 0;
const series = (value: (index: number) => number | null) => Array.from({ length: count }, (_, i) => value(i));
const required = series((i) => Math.ceil(40 * shape(i)));
const scheduled = series((i) => Math.round(40 * shape(i) + 3 * Math.sin(i / 9) * open[i]));
const forecast = series((i) => 120 * shape(i));
const nothing = series(() => null);
const percent = (value: number) => `${Math.round(value * 100)} %`;
const whole = (value: number) => formatFor("en").number(value);

export function ChartSpecimens() {
  return (
    <>
      <OverTime />
      <Bars />
      <Maps />
    </>
  );
}

function OverTime() {
  const [selection, setSelection] = useState<IntervalRange | null>({ first: 40, end: 52 });
  return (
    <>
      <Specimen name="StaffingChart" wide>
        <State name="a week, a range selected; drag to select another">
          <StaffingChart
            title="Agents on queue"
            summary="Forty agents on Monday."
            grid={grid}
            span={week}
            open={open}
            required={required}
            scheduled={scheduled}
            contacts={forecast}
            selection={selection}
            onSelect={setSelection}
          />
        </State>
        <State name="a proposal, one day, with the demand band">
          <StaffingChart
            proposal
            title="Agents on queue"
            summary="Forty agents at noon."
            grid={grid}
            span={day}
            open={open}
            required={required}
            requiredLower={required.map((value) => (value ?? 0) * 0.9)}
            requiredUpper={required.map((value) => (value ?? 0) * 1.12)}
            scheduled={scheduled}
          />
        </State>
        <State name="empty">
          <StaffingChart title="Agents" summary="Nothing yet." grid={grid} span={day} required={nothing} />
        </State>
      </Specimen>
      <Specimen name="FanChart" wide>
        <State name="actual for three days, forecast with its bands">
          <FanChart
            title="Contacts"
            summary="About 1,300 contacts a day."
            grid={grid}
            span={week}
            open={open}
            actual={series((i) => (i < 288 ? 120 * shape(i) + 9 * Math.sin(i * 1.7) * open[i] : null))}
            forecast={forecast}
            lower80={forecast.map((value) => (value ?? 0) * 0.88)}
            upper80={forecast.map((value) => (value ?? 0) * 1.12)}
            lower95={forecast.map((value) => (value ?? 0) * 0.8)}
            upper95={forecast.map((value) => (value ?? 0) * 1.2)}
            flags={[{ id: "mailing", first: 192, end: 288, name: "Mailing" }]}
          />
        </State>
      </Specimen>
      <Specimen name="BandChart, SmallMultiples" wide>
        <State name="one cursor for both">
          <SmallMultiples>
            {["Voice", "Chat"].map((name, at) => (
              <BandChart
                key={name}
                title={`Service level: ${name}`}
                summary={`${name} keeps its goal.`}
                grid={grid}
                span={week}
                open={open}
                height={150}
                scale="share"
                name="service level"
                mean={series((i) => (open[i] ? 0.86 + 0.1 * Math.sin(i / (11 + at)) : null))}
                halfWidth={series((i) => (open[i] ? 0.04 : null))}
                goal={{ name: "Goal 80 %", value: 0.8 }}
              />
            ))}
          </SmallMultiples>
        </State>
      </Specimen>
      <Specimen name="DifferenceBar">
        {(
          [
            ["better beyond doubt", 4, 1, "more"],
            ["worse beyond doubt", -4, 1, "more"],
            ["in doubt", 1, 3, "more"],
            ["neither is better", 4, 1, "neither"],
          ] as const
        ).map(([name, difference, halfWidth, better]) => (
          <State key={name} name={name}>
            <DifferenceBar
              difference={difference}
              halfWidth={halfWidth}
              extent={6}
              better={better}
              label={`${difference} ± ${halfWidth}`}
            />
          </State>
        ))}
      </Specimen>
    </>
  );
}

function ganttRows(proposal: boolean): GanttRow[] {
  return Array.from({ length: 12 }, (_, row) => {
    const startMinute = 420 + row * 30;
    const at = (minutes: number) => startMinute + minutes;
    return {
      id: String(row),
      name: `Agent ${row + 1}`,
      bars: [
        {
          id: `${row}`,
          name: row % 3 === 0 ? "Early" : "Late",
          startMinute,
          endMinute: at(510),
          pinned: row === 2,
          proposal,
          color: `var(--series-${(row % 6) + 1})`,
          parts: [
            { startMinute, endMinute: at(120), look: "solid" },
            { startMinute: at(120), endMinute: at(135), look: "gap" },
            { startMinute: at(135), endMinute: at(240), look: "solid" },
            { startMinute: at(240), endMinute: at(285), look: "gap" },
            { startMinute: at(285), endMinute: at(450), look: "solid" },
            { startMinute: at(450), endMinute: at(510), look: "pale" },
          ],
        },
      ],
    };
  });
}

function Bars() {
  const [rows, setRows] = useState(() => ganttRows(false));
  const [selectedId, setSelectedId] = useState<string | null>("1");
  return (
    <Specimen name="Gantt" wide>
      <State name="bars, edges and gaps can be dragged; the third is pinned, the second selected">
        <Gantt
          resizable
          label="Shifts"
          grid={grid}
          span={day}
          open={open}
          rows={rows}
          height={220}
          leftRoom={90}
          selectedId={selectedId}
          onSelect={setSelectedId}
          onMove={(barId, startMinute, endMinute) =>
            setRows(
              rows.map((row) => ({
                ...row,
                bars: row.bars.map((bar) => {
                  if (bar.id !== barId) return bar;
                  const by = startMinute - bar.startMinute;
                  const parts = bar.parts.map((part) => ({
                    ...part,
                    startMinute: part.startMinute + by,
                    endMinute: part.endMinute + by,
                  }));
                  return { ...bar, startMinute, endMinute, parts };
                }),
              })),
            )
          }
          onMovePart={() => {}}
        />
      </State>
      <State name="a proposal over a week">
        <Gantt
          label="Proposed shifts"
          grid={grid}
          span={week}
          rows={ganttRows(true)}
          rowHeight={12}
          height={180}
        />
      </State>
    </Specimen>
  );
}

function Maps() {
  const [cell, setCell] = useState<CellPosition | null>({ row: 1, column: 10 });
  const map = {
    rowCount: 7,
    columnCount: 24,
    rowName: (row: number) => addDays("2026-11-02", row),
    columnName: (column: number) => `${column}:00`,
    rowTick: (row: number) => addDays("2026-11-02", row).slice(5),
    columnTick: (column: number) => (column % 3 === 0 ? `${column}:00` : null),
    formatValue: whole,
    minRowHeight: 18,
  };
  const cells = (value: (row: number, column: number) => number | null) =>
    Array.from({ length: 168 }, (_, index) => value(Math.floor(index / 24), index % 24));
  const busy = (row: number, column: number) => forecast[row * 96 + column * 4];
  return (
    <Specimen name="HeatMap" wide>
      <State name="sequential, a cell selected, two marked">
        <HeatMap
          {...map}
          title="Contacts per hour"
          summary="Mondays are busiest."
          values={cells((row, column) => (open[row * 96 + column * 4] ? busy(row, column) : null))}
          marked={Uint8Array.from({ length: 168 }, (_, index) => (index === 61 || index === 62 ? 1 : 0))}
          selected={cell}
          onSelect={setCell}
        />
      </State>
      <State name="diverging">
        <HeatMap
          {...map}
          title="Net staffing"
          summary="Short in the mornings."
          scale="diverging"
          values={cells((row, column) => Math.round(6 * Math.sin((row + column) / 3)))}
        />
      </State>
      <State name="with the line of a goal">
        <HeatMap
          {...map}
          title="Service level"
          summary="The goal runs across."
          rowAxis="Agents"
          columnAxis="Contacts"
          formatValue={percent}
          isoLine={{ value: 0.5, name: "Goal 50 %" }}
          values={cells((row, column) => Math.min(1, Math.max(0, 0.5 + row / 10 - column / 40)))}
        />
      </State>
      <State name="empty">
        <HeatMap {...map} title="Nothing" summary="Nothing yet." values={cells(() => null)} />
      </State>
    </Specimen>
  );
}

export function PageChartSpecimens() {
  return (
    <>
      <PlainCharts />
      <HistoryCharts />
      <LevelCharts />
    </>
  );
}

function PlainCharts() {
  const xs = Array.from({ length: 13 }, (_, index) => 8 + index);
  const levels = xs.map((x) => 1 - Math.exp(-(x - 7) / 4));
  return (
    <>
      <Specimen name="CurveChart" wide>
        <State name="with intervals and a goal">
          <CurveChart
            title="Service level by agents"
            summary="Fourteen agents keep the goal."
            xs={xs}
            ys={levels}
            halfWidths={xs.map((_, index) => (index % 2 === 0 ? 0.05 : 0.02))}
            xName="Agents"
            yName="Service level"
            formatX={whole}
            formatY={percent}
            yDomain={[0, 1]}
            goal={{ value: 0.8, name: "Goal 80 %" }}
          />
        </State>
        <State name="a point missing, nothing asked">
          <CurveChart
            title="Service level by agents"
            summary="One value is missing."
            xs={xs}
            ys={levels.map((level, index) => (index === 5 ? null : level))}
            xName="Agents"
            yName="Service level"
            formatX={whole}
            formatY={percent}
            yDomain={[0, 1]}
          />
        </State>
      </Specimen>
      <Specimen name="Histogram, Waterfall" wide>
        <State name="a goal across">
          <Histogram
            title="Service level of the replications"
            summary="Most lie around 84 %."
            edges={Array.from({ length: 21 }, (_, index) => 0.74 + index * 0.01)}
            counts={Array.from({ length: 20 }, (_, index) =>
              Math.round(60 * Math.exp(-((index - 10) ** 2) / 18)),
            )}
            formatValue={percent}
            formatCount={whole}
            countName="Replications"
            marks={[{ name: "Goal", value: 0.8 }]}
          />
        </State>
        <State name="better, worse, in doubt">
          <Waterfall
            title="From plan to day"
            summary="Absence cost most."
            valueName="Service level"
            formatValue={percent}
            bars={[
              { name: "Planned", from: null, to: 0.86, halfWidth: 0.01, text: "86 %" },
              { name: "Contacts", from: 0.86, to: 0.84, halfWidth: 0.03, text: "−2" },
              { name: "Absence", from: 0.84, to: 0.72, halfWidth: 0.02, text: "−12" },
              { name: "Overtime", from: 0.72, to: 0.79, halfWidth: 0.02, text: "+7" },
              { name: "Happened", from: null, to: 0.79, halfWidth: 0.01, text: "79 %" },
            ]}
          />
        </State>
      </Specimen>
    </>
  );
}

function HistoryCharts() {
  const year = createIntervalGrid("Europe/Berlin", 60, "2025-11-03", 364);
  const [zoom, setZoom] = useState<IntervalRange | null>({ first: 100, end: 140 });
  const weeks = Array.from({ length: 52 }, (_, index) => ({
    week: addDays("2025-11-03", 7 * index),
    value: index === 30 ? 0.58 : 0.8 + 0.05 * Math.sin(index * 1.3),
    lower: 0.7,
    upper: 0.9,
    signal: index === 30,
  }));
  const slots = (factor: number) =>
    Array.from({ length: 48 }, (_, slot) =>
      slot >= 14 && slot < 40 ? factor * 90 * Math.sin(((slot - 14) * Math.PI) / 26) : null,
    );
  return (
    <>
      <Specimen name="TrendChart, ControlChartFigure" wide>
        <State name="zoomed to some weeks; drag over others">
          <TrendChart
            title="Contacts per day"
            grid={year}
            trend={{
              totals: Array.from({ length: 364 }, (_, index) =>
                weekdayOf(addDays("2025-11-03", index)) === 7
                  ? null
                  : 2600 + 600 * Math.cos(index) + 300 * Math.sin(index / 40),
              ),
              level: Array.from({ length: 364 }, (_, index) => 2600 + 300 * Math.sin(index / 40)),
            }}
            zoom={zoom}
            onZoom={setZoom}
          />
        </State>
        <State name="one week outside">
          <ControlChartFigure
            title="Service level"
            chart={{ centre: 0.8, points: weeks }}
            formatValue={percent}
          />
        </State>
      </Specimen>
      <Specimen name="WeekdayProfiles" wide>
        <State name="six days">
          <WeekdayProfiles
            intervalMinutes={30}
            profiles={([1, 2, 3, 4, 5, 6] as const).map((weekday) => ({
              weekday,
              dates: 50,
              meanTotal: 1500 - 120 * weekday,
              low: slots(0.8 - weekday / 20),
              median: slots(1 - weekday / 20),
              high: slots(1.2 - weekday / 20),
            }))}
          />
        </State>
        <State name="empty">
          <WeekdayProfiles intervalMinutes={30} profiles={[]} />
        </State>
      </Specimen>
    </>
  );
}

function LevelCharts() {
  const steps = 98;
  return (
    <Specimen name="ServiceCurve, Convergence" wide>
      <State name="goal and one place marked">
        <ServiceCurve
          title="Service level by number of agents"
          summary="Fourteen agents answer 89 % in time."
          points={Array.from({ length: 17 }, (_, index) => ({
            at: 6 + index,
            serviceLevel: index < 4 ? 0 : 1 - Math.exp(-(index - 4) / 3),
            occupancy: Math.min(1, 10 / (6 + index)),
          }))}
          formatAt={whole}
          goal={0.8}
          marked={14}
        />
      </State>
      <State name="as replications come in">
        <Convergence
          queueName="Voice"
          mean={Array.from({ length: steps }, (_, k) => 0.82 + (0.08 * Math.sin(k)) / (k + 2))}
          halfWidth={Float64Array.from({ length: steps }, (_, k) => 0.3 / (k + 2))}
          goal={0.8}
        />
      </State>
    </Specimen>
  );
}
