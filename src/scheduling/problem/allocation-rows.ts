import type { ColumnSpec, ModelBuilder } from "../../optimising/model.ts";
import type { AgentAllocation } from "./agent-allocation.ts";
import type { ShiftBlock, ShiftForm } from "./shift-block.ts";
import { staffingPenalty, unmetPrice } from "./staffing-penalty.ts";

/**
 * What lies between shifts and what they are worth, as rows of a model: per queue and slot, agents there = agents given
 * to it; per flexible group and slot, agents at work = agents given to its queues; per count limit. Its columns are the
 * steps of the convex penalties, the giving, and what is missing at a minimum; shifts come as columns over these rows.
 */
export interface AllocationRows {
  /** Cost of empty queues, which no column carries. */
  readonly constant: number;
  /** Rows of queues and slots, queue × slotCount + slot, are the first of the model. */
  readonly queueRows: number;
  readonly limitRow: readonly number[];
  /** Rows that a shift of the form at work in `slots` enters, and by how much: 1 but where it counts several times. */
  entriesOf(
    form: ShiftForm,
    slots: ArrayLike<number>,
  ): { readonly rows: number[]; readonly values: number[] };
  /** Row in which agents of the group at work in the slot count. */
  workRow(group: number, slot: number): number;
  /** Writes the values of these columns for allocated agents and counts of shifts under limits. */
  describe(allocation: AgentAllocation, limitCount: ArrayLike<number>, into: Float64Array): void;
}

/** Adds these rows and columns to a model that has none yet. Agents of `block.pinnedStaff` are there without a column. */
export function addAllocationRows(block: ShiftBlock, builder: ModelBuilder): AllocationRows {
  const { slotCount, queueCount, groupCount, groupMask, pinnedStaff } = block;
  const flexible = Array.from(groupMask, (mask) => (mask & (mask - 1)) !== 0);
  const onlyQueue = Array.from(groupMask, (mask) => 31 - Math.clz32(mask));
  const fixedStaff = new Float64Array(queueCount * slotCount);
  for (let group = 0; group < groupCount; group++) {
    if (flexible[group]) continue;
    for (let slot = 0; slot < slotCount; slot++)
      fixedStaff[onlyQueue[group] * slotCount + slot] += pinnedStaff[group * slotCount + slot];
  }
  for (let at = 0; at < queueCount * slotCount; at++)
    builder.row(
      `queue ${Math.floor(at / slotCount)} slot ${at % slotCount}`,
      -fixedStaff[at],
      -fixedStaff[at],
    );
  const firstRow = flexible.map((many, group) => {
    if (!many) return onlyQueue[group] * slotCount;
    const at = (slot: number) => pinnedStaff[group * slotCount + slot];
    const first = builder.row(`group ${group} slot 0`, -at(0), -at(0));
    for (let slot = 1; slot < slotCount; slot++)
      builder.row(`group ${group} slot ${slot}`, -at(slot), -at(slot));
    return first;
  });
  const limitRow = block.limits.map(({ template, day, minimum, maximum }) =>
    builder.row(
      template === null ? `people day ${day}` : `template ${template} day ${day}`,
      minimum,
      maximum,
    ),
  );
  let constant = 0;
  const staffColumns: { readonly at: number; readonly column: number; readonly steps: number }[] = [];
  for (let at = 0; at < queueCount * slotCount; at++) {
    constant += staffingPenalty(block, at, 0);
    for (const { steps, slope } of penaltySteps(block, at)) {
      const column = builder.column({
        name: `staff ${at}`,
        cost: slope,
        upper: steps,
        rows: [at],
        values: -1,
      });
      staffColumns.push({ at, column, steps });
    }
  }
  const giveColumns: { readonly group: number; readonly at: number; readonly column: number }[] = [];
  for (let group = 0; group < groupCount; group++) {
    if (!flexible[group]) continue;
    for (let at = 0; at < queueCount * slotCount; at++) {
      const queue = Math.floor(at / slotCount);
      if ((groupMask[group] & (1 << queue)) === 0) continue;
      const rows = [at, firstRow[group] + (at % slotCount)];
      const column = builder.column({ name: `give ${group} ${at}`, cost: 0, rows, values: [1, -1] });
      giveColumns.push({ group, at, column });
    }
  }
  // A minimum that cannot be met yet is bought at a price no shift has; one that need not be met, at its own.
  const missing = block.limits.flatMap(({ minimum, missingPrice }, limit) => {
    if (minimum === 0) return [];
    const spec: ColumnSpec = {
      name: `missing ${limit}`,
      cost: missingPrice ?? unmetPrice(block),
      rows: [limitRow[limit]],
      values: 1,
    };
    return [{ limit, minimum, column: builder.column(spec) }];
  });
  return {
    constant,
    queueRows: queueCount * slotCount,
    limitRow,
    workRow: (group, slot) => firstRow[group] + slot,
    entriesOf(form, slots) {
      const limits = [...new Set(form.limits)];
      return {
        rows: [
          ...Array.from(slots, (slot) => firstRow[form.group] + slot),
          ...limits.map((limit) => limitRow[limit]),
        ],
        values: [
          ...Array.from(slots, () => 1),
          ...limits.map((limit) => form.limits.filter((other) => other === limit).length),
        ],
      };
    },
    describe(allocation, limitCount, into) {
      let left = 0;
      let before = -1;
      for (const { at, column, steps } of staffColumns) {
        if (at !== before) left = allocation.staff[at];
        before = at;
        into[column] = Math.min(left, steps);
        left -= into[column];
      }
      for (const { group, at, column } of giveColumns) into[column] = allocation.given(group, at);
      for (const { limit, minimum, column } of missing)
        into[column] = Math.max(0, minimum - limitCount[limit]);
    },
  };
}

/** The convex penalty of one queue and slot as runs of equal slope, from no agents up; the last run has no end. */
function penaltySteps(block: ShiftBlock, at: number): { steps: number; slope: number }[] {
  const runs: { steps: number; slope: number }[] = [];
  const last = Math.ceil(Math.max(block.demand[at], block.minimum[at]));
  let before = staffingPenalty(block, at, 0);
  for (let staff = 1; staff <= last; staff++) {
    const penalty = staffingPenalty(block, at, staff);
    const slope = penalty - before;
    const run = runs.at(-1);
    if (run !== undefined && Math.abs(run.slope - slope) < 1e-9) run.steps++;
    else runs.push({ steps: 1, slope });
    before = penalty;
  }
  runs.push({ steps: Number.POSITIVE_INFINITY, slope: block.overPrice[at] });
  return runs;
}
