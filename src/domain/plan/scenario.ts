import "./schema-without-eval.ts";
import { z } from "zod";
import { shareSchema, typing } from "../number-limits.ts";
import { agentRuleSchema, contactRuleSchema } from "../results/simulation.ts";
import { callbackSchema } from "./queue.ts";

const minuteSchema = z.number().int().min(0).max(1439);
const endMinuteSchema = z.number().int().min(1).max(1440);
const share = shareSchema();
const positiveFactor = z.number().positive().max(10).register(typing, { least: 0.01 });

/** When a change holds: dates from and to (both included), weekdays, clock minutes half-open. null: no limit on that side. */
export const timeWindowSchema = z.object({
  fromDate: z.iso.date().nullable(),
  toDate: z.iso.date().nullable(),
  weekdays: z.array(z.number().int().min(1).max(7)).nullable(),
  fromMinute: minuteSchema.nullable(),
  toMinute: endMinuteSchema.nullable(),
});
export type TimeWindow = z.infer<typeof timeWindowSchema>;

/** null: always. */
const windowSchema = timeWindowSchema.nullable().default(null);
/** null: every queue. */
const queueSchema = z.string().nullable();
/** null: every group. */
const groupSchema = z.string().nullable();

/** In the plan's currency; null or absent: nobody has said, so that what it comes to is unknown, not nothing. */
const price = z.number().min(0).max(1e9).nullable().optional();

