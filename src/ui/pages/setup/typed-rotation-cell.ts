import type { RotationCell } from "../../../domain/plan/rotation.ts";
import type { ShiftTemplate } from "../../../domain/plan/shift.ts";

/**
 * What was typed or pasted into a day of a rotation: a template by its name or the beginning of it, a day off (the word
 * for it, `0` or a dash), or nothing. undefined: none of these, or a beginning that several names have.
 *
 * @example typedRotationCell("ea", [early, late], "off") // { templateId: "early" }
 */
export function typedRotationCell(
  text: string,
  templates: readonly Pick<ShiftTemplate, "id" | "name">[],
  offWord: string,
): RotationCell | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === "" || typed === "·") return null;
  if ([offWord.toLowerCase(), "0", "-", "–", "—"].includes(typed)) return { templateId: null };
  const exact = templates.find(({ name }) => name.toLowerCase() === typed);
  const [begun, other] = templates.filter(({ name }) => name.toLowerCase().startsWith(typed));
  const template = exact ?? (other === undefined ? begun : undefined);
  return template && { templateId: template.id };
}
