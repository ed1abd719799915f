import type { RandomStream } from "../../numerics/random.ts";
import { type Solver, solveModel } from "../../optimising/solver.ts";
import type { BlockSchedule, Piece } from "../problem/piece.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import { type Freedom, kindsHolding, partProgram } from "./part-program.ts";

/** How long to improve. */
export interface PartsEffort {
  /** In forms priced, as the search counts; a part is charged for what its program took. */
  readonly work: number;
  /** Ends after this many parts in a row that bring nothing. */
  readonly patience: number;
  /** Enough when the cost is this or less. */
  readonly target: number;
  /** Infinity where only work counts. */
  readonly secondsLeft: () => number;
  readonly onBetter?: (better: BlockSchedule) => void;
  /** Told of what each part took, in forms priced. */
  readonly onPart?: (work: number) => void;
}

/** Forms, or kinds of tours, that a part holds at first and at least; how parts grow and shrink. */
const first = { forms: 55, kinds: 5 };
const least = { forms: 12, kinds: 2 };
const growth = 1.08;

/**
 * Work on a part; it mostly ends far below. Under the clock also seconds: few for days, where many small parts find more
 * than a few long ones, as a share of what is left.
 */
const nodesOfPart = 20;
const iterationsOfPart = 15_000;
const secondsOfPart = { tours: 5, daysAtLeast: 0.3, daysShare: 1 / 40 };

/**
 * What a part's program takes, in forms priced: so many to begin with, and for each simplex iteration so many per entry
 * of its matrix. Measured beside the search on programs of 3,000 entries: 0.4 ms an iteration, where a machine prices
 * 1,500,000 forms a second.
 */
const workOfPart = { toBegin: 150_000, ofEntry: 0.2 };
const fewestIterations = 500;

/** Programs of more columns than this are not even begun: their first linear program alone would take too long. */
const mostColumns = 4_000;

/** Where less time is left no part is begun. */
const leastSeconds = 0.25;

/** Size of the next part, in forms of a day or in kinds of tours. */
interface PartSize {
  forms: number;
  kinds: number;
}

/**
 * A good schedule made better part by part (large neighbourhood search): what begins around one time of a day, or tours
 * that work around one time of the week, is chosen anew by a mixed-integer program with the schedule as its start, and
 * kept when it costs less. Parts grow while they are solved to the end and shrink while they are not.
 *
 * @param block the days the schedule is for
 * @param solver one that solves mixed-integer programs to a limit of nodes; HiGHS
 * @param start a schedule that keeps every rule
 * @param random one stream per call
 * @param effort limits; those by work and patience give answers that repeat
 * @returns the best schedule found, at worst `start`
 * @example improveByParts(block, highs, cover, randomStream(1, "parts"), { work: 5e6, patience: 8, target: 0, secondsLeft: () => Infinity })
 */
