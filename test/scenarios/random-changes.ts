import type { Change, ChangeKind } from "../../src/domain/plan/scenario.ts";
import { randomStream } from "../../src/numerics/random.ts";
import type { ScenarioInputs } from "../../src/scenarios/changes/scenario-inputs.ts";
import { smallPlan } from "./small-plan.ts";

interface Draw {
  readonly between: (least: number, most: number) => number;
  readonly whole: (least: number, most: number) => number;
}
const date = "2026-11-02";
const always = { queueId: null, window: null };
const morning = { date, fromMinute: 540, toMinute: 660 };

/** One change of each kind, its size by chance. The type asks for a line for every kind there is. */
const changes: { readonly [Kind in ChangeKind]: (draw: Draw) => Change } = {
  volume: ({ between }) => ({ kind: "volume", ...always, factor: between(0.8, 1.3) }),
  aht: ({ between }) => ({ kind: "aht", ...always, factor: between(0.8, 1.25) }),
  surge: ({ whole }) => ({
    kind: "surge",
    queueId: "a",
    contacts: whole(50, 250),
    shape: "peak",
    ...morning,
  }),
  swapDays: () => ({ kind: "swapDays", date, withDate: "2026-11-03" }),
  demandQuantile: ({ between }) => ({ kind: "demandQuantile", ...always, quantile: between(0.6, 0.9) }),
  outage: ({ between }) => ({
    kind: "outage",
    queueId: "a",
    ...morning,
    redialShare: between(0.2, 0.8),
    redialMinutes: 20,
  }),
  absence: ({ between }) => ({ kind: "absence", groupId: "ga", share: between(0.05, 0.25), window: null }),
  epidemic: ({ between }) => ({
    kind: "epidemic",
    groupId: null,
    peakShare: between(0.1, 0.3),
    peakDate: date,
    spreadDays: 2,
  }),
  deflection: ({ between }) => ({
    kind: "deflection",
    queueId: "a",
    share: 0.2,
    containment: between(0.5, 0.9),
    delayMinutes: 30,
    handOverFactor: 1.1,
  }),
  handleTimeSpread: ({ between }) => ({ kind: "handleTimeSpread", cv: between(0.2, 0.7) }),
  afterContactWork: ({ whole }) => ({ kind: "afterContactWork", queueId: null, seconds: whole(5, 30) }),
  resolution: ({ between }) => ({
    kind: "resolution",
    queueId: null,
    repeatShare: 0.2,
    avoided: between(0.2, 0.8),
  }),
  agents: ({ whole }) => ({ kind: "agents", groupId: "ga", count: whole(-2, 3) || 1, window: null }),
  crossTraining: ({ whole }) => ({ kind: "crossTraining", groupId: "gb", queueId: "a", count: whole(1, 4) }),
  move: ({ whole }) => ({ kind: "move", groupId: "gb", toGroupId: "ga", count: whole(1, 2) }),
  hire: ({ whole }) => ({
    kind: "hire",
    groupId: "ga",
    contractId: null,
    count: whole(1, 4),
    startDate: null,
    trainingWeeks: 0,
    startingPace: 1.3,
    learningWeeks: 4,
  }),
  shifts: ({ whole }) => ({
    kind: "shifts",
    templateId: "long",
    groupId: "ga",
    date,
    startMinute: 0,
    lengthMinutes: 1440,
    count: whole(1, 3),
  }),
  outsourcing: ({ between }) => ({
    kind: "outsourcing",
    queueId: "a",
    share: between(0.05, 0.3),
    window: null,
  }),
  vendorAgents: ({ whole }) => ({ kind: "vendorAgents", groupId: "ga", count: whole(1, 3), window: null }),
  campaign: ({ whole }) => ({
    kind: "campaign",
    queueId: "a",
    contacts: whole(100, 400),
    date,
    peakDays: 1,
    halfLifeDays: 2,
    echoShare: 0.1,
    echoDays: 1,
  }),
  cost: () => ({ kind: "cost", what: "tool", amount: 1000, per: "once" }),
  shrinkage: ({ between }) => ({ kind: "shrinkage", itemId: null, factor: between(0.5, 2) }),
  wages: () => ({ kind: "wages", factor: 1.05 }),
  goal: ({ whole }) => ({
    kind: "goal",
    queueId: null,
    serviceLevel: 0.8,
    answerWithinSeconds: whole(5, 60),
  }),
  patience: ({ whole }) => ({ kind: "patience", queueId: null, patienceSeconds: whole(30, 300) }),
  redials: ({ between }) => ({ kind: "redials", queueId: null, share: between(0.2, 0.7), afterMinutes: 10 }),
  fastLane: ({ between }) => ({ kind: "fastLane", queueId: "a", share: between(0.1, 0.4) }),
  overflow: ({ whole }) => ({ kind: "overflow", groupId: "gb", queueId: "a", afterSeconds: whole(5, 30) }),
  callback: ({ between }) => ({
    kind: "callback",
    queueId: null,
    afterSeconds: 20,
    acceptShare: between(0.2, 0.7),
    when: "inTurn",
  }),
  routing: () => ({ kind: "routing", contact: "furthestBelowGoal", agent: "leastBusy" }),
  rotation: ({ between }) => ({ kind: "rotation", groupId: "ga", queueId: "b", share: between(0.1, 0.3) }),
  dropQueue: () => ({ kind: "dropQueue", queueId: "b", ...morning }),
  overtime: ({ between }) => ({
    kind: "overtime",
    groupId: null,
    date,
    share: between(0.2, 0.6),
    minutes: 120,
  }),
  newTemplate: () => ({
    kind: "newTemplate",
    groupId: null,
    lengthMinutes: 240,
    fromMinute: 480,
    latestStartMinute: 960,
    costPerHour: 22,
  }),
  withoutTemplate: () => ({ kind: "withoutTemplate", templateId: "long" }),
};

