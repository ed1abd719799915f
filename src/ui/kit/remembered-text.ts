/** A text this browser remembers between visits; null where there is none, or where the browser forbids even to ask. */
export function rememberedText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers a text for the next visit, where the browser keeps any. */
export function rememberText(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or forbidden: the next visit asks again.
  }
}
