import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { stageOrder } from "../../src/stages/chain.ts";

const root = resolve(import.meta.dirname, "../..");

/** Folder of the words of each namespace: `…/roster/words`. */
const folders = new Map(
  readdirSync(join(root, "src/ui"), { recursive: true, encoding: "utf8" })
    .filter((path) => basename(path) === "words")
    .map((path) => [basename(dirname(path)), join(root, "src/ui", path)]),
);

/** `figure.weeks_one` → `figure.weeks`: languages have different plural forms of the same key. */
const bareKey = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, "");

/** Words by full key. */
function wordsOf(language: string, namespace: string): Map<string, string> {
  const words = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === "string") words.set(path, value);
    else
      for (const [key, inner] of Object.entries(value as object)) walk(inner, path ? `${path}.${key}` : key);
  };
  walk(JSON.parse(readFileSync(join(folders.get(namespace) as string, `${language}.json`), "utf8")), "");
  return words;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

const namespaces = [...folders.keys()].sort();
const english = new Map(namespaces.map((namespace) => [namespace, wordsOf("en", namespace)]));
const sources = filesBelow(join(root, "src")).map((path) => ({ path, text: readFileSync(path, "utf8") }));

function hasKey(namespace: string, key: string): boolean {
  const words = english.get(namespace);
  return words !== undefined && [...words.keys()].some((known) => bareKey(known) === key);
}

describe("the two languages", () => {
  test("have the same namespaces", () => {
    expect(namespaces.length).toBeGreaterThan(10);
    for (const folder of folders.values())
      expect(readdirSync(folder).sort()).toEqual(["en.json", "zh-CN.json"]);
  });

  test.each(namespaces)("say the same things in %s, with the same values", (namespace) => {
    const en = wordsOf("en", namespace);
    const zh = wordsOf("zh-CN", namespace);
    const keys = (words: Map<string, string>) => [...new Set([...words.keys()].map(bareKey))].sort();
    expect(keys(zh)).toEqual(keys(en));
    const placeholders = (words: Map<string, string>, key: string) =>
      [
        ...new Set(
          [...words]
            .filter(([known]) => bareKey(known) === key)
            .flatMap(([, text]) => [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map((match) => match[1])),
        ),
      ].sort();
    const differing = keys(en).filter(
      (key) => placeholders(en, key).join() !== placeholders(zh, key).join() && key !== "",
    );
    expect(differing.filter((key) => !onlyPluralCount(placeholders(en, key), placeholders(zh, key)))).toEqual(
      [],
    );
    expect([...zh].filter(([, text]) => text.trim() === "").map(([key]) => key)).toEqual([]);
  });
});

/** A language may leave the count out where its only plural form does not need it. */
function onlyPluralCount(a: readonly string[], b: readonly string[]): boolean {
  const rest = (names: readonly string[]) => names.filter((name) => name !== "count").join();
  return rest(a) === rest(b);
}

describe("words for what the program can say", () => {
  test("every issue code of the page and of the command line has a sentence", () => {
    const codes = new Set(
      sources.flatMap(({ text }) => [
        ...[...text.matchAll(/\bcode: "([a-zA-Z]+(?:\.[a-zA-Z]+)+)"/g)].map((match) => match[1]),
        ...[...text.matchAll(/\bproblem\("([a-zA-Z]+(?:\.[a-zA-Z]+)+)"/g)].map((match) => match[1]),
      ]),
    );
    expect(codes.size).toBeGreaterThan(20);
    expect([...codes].filter((code) => !hasKey("issues", code)).sort()).toEqual([]);
  });

  test("every phase and every job of the run line has words", () => {
    const texts = sources.map(({ text }) => text).join("\n");
    const phases = [...texts.matchAll(/\b(?:phase: |report\()"([a-zA-Z]+)"/g)].map((match) => match[1]);
    expect(phases.length).toBeGreaterThan(8);
    expect([...new Set(phases)].filter((phase) => !hasKey("frame", `phase.${phase}`))).toEqual([]);
    const jobs = [...texts.matchAll(/\.job\(\s*"([a-zA-Z]+)"/g)].map((match) => match[1]);
    expect([...jobs, ...stageOrder].filter((job) => !hasKey("frame", `job.${job}`))).toEqual([]);
  });

  test("every label of an undoable step has words", () => {
    const labels = sources.flatMap(({ text }) =>
      [
        ...text.matchAll(
          /"((?:frame|history|forecast|required|shifts|roster|simulate|whatif|files|setup|people):[\w.]+)"/g,
        ),
      ].map((match) => match[1]),
    );
    expect(labels.length).toBeGreaterThan(5);
    const missing = [...new Set(labels)].filter((label) => {
      const [namespace, key] = label.split(":");
      return !hasKey(namespace, key);
    });
    expect(missing).toEqual([]);
  });

  test("no words for people stand in the pages themselves", () => {
    const text = /(?<!=)>\s*([A-Z][a-z]+(?: [a-z]+)*)\s*</g;
    const attribute = /\b(?:title|aria-label|placeholder|label)="([A-Z][^"]*)"/g;
    const found = sources
      .filter(({ path }) => path.endsWith(".tsx"))
      .flatMap(({ path, text: source }) => {
        const bare = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
        return [...bare.matchAll(text), ...bare.matchAll(attribute)].map(
          (match) => `${path.slice(root.length + 1)}: ${match[1]}`,
        );
      });
    expect(found).toEqual([]);
  });
});
