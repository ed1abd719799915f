import { codeBook, withAgentCodes } from "../domain/plan/agent-codes.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";

export const codesExclude =
  "error: --codes is for what is printed; --out writes the plan, which keeps its names: run it once for each";

/** The document with codes in place of names, and what says who is meant in it: a name or id typed by a person, as their code. */
export function inCodes(document: PlanDocument): {
  readonly document: PlanDocument;
  readonly textOf: (who: string) => string;
} {
  const { ofAgent } = codeBook(document);
  return {
    document: withAgentCodes(document),
    textOf(who) {
      const agent = document.plan.agents.find(({ id, name }) => who === id || who === name);
      return agent === undefined ? who : ofAgent(agent.id);
    },
  };
}
