import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { formKey, shiftKey } from "./build-block.ts";
import { type Piece, type PlacedShift, pieceOf, placeShift } from "./piece.ts";
import type { ShiftBlock, ShiftsInput } from "./shift-block.ts";
import { buildShiftProblem } from "./shift-problem.ts";

/**
 * How the optimiser keeps to the schedule there is. A form of which there are shifts today comes twice: once as it
 * was, as often as it was there and with a price on each that goes missing, and once as new, dearer by that price.
 * Where only breaks may move, the new ones are left out and nothing may go missing.
 */

/** Shifts of the present schedule that may change. */
function unpinnedPresentShifts(input: ShiftsInput): Shift[] {
  const pinned = new Set(input.pinned.map(({ id }) => id));
  return (input.present?.shifts ?? []).filter(({ id }) => !pinned.has(id));
}

/**
 * For moving breaks only: shifts that no rule makes (drawn by hand), and those that sit in a session, stay whole, as if
 * they were pinned; so the breaks of all others are placed around the sessions there are.
 */
export function withOddShiftsFixed(input: ShiftsInput): ShiftsInput {
  const { blocks, slotMinutes } = buildShiftProblem(input);
  const allowed = new Set(
    blocks.flatMap((block) => block.forms.map((form) => formKey(input, form, slotMinutes))),
  );
  const inSession = (shift: Shift) => shift.activities.some(({ ruleId }) => ruleId !== undefined);
  const odd = unpinnedPresentShifts(input).filter(
    (shift) => !allowed.has(shiftKey(shift)) || inSession(shift),
  );
  return odd.length === 0 ? input : { ...input, pinned: [...input.pinned, ...odd] };
}

/** Present shifts by the key of their form, those of one key in the order of the schedule. */
function byKey(shifts: readonly Shift[]): Map<string, Shift[]> {
  const shiftsByKey = new Map<string, Shift[]>();
  for (const shift of shifts)
    shiftsByKey.set(shiftKey(shift), [...(shiftsByKey.get(shiftKey(shift)) ?? []), shift]);
  return shiftsByKey;
}

/** The present shifts of a block as they are, to start from. */
export function keptPieces(input: ShiftsInput, block: ShiftBlock): Piece[] {
  if (input.present === undefined || !block.forms.some(({ keepLimit }) => keepLimit !== null)) return [];
  return piecesOf(input, block, unpinnedPresentShifts(input)).filter(
    ({ shifts }) => shifts[0].form.keepLimit !== null,
  );
}

/**
 * Concrete shifts as pieces of a block, as kept ones as far as there are such. Left out: those in tours, those of other
 * days, and those whose breaks break a rule.
 */
export function piecesOf(input: ShiftsInput, block: ShiftBlock, shifts: readonly Shift[]): Piece[] {
  const shiftsByKey = byKey(shifts);
  const forms = [...block.forms].sort((a, b) => (b.keepLimit ?? -1) - (a.keepLimit ?? -1));
  return forms.flatMap((form) => {
    const template = input.templates[form.shape.template];
    if (block.inTours[form.shape.template] === 1) return [];
    const unused = shiftsByKey.get(formKey(input, form, block.slotMinutes)) ?? [];
    const room = form.keepLimit === null ? unused.length : block.limits[form.keepLimit].maximum;
    return unused.splice(0, room).flatMap((shift) => {
      const starts = breakStartsOf(shift, template, block.slotMinutes);
      const legal = starts !== null && form.shape.orders.some((order) => fits(order, starts));
      return legal ? [pieceOf([placeShift(block, form, starts)], null)] : [];
    });
  });
}

