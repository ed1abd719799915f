import { fieldsOf, type NumberLimits } from "../../../domain/number-limits.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { type Change, type ChangeKind, changeSchema } from "../../../domain/plan/scenario.ts";

/**
 * How one property of a change is entered. A number's limits and unit are those of its schema; `factor`: 1.2 inside,
 * +20 % on screen; `money`: in the plan's currency; `signed`: written with its sign.
 */
export type ChangeField =
  | {
      readonly key: string;
      readonly kind: "number" | "factor" | "money" | "signed" | "date" | "optionalDate" | "clock" | "window";
    }
  | {
      readonly key: string;
      readonly kind: "queue" | "group" | "item" | "template" | "contract";
      readonly all: boolean;
    }
  | { readonly key: string; readonly kind: "choice"; readonly values: readonly string[] };

type ChangeLimits = Readonly<Record<string, NumberLimits & { readonly optional?: boolean }>>;

/** Limits of the numbers of a kind of change, by property. */
export function changeLimits(kind: ChangeKind): ChangeLimits {
  const limits = limitsByKind.get(kind);
  if (limits === undefined) throw new RangeError(`no change is called ${kind}`);
  return limits;
}
const limitsByKind = new Map<ChangeKind, ChangeLimits>(
  changeSchema.options.map((option) => [option.shape.kind.value, fieldsOf(option)]),
);

