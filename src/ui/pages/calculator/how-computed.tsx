import { useTranslation } from "react-i18next";
import { inverseErlangB } from "../../../queueing/steady/erlang-b.ts";
import type { QueueService } from "../../../queueing/steady/steady-queue.ts";
import { useFormat } from "../../kit/use-format.ts";
import type { Question } from "./question.ts";

/** The formulas with this question's numbers filled in, and where they come from. */
export function HowComputed(props: { readonly question: Question; readonly service: QueueService }) {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const { question, service } = props;
  const n = question.agents;
  const seconds = question.intervalMinutes * 60;
  const load = (question.offered * question.ahtSeconds) / seconds;
  const number = (value: number, digits = 4) => format.number(value, digits);
  const blocking = 1 / inverseErlangB(n, load);
  const steps: [string, string][] = [
    [
      t("how.load"),
      `A = λ · AHT = ${number(question.offered, 1)} × ${number(question.ahtSeconds, 0)} ÷ ${number(seconds, 0)} = ${number(load)} Erl`,
    ],
    [t("how.blocking"), `1/B = 1 + n/A + n(n−1)/A² + …,  n = ${number(n, 0)}  →  B = ${number(blocking, 6)}`],
  ];
  if (question.patienceSeconds === null) {
    steps.push([
      t("how.waitC"),
      `C = B ÷ (1 − ρ(1 − B)),  ρ = A/n = ${number(load / n)}  →  C = ${number(service.waitProbability, 6)}`,
    ]);
    if (load < n) {
      steps.push(
        [
          t("how.levelC"),
          `SL = 1 − C · e^(−(n − A) · T/AHT) = 1 − ${number(service.waitProbability)} · e^(−${number(((n - load) * question.answerWithinSeconds) / question.ahtSeconds)}) = ${number(service.serviceLevelOffered, 6)}`,
        ],
        [t("how.asaC"), `ASA = C · AHT ÷ (n − A) = ${number(service.asaSeconds, 2)} s`],
      );
    }
  } else {
    const ratio = question.patienceSeconds / question.ahtSeconds;
    steps.push(
      [
        t("how.patience"),
        `c = n · ${number(ratio)} = ${number(n * ratio, 2)},  y = A · ${number(ratio)} = ${number(load * ratio, 2)},  F = 1 + y/(c+1) + y²/((c+1)(c+2)) + …`,
      ],
      [t("how.waitA"), `P(W > 0) = F ÷ (1/B + F − 1) = ${number(service.waitProbability, 6)}`],
      [
        t("how.abandonA"),
        `P(Ab) = E[W] ÷ θ⁻¹ = ${number(service.meanWaitSeconds, 2)} ÷ ${number(question.patienceSeconds, 0)} = ${number(service.abandonmentRate, 6)}`,
      ],
      [
        t("how.levelA"),
        `SL = 1 − P(W > 0) + (c/y) · [P(W > 0) − π − P(V > T) + π·e^x] = ${number(service.serviceLevelOffered, 6)}`,
      ],
    );
  }
  steps.push([t("how.occupancy"), `ρ = A · (1 − P(Ab)) ÷ n = ${number(service.occupancy)}`]);
  return (
    <details className="how" open>
      <summary>{t("how.title")}</summary>
      <ol>
        {steps.map(([words, formula]) => (
          <li key={words}>
            <span>{words}</span>
            <code>{formula}</code>
          </li>
        ))}
      </ol>
      <p className="field-hint">
        {question.patienceSeconds === null ? t("how.sourceC") : t("how.sourceA")} {t("how.numerics")}{" "}
        <a href="#/selftest">{t("how.selfTest")}</a>
      </p>
    </details>
  );
}
