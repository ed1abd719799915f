import type { Plan, PlanResults } from "../../domain/plan/plan.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type {
  Agent,
  Assignment,
  Contract,
  LedgerEntry,
  RosteringSettings,
} from "../../domain/plan/roster.ts";
import type { Schedule, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { RosterSource } from "./plan-problem.ts";

export interface RosterInput {
  /** Whose shifts are given out; may be missing where `rostering.buildFrom` is the requirement. */
  readonly schedule: Schedule | null;
  readonly requirement?: Requirement | null;
  readonly groups: readonly AgentGroup[];
  readonly templates: readonly ShiftTemplate[];
  readonly contracts: readonly Contract[];
  readonly agents: readonly Agent[];
  readonly costPerHourShort: number;
  readonly costPerHourOver: number;
  /** Kept as they are. */
  readonly pinned: readonly Assignment[];
  /** A roster to start from; null: from nothing. */
  readonly start: readonly Assignment[] | null;
  /** Soft rules, self-rostering, and whether shifts are made straight from the requirement. */
  readonly rostering?: RosteringSettings;
  /** What agents carry over from earlier periods. */
  readonly ledger?: readonly LedgerEntry[];
  readonly seed: number;
  /** Wall time; null: a fixed amount of work, so that the answer repeats. */
  readonly seconds: number | null;
  /** False where bytes must repeat: `Roster.seconds` is then null. */
  readonly timed: boolean;
}

/**
 * What a roster of a plan is made from: the page, the worker and the command line all ask here. Pinned assignments of
 * the present roster stay, and where changes have a price it is the roster to start from.
 *
 * @param seconds wall time; null: a fixed amount of work
 */
export function rosterInput(
  plan: Pick<
    Plan,
    "groups" | "templates" | "contracts" | "agents" | "scheduling" | "rostering" | "ledger" | "seed"
  >,
  results: Pick<PlanResults, "requirement" | "schedule" | "roster">,
  seconds: number | null,
  timed: boolean,
): RosterInput {
  const present = results.roster?.value.assignments ?? [];
  return {
    schedule: results.schedule?.value ?? null,
    requirement: plan.rostering?.buildFrom === "requirement" ? (results.requirement?.value ?? null) : null,
    groups: plan.groups,
    templates: plan.templates,
    contracts: plan.contracts,
    agents: plan.agents,
    costPerHourShort: plan.scheduling.costPerHourShort,
    costPerHourOver: plan.scheduling.costPerHourOver,
    rostering: plan.rostering,
    ledger: plan.ledger,
    pinned: present.filter(({ pinned }) => pinned),
    start: plan.rostering?.changePrice && present.length > 0 ? present : null,
    seed: plan.seed,
    seconds,
    timed,
  };
}

/**
 * Takes the parts of a schedule and a plan that a roster is made from and judged by. With `requirement` and
 * `rostering.buildFrom` "requirement" the templates are what shifts come from.
 */
export function rosterSource(
  input: Omit<RosterInput, "pinned" | "start" | "seed" | "seconds" | "timed">,
): RosterSource {
  const requirement = input.rostering?.buildFrom === "requirement" ? (input.requirement ?? null) : null;
  const grid = requirement?.grid ?? input.schedule?.grid;
  if (!grid) throw new RangeError("a roster needs a schedule or a requirement");
  return { ...input, requirement, grid, shifts: requirement ? [] : (input.schedule?.shifts ?? []) };
}
