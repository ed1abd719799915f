import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");
const scripts: Record<string, string> = JSON.parse(textOf("package.json")).scripts;

/** Paths in a text: links, whatever begins with a top-level folder, and file names in backticks, seen from the root or `src/`. */
function pathsIn(text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1]);
  const fromRoot = [
    ...text.matchAll(/(?<![\w./*-])((?:src|test|workers|sample-data|\.ci|\.github)\/[\w./-]*)(?!\*)/g),
  ].map((match) => match[1].replace(/\.$/, ""));
  const files = [...text.matchAll(/`([\w./-]+\.(?:tsx?|mjs|json|md|css))`/g)].map((match) => match[1]);
  return [...new Set([...links, ...fromRoot, ...files])];
}

describe.each(["CONTRIBUTING.md", "ARCHITECTURE.md", "README.md"])("%s", (file) => {
  const text = textOf(file);

  test("names paths that exist", () => {
    const paths = pathsIn(text);
    expect(paths.length).toBeGreaterThan(3);
    const missing = paths.filter(
      (path) => ![root, join(root, "src")].some((base) => existsSync(join(base, path))),
    );
    expect(missing.filter((path) => path !== "en.json")).toEqual([]);
  });

  test("names scripts of package.json", () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)|`(bench:[\w-]+)`/g)].map(
      (match) => match[1] ?? match[2],
    );
    expect(named.filter((name) => !(name in scripts) && name !== "bench:")).toEqual([]);
  });
});

test("each room of ARCHITECTURE.md has the folders its row names", () => {
  const missing = [...textOf("ARCHITECTURE.md").matchAll(/^\| `([\w/]+)\/` \|([^|]*)\|/gm)].flatMap(
    ([, room, rule]) =>
      [...rule.matchAll(/`([\w-]+)\/`/g)]
        .map(([, folder]) => join("src", room, folder))
        .filter((path) => !existsSync(join(root, path))),
  );
  expect(missing).toEqual([]);
});

test("the names that CONTRIBUTING.md gives with a path stand in that file", () => {
  const named = [...textOf("CONTRIBUTING.md").matchAll(/`(\w+)` (?:in|of) `([\w./-]+)`/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, name, path] of named) expect(textOf(path), path).toContain(name);
});

test("every identifier of the glossary stands in the code, and no term twice", () => {
  const glossary = textOf("ARCHITECTURE.md").split("## Glossary")[1];
  const rows = [...glossary.matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]*(?:\\\|[^|]*)*\|$/gm)].filter(
    ([, term]) => term !== "term" && term !== "---",
  );
  expect(rows.length).toBeGreaterThan(60);
  const code = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => textOf(join("src", file)))
    .join("\n");
  const words = new Set(code.match(/\w+/g));
  const identifiers = rows.flatMap(([, , cell]) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(identifiers.filter((name) => !words.has(name))).toEqual([]);
  const terms = rows.map(([, term]) => term);
  expect(terms.filter((term, at) => terms.indexOf(term) < at)).toEqual([]);
});
