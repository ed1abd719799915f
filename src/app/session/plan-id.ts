/**
 * The id of a new plan: 128 random bits in hexadecimal. `crypto.randomUUID` is not there on a page that came over plain
 * http from another machine; this is.
 */
export function newPlanId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
