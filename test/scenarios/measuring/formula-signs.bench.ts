import { compared } from "../compared.ts";
import { changeKinds, randomScenario } from "../random-changes.ts";

/**
 * `npm run bench:formula-signs [seed] [replications]`: one seeded scenario of every kind of change, queue by queue: what
 * it does to the service level by formula beside the simulation, or why the formula is withheld. Counts at the end.
 */
const [seed = 1, replications = 80] = process.argv.slice(2).map(Number);
let answered = 0;
let withheld = 0;
let wrongSign = 0;
let off = 0;
for (const kind of changeKinds) {
  const { base, change } = randomScenario(kind, seed, replications);
  const formula = await compared(base, "formula", [change]);
  const simulation = await compared(base, "simulation", [change]);
  for (const { id: queueId } of base.plan.queues) {
    const scopes = [formula, simulation].map(
      ({ plans }) => plans[1].scopes.find((scope) => scope.queueId === queueId)!,
    );
    const [expected, simulated] = scopes.map(({ differences }) => differences?.serviceLevel ?? null);
    const points = (value: number) => (100 * value).toFixed(1);
    if (simulated === null) {
      console.log(`${kind} ${queueId}: nobody comes`);
      continue;
    }
    const measured = `simulated ${points(simulated.value)} ± ${points(simulated.halfWidth)}`;
    const reason =
      scopes[0].withheld?.reason ??
      formula.plans[0].scopes.find((s) => s.queueId === queueId)?.withheld?.reason;
    if (expected === null || Number.isNaN(expected.value)) {
      withheld++;
      console.log(`${kind} ${queueId}: ${measured}, withheld: ${reason ?? "without a reason"}`);
      continue;
    }
    answered++;
    const limit = Math.max(0.02, simulated.halfWidth);
    const isOff = Math.abs(expected.value - simulated.value) > limit;
    const isSure = Math.abs(simulated.value) > Math.max(simulated.halfWidth, 0.002);
    const isWrong = isSure && Math.sign(expected.value) !== Math.sign(simulated.value);
    if (isOff) off++;
    if (isWrong) wrongSign++;
    console.log(
      `${kind} ${queueId}: formula ${points(expected.value)}, ${measured}${isOff ? " OFF" : ""}${isWrong ? " SIGN" : ""}`,
    );
  }
}
console.log(
  `seed ${seed}, ${changeKinds.length} kinds: ${answered} answered, ${withheld} withheld, ${wrongSign} of the wrong sign, ${off} off by more than 2 points and the interval`,
);
