import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { GroupSimulation, SimulationResult } from "../../../domain/results/simulation.ts";
import { Band, lineSign, SeriesNames, StepArea, StepLine } from "../../kit/charts/layers.tsx";
import { greatest, isKnown } from "../../kit/charts/paths.ts";
import { TimeChart } from "../../kit/charts/time-chart.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { statesOnGrid } from "./simulated.ts";

/** What a group's agents do through the day: in a shift, on queue, with a contact. What lies between is break, absence, free. */
export function AgentsChart(props: {
  readonly result: SimulationResult;
  readonly group: GroupSimulation;
  readonly groupName: string;
  readonly range: IntervalRange;
  readonly selection: IntervalRange | null;
  readonly onSelect: (selection: IntervalRange | null) => void;
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { result, group, range, groupName } = props;
  const states = useMemo(() => statesOnGrid(result, group), [result, group]);
  if (states === null) return null;
  const { inShift, working, onQueue, handling, handlingHalf, free } = states;
  const most = greatest([inShift, onQueue], range) * 1.08 || 1;
  const number = (value: number | null) => (isKnown(value) ? format.number(value, 1) : null);
  const middle = Math.floor((range.first + range.end) / 2);
  const band = {
    lower: handling.map((value, index) => (value === null ? null : value - (handlingHalf[index] ?? 0))),
    upper: handling.map((value, index) => (value === null ? null : value + (handlingHalf[index] ?? 0))),
  };
  return (
    <TimeChart
      title={t("agents.title", { group: groupName })}
      summary={t("agents.summary", {
        group: groupName,
        shift: format.number(inShift[middle], 1),
        queue: format.number(onQueue[middle], 1),
        handling: format.number(handling[middle], 1),
      })}
      grid={result.grid}
      span={range}
      height={170}
      domain={[0, most]}
      formatValue={(value) => format.number(value)}
      series={[
        {
          name: t("agents.inShift"),
          color: lineSign("var(--ink-3)"),
          read: (index) => number(inShift[index]),
        },
        { name: t("agents.working"), read: (index) => number(working[index]) },
        { name: t("agents.onQueue"), color: lineSign("var(--ink)"), read: (index) => number(onQueue[index]) },
        {
          name: t("agents.handling"),
          color: "var(--accent-25)",
          read: (index) =>
            isKnown(handling[index])
              ? `${format.number(handling[index], 1)} ± ${format.number(handlingHalf[index], 1)}`
              : null,
        },
        { name: t("agents.free"), read: (index) => number(free[index]) },
      ]}
      selection={props.selection}
      onSelect={props.onSelect}
    >
      <StepArea series={handling} />
      <Band lower={band.lower} upper={band.upper} stepped />
      <StepLine series={inShift} color="var(--ink-3)" width={1} />
      <StepLine series={onQueue} color="var(--ink)" width={1.25} />
      <SeriesNames
        names={[
          { name: t("agents.inShift"), color: "var(--ink-2)", at: inShift },
          { name: t("agents.onQueue"), color: "var(--ink)", at: onQueue },
          { name: t("agents.handling"), color: "var(--accent)", at: handling },
        ]}
      />
    </TimeChart>
  );
}
