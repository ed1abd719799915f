import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { withRedials } from "../../../queueing/finite-queue.ts";
import { serviceLevelBy } from "../../../queueing/steady/required-agents.ts";
import { steadyQueue, waitPercentile } from "../../../queueing/steady/steady-queue.ts";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ServiceCurve } from "../required/service-curve.tsx";
import { loadOfQuestion, type Question } from "./question.ts";

/** All measures of the answer, and how they move when one thing moves. */
export function Answer({ question }: { readonly question: Question }) {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const [along, setAlong] = useState<"agents" | "offered" | "aht">("agents");
  const load = loadOfQuestion(question);
  const service = steadyQueue(load, question.agents);
  const figures: [string, string][] = [
    [t("figure.agents"), format.number(question.agents, Number.isInteger(question.agents) ? 0 : 2)],
    [t("figure.scheduled"), format.number(Math.ceil(question.agents / (1 - question.shrinkage) - 1e-9))],
    [t("figure.load"), format.number(load.arrivalsPerSecond * load.ahtSeconds, 2)],
    [t("figure.levelOffered"), format.percent(service.serviceLevelOffered, 2)],
    [t("figure.levelAnswered"), format.percent(service.serviceLevelAnswered, 2)],
    [t("figure.levelShort"), format.percent(service.serviceLevelShortAbandonsExcluded, 2)],
    [t("figure.wait"), format.percent(service.waitProbability, 2)],
    [t("figure.asa"), format.wait(service.asaSeconds)],
    [t("figure.percentile"), format.wait(waitPercentile(load, question.agents, 0.9))],
    [t("figure.abandonment"), format.percent(service.abandonmentRate, 2)],
    [t("figure.occupancy"), format.percent(service.occupancy)],
  ];
  const here =
    along === "agents" ? question.agents : along === "offered" ? question.offered : question.ahtSeconds;
  const points = useMemo(() => curve(question, along), [question, along]);
  return (
    <>
      <FigureList figures={figures} />
      {question.trunks !== null && <BehindLines question={question} trunks={question.trunks} />}
      <SegmentedControl
        label={t("along.label")}
        value={along}
        options={(["agents", "offered", "aht"] as const).map((value) => ({
          value,
          name: t(`along.${value}`),
        }))}
        onChange={setAlong}
      />
      <ServiceCurve
        title={t(`along.title.${along}`)}
        summary={t("along.summary", {
          low: format.percent(points[0].serviceLevel),
          high: format.percent(points[points.length - 1].serviceLevel),
        })}
        points={points}
        formatAt={(at) => (along === "aht" ? format.duration(at) : format.number(at))}
        goal={question.solveFor === "serviceLevel" ? null : question.serviceLevel}
        marked={here}
        height={220}
      />
    </>
  );
}

function FigureList({ figures }: { readonly figures: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="required-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <b>{value}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function curve(question: Question, along: "agents" | "offered" | "aht") {
  const at = (value: number) => {
    const changed: Question =
      along === "agents"
        ? { ...question, agents: value }
        : along === "offered"
          ? { ...question, offered: value }
          : { ...question, ahtSeconds: value };
    const service = steadyQueue(loadOfQuestion(changed), changed.agents);
    return {
      at: value,
      serviceLevel: serviceLevelBy(question.rule, service),
      occupancy: service.occupancy,
    };
  };
  if (along === "agents") {
    const middle = Math.round(question.agents);
    const reach = Math.max(5, Math.min(30, Math.ceil(Math.sqrt(middle) * 2)));
    const from = Math.max(1, middle - reach);
    return Array.from({ length: middle + reach - from + 1 }, (_, step) => at(from + step));
  }
  const middle = along === "offered" ? question.offered : question.ahtSeconds;
  return Array.from({ length: 61 }, (_, step) => at(Math.max(0.1, middle) * (0.6 + (step * 0.8) / 60)));
}

/** The answer's staffing behind a limited number of lines, with those who redial. */
function BehindLines({ question, trunks }: { readonly question: Question; readonly trunks: number }) {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const agents = Math.ceil(question.agents - 1e-9);
  const service = useMemo(
    () =>
      trunks < agents
        ? null
        : withRedials(loadOfQuestion(question), agents, trunks, {
            afterBlocked: question.redialBlocked,
            afterAbandoned: question.redialAbandoned,
          }),
    [question, trunks, agents],
  );
  if (service === null) {
    return <p className="field-error">{trunks < agents ? t("lines.tooFew") : t("lines.endless")}</p>;
  }
  const figures: [string, string][] = [
    [t("lines.blocked"), format.percent(service.blockedShare, 2)],
    [t("lines.level"), format.percent(service.serviceLevelOffered, 2)],
    [t("figure.abandonment"), format.percent(service.abandonmentRate, 2)],
    [t("figure.occupancy"), format.percent(service.occupancy)],
    [t("lines.attempts"), format.number(service.attemptsPerContact, 3)],
    [t("lines.inTheEnd"), format.percent(service.answeredInTheEnd, 2)],
  ];
  return (
    <section aria-label={t("lines.title", { trunks: format.number(trunks) })}>
      <h2 className="control-title">{t("lines.title", { trunks: format.number(trunks) })}</h2>
      <FigureList figures={figures} />
      <p className="field-hint">{t("lines.assumption")}</p>
    </section>
  );
}
