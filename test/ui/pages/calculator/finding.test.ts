import { describe, expect, it } from "vitest";
import { steadyQueue } from "../../../../src/queueing/steady/steady-queue.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { calculatorFinding } from "../../../../src/ui/pages/calculator/finding.ts";
import {
  loadOfQuestion,
  type Question,
  questionFromQuery,
  solved,
} from "../../../../src/ui/pages/calculator/question.ts";
import { readable, wordsOf } from "../../words.ts";

const t = await wordsOf("calculator");
const fresh: Question = {
  ...questionFromQuery(""),
  offered: 100,
  intervalMinutes: 30,
  ahtSeconds: 180,
  agents: 14,
  patienceSeconds: null,
  serviceLevel: 0.8,
  answerWithinSeconds: 20,
  shrinkage: 0.3,
};

function findingOf(question: Question) {
  const answer = solved(question);
  return readable(
    calculatorFinding(
      answer === null
        ? null
        : { question: answer, service: steadyQueue(loadOfQuestion(answer), answer.agents) },
      t,
      formatFor("en"),
    ),
  );
}

describe("the finding of the calculator", () => {
  it("says how many agents are needed, on queue and scheduled", () => {
    expect(findingOf({ ...fresh, solveFor: "agents" }).text).toBe(
      "14 agents on queue (20 scheduled) answer 88.8 % within 20 s.",
    );
  });

  it("says what service these agents give", () => {
    expect(findingOf({ ...fresh, solveFor: "serviceLevel" }).text).toBe(
      "14 agents answer 88.8 % within 20 s.",
    );
  });

  it("says how many contacts these agents can take", () => {
    expect(findingOf({ ...fresh, solveFor: "offered" }).text).toMatch(
      /^14 agents can handle 1\d\d\.\d contacts in 30 minutes and answer 80.0 % within 20 s\.$/,
    );
  });

  it("says up to which handle time these agents meet the goal", () => {
    expect(findingOf({ ...fresh, solveFor: "aht" }).text).toMatch(
      /^14 agents meet the goal up to an AHT of 3:\d\d: 80.0 % answered within 20 s\.$/,
    );
  });

  it("says where the numbers have no solution", () => {
    expect(readable(calculatorFinding(null, t, formatFor("en")))).toEqual({
      text: "These numbers have no solution. Lower the goal or add agents.",
      tone: "short",
    });
  });
});
