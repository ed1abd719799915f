import type { Skill } from "../../../domain/plan/edit-groups.ts";

/**
 * What was typed or pasted into a cell of the skills: `x`, `1`, `●` or the word for it serves; nothing, `0` or a dash
 * does not; any other number helps out once a contact has waited so many seconds. null: none of these.
 *
 * @example typedSkill("30 s", { least: 0, most: 3600 }, "serves") // { afterSeconds: 30 }
 */
export function typedSkill(
  text: string,
  wait: { readonly least: number; readonly most: number },
  serves: string,
): Skill | null {
  const typed = text.trim().toLowerCase();
  if (["x", "✓", "●", "1", serves.toLowerCase()].includes(typed)) return "serves";
  if (["", "0", "-", "–", "—"].includes(typed)) return "none";
  const seconds = /^\D*(\d+)\D*$/.exec(typed)?.[1];
  if (seconds === undefined) return null;
  return Number(seconds) >= wait.least && Number(seconds) <= wait.most
    ? { afterSeconds: Number(seconds) }
    : null;
}
