/**
 * Remembers the last answer about each object together with what it was asked with: `make` runs again only when one of
 * `asked` is another value. Content is taken as immutable.
 */
export function keepLast<Answer>(): (about: object, asked: readonly unknown[], make: () => Answer) => Answer {
  const memory = new WeakMap<object, { readonly asked: readonly unknown[]; readonly answer: Answer }>();
  return (about, asked, make) => {
    const known = memory.get(about);
    if (
      known?.asked.length === asked.length &&
      known.asked.every((value, at) => Object.is(value, asked[at]))
    ) {
      return known.answer;
    }
    const answer = make();
    memory.set(about, { asked, answer });
    return answer;
  };
}
