/** Of the browser's Trusted Types, as much as is used; not every browser has them. */
interface TrustedTypes {
  createPolicy(
    name: "default",
    rules: Readonly<Record<"createHTML" | "createScript" | "createScriptURL", (text: string) => string>>,
  ): unknown;
}

/** A piece of markup: a text, the doctype, or a tag whose values all stand in double quotes. */
const piece = /[^<]+|<!doctype html>|<\/?([a-z][a-z0-9]*)((?:\s+[a-z][\w:-]*(?:="[^"]*")?)*)\s*\/?>/iy;
const attribute = /([a-z][\w:-]*)(?:="([^"]*)")?/gi;
const runningTags =
  /^(script|iframe|frame|object|embed|base|form|link|portal|template|animate|set|foreignobject)$/i;
const runningAttributes = /^(on.*|srcdoc|action|formaction|ping|http-equiv)$/i;
const addresses = /^(src|href|xlink:href|data|poster|background)$/i;

/**
 * Whether markup only shows: it is made of tags that run nothing, written as ours are, and of texts. The last line behind
 * texts being escaped where markup is made. A report that is printed brings its policy along.
 */
export function onlyShows(markup: string): boolean {
  let at = 0;
  while (at < markup.length) {
    piece.lastIndex = at;
    const found = piece.exec(markup);
    if (found === null) return false;
    at = piece.lastIndex;
    const [, tag = "", attributes = ""] = found;
    if (runningTags.test(tag)) return false;
    for (const [, name, value = ""] of attributes.matchAll(attribute)) {
      if (runningAttributes.test(name) && !isOwnPolicy(tag, name, value)) return false;
      if (addresses.test(name) && !/^(#|data:image\/(png|svg\+xml);)/i.test(value)) return false;
    }
  }
  return true;
}

function isOwnPolicy(tag: string, name: string, value: string): boolean {
  return /^meta$/i.test(tag) && /^http-equiv$/i.test(name) && value === "Content-Security-Policy";
}

/** Whether a script is one of this site's. */
export function isOwnScript(address: string, base: string): boolean {
  try {
    const { origin, protocol } = new URL(address, base);
    return origin === new URL(base).origin && /^(https?|file):$/.test(protocol);
  } catch {
    return false;
  }
}

/**
 * What the security policy of the page asks before a text becomes markup, or an address a script: markup that would run
 * something is refused, and so are scripts from elsewhere and scripts made of text.
 */
export function refuseWhatRuns(trusted: TrustedTypes | undefined = trustedTypesHere()): void {
  trusted?.createPolicy("default", {
    createHTML(markup) {
      if (!onlyShows(markup)) throw new TypeError("markup that would run something");
      return markup;
    },
    createScript() {
      throw new TypeError("a script made of text");
    },
    createScriptURL(address) {
      if (!isOwnScript(address, window.location.href)) throw new TypeError("a script from elsewhere");
      return address;
    },
  });
}

function trustedTypesHere(): TrustedTypes | undefined {
  return (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes;
}
