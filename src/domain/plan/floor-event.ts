import "./schema-without-eval.ts";
import { z } from "zod";
import { typing } from "../number-limits.ts";

const minuteSchema = z.number().int().min(0).max(1439);
const endMinuteSchema = z.number().int().min(1).max(1440);
/** null: all. */
const idsSchema = z.array(z.string()).nullable();

/** So many times the contacts of the queues: 1.5 is half as many again. */
export const surgeSchema = z.object({
  kind: z.literal("surge"),
  queueIds: idsSchema,
  date: z.iso.date(),
  fromMinute: minuteSchema,
  toMinute: endMinuteSchema,
  factor: z.number().min(0).max(20).register(typing, { unit: "times", step: 0.1 }),
});

/** Something that befalls the floor on one day; clock minutes, half-open. */
export const floorEventSchema = z.discriminatedUnion("kind", [
  z.object({
    /**
     * Agents of the groups cannot work. What they have in hand goes back to the front of its queue; new contacts wait,
     * or, of queues nobody else serves, are turned away (and call again as the queue's redials say).
     */
    kind: z.literal("outage"),
    groupIds: idsSchema,
    date: z.iso.date(),
    fromMinute: minuteSchema,
    toMinute: endMinuteSchema,
    turnsAway: z.boolean(),
  }),
  surgeSchema,
  z.object({
    /** The queues open only at `toMinute` that day; who comes before is turned away (and calls again as the redials say). */
    kind: z.literal("lateOpening"),
    queueIds: idsSchema,
    date: z.iso.date(),
    toMinute: endMinuteSchema,
  }),
  z.object({
    /** Everybody of the groups is away until the end; a contact in hand is dealt with as at the start of a break. */
    kind: z.literal("fireDrill"),
    groupIds: idsSchema,
    date: z.iso.date(),
    fromMinute: minuteSchema,
    toMinute: endMinuteSchema,
  }),
]);
export type FloorEvent = z.infer<typeof floorEventSchema>;
