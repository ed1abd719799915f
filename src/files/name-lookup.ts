/**
 * Finds what a cell names, by id, code or name as people write them: first exactly, then without regard to case and
 * blanks around it. Where two things share a name, the earlier kind of name wins, and then the earlier thing.
 *
 * @param names of a thing, the surest first: its id, its code, its name
 */
export function nameLookup<T>(
  things: readonly T[],
  ...names: readonly ((thing: T) => string)[]
): (text: string) => T | undefined {
  const exact = new Map<string, T>();
  const loose = new Map<string, T>();
  for (const name of names) {
    for (const thing of things) {
      const written = name(thing);
      if (!exact.has(written)) exact.set(written, thing);
      if (!loose.has(folded(written))) loose.set(folded(written), thing);
    }
  }
  return (text) => exact.get(text) ?? loose.get(folded(text));
}

function folded(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}
