import { modelBuilder } from "../../optimising/model.ts";
import { type Effort, type Solver, solveModel } from "../../optimising/solver.ts";
import { coverOf, dayOff, type RosterProblem, type Tour } from "../problem/roster-problem.ts";
import type { TourGraph } from "../search/tour-graph.ts";

/** What a mixed-integer program over everybody's tours came to. */
export interface FlowAnswer {
  /** Better tours than those given, or null. */
  readonly tours: readonly Tour[] | null;
  /** No roster costs less; null without an answer. */
  readonly bound: number | null;
  readonly isProved: boolean;
}

/** Arcs of everybody's graphs together: the size of the program. */
export function flowSize(graphs: readonly TourGraph[]): number {
  return graphs.reduce((sum, { arcTo }) => sum + arcTo.length, 0);
}

/**
 * The whole roster as one mixed-integer program: everybody sends one unit through their unfolded tours, and what they
 * work covers the cells. Its relaxation is as strong as that over whole tours, so branch and bound closes the gap where
 * the rosters are small. Only what is worked on a day must be whole: the way through the graph then is too.
 */
export function solveByFlow(
  problem: RosterProblem,
  graphs: readonly TourGraph[],
  solver: Solver,
  known: readonly Tour[],
  effort: Effort,
): FlowAnswer {
  const { people, cover, dayCount } = problem;
  const kindCount = problem.kinds.length;
  const width = kindCount + 1;
  const builder = modelBuilder();
  const start: number[] = [];
  const cellRow = Array.from(cover.need, (need) => builder.row("", need, need));
  const present = coverOf(problem, known);
  for (const [cell, row] of cellRow.entries()) {
    builder.column({ name: "", cost: cover.underPrice[cell], rows: [row], values: 1 });
    builder.column({ name: "", cost: cover.overPrice[cell], rows: [row], values: -1 });
    const missing = cover.need[cell] - present[cell];
    start.push(Math.max(0, missing), Math.max(0, -missing));
  }
  /** Column of each person's choice, `day * kinds + kind`; −1 where there is none. */
  const columns: Int32Array[] = [];
  for (const [index, graph] of graphs.entries()) {
    const { options, optionOfKind, arcStart, arcTo, arcChoice, layerStart, spans, limits } = graph;
    const { prices } = people[index];
    const optionCount = options.length;
    const sink = layerStart[dayCount];
    const nodeRow = Array.from({ length: sink }, (_, node) =>
      builder.row("", node === 0 ? 1 : 0, node === 0 ? 1 : 0),
    );
    const choiceRow = Array.from({ length: dayCount * optionCount }, () => builder.row("", 0, 0));
    const capRow = spans.map((span) => graph.looseCaps.map((cap) => builder.row("", 0, span.caps[cap])));
    let day = 0;
    let at = 0;
    for (let node = 0; node < sink; node++) {
      while (node >= layerStart[day + 1]) day++;
      const chosen = day * optionCount + (known[index][day] === dayOff ? 0 : optionOfKind[known[index][day]]);
      const isOnWay = node === at;
      for (let arc = arcStart[node]; arc < arcStart[node + 1]; arc++) {
        const isOff = arcChoice[arc] % optionCount === 0;
        const price = isOff ? prices[day * width] : 0;
        const into = arcTo[arc] < sink ? [nodeRow[arcTo[arc]]] : [];
        const link = isOff ? [] : [choiceRow[arcChoice[arc]]];
        builder.column({
          name: "",
          cost: price === Infinity ? 0 : price,
          upper: price === Infinity ? 0 : 1,
          rows: [nodeRow[node], ...into, ...link],
          values: [1, ...into.map(() => -1), ...link.map(() => 1)],
        });
        const isTaken = isOnWay && arcChoice[arc] === chosen;
        if (isTaken) at = arcTo[arc];
        start.push(isTaken ? 1 : 0);
      }
    }
    const own = new Int32Array(dayCount * kindCount).fill(-1);
    columns.push(own);
    for (let on = 0; on < dayCount; on++) {
      for (let kind = 0; kind < kindCount; kind++) {
        const price = prices[on * width + kind + 1];
        if (optionOfKind[kind] < 0 || price === Infinity) continue;
        const caps = spans.flatMap(({ from, to }, span) =>
          on < from || on >= to
            ? []
            : graph.looseCaps.flatMap((cap, position) =>
                limits.caps[cap].kinds.includes(kind) ? [capRow[span][position]] : [],
              ),
        );
        const cells = cover.cellsOf[on * kindCount + kind].map((cell) => cellRow[cell]);
        own[on * kindCount + kind] = builder.column({
          name: "",
          cost: price,
          upper: 1,
          integer: true,
          rows: [choiceRow[on * optionCount + optionOfKind[kind]], ...cells, ...caps],
          values: [-1, ...cells.map(() => 1), ...caps.map(() => 1)],
        });
        start.push(known[index][on] === kind ? 1 : 0);
      }
    }
  }
  const answer = solveModel(solver, builder.build(), { ...effort, start: Float64Array.from(start) });
  const { x } = answer;
  const tours = x
    ? columns.map((own) =>
        Int16Array.from({ length: dayCount }, (_, day) => {
          for (let kind = 0; kind < kindCount; kind++) {
            const column = own[day * kindCount + kind];
            if (column >= 0 && x[column] > 0.5) return kind;
          }
          return dayOff;
        }),
      )
    : null;
  return { tours, bound: answer.bound, isProved: answer.status === "optimal" };
}
