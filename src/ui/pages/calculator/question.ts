import type { NumberLimits } from "../../../domain/number-limits.ts";
import {
  largestArrivalRate,
  longestAht,
  requiredAgents,
  type ServiceTargets,
} from "../../../queueing/steady/required-agents.ts";
import type { QueueLoad } from "../../../queueing/steady/steady-queue.ts";

export const unknowns = ["agents", "serviceLevel", "offered", "aht"] as const;
/** What is looked for; the other three are given. */
export type Unknown = (typeof unknowns)[number];

/** One interval as a person asks about it. Shares 0–1. */
export interface Question {
  readonly solveFor: Unknown;
  readonly offered: number;
  readonly intervalMinutes: number;
  readonly ahtSeconds: number;
  readonly agents: number;
  readonly serviceLevel: number;
  readonly answerWithinSeconds: number;
  readonly rule: ServiceTargets["serviceLevelRule"];
  readonly patienceSeconds: number | null;
  readonly maxOccupancy: number | null;
  readonly shrinkage: number;
  /** Contacts there is room for in all, waiting ones included; null: no limit. */
  readonly trunks: number | null;
  /** Share of blocked and of abandoning contacts that redial, where trunks are limited. */
  readonly redialBlocked: number;
  readonly redialAbandoned: number;
}

export const firstQuestion: Question = {
  solveFor: "agents",
  offered: 100,
  intervalMinutes: 30,
  ahtSeconds: 180,
  agents: 14,
  serviceLevel: 0.8,
  answerWithinSeconds: 20,
  rule: "offered",
  patienceSeconds: null,
  maxOccupancy: null,
  shrinkage: 0.3,
  trunks: null,
  redialBlocked: 0,
  redialAbandoned: 0,
};

export function loadOfQuestion(question: Question): QueueLoad {
  return {
    arrivalsPerSecond: question.offered / (question.intervalMinutes * 60),
    ahtSeconds: question.ahtSeconds,
    patienceSeconds: question.patienceSeconds,
    answerWithinSeconds: question.answerWithinSeconds,
  };
}

/** The question with its unknown filled in; null when nothing fits. Agents come out whole. */
export function solved(question: Question): Question | null {
  const load = loadOfQuestion(question);
  const targets: ServiceTargets = {
    serviceLevel: question.serviceLevel,
    serviceLevelRule: question.rule,
    maxAsaSeconds: null,
    maxAbandonment: null,
    maxOccupancy: question.maxOccupancy,
  };
  switch (question.solveFor) {
    case "serviceLevel":
      return question;
    case "agents": {
      const agents = requiredAgents(load, targets, 1);
      return agents === null ? null : { ...question, agents };
    }
    case "offered": {
      const rate = largestArrivalRate(load, targets, question.agents);
      return rate === null ? null : { ...question, offered: rate * question.intervalMinutes * 60 };
    }
    case "aht": {
      const ahtSeconds = longestAht(load, targets, question.agents);
      return ahtSeconds === null ? null : { ...question, ahtSeconds };
    }
  }
}

const share = { kind: "share", min: 0, max: 1 } as const;
const seconds = { unit: "seconds", step: 5, digits: 1 } as const;

/** Limits of the numbers of a question, as the controls draw them and as links are held to. */
export const questionLimits = {
  offered: { min: 0, max: 1e7, digits: 1 },
  intervalMinutes: { min: 1, max: 1440 },
  ahtSeconds: { ...seconds, min: 0.1, max: 1e6 },
  agents: { min: 0, max: 1e5 },
  serviceLevel: { ...share, min: 0.001, max: 0.9999, digits: 2 },
  answerWithinSeconds: { ...seconds, min: 0, max: 1e6 },
  patienceSeconds: { unit: "seconds", min: 0.1, max: 1e7, step: 10, optional: true },
  maxOccupancy: { ...share, min: 0.01, optional: true },
  shrinkage: { ...share, max: 0.95 },
  trunks: { kind: "whole", min: 1, max: 1e5, optional: true },
  redialBlocked: share,
  redialAbandoned: share,
} as const satisfies Partial<Record<keyof Question, NumberLimits & { readonly optional?: true }>>;

/** Names of the numbers in a link. */
const linkNames = {
  offered: "offered",
  minutes: "intervalMinutes",
  aht: "ahtSeconds",
  agents: "agents",
  level: "serviceLevel",
  within: "answerWithinSeconds",
  patience: "patienceSeconds",
  occupancy: "maxOccupancy",
  shrinkage: "shrinkage",
  trunks: "trunks",
  redialBlocked: "redialBlocked",
  redialAbandoned: "redialAbandoned",
} as const satisfies Record<string, keyof typeof questionLimits>;

/** `solve=agents&offered=100&…`: a link that reproduces the question. */
export function questionToQuery(question: Question): string {
  const query = new URLSearchParams({ solve: question.solveFor, rule: question.rule });
  for (const [name, field] of Object.entries(linkNames)) {
    const value = question[field];
    if (value !== null) query.set(name, String(value));
  }
  return query.toString();
}

/** The question of a link; what is missing or out of range is as in `firstQuestion`. */
export function questionFromQuery(search: string): Question {
  const query = new URLSearchParams(search);
  if (!query.has("solve")) return firstQuestion;
  const values: Record<string, number | null> = { patienceSeconds: null, maxOccupancy: null, trunks: null };
  for (const [name, field] of Object.entries(linkNames)) {
    const text = query.get(name);
    const value = Number(text);
    const { min, max } = questionLimits[field];
    if (text !== null && value >= min && value <= max) values[field] = value;
  }
  const solveFor = unknowns.find((unknown) => unknown === query.get("solve")) ?? firstQuestion.solveFor;
  const rule = (["offered", "answered", "shortAbandonsExcluded"] as const).find(
    (name) => name === query.get("rule"),
  );
  return { ...firstQuestion, ...values, solveFor, rule: rule ?? firstQuestion.rule } as Question;
}