/** Start of each break in slots after the shift's, in the template's order of rules; null: some rule has no break. */
function breakStartsOf(shift: Shift, template: ShiftTemplate, slotMinutes: number): Int32Array | null {
  const starts = new Int32Array(template.breaks.length).fill(-1);
  for (const { kind, paid, startMinute, endMinute } of shift.activities) {
    if (kind !== "break" && kind !== "meal" && kind !== "split") continue;
    const after = startMinute - shift.startMinute;
    let chosen = -1;
    for (const [index, rule] of template.breaks.entries()) {
      const like =
        starts[index] < 0 &&
        rule.kind === kind &&
        rule.paid === paid &&
        rule.lengthMinutes === endMinute - startMinute &&
        after >= rule.earliestMinute &&
        after <= rule.latestMinute;
      if (like && (chosen < 0 || rule.latestMinute < template.breaks[chosen].latestMinute)) chosen = index;
    }
    if (chosen < 0 || after % slotMinutes !== 0) return null;
    starts[chosen] = after / slotMinutes;
  }
  return starts.every((start) => start >= 0) ? starts : null;
}

function fits(order: PlacedShift["form"]["shape"]["orders"][number], starts: Int32Array): boolean {
  let free = 0;
  return order.breaks.every(({ rule, earliest, latest, length }) => {
    const start = starts[rule];
    const right = start >= Math.max(earliest, free) && start <= latest;
    free = start + length + order.minimumWork;
    return right;
  });
}

/** Ids of the present shifts for those that were kept, the ones with the same breaks first. */
export function idsOfKept(
  input: ShiftsInput,
  staffed: readonly { readonly block: ShiftBlock; readonly best: { readonly pieces: readonly Piece[] } }[],
): Map<PlacedShift, string[]> {
  const ids = new Map<PlacedShift, string[]>();
  if (input.present === undefined) return ids;
  const unused = byKey(unpinnedPresentShifts(input));
  const give = (matches: (shift: Shift, placed: PlacedShift, slotMinutes: number) => boolean) => {
    for (const { block, best } of staffed) {
      const occurrences = new Map<PlacedShift, number>();
      for (const placed of best.pieces.flatMap(({ shifts }) => shifts)) {
        if (placed.form.keepLimit === null) continue;
        // One placement may stand for several shifts: each time it comes up it is owed one more id.
        const occurrence = (occurrences.get(placed) ?? 0) + 1;
        occurrences.set(placed, occurrence);
        const given = ids.get(placed) ?? [];
        if (given.length >= occurrence) continue;
        const candidates = unused.get(formKey(input, placed.form, block.slotMinutes)) ?? [];
        const at = candidates.findIndex((shift) => matches(shift, placed, block.slotMinutes));
        if (at < 0) continue;
        ids.set(placed, [...given, candidates[at].id]);
        candidates.splice(at, 1);
      }
    }
  };
  give((shift, placed, slotMinutes) => {
    const starts = breakStartsOf(shift, input.templates[placed.form.shape.template], slotMinutes);
    return starts?.every((start, rule) => start === placed.breakStarts[rule]) ?? false;
  });
  give(() => true);
  return ids;
}

export interface Changes {
  readonly count: number;
  readonly cost: number;
}

/** Shifts dropped and added against the present schedule; undefined where that has no price. */
export function changesBetween(input: ShiftsInput, shifts: readonly Shift[]): Changes | undefined {
  const price = input.settings.changePrice ?? 0;
  if (input.present === undefined || input.breaksOnly === true || price === 0) return undefined;
  const unused = byKey(unpinnedPresentShifts(input));
  let added = 0;
  for (const shift of shifts) if (unused.get(shiftKey(shift))?.pop() === undefined) added++;
  const count = [...unused.values()].reduce((sum, { length }) => sum + length, added);
  return { count, cost: count * price };
}

/** Present shifts that no rule makes any more: dropped in every schedule, so their price belongs to the bound. */
export function droppedForSure(input: ShiftsInput, blocks: readonly ShiftBlock[]): number {
  if (input.present === undefined || (input.settings.changePrice ?? 0) === 0) return 0;
  const stillAllowed = blocks.reduce(
    (sum, { limits }) =>
      limits.reduce((count, { minimum, missingPrice }) => count + (missingPrice === null ? 0 : minimum), sum),
    0,
  );
  return unpinnedPresentShifts(input).length - stillAllowed;
}
