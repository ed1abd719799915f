import type { DayRange } from "../../domain/calendar/ranges.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { compareScenarios } from "../measuring/compare-scenarios.ts";
import type { ComparisonMethod } from "../measuring/comparison.ts";
import type { Figure, Measure } from "../measuring/figures.ts";

/** What is swept: one number that stands for a change. */
export interface SweepLever {
  readonly kind: "volume" | "aht" | "shrinkage" | "absence" | "patience" | "agents";
  /** For `agents`: whose. */
  readonly groupId: string;
  /** For `volume`, `aht` and `patience`; null: every queue. */
  readonly queueId: string | null;
}

/** The change a lever stands for at a value: a relative one (0.1 is +10 %), a share for absence, a count for agents. */
export function leverChange(inputs: ScenarioInputs, lever: SweepLever, value: number): Change[] {
  const { queueId, groupId } = lever;
  switch (lever.kind) {
    case "volume":
      return [{ kind: "volume", queueId, factor: Math.max(0, 1 + value), window: null }];
    case "aht":
      return [{ kind: "aht", queueId, factor: Math.max(0.01, 1 + value), window: null }];
    case "shrinkage":
      return [{ kind: "shrinkage", itemId: null, factor: Math.max(0, 1 + value) }];
    case "absence":
      return [{ kind: "absence", groupId: null, share: Math.min(1, Math.max(0, value)), window: null }];
    case "patience":
      return inputs.plan.queues.flatMap((queue): Change[] =>
        queue.patienceSeconds === null || (queueId !== null && queue.id !== queueId)
          ? []
          : [
              {
                kind: "patience",
                queueId: queue.id,
                patienceSeconds: Math.max(1, queue.patienceSeconds * (1 + value)),
              },
            ],
      );
    case "agents":
      return [{ kind: "agents", groupId, count: Math.round(value), window: null }];
  }
}

export interface SweepInput extends ScenarioInputs {
  /** Changes that hold at every point, such as those of a scenario. */
  readonly changes: readonly Change[];
  readonly across: { readonly lever: SweepLever; readonly values: readonly number[] };
  /** null: a curve instead of a map. */
  readonly down: { readonly lever: SweepLever; readonly values: readonly number[] } | null;
  readonly measure: Measure;
  /** null: all queues together. */
  readonly queueId: string | null;
  readonly days?: DayRange;
  readonly method: ComparisonMethod;
  readonly replications?: number;
}

/** Row after row: `down` × `across`. null where there is no figure, and at points still to come. */
export interface Sweep {
  /** `simulation` also where a formula was asked for and does not answer at some point. */
  readonly method: ComparisonMethod;
  readonly values: readonly (number | null)[];
  readonly halfWidths: readonly (number | null)[];
  readonly rowCount: number;
  readonly columnCount: number;
}

/**
 * Sensitivity: a measure at every point of one or two levers' ranges (a curve or a map), all points on the same customers.
 *
 * Each point is the base with `changes` and the levers' own (`leverChange`), measured by `compareScenarios`, whose
 * assumptions, units and issues are these as well. By formula, a map that has no answer at one point is simulated as a
 * whole: formula and simulation beside each other would draw a step that is none. Partial results hold null where a point
 * is still to come.
 *
 * @example
 * const volume = { lever: { kind: "volume", groupId: "", queueId: null }, values: [0, 0.1, 0.2] };
 * const outcome = await sweepScenarios({ ...base, changes: [], across: volume, down: null,
 *   measure: "serviceLevel", queueId: null, method: "formula" });
 * if (outcome.ok) outcome.value.values; // falls from point to point
 */
export async function sweepScenarios(
  input: SweepInput,
  onProgress?: OnProgress<Sweep>,
): Promise<Outcome<Sweep>> {
  const asked = await sweepBy(input, onProgress);
  if (!asked.ok || asked.value !== null) return asked as Outcome<Sweep>;
  return (await sweepBy({ ...input, method: "simulation" }, onProgress)) as Outcome<Sweep>;
}

/** null: the formula does not answer at a point. */
async function sweepBy(input: SweepInput, onProgress?: OnProgress<Sweep>): Promise<Outcome<Sweep | null>> {
  const { across, down, measure, queueId } = input;
  const rows = down?.values ?? [0];
  const points = rows.length * across.values.length;
  const sweep = {
    method: input.method,
    values: new Array<number | null>(points).fill(null),
    halfWidths: new Array<number | null>(points).fill(null),
    rowCount: rows.length,
    columnCount: across.values.length,
  };
  for (const [row, rowValue] of rows.entries()) {
    for (const [column, columnValue] of across.values.entries()) {
      const changes = [
        ...input.changes,
        ...(down === null ? [] : leverChange(input, down.lever, rowValue)),
        ...leverChange(input, across.lever, columnValue),
      ];
      const figure = await figureWith(input, changes, measure, queueId);
      if (!figure.ok) return figure;
      if (figure.value === null && input.method === "formula") return succeed(null);
      const at = row * across.values.length + column;
      sweep.values[at] = figure.value?.value ?? null;
      sweep.halfWidths[at] = figure.value?.halfWidth ?? null;
      onProgress?.({ phase: "sweep", completed: at + 1, total: points, partial: sweep });
    }
  }
  return succeed(sweep);
}

