/**
 * What engines use of their surroundings beyond the language itself. Browsers, workers and Node have all of it, and
 * nothing else compiles in an engine: no page, no network, no file system. Only `tsconfig.engines.json` reads this file.
 */

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}

declare function atob(base64: string): string;
declare function btoa(bytes: string): string;

declare class ReadableStream<Chunk> {
  getReader(): { read(): Promise<{ done: false; value: Chunk } | { done: true }>; cancel(): Promise<void> };
  pipeThrough<Out>(through: { readonly readable: ReadableStream<Out> }): ReadableStream<Out>;
}

declare class CompressionStream {
  constructor(format: "gzip");
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
}

declare class DecompressionStream {
  constructor(format: "gzip");
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
}

declare class Blob {
  constructor(
    parts: readonly (ArrayBuffer | Uint8Array<ArrayBuffer> | string)[],
    options?: { type?: string },
  );
  readonly size: number;
  slice(start?: number, end?: number): Blob;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

declare class Response {
  constructor(body: ReadableStream<Uint8Array<ArrayBuffer>>);
  blob(): Promise<Blob>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** For plan files behind a passphrase (`files/locked-file.ts`); chance of an engine comes from `numerics/random.ts` alone. */
declare const crypto: {
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): void;
  readonly subtle: {
    importKey(
      format: "raw",
      key: Uint8Array<ArrayBuffer>,
      algorithm: "PBKDF2",
      extractable: false,
      usages: readonly "deriveKey"[],
    ): Promise<CryptoKey>;
    deriveKey(
      algorithm: {
        name: "PBKDF2";
        hash: "SHA-256";
        salt: Uint8Array<ArrayBuffer>;
        iterations: number;
      },
      base: CryptoKey,
      derived: { name: "AES-GCM"; length: 256 },
      extractable: false,
      usages: readonly ("encrypt" | "decrypt")[],
    ): Promise<CryptoKey>;
    encrypt(algorithm: GcmTerms, key: CryptoKey, plain: ArrayBuffer): Promise<ArrayBuffer>;
    decrypt(algorithm: GcmTerms, key: CryptoKey, ciphertext: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  };
};
interface GcmTerms {
  name: "AES-GCM";
  iv: Uint8Array<ArrayBuffer>;
  additionalData: Uint8Array<ArrayBuffer>;
}
interface CryptoKey {
  readonly type: string;
}

/** To pace progress reports and to stop a search when its seconds are over; never part of a result. */
declare const performance: { now(): number };
declare function setTimeout(run: (value?: undefined) => void, milliseconds: number): unknown;
