import { type LinearModel, modelBuilder } from "../../src/optimising/model.ts";
import type { ShiftBlock } from "../../src/scheduling/problem/shift-block.ts";

/**
 * A block as one mixed-integer program, the textbook way: the benchmark's peer gets it whole.
 *
 * Breaks are implicit (after Bechtold and Jacobs): a column counts the shifts of one kind and start, another counts the
 * breaks that start in one slot, and there are as many of each. Where a shift has several breaks they are counted rule
 * by rule, without what joins them (least work between two), so the program is, if anything, cheaper than the task:
 * its optimum is a bound on ours, and its schedules may be better than any real one. Tours are counted by kind and set
 * of days, and shifts by kind and day agree with them.
 */
export function monolithOf(block: ShiftBlock): LinearModel {
  if (block.pinnedStaff.some((agents) => agents > 0))
    throw new RangeError("a monolith around pinned shifts is not written down");
  const { slotCount, queueCount, groupCount, groupMask } = block;
  const builder = modelBuilder();
  const cell = (row: number, slot: number) => row * slotCount + slot;
  const rowsPerSlot = (name: string) => {
    const first = builder.row(`${name}_0`, 0, 0);
    for (let slot = 1; slot < slotCount; slot++) builder.row(`${name}_${slot}`, 0, 0);
    return first;
  };
  // Agents of a group at work = agents given to its queues; then per queue asked = given + short − over.
  const workRow = Array.from({ length: groupCount }, (_, group) => rowsPerSlot(`work_${group}`));
  const queueRow = builder.row("asked_0", block.demand[0], block.demand[0]);
  for (let at = 1; at < queueCount * slotCount; at++)
    builder.row(`asked_${at}`, block.demand[at], block.demand[at]);
  const limitRow = block.limits.map(({ minimum, maximum }, index) =>
    builder.row(`limit_${index}`, minimum, maximum),
  );
  const pairRow = block.forms.map(({ shape }, form) =>
    shape.orders[0].breaks.map(({ rule }) => builder.row(`breaks_${form}_${rule}`, 0, 0)),
  );
  /** Per form, the rows that count shifts of a kind of tour on its day. */
  const tourRows: number[][] = block.forms.map(() => []);
  for (const [kind, { formsByDay, patterns }] of block.tours.entries()) {
    const dayRow = formsByDay.map((_, day) => builder.row(`tours_${kind}_${day}`, 0, 0));
    for (const [day, forms] of formsByDay.entries())
      for (const form of forms) tourRows[form].push(dayRow[day]);
    for (const days of patterns)
      builder.column({
        name: `tours_${kind}_on_${days.join("")}`,
        cost: 0,
        integer: true,
        rows: days.map((day) => dayRow[day]),
        values: -1,
      });
  }
  for (let at = 0; at < queueCount * slotCount; at++) {
    const spare = block.demand[at] - block.minimum[at];
    builder.column({
      name: `short_${at}`,
      cost: block.shortPrice[at],
      upper: block.minimum[at] > 0 ? Math.max(0, spare) : undefined,
      rows: [queueRow + at],
      values: 1,
    });
    builder.column({
      name: `over_${at}`,
      cost: block.overPrice[at],
      lower: Math.max(0, -spare),
      rows: [queueRow + at],
      values: -1,
    });
  }
  for (let group = 0; group < groupCount; group++) {
    for (let queue = 0; queue < queueCount; queue++) {
      if ((groupMask[group] & (1 << queue)) === 0) continue;
      for (let slot = 0; slot < slotCount; slot++)
        builder.column({
          name: `give_${group}_${queue}_${slot}`,
          cost: 0,
          integer: true,
          rows: [workRow[group] + slot, queueRow + cell(queue, slot)],
          values: [-1, 1],
        });
    }
  }
  for (const [index, { shape, start, group, limits }] of block.forms.entries()) {
    const pay = block.pay[shape.template];
    const rows = Array.from({ length: shape.length }, (_, slot) => workRow[group] + start + slot);
    const values = rows.map(() => 1);
    for (const row of pairRow[index]) {
      rows.push(row);
      values.push(-1);
    }
    for (const limit of limits) {
      rows.push(limitRow[limit]);
      values.push(1);
    }
    const cost = pay[start + shape.length] - pay[start];
    if (block.inTours[shape.template] === 0)
      builder.column({ name: `shifts_${index}`, cost, integer: true, rows, values });
    for (const row of tourRows[index])
      builder.column({
        name: `shifts_${index}_of_${row}`,
        cost,
        integer: true,
        rows: [...rows, row],
        values: [...values, 1],
      });
    for (const [number, { rule, length, paid }] of shape.orders[0].breaks.entries()) {
      // The widest window that any order of the breaks leaves it.
      const windows = shape.orders.map(({ breaks }) => breaks.find((one) => one.rule === rule));
      const earliest = Math.min(...windows.map((window) => window?.earliest ?? 0));
      const latest = Math.max(...windows.map((window) => window?.latest ?? 0));
      for (let from = start + earliest; from <= start + latest; from++)
        builder.column({
          name: `break_${index}_${rule}_${from}`,
          cost: paid ? 0 : -(pay[from + length] - pay[from]),
          integer: true,
          rows: [
            pairRow[index][number],
            ...Array.from({ length }, (_, slot) => workRow[group] + from + slot),
          ],
          values: [1, ...Array.from({ length }, () => -1)],
        });
    }
  }
  return builder.build();
}

/** The model in free MPS, as every solver reads it. Names must not hold blanks. */
export function mpsOf(model: LinearModel): string {
  const lines = ["NAME shifts", "ROWS", " N cost"];
  const ranged: string[] = [];
  const sides: string[] = [];
  for (const [row, name] of model.rowNames.entries()) {
    const [lower, upper] = [model.rowLower[row], model.rowUpper[row]];
    const kind = lower === upper ? "E" : Number.isFinite(lower) ? "G" : Number.isFinite(upper) ? "L" : "N";
    lines.push(` ${kind} ${name}`);
    const side = kind === "L" ? upper : lower;
    if (kind !== "N" && side !== 0) sides.push(` RHS ${name} ${side}`);
    if (kind === "G" && Number.isFinite(upper)) ranged.push(` RNG ${name} ${upper - lower}`);
  }
  lines.push("COLUMNS");
  const bounds: string[] = [];
  for (const [column, name] of model.columnNames.entries()) {
    const whole = model.integer[column] === 1;
    if (whole) lines.push(` M${column} 'MARKER' 'INTORG'`);
    if (model.cost[column] !== 0) lines.push(` ${name} cost ${model.cost[column]}`);
    for (let entry = model.starts[column]; entry < model.starts[column + 1]; entry++)
      lines.push(` ${name} ${model.rowNames[model.rowIndices[entry]]} ${model.values[entry]}`);
    if (whole) lines.push(` N${column} 'MARKER' 'INTEND'`);
    const [lower, upper] = [model.columnLower[column], model.columnUpper[column]];
    if (lower !== 0) bounds.push(` LO BND ${name} ${lower}`);
    if (Number.isFinite(upper)) bounds.push(` UP BND ${name} ${upper}`);
    else if (whole) bounds.push(` PL BND ${name}`);
  }
  lines.push("RHS", ...sides, "RANGES", ...ranged, "BOUNDS", ...bounds, "ENDATA", "");
  return lines.join("\n");
}
