import { type AgentAllocation, allocateAgents } from "../problem/agent-allocation.ts";
import type { BlockSchedule, Piece } from "../problem/piece.ts";
import { createPricer, type Pricer, type Prices } from "../problem/pricing.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import { unmetPrice } from "../problem/staffing-penalty.ts";

/** The pieces of a block while a search works on them: who is where, what it costs, and what was done last. */
export interface Crew {
  readonly block: ShiftBlock;
  readonly pieces: Piece[];
  readonly allocation: StaffingValue;
  /** Shifts under each count limit. */
  readonly limitCount: Int32Array;
  readonly pricer: Pricer;
  /** What one agent more is worth, for the pricer; rewritten before each reading. */
  readonly prices: Prices;
  /** Most paid hours in all; Infinity: no limit. */
  readonly mostHours: number;
  wages: number;
  paidHours: number;
  /** Price of what is missing at minimums that need not be met. */
  missing: number;
  /** Shifts missing at minimums that must be met. */
  unmet: number;
  /** What was done since `forgetChanges`, for `undoChanges`. */
  changes: { readonly piece: Piece; readonly inserted: boolean }[];
}

/** What the agents at work are worth: `allocateAgents`, or another model of what is missed. */
export type StaffingValue = Pick<AgentAllocation, "penalty" | "add" | "remove" | "addChange">;

export function openCrew(
  block: ShiftBlock,
  mostHours = Number.POSITIVE_INFINITY,
  allocation: StaffingValue = allocateAgents(block),
): Crew {
  return {
    block,
    pieces: [],
    allocation,
    limitCount: new Int32Array(block.limits.length),
    pricer: createPricer(block),
    prices: {
      worth: Array.from({ length: block.groupCount }, () => new Float64Array(block.slotCount + 1)),
      limitPrice: new Float64Array(block.limits.length),
    },
    mostHours,
    wages: 0,
    paidHours: 0,
    missing: block.limits.reduce((sum, { minimum, missingPrice }) => sum + minimum * (missingPrice ?? 0), 0),
    unmet: block.limits.reduce(
      (sum, { minimum, missingPrice }) => sum + (missingPrice === null ? minimum : 0),
      0,
    ),
    changes: [],
  };
}

/** Wages, penalties and what is missing at minimums; a hard one costs more than any shift that could mend it. */
export function costOf({ block, wages, allocation, missing, unmet }: Crew): number {
  return wages + allocation.penalty() + missing + unmet * unmetPrice(block);
}

export function blockScheduleOf(crew: Crew): BlockSchedule {
  return { pieces: [...crew.pieces], cost: costOf(crew) };
}

export function insertPiece(crew: Crew, piece: Piece): void {
  const { block, limitCount, allocation } = crew;
  crew.pieces.push(piece);
  crew.wages += piece.wage;
  crew.paidHours += piece.paidHours;
  for (const limit of piece.limits) {
    const { minimum, missingPrice } = block.limits[limit];
    if (limitCount[limit]++ < minimum) {
      if (missingPrice === null) crew.unmet--;
      else crew.missing -= missingPrice;
    }
  }
  for (const slot of piece.slots) allocation.add(piece.group, slot);
  crew.changes.push({ piece, inserted: true });
}

export function removePieceAt(crew: Crew, index: number): void {
  const { block, pieces, limitCount, allocation } = crew;
  const piece = pieces[index];
  pieces[index] = pieces[pieces.length - 1];
  pieces.pop();
  crew.wages -= piece.wage;
  crew.paidHours -= piece.paidHours;
  for (const limit of piece.limits) {
    const { minimum, missingPrice } = block.limits[limit];
    if (--limitCount[limit] < minimum) {
      if (missingPrice === null) crew.unmet++;
      else crew.missing += missingPrice;
    }
  }
  for (const slot of piece.slots) allocation.remove(piece.group, slot);
  crew.changes.push({ piece, inserted: false });
}

/** False where the piece would break a count a day or the hours. */
export function fits({ block, limitCount, paidHours, mostHours }: Crew, piece: Piece): boolean {
  if (paidHours + piece.paidHours > mostHours + 1e-9) return false;
  return piece.limits.every((limit, at) => {
    const before = piece.limits.slice(0, at).filter((other) => other === limit).length;
    return limitCount[limit] + before < block.limits[limit].maximum;
  });
}

/** False where a hard minimum would miss the piece. */
export function mayLeave({ block, limitCount }: Crew, piece: Piece): boolean {
  return piece.limits.every(
    (limit) => block.limits[limit].missingPrice !== null || limitCount[limit] > block.limits[limit].minimum,
  );
}

export function forgetChanges(crew: Crew): void {
  crew.changes = [];
}

/** Takes back what was done since `forgetChanges`. */
export function undoChanges(crew: Crew): void {
  for (const { piece, inserted } of [...crew.changes].reverse()) {
    if (inserted) removePieceAt(crew, crew.pieces.indexOf(piece));
    else insertPiece(crew, piece);
  }
  crew.changes = [];
}
