import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { unlockedBytes } from "../../src/cli/passphrase.ts";
import { isLocked, keyIterations, lockedParts, lockFile, unlockFile } from "../../src/files/locked-file.ts";
import { packedFile, readPlansFile } from "../../src/files/plan-archive.ts";
import { planFileText } from "../../src/files/plan-file.ts";
import { smallDocument } from "../app/sample-document.ts";

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
const plain = () => packedFile(planFileText(smallDocument()));
const folder = mkdtempSync(join(tmpdir(), "shiftwright-locked-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

describe("a plan file behind a passphrase", () => {
  test("opens with it, and with nothing else; nothing of the plan can be read in it", async () => {
    const locked = await lockFile(await plain(), "Zwölf Boxkämpfer");
    const bytes = await bytesOf(locked);
    expect(isLocked(bytes)).toBe(true);
    expect(isLocked(await bytesOf(await plain()))).toBe(false);
    const opened = await unlockFile(locked, "Zwölf Boxkämpfer");
    expect(opened.ok && (await readPlansFile(opened.value))).toMatchObject({
      ok: true,
      value: [smallDocument()],
    });
    expect(await unlockFile(locked, null)).toMatchObject({
      ok: false,
      issues: [{ code: "planFile.locked" }],
    });
    expect(await unlockFile(locked, "zwölf Boxkämpfer")).toMatchObject({
      issues: [{ code: "planFile.wrongPassphrase" }],
    });
  });

  test("states a derivation as dear as OWASP asks, with new salt and vector each time", async () => {
    const [one, other] = await Promise.all([lockFile(await plain(), "a"), lockFile(await plain(), "a")]);
    const parts = [lockedParts(await bytesOf(one)), lockedParts(await bytesOf(other))].map((outcome) => {
      if (!outcome.ok) throw new Error("no parts");
      return outcome.value;
    });
    expect(keyIterations).toBe(600_000);
    expect(parts.map(({ iterations }) => iterations)).toEqual([keyIterations, keyIterations]);
    expect(parts[0].salt).not.toEqual(parts[1].salt);
    expect(parts[0].iv).not.toEqual(parts[1].iv);
  });

  test("is noticed when a bit of it has changed, in the header too, or its end is missing", async () => {
    const bytes = await bytesOf(await lockFile(new Blob(["{}"]), "a"));
    for (const at of [20, 35, 45, bytes.length - 1]) {
      const changed = bytes.slice();
      changed[at] ^= 1;
      expect(await unlockFile(new Blob([changed]), "a")).toMatchObject({
        issues: [{ code: "planFile.wrongPassphrase" }],
      });
    }
    const newer = bytes.slice();
    newer[8] = 2;
    expect(lockedParts(newer)).toMatchObject({ issues: [{ code: "planFile.newerVersion" }] });
    const endless = bytes.slice();
    endless[9] = 0xff;
    expect(lockedParts(endless)).toMatchObject({ issues: [{ code: "planFile.damaged" }] });
    expect(lockedParts(bytes.slice(0, 30))).toMatchObject({ issues: [{ code: "planFile.truncated" }] });
  });

  test("opens on the command line by node's own cryptography, the passphrase from the environment or a file", async () => {
    const file = await plain();
    // One letter of two code points opens what one code point locked.
    const locked = await bytesOf(await lockFile(file, "Zwölf"));
    vi.stubEnv("SHIFTWRIGHT_PASSPHRASE", "Zwo\u0308lf");
    expect(unlockedBytes(locked)).toMatchObject({ ok: true, value: Buffer.from(await bytesOf(file)) });
    vi.stubEnv("SHIFTWRIGHT_PASSPHRASE", "other");
    expect(unlockedBytes(locked)).toMatchObject({ issues: [{ code: "planFile.wrongPassphrase" }] });
    vi.stubEnv("SHIFTWRIGHT_PASSPHRASE", undefined);
    const path = join(folder, "passphrase");
    writeFileSync(path, "Zwölf\n");
    vi.stubEnv("SHIFTWRIGHT_PASSPHRASE_FILE", path);
    expect(unlockedBytes(locked).ok).toBe(true);
  });
});