export const changeKinds = Object.keys(changes) as ChangeKind[];

/** A floor of two queues with teams of their own and some who serve both, and one change of the kind; the seed gives both. */
export function randomScenario(
  kind: ChangeKind,
  seed: number,
  replications: number,
): { readonly base: ScenarioInputs; readonly change: Change } {
  const random = randomStream(seed, `scenario ${kind}`);
  const between = (least: number, most: number) => least + random.uniform() * (most - least);
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1));
  const perHour = { a: between(120, 260), b: between(60, 140) };
  const agents = (rate: number, more: number) => Math.max(2, Math.round((rate * 180) / 3600 + more));
  const base = smallPlan({
    queues: [
      { id: "a", perHour: perHour.a },
      { id: "b", perHour: perHour.b },
    ],
    groups: [
      { id: "ga", queueIds: ["a"], agents: agents(perHour.a, whole(0, 2)) },
      { id: "gb", queueIds: ["b"], agents: agents(perHour.b, whole(1, 3)) },
      { id: "both", queueIds: ["a", "b"], agents: whole(0, 2) },
    ],
    days: 2,
    open: { from: 8, to: 20 },
    replications,
  });
  // The second day is quieter, and has fewer shifts.
  const shifts = base.schedule?.shifts.filter((shift, at) => shift.date === date || at % 5 > 0) ?? [];
  const schedule = base.schedule && { ...base.schedule, shifts };
  for (const { offered } of base.forecast.queues)
    for (let index = 48; index < 96; index++) offered[index] *= 0.8;
  const item = { planned: false, weekdays: null, fromMinute: null, toMinute: null };
  const shrinkage = [{ ...item, id: "ill", name: "Illness", share: between(0.02, 0.08) }];
  const [long] = base.plan.templates;
  const day = { ...long, id: "day", earliestStartMinute: 480, latestStartMinute: 690, lengthsMinutes: [480] };
  const plan = { ...base.plan, shrinkage, templates: [long, day] };
  return { base: { ...base, schedule, plan }, change: changes[kind]({ between, whole }) };
}
