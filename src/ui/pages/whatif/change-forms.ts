import type { Plan } from "../../../domain/plan/plan.ts";
import type { Change, ChangeKind } from "../../../domain/plan/scenario.ts";

/** How one property of a change is entered. `factor`: 1.2 inside, +20 % on screen. */
export type ChangeField =
  | { readonly key: string; readonly kind: "factor" | "share"; readonly min: number; readonly max: number }
  | {
      readonly key: string;
      readonly kind: "number" | "whole";
      readonly min: number;
      readonly max: number;
      readonly unit?: "seconds" | "perHour" | "minutes" | "days" | "contacts" | "agents";
      readonly optional?: boolean;
      /** Written with its sign. */
      readonly signed?: boolean;
    }
  | { readonly key: string; readonly kind: "date" | "clock" | "window" }
  | { readonly key: string; readonly kind: "queue" | "group" | "item" | "template"; readonly all: boolean }
  | { readonly key: string; readonly kind: "choice"; readonly values: readonly string[] };

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
      { key: "factor", kind: "factor", min: 0, max: 10 },
      { key: "queueId", kind: "queue", all: true },
      { key: "window", kind: "window" },
    ],
  },
  aht: {
    fresh: () => ({ kind: "aht", queueId: null, factor: 1.1, window: null }),
    fields: [
      { key: "factor", kind: "factor", min: 0.01, max: 10 },
      { key: "queueId", kind: "queue", all: true },
      { key: "window", kind: "window" },
    ],
  },
  agents: {
    fresh: (plan) => ({ kind: "agents", groupId: plan.groups[0].id, count: 2, window: null }),
    fields: [
      { key: "count", kind: "whole", min: -1000, max: 1000, unit: "agents", signed: true },
      { key: "groupId", kind: "group", all: false },
      { key: "window", kind: "window" },
    ],
  },
  crossTraining: {
    fresh: (plan) => ({ kind: "crossTraining", ...firstTraining(plan), count: 5 }),
    fields: [
      { key: "count", kind: "whole", min: 0, max: 10_000, unit: "agents" },
      { key: "groupId", kind: "group", all: false },
      { key: "queueId", kind: "queue", all: false },
    ],
  },
  absence: {
    fresh: () => ({ kind: "absence", groupId: null, share: 0.1, window: null }),
    fields: [
      { key: "share", kind: "share", min: 0, max: 1 },
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
      { key: "peakShare", kind: "share", min: 0, max: 1 },
      { key: "peakDate", kind: "date" },
      { key: "spreadDays", kind: "number", min: 0.5, max: 60, unit: "days" },
      { key: "groupId", kind: "group", all: true },
    ],
  },
  shrinkage: {
    fresh: () => ({ kind: "shrinkage", itemId: null, factor: 1.5 }),
    fields: [
      { key: "factor", kind: "factor", min: 0, max: 10 },
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
      { key: "contacts", kind: "number", min: 0, max: 1e7, unit: "contacts" },
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
      { key: "redialShare", kind: "share", min: 0, max: 1 },
      { key: "redialMinutes", kind: "number", min: 1, max: 600, unit: "minutes" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  demandQuantile: {
    fresh: () => ({ kind: "demandQuantile", queueId: null, quantile: 0.8, window: null }),
    fields: [
      { key: "quantile", kind: "share", min: 0.01, max: 0.99 },
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
      { key: "share", kind: "share", min: 0, max: 1 },
      { key: "containment", kind: "share", min: 0, max: 1 },
      { key: "delayMinutes", kind: "number", min: 0, max: 1440, unit: "minutes" },
      { key: "handOverFactor", kind: "factor", min: 0.01, max: 10 },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  resolution: {
    fresh: () => ({ kind: "resolution", queueId: null, repeatShare: 0.2, avoided: 0.25 }),
    fields: [
      { key: "repeatShare", kind: "share", min: 0, max: 1 },
      { key: "avoided", kind: "share", min: 0, max: 1 },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  afterContactWork: {
    fresh: () => ({ kind: "afterContactWork", queueId: null, seconds: 20 }),
    fields: [
      { key: "seconds", kind: "number", min: 0, max: 3600, unit: "seconds" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  handleTimeSpread: {
    fresh: () => ({ kind: "handleTimeSpread", cv: 0.6 }),
    fields: [{ key: "cv", kind: "number", min: 0.01, max: 5, optional: true }],
  },
  goal: {
    fresh: (plan) => ({
      kind: "goal",
      queueId: null,
      serviceLevel: plan.queues[0].goal.serviceLevel ?? 0.8,
      answerWithinSeconds: plan.queues[0].goal.answerWithinSeconds,
    }),
    fields: [
      { key: "serviceLevel", kind: "share", min: 0, max: 1 },
      { key: "answerWithinSeconds", kind: "number", min: 0, max: 864_000, unit: "seconds" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  patience: {
    fresh: () => ({ kind: "patience", queueId: null, patienceSeconds: 120 }),
    fields: [
      { key: "patienceSeconds", kind: "number", min: 1, max: 86_400, unit: "seconds", optional: true },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  redials: {
    fresh: () => ({ kind: "redials", queueId: null, share: 0.4, afterMinutes: 10 }),
    fields: [
      { key: "share", kind: "share", min: 0, max: 1 },
      { key: "afterMinutes", kind: "number", min: 0.1, max: 1440, unit: "minutes" },
      { key: "queueId", kind: "queue", all: true },
    ],
  },
  fastLane: {
    fresh: (plan) => ({ kind: "fastLane", queueId: plan.queues[0].id, share: 0.15 }),
    fields: [
      { key: "share", kind: "share", min: 0.001, max: 0.999 },
      { key: "queueId", kind: "queue", all: false },
    ],
  },
  overflow: {
    fresh: (plan) => ({ kind: "overflow", ...firstTraining(plan), afterSeconds: 60 }),
    fields: [
      { key: "groupId", kind: "group", all: false },
      { key: "queueId", kind: "queue", all: false },
      { key: "afterSeconds", kind: "number", min: 0, max: 3600, unit: "seconds" },
    ],
  },
  callback: {
    fresh: () => ({ kind: "callback", queueId: null, afterSeconds: 60, acceptShare: 0.5, when: "inTurn" }),
    fields: [
      { key: "afterSeconds", kind: "number", min: 0, max: 36_000, unit: "seconds" },
      { key: "acceptShare", kind: "share", min: 0, max: 1 },
      { key: "when", kind: "choice", values: ["inTurn", "quietTime"] },
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
      { key: "share", kind: "share", min: 0, max: 1 },
      { key: "groupId", kind: "group", all: false },
      { key: "queueId", kind: "queue", all: false },
    ],
  },
  overtime: {
    fresh: (plan) => ({ kind: "overtime", groupId: null, date: plan.firstDate, share: 0.5, minutes: 60 }),
    fields: [
      { key: "share", kind: "share", min: 0, max: 1 },
      { key: "minutes", kind: "whole", min: 5, max: 480, unit: "minutes" },
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
      { key: "lengthMinutes", kind: "whole", min: 30, max: 720, unit: "minutes" },
      { key: "fromMinute", kind: "clock" },
      { key: "latestStartMinute", kind: "clock" },
      { key: "costPerHour", kind: "number", min: 0, max: 10_000, unit: "perHour" },
      { key: "groupId", kind: "group", all: true },
    ],
  },
  withoutTemplate: {
    fresh: (plan) => ({ kind: "withoutTemplate", templateId: plan.templates[0]?.id ?? "" }),
    fields: [{ key: "templateId", kind: "template", all: false }],
  },
  wages: {
    fresh: () => ({ kind: "wages", factor: 1.05 }),
    fields: [{ key: "factor", kind: "factor", min: 0, max: 10 }],
  },
};

/** A group and a queue it does not serve yet, where there is such a pair. */
function firstTraining(plan: Plan): { groupId: string; queueId: string } {
  for (const group of plan.groups) {
    const further = plan.queues.find(({ id }) => !group.queueIds.includes(id));
    if (further !== undefined) return { groupId: group.id, queueId: further.id };
  }
  return { groupId: plan.groups[0].id, queueId: plan.queues[0].id };
}
