import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
const { dependencies, devDependencies } = read("package.json");

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
}
const locked = Object.entries<Locked>(read("package-lock.json").packages).filter(([path]) => path !== "");

const permissive = /^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0)$/;
/** What else is shipped: as free as these, and named so that nothing joins them unseen. */
const shippedOtherwise: Readonly<Record<string, string>> = {
  "node_modules/graceful-fs": "BlueOak-1.0.0",
  "node_modules/javascript-lp-solver": "Unlicense",
  "node_modules/robust-predicates": "Unlicense",
  "node_modules/tslib": "0BSD",
};
/** Tools, of which nothing is shipped but what they make: public holidays, as data, with their source named. */
const ofTools =
  /^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|MIT OR Apache-2\.0|MPL-2\.0|PSF-2\.0|Unlicense|\(ISC AND CC-BY-3\.0\))$/;

describe("what the program is made of", () => {
  test("every version is pinned exactly", () => {
    const loose = Object.entries<string>({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test("every package comes from the registry, with its fingerprint", () => {
    const foreign = locked.filter(
      ([, { resolved, integrity }]) =>
        (resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/")) ||
        !integrity?.startsWith("sha512-"),
    );
    expect(foreign.map(([path]) => path)).toEqual([]);
  });

  test("every licence lets the program be given away", () => {
    const odd = locked.filter(([path, { license = "none", dev }]) =>
      dev === true ? !ofTools.test(license) : !permissive.test(license) && shippedOtherwise[path] !== license,
    );
    expect(odd.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
    expect(locked.length).toBeGreaterThan(100);
  });
});
