import { type IntervalGrid, intervalStartIso } from "../domain/calendar/interval-grid.ts";
import type { CodeBook } from "../domain/plan/agent-codes.ts";
import type { Plan } from "../domain/plan/plan.ts";
import {
  type Adherence,
  type AdherenceFigures,
  adherenceOf,
  conformanceOf,
} from "../domain/results/adherence.ts";
import { type CsvCell, csvText } from "./table-writer.ts";

const figureColumns = [
  "planned_minutes",
  "adherence_pct",
  "planned_work_minutes",
  "worked_minutes",
  "conformance_pct",
];

/** A row per person and day, and one of all its days together (`all`). */
export function adherenceByDayCsv({ agents }: Adherence, plan: Pick<Plan, "agents">): string {
  const names = new Map(plan.agents.map(({ id, name }) => [id, name]));
  return csvText(
    ["date", "agent_id", "agent_name", ...figureColumns],
    agents.flatMap(({ agentId, days, total }) =>
      [...days, { date: "all", figures: total }].map(({ date, figures }): CsvCell[] => [
        date,
        agentId,
        names.get(agentId) ?? "",
        ...figureCells(figures),
      ]),
    ),
  );
}

/** A row per person and interval with plan or work. */
export function adherenceByIntervalCsv(
  { agents, firstInterval }: Adherence,
  plan: Pick<Plan, "agents">,
  grid: IntervalGrid,
): string {
  const names = new Map(plan.agents.map(({ id, name }) => [id, name]));
  return csvText(
    ["interval_start", "agent_id", "agent_name", ...figureColumns],
    agents.flatMap(({ agentId, intervals }) =>
      intervals.flatMap((figures, at): CsvCell[][] =>
        figures.plannedSeconds === 0 && figures.workedSeconds === 0
          ? []
          : [
              [
                intervalStartIso(grid, firstInterval + at),
                agentId,
                names.get(agentId) ?? "",
                ...figureCells(figures),
              ],
            ],
      ),
    ),
  );
}

/** The same with codes in place of people's ids. */
export function adherenceWithCodes(measured: Adherence, { ofAgent }: CodeBook): Adherence {
  return {
    ...measured,
    agents: measured.agents.map((agent) => ({ ...agent, agentId: ofAgent(agent.agentId) })),
    absentIds: measured.absentIds.map(ofAgent),
    unloggedIds: measured.unloggedIds.map(ofAgent),
  };
}

function figureCells(figures: AdherenceFigures): CsvCell[] {
  return [
    minutes(figures.plannedSeconds),
    percent(adherenceOf(figures)),
    minutes(figures.plannedWorkSeconds),
    minutes(figures.workedSeconds),
    percent(conformanceOf(figures)),
  ];
}

function minutes(seconds: number): number {
  return Math.round(seconds / 6) / 10;
}

function percent(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 100;
}
