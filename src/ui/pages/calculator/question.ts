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

const numbers = [
  ["offered", "offered", 0, 1e7],
  ["minutes", "intervalMinutes", 1, 1440],
  ["aht", "ahtSeconds", 0.1, 1e6],
  ["agents", "agents", 0, 1e5],
  ["level", "serviceLevel", 0, 0.9999],
  ["within", "answerWithinSeconds", 0, 1e6],
  ["patience", "patienceSeconds", 0.1, 1e7],
  ["occupancy", "maxOccupancy", 0.01, 1],
  ["shrinkage", "shrinkage", 0, 0.95],
  ["trunks", "trunks", 1, 1e5],
  ["redialBlocked", "redialBlocked", 0, 1],
  ["redialAbandoned", "redialAbandoned", 0, 1],
] as const;

/** `solve=agents&offered=100&…`: a link that reproduces the question. */
export function questionToQuery(question: Question): string {
  const query = new URLSearchParams({ solve: question.solveFor, rule: question.rule });
  for (const [name, field] of numbers) {
    const value = question[field];
    if (value !== null) query.set(name, String(value));
  }
  return query.toString();
}

/** The question of a link; what is missing or out of range is as in `firstQuestion`. */
export function questionFromQuery(search: string): Question {
  const query = new URLSearchParams(search);
  if (!query.has("solve")) return firstQuestion;
  const found: Record<string, number | null> = { patienceSeconds: null, maxOccupancy: null, trunks: null };
  for (const [name, field, least, most] of numbers) {
    const text = query.get(name);
    const value = Number(text);
    if (text !== null && value >= least && value <= most) found[field] = value;
  }
  const solveFor = unknowns.find((unknown) => unknown === query.get("solve")) ?? firstQuestion.solveFor;
  const rule = (["offered", "answered", "shortAbandonsExcluded"] as const).find(
    (name) => name === query.get("rule"),
  );
  return { ...firstQuestion, ...found, solveFor, rule: rule ?? firstQuestion.rule } as Question;
}
