import "./schema-without-eval.ts";
import { z } from "zod";
import { typing } from "../number-limits.ts";
import type { Agent } from "./roster.ts";

/** A meeting, training or coaching of named people or teams, placed in the shifts they have. */
export const meetingSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  kind: z.enum(["meeting", "training", "coaching"]),
  lengthMinutes: z
    .number()
    .int()
    .positive()
    .register(typing, { unit: "minutes", step: 15, least: 15, most: 480 }),
  /** Who takes part: these people, and everybody of these teams. */
  agentIds: z.array(z.string().min(1)),
  teams: z.array(z.string().min(1)),
  /** Once in the plan's period, or in each week from Monday to Sunday. */
  repeats: z.enum(["once", "weekly"]),
  /** All at one time; false: in turns, each when it costs least. */
  together: z.boolean(),
  /** Held whatever it costs; false: only where nobody is missed on the queues. */
  must: z.boolean(),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  /** Clock minutes within which it lies. */
  fromMinute: z.number().int().min(0).max(1439),
  toMinute: z.number().int().min(1).max(1440),
});
export type Meeting = z.infer<typeof meetingSchema>;

/** Ids of the people who take part, in the order of the plan. */
export function participants(
  { agentIds, teams }: Pick<Meeting, "agentIds" | "teams">,
  agents: readonly Pick<Agent, "id" | "team">[],
): string[] {
  return agents.filter(({ id, team }) => agentIds.includes(id) || teams.includes(team)).map(({ id }) => id);
}