/** One figure of the inputs with changes made; null where it has no value. */
export async function figureWith(
  input: ScenarioInputs & {
    readonly days?: DayRange;
    readonly method: ComparisonMethod;
    readonly replications?: number;
  },
  changes: readonly Change[],
  measure: Measure,
  queueId: string | null,
): Promise<Outcome<Figure | null>> {
  const comparison = await compareScenarios({ ...input, base: changes, scenarios: [] });
  if (!comparison.ok) return fail(...comparison.issues);
  const scope = comparison.value.plans[0].scopes.find((one) => one.queueId === queueId);
  return succeed(scope?.figures[measure] ?? null);
}

/** How far a measure moves when one lever goes down and up by its step. */
export interface Sensitivity {
  readonly lever: SweepLever;
  readonly step: number;
  /** Measure at −step and at +step, minus the measure at rest; null where one of the two has no figure. */
  readonly lower: number | null;
  readonly higher: number | null;
}

/** Usual uncertainty of each lever: what a tornado compares. Agents move by a tenth of those at work at the peak. */
export function usualSteps(
  inputs: ScenarioInputs,
  peakAgents: number,
): { lever: SweepLever; step: number }[] {
  const lever = (kind: SweepLever["kind"], groupId = ""): SweepLever => ({ kind, groupId, queueId: null });
  return [
    { lever: lever("volume"), step: 0.1 },
    { lever: lever("aht"), step: 0.1 },
    ...inputs.plan.groups.map(({ id }) => ({
      lever: lever("agents", id),
      step: Math.max(1, Math.round(peakAgents / 10)),
    })),
    ...(inputs.plan.shrinkage.length > 0 ? [{ lever: lever("shrinkage"), step: 0.25 }] : []),
    ...(inputs.plan.queues.some(({ patienceSeconds }) => patienceSeconds !== null)
      ? [{ lever: lever("patience"), step: 0.25 }]
      : []),
  ];
}

export type TornadoInput = Omit<SweepInput, "across" | "down" | "method"> & { readonly peakAgents: number };

export interface Tornado {
  /** `simulation` where the formula does not answer for the plan, or for one with a lever moved. */
  readonly method: ComparisonMethod;
  /** The widest swing first. */
  readonly levers: readonly Sensitivity[];
}

/**
 * What matters most: every lever moved down and up by its usual step (`usualSteps`), the widest swing first. Levers are
 * moved one at a time, so what two do together is not seen. By formula, or by simulation on the same customers where the
 * formula is withheld. Issues are those of `compareScenarios`.
 */
export async function tornado(
  input: TornadoInput,
  onProgress?: OnProgress<Tornado>,
): Promise<Outcome<Tornado>> {
  const byFormula = await tornadoBy({ ...input, method: "formula" }, onProgress);
  if (!byFormula.ok) return byFormula;
  const answers = byFormula.value.levers.every(({ lower, higher }) => lower !== null && higher !== null);
  return answers ? byFormula : tornadoBy({ ...input, method: "simulation" }, onProgress);
}

async function tornadoBy(
  input: TornadoInput & { readonly method: ComparisonMethod },
  onProgress?: OnProgress<Tornado>,
): Promise<Outcome<Tornado>> {
  const rest = await figureWith(input, input.changes, input.measure, input.queueId);
  if (!rest.ok) return rest;
  const steps = usualSteps(input, input.peakAgents);
  const found: Sensitivity[] = [];
  for (const [at, { lever, step }] of steps.entries()) {
    const moved: (number | null)[] = [];
    for (const value of [-step, step]) {
      const changes = [...input.changes, ...leverChange(input, lever, value)];
      const figure = await figureWith(input, changes, input.measure, input.queueId);
      if (!figure.ok) return figure;
      moved.push(figure.value === null || rest.value === null ? null : figure.value.value - rest.value.value);
    }
    found.push({ lever, step, lower: moved[0], higher: moved[1] });
    onProgress?.({ phase: "tornado", completed: at + 1, total: steps.length });
  }
  const swing = ({ lower, higher }: Sensitivity) => Math.max(Math.abs(lower ?? 0), Math.abs(higher ?? 0));
  return succeed({ method: input.method, levers: found.sort((a, b) => swing(b) - swing(a)) });
}
