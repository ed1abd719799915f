import { fail, type Outcome, succeed } from "../domain/outcome.ts";

/**
 * Plan files and backups behind a passphrase: the packed file, encrypted by AES-256-GCM under a key that PBKDF2 with
 * HMAC-SHA-256 derives from the passphrase. The layout, numbers big-endian:
 *
 *     bytes  0– 7  "SHIFTWRL"
 *            8     version of this layout: 1
 *            9–12  iterations of PBKDF2
 *           13–28  salt
 *           29–40  initialisation vector
 *           41–    ciphertext, the tag of 16 bytes at its end
 *
 * The first 41 bytes are authenticated with it, so that nobody makes the key cheaper on the way. A passphrase counts in
 * Unicode's NFKC, as the same letters are typed differently on different keyboards.
 * Source: RFC 8018 (PBKDF2), NIST SP 800-38D (GCM).
 */
const magic = "SHIFTWRL";
const layoutVersion = 1;
const saltAt = 13;
const ivAt = 29;
const headerBytes = 41;

/** OWASP's Password Storage Cheat Sheet for PBKDF2 with HMAC-SHA-256: some tenths of a second for each guess. */
export const keyIterations = 600_000;
/** A file that asks for more would keep the machine busy for minutes before anything is known of it. */
const mostIterations = 10_000_000;

export interface LockedParts {
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  /** All before the ciphertext, authenticated with it. */
  readonly header: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

/** Whether a file's first bytes say that it is behind a passphrase. */
export function isLocked(head: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(head.subarray(0, magic.length)) === magic;
}

/**
 * The parts of a locked file. Fails with `planFile.truncated` where its header is not whole, and with
 * `planFile.newerVersion` where a newer program has written it.
 */
export function lockedParts(bytes: Uint8Array<ArrayBuffer>): Outcome<LockedParts> {
  if (bytes.length < headerBytes + 16) return fail({ code: "planFile.truncated", severity: "error" });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const version = view.getUint8(magic.length);
  if (version !== layoutVersion) {
    const values = { version, known: layoutVersion };
    return fail({ code: "planFile.newerVersion", severity: "error", values });
  }
  const iterations = view.getUint32(magic.length + 1);
  if (iterations < 1 || iterations > mostIterations)
    return fail({ code: "planFile.damaged", severity: "error" });
  return succeed({
    iterations,
    salt: bytes.subarray(saltAt, ivAt),
    iv: bytes.subarray(ivAt, headerBytes),
    header: bytes.subarray(0, headerBytes),
    ciphertext: bytes.subarray(headerBytes),
  });
}

/** The file behind a passphrase; salt and initialisation vector are new each time. */
export async function lockFile(file: Blob, passphrase: string): Promise<Blob> {
  const header = new Uint8Array(headerBytes);
  header.set(new TextEncoder().encode(magic));
  const view = new DataView(header.buffer);
  view.setUint8(magic.length, layoutVersion);
  view.setUint32(magic.length + 1, keyIterations);
  crypto.getRandomValues(header.subarray(saltAt));
  const [salt, iv] = [header.subarray(saltAt, ivAt), header.subarray(ivAt)];
  const key = await keyOf(passphrase, salt, keyIterations);
  const ciphertext = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: header },
    key,
    await file.arrayBuffer(),
  );
  return new Blob([header, ciphertext], { type: "application/octet-stream" });
}

/**
 * The file without its lock; a file that has none is handed back as it is. Fails with `planFile.locked` where there is no
 * passphrase, with `planFile.wrongPassphrase` where it does not fit or the file was changed, and as `lockedParts` does.
 */
export async function unlockFile(file: Blob, passphrase: string | null): Promise<Outcome<Blob>> {
  if (!isLocked(new Uint8Array(await file.slice(0, magic.length).arrayBuffer()))) return succeed(file);
  if (passphrase === null) return fail({ code: "planFile.locked", severity: "error" });
  const parts = lockedParts(new Uint8Array(await file.arrayBuffer()));
  if (!parts.ok) return parts;
  const { salt, iv, header, ciphertext, iterations } = parts.value;
  try {
    const key = await keyOf(passphrase, salt, iterations);
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv, additionalData: header },
      key,
      ciphertext,
    );
    return succeed(new Blob([plain]));
  } catch {
    return fail({ code: "planFile.wrongPassphrase", severity: "error" });
  }
}

/** A passphrase's bytes, the same for the same letters. */
export function passphraseBytes(passphrase: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(passphrase.normalize("NFKC"));
}

async function keyOf(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): ReturnType<typeof crypto.subtle.deriveKey> {
  const raw = await crypto.subtle.importKey("raw", passphraseBytes(passphrase), "PBKDF2", false, [
    "deriveKey",
  ]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    raw,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}
