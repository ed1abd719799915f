import { z } from "zod";

/** One difference from the plan. A scenario is a list of these, never a copy of the plan. */
export const changeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("volume"),
    /** null: every queue. */
    queueId: z.string().nullable(),
    /** 1.3 is +30 % contacts. */
    factor: z.number().min(0).max(10),
  }),
  z.object({
    kind: z.literal("aht"),
    queueId: z.string().nullable(),
    factor: z.number().positive().max(10),
  }),
]);
export type Change = z.infer<typeof changeSchema>;

export const scenarioSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  changes: z.array(changeSchema),
});
export type Scenario = z.infer<typeof scenarioSchema>;
