/**
 * What an edit changed of a part of a document, in order: enough to make the part after it from the part before it, and
 * small where the edit was. The log of a part's edits is written ahead of the part itself (`storage.ts`), so that an edit
 * of a large roster is on the disk as soon as one of a small one.
 */
export type EditStep =
  /** The value at a path is this one now. */
  | { readonly path: Path; readonly value: unknown }
  /** The field at a path is gone. */
  | { readonly path: Path; readonly gone: true }
  /** Of the list at a path, `removed` items from `at` on are replaced by these. */
  | {
      readonly path: Path;
      readonly at: number;
      readonly removed: number;
      readonly items: readonly unknown[];
    };
type Path = readonly (string | number)[];

/** Above this many values an edit is as large as the part: then the part itself is written. */
const mostValues = 4000;

/**
 * The steps from one value to the other; null where there would be so many that the value itself is better written.
 * Values that are shared by both are not looked into: editing leaves what it does not change as it is.
 */
export function editSteps(before: unknown, after: unknown): readonly EditStep[] | null {
  const steps: EditStep[] = [];
  let left = mostValues;
  const path: (string | number)[] = [];

  function spend(values: number): boolean {
    left -= values;
    return left >= 0;
  }
  function put(step: EditStep, value: unknown): boolean {
    steps.push(step);
    return spend(valueCount(value, left));
  }
  function within(key: string | number, one: unknown, other: unknown): boolean {
    path.push(key);
    const fits = compare(one, other);
    path.pop();
    return fits;
  }
  function compare(one: unknown, other: unknown): boolean {
    if (Object.is(one, other)) return true;
    if (!spend(1)) return false;
    if (Array.isArray(one) && Array.isArray(other)) return compareLists(one, other);
    if (!isPlainObject(one) || !isPlainObject(other)) return put({ path: [...path], value: other }, other);
    for (const key of Object.keys(one)) {
      if (Object.hasOwn(other, key)) {
        if (!within(key, one[key], other[key])) return false;
      } else if (!put({ path: [...path, key], gone: true }, null)) return false;
    }
    for (const key of Object.keys(other)) {
      if (Object.hasOwn(one, key)) continue;
      if (!put({ path: [...path, key], value: other[key] }, other[key])) return false;
    }
    return true;
  }
  function compareLists(one: readonly unknown[], other: readonly unknown[]): boolean {
    if (one.length === other.length) {
      for (const [at, item] of other.entries()) if (!within(at, one[at], item)) return false;
      return true;
    }
    const shorter = Math.min(one.length, other.length);
    let at = 0;
    while (at < shorter && Object.is(one[at], other[at])) at++;
    let same = 0;
    while (same < shorter - at && Object.is(one[one.length - 1 - same], other[other.length - 1 - same]))
      same++;
    const items = other.slice(at, other.length - same);
    return put({ path: [...path], at, removed: one.length - at - same, items }, items);
  }
  return compare(before, after) ? steps : null;
}

/**
 * The value after these steps; it may share the lists and objects of `value`, which are changed in place.
 * @throws RangeError where a step leads to what is not there: the steps belong to another value
 */
export function afterEdit(value: unknown, steps: readonly EditStep[]): unknown {
  const root = { value };
  for (const step of steps) {
    const path: Path = ["value", ...step.path];
    const key = path[path.length - 1];
    const holder = at(root, path.slice(0, -1));
    if ("items" in step) {
      const list = at(holder, [key]);
      if (!Array.isArray(list)) throw new RangeError("no list where an edit changed one");
      list.splice(step.at, step.removed, ...step.items);
    } else if ("gone" in step) delete holder[key];
    // Not an assignment: a field may bear any name, `__proto__` too.
    else
      Object.defineProperty(holder, key, {
        value: step.value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
  }
  return root.value;
}

function at(value: object, path: Path): Record<string | number, unknown> {
  let place: unknown = value;
  for (const key of path) {
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, key))
      throw new RangeError("an edit of what is not there");
    place = (place as Record<string | number, unknown>)[key];
  }
  if (typeof place !== "object" || place === null) throw new RangeError("an edit of what is not there");
  return place as Record<string | number, unknown>;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** How many values stand in this one, itself included; counting ends above `most`. */
function valueCount(value: unknown, most: number): number {
  if (typeof value === "string") return 1 + value.length / 32;
  if (typeof value !== "object" || value === null) return 1;
  if (ArrayBuffer.isView(value)) return 1 + value.byteLength / 8;
  let count = 1;
  for (const item of Object.values(value)) {
    if (count > most) break;
    count += valueCount(item, most - count);
  }
  return count;
}
