import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { buildShiftProblem } from "../../src/scheduling/problem/shift-problem.ts";
import { monolithOf, mpsOf } from "./monolith.ts";

/** The system's CBC (COIN-OR, EPL) as a program of its own, for comparison only; nothing of it is shipped. */

/** What CBC says of a task, all blocks together. */
export interface PeerAnswer {
  readonly rows: number;
  readonly columns: number;
  /** null: no schedule was found in time. */
  readonly objective: number | null;
  /** 0: none was proved in time. */
  readonly bound: number;
  readonly seconds: number;
}

/** Version of the CBC that is installed; null where there is none. */
export function cbcVersion(): string | null {
  const said = spawnSync("cbc", ["-quit"], { encoding: "utf8" });
  return said.error === undefined ? (/Version: (\S+)/.exec(said.stdout)?.[1] ?? "of unknown version") : null;
}

/** Gives CBC the task's blocks one after the other, each its share of the time by size. */
export function askCbc(task: ShiftsInput): PeerAnswer {
  const { blocks } = buildShiftProblem(task);
  const models = blocks.map((block) => monolithOf(block));
  const size = models.reduce((sum, { cost }) => sum + cost.length, 0);
  const folder = mkdtempSync(join(tmpdir(), "shiftwright-cbc-"));
  let objective: number | null = 0;
  let bound = 0;
  const began = performance.now();
  try {
    for (const [index, model] of models.entries()) {
      const path = join(folder, `${index}.mps`);
      writeFileSync(path, mpsOf(model));
      const share = ((task.timeLimitSeconds ?? task.settings.seconds) * model.cost.length) / size;
      const answer = readCbc(
        spawnSync("cbc", [path, "-timeMode", "elapsed", "-ratio", "1e-9", "-sec", String(share), "-solve"], {
          encoding: "utf8",
          maxBuffer: 1e9,
          // Its first linear program does not look at the clock.
          timeout: 2000 * share,
        }).stdout,
      );
      objective = objective === null || answer.objective === null ? null : objective + answer.objective;
      bound += answer.bound;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return {
    rows: models.reduce((sum, { rowNames }) => sum + rowNames.length, 0),
    columns: size,
    objective,
    bound,
    seconds: (performance.now() - began) / 1000,
  };
}

/** Objective and bound from CBC's closing lines; an optimum is its own bound, and costs are not negative. */
export function readCbc(said: string): { readonly objective: number | null; readonly bound: number } {
  if (/with [1-9]\d* errors/.test(said)) throw new RangeError(`CBC could not read the model: ${said}`);
  const figure = (name: string) => {
    const found = new RegExp(`^${name}: +(\\S+)$`, "m").exec(said);
    return found === null ? null : Number(found[1]);
  };
  const objective = figure("Objective value");
  const relaxed = Number(/^Continuous objective value is (\S+)/m.exec(said)?.[1] ?? 0);
  const optimal = /^Result - Optimal solution found$/m.test(said);
  return { objective, bound: figure("Lower bound") ?? (optimal && objective !== null ? objective : relaxed) };
}
