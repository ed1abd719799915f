import { type Command, Option } from "commander";
import { keepGoalsInRoster } from "../closed-loop/keep-goals-in-roster.ts";
import { fail, type Progress } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { movedRosterInput } from "../stages/closed-loop.ts";
import { withMovedShifts } from "../stages/judged-roster.ts";
import { usable } from "./io.ts";
import { addGoalOptions, type GoalOptions, goalLines } from "./judged-schedule.ts";

export interface JudgedRosterOptions extends GoalOptions {
  readonly judge: "penalties" | "simulation";
}

/** Options of `roster` that are for rosters judged by simulation. */
export function addJudgedRosterOptions(command: Command): Command {
  return addGoalOptions(
    command.addOption(
      new Option(
        "--judge <what>",
        "penalties of a new roster; or the simulation: shifts of the plan's roster (made first where there is none) move in time, at the same hours, so that more goals are kept",
      )
        .choices(["penalties", "simulation"])
        .default("penalties"),
    ),
  );
}

/** The document with shifts of its roster moved so that the simulation keeps more goals; tells how many on standard error. */
export async function withGoalsKept(
  document: PlanDocument,
  path: string,
  options: JudgedRosterOptions,
): Promise<PlanDocument> {
  const input = await movedRosterInput(document, {
    span: options.span,
    confidence: options.confidence ?? null,
  });
  if (input === null) return usable(fail({ code: "closedLoop.noRoster", severity: "error" }), path);
  const moved = usable(
    await keepGoalsInRoster({ ...input, seconds: options.effort ?? input.seconds }, reportRound),
  );
  const { judgement } = moved;
  const lines = [
    `shifts moved ${judgement.moved} of ${moved.assignments.length}, at the same hours`,
    ...goalLines(judgement, judgement.before, "before"),
  ];
  process.stderr.write(`${lines.join("\n")}\n`);
  return { ...document, results: { ...document.results, roster: withMovedShifts(document, moved) } };
}

function reportRound({ phase, completed, total }: Progress<unknown>): void {
  process.stderr.write(`${phase} ${completed}/${total ?? "?"}\n`);
}
