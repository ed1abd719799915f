/**
 * Where things stand in a JSON text: the one-based line of the value at a path, or of the innermost value around it that
 * is there. The text must be valid.
 *
 * @example jsonLines('{\n"a": [\n1]}')(["a", 0]) // 3
 */
export function jsonLines(text: string): (path: readonly PropertyKey[]) => number {
  const lines = new Map<string, number>();
  const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+|\n/g;
  let line = 1;
  /** Of each open object or array: the key or index of what stands in it now. */
  const path: (string | number)[] = [];
  const isArray: boolean[] = [];
  let awaitsKey = false;
  const note = () => lines.set(JSON.stringify(path), line);
  for (const [part] of text.matchAll(token)) {
    const last = path.length - 1;
    if (part === "\n") line++;
    else if (part === "{" || part === "[") {
      note();
      isArray.push(part === "[");
      path.push(part === "[" ? 0 : "");
      awaitsKey = part === "{";
    } else if (part === "}" || part === "]") {
      isArray.pop();
      path.pop();
      awaitsKey = false;
    } else if (part === ",") {
      if (isArray[last]) path[last] = Number(path[last]) + 1;
      awaitsKey = !isArray[last];
    } else if (part !== ":") {
      if (awaitsKey) path[last] = JSON.parse(part) as string;
      awaitsKey = false;
      note();
    }
  }
  return (wanted) => {
    for (let length = wanted.length; length > 0; length--) {
      const found = lines.get(JSON.stringify(wanted.slice(0, length)));
      if (found !== undefined) return found;
    }
    return 1;
  };
}