/** One difference from the plan. A scenario is a list of these, never a copy of the plan. */
export const changeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("volume"),
    queueId: queueSchema,
    /** 1.3 is +30 % contacts. */
    factor: z.number().min(0).max(10),
    window: windowSchema,
  }),
  z.object({
    kind: z.literal("aht"),
    queueId: queueSchema,
    factor: positiveFactor,
    window: windowSchema,
  }),
  z.object({
    /** Contacts on top, such as after a mailing: even, rising to a peak in the middle, or at once and dying away. */
    kind: z.literal("surge"),
    queueId: z.string(),
    contacts: z.number().min(0).max(1e7).register(typing, { unit: "contacts" }),
    shape: z.enum(["even", "peak", "decay"]),
    date: z.iso.date(),
    fromMinute: minuteSchema,
    toMinute: endMinuteSchema,
  }),
  z.object({
    /** Two days change places: a holiday is moved. */
    kind: z.literal("swapDays"),
    date: z.iso.date(),
    withDate: z.iso.date(),
  }),
  z.object({
    /** Demand as high as it is in only 1 − `quantile` of intervals, instead of its mean. */
    kind: z.literal("demandQuantile"),
    queueId: queueSchema,
    quantile: z.number().min(0.01).max(0.99).register(typing, { share: true }),
    window: windowSchema,
  }),
  z.object({
    /** Nobody gets through; `redialShare` of those who tried call again once it is over, on average after `redialMinutes`. */
    kind: z.literal("outage"),
    queueId: queueSchema,
    date: z.iso.date(),
    fromMinute: minuteSchema,
    toMinute: endMinuteSchema,
    redialShare: share,
    redialMinutes: z.number().min(1).max(600).register(typing, { unit: "minutes" }),
  }),
  z.object({
    /** A share of the shifts is missing, paid all the same. */
    kind: z.literal("absence"),
    groupId: groupSchema,
    share,
    window: windowSchema,
  }),
  z.object({
    /** Absence that rises to `peakShare` on `peakDate` and falls off on both sides as a bell with this standard deviation. */
    kind: z.literal("epidemic"),
    groupId: groupSchema,
    peakShare: share,
    peakDate: z.iso.date(),
    spreadDays: z.number().min(0.5).max(60).register(typing, { unit: "days" }),
  }),
  z.object({
    /**
     * A bot or portal takes `share` of contacts and settles `containment` of those; the others reach an agent
     * `delayMinutes` later and take `handOverFactor` times as long.
     */
    kind: z.literal("deflection"),
    queueId: queueSchema,
    share,
    containment: share,
    delayMinutes: z.number().min(0).max(1440).register(typing, { unit: "minutes" }),
    handOverFactor: positiveFactor,
    /** Of each contact that the bot takes, settled or not. */
    pricePerContact: price,
  }),
  z.object({
    /** A procedure or tool that changes the spread of handle times: coefficient of variation; null: exponential. */
    kind: z.literal("handleTimeSpread"),
    cv: z.number().positive().max(5).register(typing, { least: 0.01 }).nullable(),
  }),
  z.object({
    /** Seconds of after-contact work that fall away; no contact gets shorter than a second. */
    kind: z.literal("afterContactWork"),
    queueId: queueSchema,
    seconds: z.number().min(0).max(3600).register(typing, { unit: "seconds" }),
  }),
  z.object({
    /** `repeatShare` of contacts come because the first was not settled; `avoided` of those no longer come. */
    kind: z.literal("resolution"),
    queueId: queueSchema,
    repeatShare: share,
    avoided: share,
  }),
  z.object({
    /** More agents of a group at work in the window, or fewer. */
    kind: z.literal("agents"),
    groupId: z.string(),
    count: z.number().int().min(-1000).max(1000).register(typing, { unit: "agents" }),
    window: windowSchema,
  }),
  z.object({
    /** So many agents of a group learn a further queue. */
    kind: z.literal("crossTraining"),
    groupId: z.string(),
    queueId: z.string(),
    count: z.number().int().min(0).max(10_000).register(typing, { unit: "agents" }),
    /** Of the training, once. */
    costPerPerson: price,
  }),
  z.object({
    /**
     * So many people of a group change to another: its skills instead of their own, the same shifts. Paid hours stay
     * what they are; what the retraining costs is paid once.
     */
    kind: z.literal("move"),
    groupId: z.string(),
    toGroupId: z.string(),
    count: z.number().int().min(0).max(10_000).register(typing, { unit: "agents" }),
    costPerPerson: price,
  }),
  z.object({
    /**
     * New people on a contract: from a date on they work as many shifts a week of the group's templates as their hours
     * allow, with days off and breaks, spread over the day as the group's shifts are. The first weeks are training,
     * paid and without service; then contacts take `startingPace` times as long, falling evenly to once over
     * `learningWeeks`.
     */
    kind: z.literal("hire"),
    groupId: z.string(),
    /** null: 40 hours a week, five days. */
    contractId: z.string().nullable(),
    count: z.number().int().min(0).max(1000).register(typing, { unit: "agents" }),
    /** null: from the plan's first day. */
    startDate: z.iso.date().nullable(),
    trainingWeeks: z.number().int().min(0).max(52),
    startingPace: z.number().min(1).max(5).register(typing, { unit: "times", step: 0.05 }),
    learningWeeks: z.number().int().min(0).max(52),
    /** Recruiting and training, once, beside the wages of the training. */
    costPerPerson: price,
    /** Workplace and licences. */
    costPerPersonMonth: price,
  }),
  z.object({
    /** More shifts of one of the plan's templates on one day, each with breaks as the template gives them. */
    kind: z.literal("shifts"),
    templateId: z.string(),
    groupId: z.string(),
    date: z.iso.date(),
    startMinute: minuteSchema,
    lengthMinutes: z.number().int().min(5).max(1440).register(typing, { unit: "minutes" }),
    count: z.number().int().min(0).max(10_000).register(typing, { unit: "agents" }),
  }),
  z.object({
    /** A share of the contacts goes to a service provider, at a price for each; its service is its own affair. */
    kind: z.literal("outsourcing"),
    queueId: z.string(),
    share,
    pricePerContact: price,
    window: windowSchema,
  }),
  z.object({
    /** A service provider's agents take the contacts of a group in the window, at a price per hour. */
    kind: z.literal("vendorAgents"),
    groupId: z.string(),
    count: z.number().int().min(0).max(10_000).register(typing, { unit: "agents" }),
    pricePerHour: price,
    window: windowSchema,
  }),
  z.object({
    /**
     * What a campaign brings over days: contacts rise evenly to a peak, then halve every `halfLifeDays`; `echoShare` of
     * them come again, on average `echoDays` later. Within a day they come as the queue's contacts do.
     */
    kind: z.literal("campaign"),
    queueId: z.string(),
    /** Without the echo, and with those after the plan's end. */
    contacts: z.number().min(0).max(1e7).register(typing, { unit: "contacts" }),
    date: z.iso.date(),
    /** Days from the first to the peak; 0: the first day is the peak. */
    peakDays: z.number().int().min(0).max(60).register(typing, { unit: "days" }),
    halfLifeDays: z.number().min(0.1).max(60).register(typing, { unit: "days" }),
    echoShare: share,
    echoDays: z.number().min(0.5).max(60).register(typing, { unit: "days" }),
  }),
  z.object({
    /** Money that the scenario costs beside everything its other changes say. */
    kind: z.literal("cost"),
    what: z.enum(["licence", "tool", "project", "recruiting", "training", "vendor", "other"]),
    amount: price,
    per: z.enum(["once", "month"]),
  }),
  z.object({
    /** All shrinkage, or one item of it, times a factor. */
    kind: z.literal("shrinkage"),
    itemId: z.string().nullable(),
    factor: z.number().min(0).max(10),
  }),
  z.object({
    kind: z.literal("wages"),
    /** 1.05 is +5 % on what an hour costs. */
    factor: z.number().min(0).max(10),
  }),
  z.object({
    kind: z.literal("goal"),
    queueId: queueSchema,
    serviceLevel: share,
    answerWithinSeconds: z.number().min(0).max(864_000).register(typing, { unit: "seconds" }),
  }),
  z.object({
    kind: z.literal("patience"),
    queueId: queueSchema,
    /** Mean patience, seconds; null: nobody gives up. */
    patienceSeconds: z
      .number()
      .positive()
      .max(86_400)
      .register(typing, { unit: "seconds", least: 1 })
      .nullable(),
  }),
  z.object({
    /** Of those who give up, `share` call again, on average after `afterMinutes`. */
    kind: z.literal("redials"),
    queueId: queueSchema,
    share,
    afterMinutes: z.number().min(0.1).max(1440).register(typing, { unit: "minutes" }),
  }),
  z.object({
    /** `share` of a queue's contacts become a queue of their own that every agent takes first. */
    kind: z.literal("fastLane"),
    queueId: z.string(),
    share: z.number().min(0.001).max(0.999).register(typing, { share: true }),
  }),
  z.object({
    /** A group helps out with a further queue once a contact there has waited so long, after its own contacts. */
    kind: z.literal("overflow"),
    groupId: z.string(),
    queueId: z.string(),
    afterSeconds: z.number().min(0).max(3600).register(typing, { unit: "seconds" }),
  }),
  /** Who has waited so long may be called back instead. */
  z.object({ kind: z.literal("callback"), queueId: queueSchema, ...callbackSchema.shape }),
  /** Another rule for who serves whom. */
  z.object({ kind: z.literal("routing"), contact: contactRuleSchema, agent: agentRuleSchema }),
  z.object({
    /** Every day a share of the group's shifts works for another queue, and for nothing else. */
    kind: z.literal("rotation"),
    groupId: z.string(),
    queueId: z.string(),
    share,
  }),
  z.object({
    /** A queue is not served in an emergency: its contacts are turned away. */
    kind: z.literal("dropQueue"),
    queueId: z.string(),
    date: z.iso.date(),
    fromMinute: minuteSchema,
    toMinute: endMinuteSchema,
  }),
  z.object({
    /** A share of the shifts of a day goes on so much longer, paid. */
    kind: z.literal("overtime"),
    groupId: groupSchema,
    date: z.iso.date(),
    share,
    minutes: z.number().int().min(5).max(480).register(typing, { unit: "minutes" }),
  }),
  z.object({
    /** One more kind of shift to choose from, without breaks; it matters where shifts are made anew. */
    kind: z.literal("newTemplate"),
    groupId: groupSchema,
    lengthMinutes: z.number().int().min(30).max(720).register(typing, { unit: "minutes" }),
    fromMinute: minuteSchema,
    latestStartMinute: minuteSchema,
    costPerHour: z.number().min(0).max(10_000),
  }),
  /** A kind of shift that is given up; it matters where shifts are made anew. */
  z.object({ kind: z.literal("withoutTemplate"), templateId: z.string() }),
]);
export type Change = z.infer<typeof changeSchema>;
export type ChangeKind = Change["kind"];
export type ChangeOf<Kind extends ChangeKind> = Extract<Change, { kind: Kind }>;

export const scenarioSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  changes: z.array(changeSchema),
  /** Shifts are made anew for the scenario, instead of working it with those of the plan. Absent: they are not. */
  newShifts: z.boolean().optional(),
  /**
   * Instant at which it, or a scenario that shares changes with it, became the plan: compared with that plan its changes
   * would count twice, so it is set aside until somebody asks for it. Absent: it did not.
   */
  adoptedAt: z.iso.datetime().optional(),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** A window whose last date lies before its first one holds nowhere; null: the change has no such window. */
export function reversedDates(change: Change): { readonly from: string; readonly to: string } | null {
  const window = "window" in change ? change.window : null;
  if (window?.fromDate == null || window.toDate === null || window.fromDate <= window.toDate) return null;
  return { from: window.fromDate, to: window.toDate };
}
