import { spawnSync } from "node:child_process";
import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { lockedParts, passphraseBytes } from "../files/locked-file.ts";

/**
 * Bytes of a file behind a passphrase. The passphrase comes from SHIFTWRIGHT_PASSPHRASE, from the file that
 * SHIFTWRIGHT_PASSPHRASE_FILE names, or is asked for at the terminal without being shown: never from the command line, which
 * the shell's history and the list of processes keep. Fails as `unlockFile` does.
 */
export function unlockedBytes(bytes: Uint8Array<ArrayBuffer>): Outcome<Uint8Array> {
  const parts = lockedParts(bytes);
  if (!parts.ok) return parts;
  const passphrase = givenPassphrase() ?? askedPassphrase();
  if (passphrase === null) return fail({ code: "planFile.lockedForScript", severity: "error" });
  const { salt, iv, header, ciphertext, iterations } = parts.value;
  const key = pbkdf2Sync(passphraseBytes(passphrase), salt, iterations, 32, "sha256");
  const tagAt = ciphertext.length - 16;
  const decipher = createDecipheriv("aes-256-gcm", key, iv);
  decipher.setAAD(header);
  decipher.setAuthTag(ciphertext.subarray(tagAt));
  try {
    return succeed(Buffer.concat([decipher.update(ciphertext.subarray(0, tagAt)), decipher.final()]));
  } catch {
    return fail({ code: "planFile.wrongPassphrase", severity: "error" });
  }
}

function givenPassphrase(): string | null {
  const { SHIFTWRIGHT_PASSPHRASE: given, SHIFTWRIGHT_PASSPHRASE_FILE: file } = process.env;
  if (given !== undefined) return given;
  return file === undefined ? null : readFileSync(file, "utf8").replace(/\r?\n$/, "");
}

/** Asks at the terminal, not at standard input, which may be the file; null where there is no terminal. */
function askedPassphrase(): string | null {
  let terminal: number;
  try {
    terminal = openSync("/dev/tty", "r+");
  } catch {
    return null;
  }
  // A terminal that goes on showing what is typed is no place for a passphrase.
  if (spawnSync("stty", ["-echo"], { stdio: [terminal, "ignore", "ignore"] }).status !== 0) {
    closeSync(terminal);
    return null;
  }
  try {
    writeSync(terminal, "Passphrase: ");
    const typed = Buffer.alloc(4096);
    const length = readSync(terminal, typed);
    writeSync(terminal, "\n");
    return typed.toString("utf8", 0, length).replace(/\r?\n$/, "");
  } finally {
    spawnSync("stty", ["echo"], { stdio: [terminal, "ignore", "ignore"] });
    closeSync(terminal);
  }
}
