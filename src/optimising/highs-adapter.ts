import type { CallbackData, Highs, Model } from "highs";
import type { LinearModel } from "./model.ts";
import { packColumns } from "./model.ts";
import type { Claim, ClaimedLinearProgram, Effort, LinearMethod, Solver } from "./solver.ts";

/** HiGHS compiled to WebAssembly (MIT). Loaded on first use; every model is disposed of after use. */

let wasmUrl: string | null = null;
let loading: Promise<Highs> | null = null;

/** Where a browser finds `highs.wasm`; call before the first solve. Node finds it by itself. */
export function locateHighs(url: string): void {
  wasmUrl = url;
}

/** The solver, ready. Rejects where there is no WebAssembly or the file cannot be had. */
export async function loadHighs(): Promise<Solver> {
  loading ??= import("highs").then((module) =>
    module.default(wasmUrl === null ? {} : { locateFile: () => wasmUrl as string }),
  );
  const highs = await loading;
  return {
    name: "highs",
    claim: (model, effort) => claim(highs, model, effort),
    openLinearProgram: (model, method) => openLinearProgram(highs, model, method ?? "simplex"),
  };
}

function createModel(highs: Highs, model: LinearModel, integrality: boolean): Model {
  const created = highs.createModel({
    numCols: model.cost.length,
    numRows: model.rowNames.length,
    sense: highs.constants.objectiveSense.minimize,
    colCost: model.cost,
    colLower: model.columnLower,
    colUpper: model.columnUpper,
    rowLower: model.rowLower,
    rowUpper: model.rowUpper,
    matrix: {
      format: "csc",
      numRows: model.rowNames.length,
      numCols: model.cost.length,
      starts: model.starts,
      indices: model.rowIndices,
      values: model.values,
    },
    ...(integrality && model.integer.includes(1) ? { integrality: Int32Array.from(model.integer) } : {}),
  });
  created.options.set({ output_flag: false, random_seed: 1 });
  return created;
}

function claim(highs: Highs, model: LinearModel, effort: Effort): Claim {
  const solving = createModel(highs, model, true);
  try {
    return run(highs, solving, model, effort);
  } finally {
    solving.dispose();
  }
}

function run(highs: Highs, solving: Model, model: LinearModel, effort: Effort): Claim {
  const { modelStatus, callbackType } = highs.constants;
  const isMip = model.integer.includes(1);
  solving.options.set({
    mip_rel_gap: effort.gap ?? 1e-9,
    mip_abs_gap: 1e-9,
    ...(effort.seconds === undefined ? {} : { time_limit: effort.seconds }),
    ...(effort.nodes === undefined ? {} : { mip_max_nodes: effort.nodes }),
  });
  if (effort.start !== undefined) solving.setSolution({ colValue: effort.start });
  let best: Float64Array | null = null;
  const onImproving = (event: { readonly data: CallbackData }): undefined => {
    const found = event.data.mip_solution;
    if (found === undefined) return;
    best = found.slice();
    effort.onIncumbent?.(
      best,
      event.data.mip_primal_bound ?? null,
      Number.isFinite(event.data.mip_dual_bound) ? (event.data.mip_dual_bound ?? null) : null,
    );
  };
  const onInterrupt = (event: { readonly data: CallbackData; interrupt(): void }): undefined => {
    if (Number(event.data.mip_total_lp_iterations ?? 0) > (effort.iterations ?? Number.POSITIVE_INFINITY))
      event.interrupt();
  };
  let status = solving.run({
    ...(isMip ? { [callbackType.mipImprovingSolution]: onImproving } : {}),
    ...(isMip && effort.iterations !== undefined ? { [callbackType.mipInterrupt]: onInterrupt } : {}),
  }).modelStatus;
  if (status === modelStatus.unboundedOrInfeasible) {
    solving.options.set("presolve", "off");
    status = solving.run().modelStatus;
  }
  const iterations = Math.max(0, Number(solving.info.get("simplex_iteration_count")));
  if (status === modelStatus.infeasible) return { status: "infeasible", x: null, bound: null, iterations };
  if (status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible)
    return { status: "unbounded", x: null, bound: null, iterations };
  if (status === modelStatus.empty)
    return { status: "optimal", x: new Float64Array(model.cost.length), bound: 0 };
  const isOptimal = status === modelStatus.optimal;
  const dualBound = isMip ? solving.info.get("mip_dual_bound") : solving.getObjectiveValue();
  const bound = typeof dualBound === "number" && Number.isFinite(dualBound) ? dualBound : null;
  const primal = Number(solving.info.get("primal_solution_status"));
  const x = primal === highs.constants.solutionStatus.feasible ? solving.getSolution().colValue : best;
  if (x === null || (!isMip && !isOptimal))
    return { status: "noAnswer", x: null, bound: isMip ? bound : null, iterations };
  return {
    status: isOptimal && (effort.gap ?? 0) <= 1e-9 ? "optimal" : "feasible",
    x,
    bound,
    iterations,
    ...(isMip ? {} : { duals: solving.getSolution().rowDual }),
  };
}

function openLinearProgram(highs: Highs, model: LinearModel, method: LinearMethod): ClaimedLinearProgram {
  const program = createModel(highs, model, false);
  program.options.set(
    method === "simplex"
      ? { presolve: "off", solver: "simplex" }
      : { presolve: "off", solver: "ipm", run_crossover: "off", ipm_optimality_tolerance: 1e-6 },
  );
  return {
    addColumns(columns) {
      if (columns.length === 0) return;
      const packed = packColumns(columns);
      program.addCols({
        cost: packed.cost,
        lower: packed.columnLower,
        upper: packed.columnUpper,
        matrix: {
          format: "csc",
          numRows: program.getDimensions().numRows,
          numCols: columns.length,
          starts: packed.starts,
          indices: packed.rowIndices,
          values: packed.values,
        },
      });
    },
    solve() {
      const status = program.run().modelStatus;
      const { optimal, unknown } = highs.constants.modelStatus;
      // Without crossover an interior answer is not called optimal; what is made of its duals is checked anyway.
      if (status !== optimal && !(method === "interior" && status === unknown)) return null;
      const solution = program.getSolution();
      return { x: solution.colValue, duals: solution.rowDual };
    },
    dispose: () => program.dispose(),
  };
}
