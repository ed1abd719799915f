import type { LocalDate } from "../calendar/clock.ts";
import type { Agent, Contract } from "./roster.ts";

/** An edit of a plan that lets somebody take shifts which nobody can take under the plan as it is. */
export type OpenShiftFix =
  | { readonly kind: "weekMinutes" | "rest"; readonly contractId: string; readonly minutes: number }
  | {
      readonly kind: "daysInRow" | "weekends" | "daysOffTogether" | "daysTogether";
      readonly contractId: string;
    }
  | { readonly kind: "leave"; readonly agentId: string; readonly dates: readonly LocalDate[] }
  | { readonly kind: "skill"; readonly agentId: string; readonly groupId: string }
  | {
      readonly kind: "hire";
      readonly agentId: string;
      readonly groupId: string;
      readonly contractId: string;
    };

/** What a fix changes. */
export interface FixedPlan<Person> {
  readonly agents: readonly Person[];
  readonly contracts: readonly Contract[];
  readonly firstDate: LocalDate;
}

/** The plan with the fix made. `newName` is the name of somebody who is to be found yet. */
export function withFix<
  Person extends Pick<Agent, "id" | "groupId" | "daysOff">,
  Plan extends FixedPlan<Person>,
>(plan: Plan & FixedPlan<Person>, fix: OpenShiftFix, newName: string): Plan & FixedPlan<Person | Agent> {
  const withAgent = (id: string, change: (agent: Person) => Person) => ({
    ...plan,
    agents: plan.agents.map((agent) => (agent.id === id ? change(agent) : agent)),
  });
  switch (fix.kind) {
    case "leave":
      return withAgent(fix.agentId, (agent) => ({
        ...agent,
        daysOff: agent.daysOff.filter((date) => !fix.dates.includes(date)),
      }));
    case "skill":
      return withAgent(fix.agentId, (agent) => ({ ...agent, groupId: fix.groupId }));
    case "hire":
      return { ...plan, agents: [...plan.agents, newAgent(plan.firstDate, fix, newName)] };
    default:
      return {
        ...plan,
        contracts: plan.contracts.map((contract) =>
          contract.id === fix.contractId ? { ...contract, ...loosened(contract, fix) } : contract,
        ),
      };
  }
}

function newAgent(
  firstDate: LocalDate,
  { agentId, groupId, contractId }: OpenShiftFix & { kind: "hire" },
  name: string,
): Agent {
  const bare = { team: "", proficiency: 1, daysOff: [], wishes: [] };
  return { ...bare, id: agentId, name, groupId, contractId, joined: firstDate };
}

function loosened(
  contract: Contract,
  fix: Exclude<OpenShiftFix, { kind: "leave" | "skill" | "hire" }>,
): Partial<Contract> {
  switch (fix.kind) {
    case "weekMinutes":
      return { maximumMinutesPerWeek: contract.maximumMinutesPerWeek + fix.minutes };
    case "rest":
      return { minimumRestMinutes: Math.max(0, contract.minimumRestMinutes - fix.minutes) };
    case "daysInRow":
      return { maximumConsecutiveDays: contract.maximumConsecutiveDays + 1 };
    case "weekends":
      return { maximumWeekends: contract.maximumWeekends === null ? null : contract.maximumWeekends + 1 };
    case "daysOffTogether":
      return { minimumConsecutiveDaysOff: Math.max(1, contract.minimumConsecutiveDaysOff - 1) };
    case "daysTogether":
      return { minimumConsecutiveDays: Math.max(1, contract.minimumConsecutiveDays - 1) };
  }
}
