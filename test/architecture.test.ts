import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/**
 * The table of ARCHITECTURE.md: room → rooms and packages it may import, or a folder or file of a room
 * (`domain/calendar`). Type-only imports count too.
 */
const rooms: Record<string, readonly string[]> = Object.fromEntries(
  [
    ...readFileSync(join(root, "ARCHITECTURE.md"), "utf8").matchAll(
      /^\| `([\w/-]+)\/` \|[^|]*\|([^|]*)\|$/gm,
    ),
  ].map((row) => [
    row[1],
    row[2]
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "–"),
  ]),
);

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => ({
    file: relative(root, file),
    specifier: match[3] ?? match[4],
    typeOnly: match[2] !== undefined,
  }));
}

/** Room of the table that a file stands in; its top-level folder where there is none. */
function roomOf(path: string): string {
  const parts = relative(root, path).split("/");
  if (parts.length === 1) return parts[0];
  const place = parts[0] === "src" ? parts.slice(1) : parts;
  const two = place.slice(0, 2).join("/");
  return two in rooms ? two : place.length > 1 ? place[0] : "src";
}

/** Path of what is imported inside `src`, without its ending; null: a package. */
function pathInSrc(found: Import): string | null {
  if (!found.specifier.startsWith(".")) return null;
  return relative(join(root, "src"), resolve(root, dirname(found.file), found.specifier)).replace(
    /\.tsx?$/,
    "",
  );
}

function isAllowed(found: Import, allowed: readonly string[]): boolean {
  const path = pathInSrc(found);
  return (
    allowed.includes(targetOf(found)) ||
    (path !== null && allowed.some((part) => path === part || path.startsWith(`${part}/`)))
  );
}

function targetOf(found: Import): string {
  if (found.specifier.startsWith(".")) return roomOf(resolve(root, dirname(found.file), found.specifier));
  if (found.specifier.startsWith("node:")) return "node";
  return found.specifier.replace(/\?.*$/, "").split("/")[0];
}

/** Folder of a room: `workers` stands at the top, all others in `src`. */
function folderOf(room: string): string {
  return room === "workers" ? join(root, room) : join(root, "src", room);
}

describe("the house", () => {
  for (const [room, allowed] of Object.entries(rooms)) {
    test(`${room} imports only what it may`, () => {
      // A room within a room has its own row.
      const strangers = filesBelow(folderOf(room))
        .filter((file) => roomOf(file) === room)
        .flatMap(importsOf)
        .filter((found) => targetOf(found) !== room && !isAllowed(found, allowed))
        .map((found) => `${found.file} → ${found.specifier}`);
      expect(strangers).toEqual([]);
    });
  }

  test("every file of src stands in a room of the table", () => {
    const homeless = filesBelow(join(root, "src"))
      .filter((file) => !(roomOf(file) in rooms))
      .map((file) => relative(root, file));
    expect(homeless).toEqual(["src/engines.d.ts", "src/main.tsx"]);
  });

  test("pages and the app name workers as types only", () => {
    const values = [...filesBelow(join(root, "src", "app")), ...filesBelow(join(root, "src", "ui"))]
      .flatMap(importsOf)
      .filter((found) => targetOf(found) === "workers" && !found.typeOnly);
    expect(values.map((found) => `${found.file} → ${found.specifier}`)).toEqual([]);
  });

  test("workers hold no logic: at most 40 lines each", () => {
    const long = filesBelow(join(root, "workers")).filter(
      (file) => readFileSync(file, "utf8").split("\n").length > 40,
    );
    expect(long.map((file) => relative(root, file))).toEqual([]);
  });

  test("engines draw no chance and read no clock of their own", () => {
    const engines = [
      "domain",
      "numerics",
      "history",
      "forecasting",
      "queueing",
      "staffing",
      "scheduling",
      "rostering",
      "simulating",
      "scenarios",
      "stages",
    ];
    const guilty = engines
      .flatMap((room) => filesBelow(join(root, "src", room)))
      .filter((file) => /Math\.random\(|Date\.now\(|new Date\(\)/.test(readFileSync(file, "utf8")));
    expect(guilty.map((file) => relative(root, file))).toEqual([]);
  });

  test("no default exports and no re-exports", () => {
    const guilty = filesBelow(join(root, "src")).filter((file) =>
      /(^|\n)export\s+(default\b|\*|\{[^}]*\}\s+from)/.test(readFileSync(file, "utf8")),
    );
    expect(guilty.map((file) => relative(root, file))).toEqual([]);
  });
});