export function improveByParts(
  block: ShiftBlock,
  solver: Solver,
  start: BlockSchedule,
  random: RandomStream,
  effort: PartsEffort,
): BlockSchedule {
  // Where no form starts there is nothing to choose anew.
  if (block.forms.length === 0) return start;
  const kindOf = kindFinder(block, random);
  let best = start;
  const size: PartSize = { ...first };
  let idle = 0;
  const mostSeconds =
    block.tours.length > 0
      ? secondsOfPart.tours
      : Math.max(secondsOfPart.daysAtLeast, effort.secondsLeft() * secondsOfPart.daysShare);
  let work = effort.work;
  const charge = (taken: number) => {
    work -= taken;
    effort.onPart?.(taken);
  };
  while (work > 0 && idle < effort.patience && best.cost > effort.target) {
    const left = effort.secondsLeft();
    if (left < leastSeconds) break;
    const by = block.tours.length > 0 && random.uniform() < 0.5 ? "kinds" : "forms";
    const free = freedomOf(block, by, size, random);
    const program = partProgram(block, best.pieces, (piece) => kindOf(piece, free.kinds), free);
    if (program.model.cost.length > mostColumns) {
      // What is far too large even at its least cannot be had.
      if (size[by] === least[by]) idle++;
      size[by] = Math.max(least[by], size[by] / 1.5);
      charge(workOfPart.toBegin);
      continue;
    }
    const ofIteration = workOfPart.ofEntry * program.model.values.length;
    const answer = solveModel(solver, program.model, {
      start: program.start,
      nodes: nodesOfPart,
      iterations: Math.min(iterationsOfPart, Math.max(fewestIterations, Math.ceil(work / ofIteration))),
      ...(left === Number.POSITIVE_INFINITY ? {} : { seconds: Math.min(left, mostSeconds) }),
    });
    charge(workOfPart.toBegin + ofIteration * (answer.iterations ?? 0));
    const cost = (answer.objective ?? Number.POSITIVE_INFINITY) + program.constant;
    const better = answer.x !== null && cost < best.cost - 1e-6 * Math.max(1, best.cost);
    idle = better ? 0 : idle + 1;
    if (better && answer.x !== null) {
      best = { pieces: program.read(answer.x), cost };
      effort.onBetter?.(best);
    }
    const factor = answer.status === "optimal" ? growth : better ? 1 : 1 / growth;
    const most = by === "kinds" ? block.tours.length : block.forms.length;
    size[by] = Math.min(most, Math.max(least[by], size[by] * factor));
  }
  return best;
}

function freedomOf(block: ShiftBlock, by: "forms" | "kinds", size: PartSize, random: RandomStream): Freedom {
  return by === "kinds"
    ? { forms: new Uint8Array(block.forms.length), kinds: kindsAround(block, size.kinds, random) }
    : { forms: formsAround(block, size.forms, random), kinds: new Uint8Array(block.tours.length) };
}

/** Forms of one day around some time of it, with chance. */
function formsAround(block: ShiftBlock, count: number, random: RandomStream): Uint8Array {
  const chosen = new Uint8Array(block.forms.length);
  const centre = block.forms[Math.floor(random.uniform() * block.forms.length)];
  const middle = ({ start, shape }: ShiftBlock["forms"][number]) => start + shape.length / 2;
  const near = block.forms
    .map((form, index) => ({ form, index }))
    .filter(({ form }) => form.day === centre.day)
    .map(({ form, index }) => ({
      index,
      far: Math.abs(middle(form) - middle(centre)) * (0.5 + random.uniform()),
    }))
    .sort((a, b) => a.far - b.far);
  for (const { index } of near.slice(0, count)) chosen[index] = 1;
  return chosen;
}

/** Kinds of tours that work around some time of the day, with chance. */
function kindsAround(block: ShiftBlock, count: number, random: RandomStream): Uint8Array {
  const chosen = new Uint8Array(block.tours.length);
  const middles = block.tours.map(({ formsByDay }) => {
    const weekday = formsByDay.findIndex((forms) => forms.length > 0);
    const { start, shape, day } = block.forms[formsByDay[weekday]?.[0] ?? 0];
    const dayLength = block.slotCount / (block.endDay - block.firstDay);
    return { day: day - weekday, at: start - (day - block.firstDay) * dayLength + shape.length / 2 };
  });
  const centre = middles[Math.floor(random.uniform() * middles.length)];
  const near = middles
    .map(({ day, at }, kind) => ({ kind, day, far: Math.abs(at - centre.at) * (0.3 + random.uniform()) }))
    .filter(({ day }) => day === centre.day)
    .sort((a, b) => a.far - b.far);
  for (const { kind } of near.slice(0, count)) chosen[kind] = 1;
  return chosen;
}

/** The kind that a tour counts to: any that holds all its shifts, by chance; preferably one of those wanted. */
function kindFinder(block: ShiftBlock, random: RandomStream) {
  const kinds = kindsHolding(block);
  return (piece: Piece, wanted: Uint8Array): number | null => {
    if (piece.tourRule === null) return null;
    const holding = kinds(piece);
    const preferred = holding.filter((kind) => wanted[kind] === 1);
    const among = preferred.length > 0 ? preferred : holding;
    return among[Math.floor(random.uniform() * among.length)];
  };
}
