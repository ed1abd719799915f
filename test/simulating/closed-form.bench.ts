import { check } from "./case-runner.ts";
import { bothQueues, closedFormCases, likeQueues } from "./closed-form-cases.ts";
import { floorRuleCases } from "./floor-rule-cases.ts";

/** `npm run bench:closed-form`: every closed-form case with value, estimate, error and z. */
const number = (value: number) => value.toPrecision(6).padStart(10);
let worst = 0;
console.log(
  `${"case".padEnd(70)}${"figure".padEnd(38)}${"exact".padStart(10)}${"estimate".padStart(12)}${"error".padStart(12)}${"z".padStart(8)}`,
);
for (const { name, problem, replications, figures } of [...closedFormCases, ...floorRuleCases]) {
  for (const { label, exact, estimate, standardError, z } of check(problem, replications, figures)) {
    worst = Math.max(worst, Math.abs(z));
    console.log(
      `${name.padEnd(70)}${label.padEnd(38)}${number(exact)}${`  ${number(estimate)}`}${`  ${standardError.toExponential(2).padStart(10)}`}${z.toFixed(2).padStart(8)}`,
    );
  }
}
const levels = (["dedicated", "overflow", "pooled"] as const).map(
  (routing) => check(likeQueues(routing), 400, [bothQueues])[0],
);
for (const [index, exact] of [0.754466, Number.NaN, 0.893767].entries()) {
  const { estimate, standardError } = levels[index];
  const name = `two like queues, ${["dedicated", "overflow after 10 s", "pooled"][index]}`;
  const z = (estimate - exact) / standardError;
  if (!Number.isNaN(z)) worst = Math.max(worst, Math.abs(z));
  console.log(
    `${name.padEnd(70)}${"service level 20 s".padEnd(38)}${number(exact)}  ${number(estimate)}  ${standardError.toExponential(2).padStart(10)}${z.toFixed(2).padStart(8)}`,
  );
}
console.log(`largest |z| ${worst.toFixed(2)}`);
if (worst > 3 || !(levels[0].estimate < levels[1].estimate && levels[1].estimate < levels[2].estimate)) {
  process.exitCode = 1;
}
