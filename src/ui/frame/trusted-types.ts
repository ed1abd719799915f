/** Of the browser's Trusted Types, as much as is used; not every browser has them. */
interface TrustedTypes {
  createPolicy(
    name: "default",
    rules: Readonly<Record<"createHTML" | "createScript" | "createScriptURL", (text: string) => string>>,
  ): unknown;
}

/** Markup that could run something or leave the page: none of ours does. */
const running =
  /<\s*(script|iframe|frame|object|embed|base|form|link|portal|template)\b|<[^>]*[\s"'/](on[a-z]+|srcdoc|formaction)\s*=|javascript\s*:/i;

/** Whether markup only shows: the last line behind texts being escaped where markup is made. */
export function onlyShows(markup: string): boolean {
  return !running.test(markup);
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
