/**
 * A number as a person of this locale types it, or null: `1.234,5` in German, `1,234.5` in English, with ordinary,
 * narrow or no spaces, a true minus, or full-width digits. The other decimal sign is understood where it cannot group, so
 * `0,50` and `1,5` are decimals in English too, while `1,234` is a thousand; a trailing unit or per cent sign given in `unit` is allowed.
 */
export function parseNumber(text: string, locale: string, unit = ""): number | null {
  const parts = new Intl.NumberFormat(locale).formatToParts(-12345.6);
  const decimal = parts.find(({ type }) => type === "decimal")?.value ?? ".";
  const group = parts.find(({ type }) => type === "group")?.value ?? ",";
  let plain = text
    .normalize("NFKC")
    .replace(/\u2212/g, "-")
    .trim();
  for (const tail of [unit, "%"]) {
    if (tail !== "" && plain.endsWith(tail)) plain = plain.slice(0, -tail.length);
  }
  plain = plain.replace(/\s/g, "");
  const escaped = (sign: string) => sign.normalize("NFKC").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const groupPattern = /\s/.test(group.normalize("NFKC")) ? "" : escaped(group);
  const whole = groupPattern === "" ? "\\d+" : `(?:\\d{1,3}(?:${groupPattern}\\d{3})+|\\d+)`;
  const pattern = new RegExp(`^([+-]?)(${whole})?(?:${escaped(decimal)}(\\d*))?$`);
  if (fraction.test(plain)) return Number(plain.replace(",", "."));
  const match = pattern.exec(plain);
  if (match !== null && (match[2] !== undefined || match[3])) {
    const digits = (match[2] ?? "0").replace(/\D/g, "");
    return Number(`${match[1] === "-" ? "-" : ""}${digits}.${match[3] || "0"}`);
  }
  return otherDecimal.test(plain) ? Number(plain.replace(",", ".")) : null;
}

/** Nothing or a nought before one comma or point, which then cannot group. */
const fraction = /^[+-]?0?[.,]\d+$/;
/** Neither can one with other than three digits after it. */
const otherDecimal = /^[+-]?\d+[.,](?:\d{1,2}|\d{4,})$/;
