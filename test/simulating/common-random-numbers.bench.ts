import { varianceReduction } from "./common-random-numbers.ts";
import { dayOf, problemOfDay } from "./days.ts";

/** `npm run bench:crn`: what the same customers are worth when two plans are compared. */
const replications = 150;
for (const peak of [31, 108, 998]) {
  const day = dayOf(peak);
  const base = problemOfDay(day);
  const changes = {
    "+1 agent all day": problemOfDay({ ...day, agents: day.agents.map((agents) => agents + 1) }),
    "+5 % volume": problemOfDay({
      ...day,
      contactsPerSecond: day.contactsPerSecond.map((rate) => rate * 1.05),
    }),
    // Five agents start two hours later.
    "a shift moved": problemOfDay({
      ...day,
      agents: day.agents.map((agents, k) => agents + (k >= 32 && k < 40 ? -5 : k >= 68 && k < 76 ? 5 : 0)),
    }),
  };
  for (const [name, changed] of Object.entries(changes)) {
    const { ratio, difference } = varianceReduction(base, changed, replications);
    console.log(
      `${String(peak).padStart(4)} agents  ${name.padEnd(18)} service level ${(difference * 100).toFixed(2).padStart(7)} points, variance ÷ ${ratio.toFixed(1)}`,
    );
  }
}