/** What a new change of each kind starts as, and how it is edited. Ordered as the list offers them. */
export const changeForms: {
  readonly [Kind in ChangeKind]: {
    readonly fresh: (plan: Plan) => Extract<Change, { kind: Kind }>;
    readonly fields: readonly ChangeField[];
  };
} = {
  volume: {
    fresh: () => ({ kind: "volume", queueId: null, factor: 1.3, window: null }),
    fields: [
      { key: "factor", kind: "factor" },
      { key: "queueId", kind: "queue", all: true },
      { key: "window", kind: "window" },
    ],
  },
  aht: {
    fresh: () => ({ kind: "aht", queueId: null, factor: 1.1, window: null }),
    fields: [
      { key: "factor", kind: "factor" },
      { key: "queueId", kind: "queue", all: true },
      { key: "window", kind: "window" },
    ],
  },
  agents: {
    fresh: (plan) => ({ kind: "agents", groupId: plan.groups[0].id, count: 2, window: null }),
    fields: [
      { key: "count", kind: "signed" },
      { key: "groupId", kind: "group", all: false },
      { key: "window", kind: "window" },
    ],
  },
  crossTraining: {
    fresh: (plan) => ({ kind: "crossTraining", ...firstTraining(plan), count: 5 }),
    fields: [
      { key: "count", kind: "number" },
      { key: "groupId", kind: "group", all: false },
      { key: "queueId", kind: "queue", all: false },
      { key: "costPerPerson", kind: "money" },
    ],
  },
  absence: {
    fresh: () => ({ kind: "absence", groupId: null, share: 0.1, window: null }),
    fields: [
      { key: "share", kind: "number" },
      { key: "groupId", kind: "group", all: true },
      { key: "window", kind: "window" },
    ],
  },
  epidemic: {
    fresh: (plan) => ({
      kind: "epidemic",
      groupId: null,
      peakShare: 0.25,
      peakDate: plan.firstDate,
      spreadDays: 5,
    }),
    fields: [
      { key: "peakShare", kind: "number" },
      { key: "peakDate", kind: "date" },
      { key: "spreadDays", kind: "number" },
      { key: "groupId", kind: "group", all: true },
    ],
  },
  shrinkage: {
    fresh: () => ({ kind: "shrinkage", itemId: null, factor: 1.5 }),
    fields: [
      { key: "factor", kind: "factor" },
      { key: "itemId", kind: "item", all: true },
    ],
  },
  surge: {
    fresh: (plan) => ({
      kind: "surge",
      queueId: plan.queues[0].id,
      contacts: 300,
      shape: "decay",
      date: plan.firstDate,
      fromMinute: 600,
      toMinute: 840,
    }),
    fields: [
      { key: "contacts", kind: "number" },
      { key: "shape", kind: "choice", values: ["even", "peak", "decay"] },
      { key: "queueId", kind: "queue", all: false },
      { key: "date", kind: "date" },
      { key: "fromMinute", kind: "clock" },
      { key: "toMinute", kind: "clock" },
    ],
  },
  outage: {
    fresh: (plan) => ({
      kind: "outage",
      queueId: null,
      date: plan.firstDate,
      fromMinute: 600,
      toMinute: 660,
      redialShare: 0.7,
      redialMinutes: 30,
    }),
    fields: [
      { key: "date", kind: "date" },
      { key: "fromMinute", kind: "clock" },
      { key: "toMinute", kind: "clock" },
      { key: "redialShare", kind: "number" },
      { key: "redialMinutes", kind: "number" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  demandQuantile: {
    fresh: () => ({ kind: "demandQuantile", queueId: null, quantile: 0.8, window: null }),
    fields: [
      { key: "quantile", kind: "number" },
      { key: "queueId", kind: "queue", all: true },
      { key: "window", kind: "window" },
    ],
  },
  swapDays: {
    fresh: (plan) => ({ kind: "swapDays", date: plan.firstDate, withDate: plan.firstDate }),
    fields: [
      { key: "date", kind: "date" },
      { key: "withDate", kind: "date" },
    ],
  },
  deflection: {
    fresh: () => ({
      kind: "deflection",
      queueId: null,
      share: 0.3,
      containment: 0.6,
      delayMinutes: 15,
      handOverFactor: 1.15,
    }),
    fields: [
      { key: "share", kind: "number" },
      { key: "containment", kind: "number" },
      { key: "delayMinutes", kind: "number" },
      { key: "handOverFactor", kind: "factor" },
      { key: "pricePerContact", kind: "money" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  resolution: {
    fresh: () => ({ kind: "resolution", queueId: null, repeatShare: 0.2, avoided: 0.25 }),
    fields: [
      { key: "repeatShare", kind: "number" },
      { key: "avoided", kind: "number" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  afterContactWork: {
    fresh: () => ({ kind: "afterContactWork", queueId: null, seconds: 20 }),
    fields: [
      { key: "seconds", kind: "number" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  handleTimeSpread: {
    fresh: () => ({ kind: "handleTimeSpread", cv: 0.6 }),
    fields: [{ key: "cv", kind: "number" }],
  },
  goal: {
    fresh: (plan) => ({
      kind: "goal",
      queueId: null,
      serviceLevel: plan.queues[0].goal.serviceLevel ?? 0.8,
      answerWithinSeconds: plan.queues[0].goal.answerWithinSeconds,
    }),
    fields: [
      { key: "serviceLevel", kind: "number" },
      { key: "answerWithinSeconds", kind: "number" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  patience: {
    fresh: () => ({ kind: "patience", queueId: null, patienceSeconds: 120 }),
    fields: [
      { key: "patienceSeconds", kind: "number" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  redials: {
    fresh: () => ({ kind: "redials", queueId: null, share: 0.4, afterMinutes: 10 }),
    fields: [
      { key: "share", kind: "number" },
      { key: "afterMinutes", kind: "number" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  fastLane: {
    fresh: (plan) => ({ kind: "fastLane", queueId: plan.queues[0].id, share: 0.15 }),
    fields: [
      { key: "share", kind: "number" },
      { key: "queueId", kind: "queue", all: false },
    ],
  },
  overflow: {
    fresh: (plan) => ({ kind: "overflow", ...firstTraining(plan), afterSeconds: 60 }),
    fields: [
      { key: "groupId", kind: "group", all: false },
      { key: "queueId", kind: "queue", all: false },
      { key: "afterSeconds", kind: "number" },
    ],
  },
  callback: {
    fresh: () => ({
      kind: "callback",
      queueId: null,
      afterSeconds: 60,
      acceptShare: 0.5,
      when: "inTurn",
      promiseMinutes: null,
    }),
    fields: [
      { key: "afterSeconds", kind: "number" },
      { key: "acceptShare", kind: "number" },
      { key: "when", kind: "choice", values: ["inTurn", "quietTime"] },
      { key: "promiseMinutes", kind: "number" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  routing: {
    fresh: () => ({ kind: "routing", contact: "furthestBelowGoal", agent: "longestIdle" }),
    fields: [
      { key: "contact", kind: "choice", values: ["priority", "skillOrder", "furthestBelowGoal"] },
      { key: "agent", kind: "choice", values: ["longestIdle", "leastBusy"] },
    ],
  },
  rotation: {
    fresh: (plan) => ({ kind: "rotation", ...firstTraining(plan), share: 0.2 }),
    fields: [
      { key: "share", kind: "number" },
      { key: "groupId", kind: "group", all: false },
      { key: "queueId", kind: "queue", all: false },
    ],
  },
  overtime: {
    fresh: (plan) => ({ kind: "overtime", groupId: null, date: plan.firstDate, share: 0.5, minutes: 60 }),
    fields: [
      { key: "share", kind: "number" },
      { key: "minutes", kind: "number" },
      { key: "groupId", kind: "group", all: true },
      { key: "date", kind: "date" },
    ],
  },
  dropQueue: {
    fresh: (plan) => ({
      kind: "dropQueue",
      queueId: plan.queues[plan.queues.length - 1].id,
      date: plan.firstDate,
      fromMinute: 600,
      toMinute: 720,
    }),
    fields: [
      { key: "queueId", kind: "queue", all: false },
      { key: "date", kind: "date" },
      { key: "fromMinute", kind: "clock" },
      { key: "toMinute", kind: "clock" },
    ],
  },
  newTemplate: {
    fresh: (plan) => ({
      kind: "newTemplate",
      groupId: null,
      lengthMinutes: 240,
      fromMinute: 540,
      latestStartMinute: 960,
      costPerHour: plan.templates[0]?.costPerHour ?? 20,
    }),
    fields: [
      { key: "lengthMinutes", kind: "number" },
      { key: "fromMinute", kind: "clock" },
      { key: "latestStartMinute", kind: "clock" },
      { key: "costPerHour", kind: "money" },
      { key: "groupId", kind: "group", all: true },
    ],
  },
  withoutTemplate: {
    fresh: (plan) => ({ kind: "withoutTemplate", templateId: plan.templates[0]?.id ?? "" }),
    fields: [{ key: "templateId", kind: "template", all: false }],
  },
  move: {
    fresh: (plan) => ({
      kind: "move",
      groupId: plan.groups[0].id,
      toGroupId: plan.groups[1]?.id ?? plan.groups[0].id,
      count: 3,
      costPerPerson: null,
    }),
    fields: [
      { key: "count", kind: "number" },
      { key: "groupId", kind: "group", all: false },
      { key: "toGroupId", kind: "group", all: false },
      { key: "costPerPerson", kind: "money" },
    ],
  },
  hire: {
    fresh: (plan) => ({
      kind: "hire",
      groupId: plan.groups[0].id,
      contractId: plan.contracts[0]?.id ?? null,
      count: 5,
      startDate: null,
      trainingWeeks: 0,
      startingPace: 1,
      learningWeeks: 0,
      costPerPerson: null,
      costPerPersonMonth: null,
    }),
    fields: [
      { key: "count", kind: "number" },
      { key: "groupId", kind: "group", all: false },
      { key: "contractId", kind: "contract", all: true },
      { key: "startDate", kind: "optionalDate" },
      { key: "trainingWeeks", kind: "number" },
      { key: "startingPace", kind: "factor" },
      { key: "learningWeeks", kind: "number" },
      { key: "costPerPerson", kind: "money" },
      { key: "costPerPersonMonth", kind: "money" },
    ],
  },
  shifts: {
    fresh: (plan) => ({ kind: "shifts", ...firstTemplate(plan), date: plan.firstDate, count: 2 }),
    fields: [
      { key: "count", kind: "number" },
      { key: "templateId", kind: "template", all: false },
      { key: "groupId", kind: "group", all: false },
      { key: "date", kind: "date" },
      { key: "startMinute", kind: "clock" },
      { key: "lengthMinutes", kind: "number" },
    ],
  },
  outsourcing: {
    fresh: (plan) => ({
      kind: "outsourcing",
      queueId: plan.queues[0].id,
      share: 0.1,
      pricePerContact: null,
      window: null,
    }),
    fields: [
      { key: "share", kind: "number" },
      { key: "queueId", kind: "queue", all: false },
      { key: "pricePerContact", kind: "money" },
      { key: "window", kind: "window" },
    ],
  },
  vendorAgents: {
    fresh: (plan) => ({
      kind: "vendorAgents",
      groupId: plan.groups[0].id,
      count: 3,
      pricePerHour: null,
      window: null,
    }),
    fields: [
      { key: "count", kind: "number" },
      { key: "groupId", kind: "group", all: false },
      { key: "pricePerHour", kind: "money" },
      { key: "window", kind: "window" },
    ],
  },
  campaign: {
    fresh: (plan) => ({
      kind: "campaign",
      queueId: plan.queues[0].id,
      contacts: 1000,
      date: plan.firstDate,
      peakDays: 2,
      halfLifeDays: 3,
      echoShare: 0.1,
      echoDays: 4,
    }),
    fields: [
      { key: "contacts", kind: "number" },
      { key: "queueId", kind: "queue", all: false },
      { key: "date", kind: "date" },
      { key: "peakDays", kind: "number" },
      { key: "halfLifeDays", kind: "number" },
      { key: "echoShare", kind: "number" },
      { key: "echoDays", kind: "number" },
    ],
  },
  cost: {
    fresh: () => ({ kind: "cost", what: "licence", amount: null, per: "month" }),
    fields: [
      {
        key: "what",
        kind: "choice",
        values: ["licence", "tool", "project", "recruiting", "training", "vendor", "other"],
      },
      { key: "amount", kind: "money" },
      { key: "per", kind: "choice", values: ["once", "month"] },
    ],
  },
  wages: {
    fresh: () => ({ kind: "wages", factor: 1.05 }),
    fields: [{ key: "factor", kind: "factor" }],
  },
};

/** The first template, and the first group that may work it. */
function firstTemplate(plan: Plan) {
  const [template] = plan.templates;
  return {
    templateId: template?.id ?? "",
    groupId: (template?.groupIds[0] ?? plan.groups[0].id) as string,
    startMinute: template?.earliestStartMinute ?? 480,
    lengthMinutes: template?.lengthsMinutes[0] ?? 480,
  };
}

/** A group and a queue it does not serve yet, where there is such a pair. */
function firstTraining(plan: Plan): { groupId: string; queueId: string } {
  for (const group of plan.groups) {
    const further = plan.queues.find(({ id }) => !group.queueIds.includes(id));
    if (further !== undefined) return { groupId: group.id, queueId: further.id };
  }
  return { groupId: plan.groups[0].id, queueId: plan.queues[0].id };
}
