import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { withRedials } from "../../queueing/finite-queue.ts";
import { serviceLevelBy } from "../../queueing/required-agents.ts";
import { steadyQueue, waitPercentile } from "../../queueing/steady-queue.ts";
import { HowComputed } from "../calculator/how-computed.tsx";
import {
  loadOfQuestion,
  type Question,
  questionFromQuery,
  questionToQuery,
  solved,
  type Unknown,
  unknowns,
} from "../calculator/question.ts";
import { Button } from "../controls/button.tsx";
import { DataGrid } from "../controls/data-grid.tsx";
import { NumberField } from "../controls/number-field.tsx";
import { SegmentedControl } from "../controls/segmented-control.tsx";
import { SelectField } from "../controls/select-field.tsx";
import { SliderField } from "../controls/slider-field.tsx";
import { ControlGroup, Page } from "../page.tsx";
import { ServiceCurve } from "../required/service-curve.tsx";
import { useFormat } from "../session-context.tsx";
import "../required/required.css";
import "../calculator/calculator.css";

/** One interval: agents, service, volume or handle time, from the other three. */
export function CalculatorPage() {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const [question, setQuestion] = useState<Question>(() =>
    questionFromQuery(window.location.hash.split("?")[1] ?? ""),
  );
  const set = (change: Partial<Question>) => setQuestion((before) => ({ ...before, ...change }));
  useEffect(() => {
    window.history.replaceState(null, "", `#/calculator?${questionToQuery(question)}`);
  }, [question]);
  useEffect(() => {
    const take = () => {
      const [page, query] = window.location.hash.split("?");
      if (page === "#/calculator" && query !== undefined) setQuestion(questionFromQuery(query));
    };
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);

  const answer = useMemo(() => solved(question), [question]);
  const service = useMemo(
    () => (answer === null ? null : steadyQueue(loadOfQuestion(answer), answer.agents)),
    [answer],
  );
  const level = answer && service ? serviceLevelBy(answer.rule, service) : null;
  const finding =
    answer === null || service === null
      ? { text: t("finding.none"), tone: "short" as const }
      : {
          text: t(`finding.${question.solveFor}`, {
            agents: format.number(answer.agents, Number.isInteger(answer.agents) ? 0 : 1),
            scheduled: format.number(Math.ceil(answer.agents / (1 - answer.shrinkage) - 1e-9)),
            level: format.percent(level),
            offered: format.number(answer.offered, 1),
            aht: format.duration(answer.ahtSeconds),
            seconds: format.number(answer.answerWithinSeconds),
            minutes: format.number(answer.intervalMinutes),
          }),
        };
  return (
    <Page
      title={t("title")}
      finding={finding}
      controls={<Questions question={question} answer={answer} onChange={set} />}
      chart={answer !== null && service !== null ? <Answer question={answer} /> : undefined}
      grid={answer !== null ? <Around question={answer} /> : undefined}
    >
      {answer !== null && service !== null && <HowComputed question={answer} service={service} />}
    </Page>
  );
}

function Questions(props: {
  readonly question: Question;
  readonly answer: Question | null;
  readonly onChange: (change: Partial<Question>) => void;
}) {
  const { t } = useTranslation("calculator");
  const { question, answer, onChange } = props;
  const { solveFor } = question;
  return (
    <>
      <SelectField<Unknown>
        label={t("solveFor")}
        value={solveFor}
        options={unknowns.map((value) => ({ value, name: t(`unknown.${value}`) }))}
        onChange={(value) =>
          // Go on from the answer, so that changing the question changes nothing else.
          onChange({
            ...(answer === null
              ? {}
              : { ...answer, offered: rounded(answer.offered), ahtSeconds: rounded(answer.ahtSeconds) }),
            solveFor: value,
          })
        }
      />
      <ControlGroup title={t("group.work")}>
        {solveFor !== "offered" && (
          <SliderField
            label={t("field.offered")}
            min={0}
            max={1e7}
            sliderMax={500}
            digits={1}
            value={question.offered}
            onChange={(offered) => onChange({ offered })}
          />
        )}
        <SegmentedControl
          label={t("field.interval")}
          value={String(question.intervalMinutes)}
          options={["15", "30", "60"].map((value) => ({ value, name: value }))}
          onChange={(value) => onChange({ intervalMinutes: Number(value) })}
        />
        {solveFor !== "aht" && (
          <SliderField
            label={t("field.aht")}
            min={0.1}
            max={1e6}
            sliderMin={10}
            sliderMax={900}
            step={5}
            digits={1}
            unit={t("unit.seconds")}
            value={question.ahtSeconds}
            onChange={(ahtSeconds) => onChange({ ahtSeconds })}
          />
        )}
        <NumberField
          label={t("field.patience")}
          min={0.1}
          max={1e7}
          step={10}
          unit={t("unit.seconds")}
          optional
          placeholder={t("field.noPatience")}
          hint={question.patienceSeconds === null ? t("model.c") : t("model.a")}
          value={question.patienceSeconds}
          onChange={(patienceSeconds) => onChange({ patienceSeconds })}
        />
      </ControlGroup>
      <ControlGroup title={t("group.goal")}>
        {solveFor !== "agents" && (
          <SliderField
            label={t("field.agents")}
            min={0}
            max={1e5}
            sliderMax={Math.max(60, Math.ceil(question.agents * 1.5))}
            digits={2}
            value={question.agents}
            onChange={(agents) => onChange({ agents })}
          />
        )}
        {solveFor !== "serviceLevel" && (
          <SliderField
            label={t("field.serviceLevel")}
            kind="share"
            min={0.001}
            max={0.9999}
            sliderMin={0.5}
            sliderMax={0.99}
            digits={2}
            value={question.serviceLevel}
            onChange={(serviceLevel) => onChange({ serviceLevel })}
          />
        )}
        <SliderField
          label={t("field.answerWithin")}
          min={0}
          max={1e6}
          sliderMax={120}
          step={5}
          digits={1}
          unit={t("unit.seconds")}
          value={question.answerWithinSeconds}
          onChange={(answerWithinSeconds) => onChange({ answerWithinSeconds })}
        />
        <SelectField
          label={t("field.rule")}
          value={question.rule}
          options={(["offered", "answered", "shortAbandonsExcluded"] as const).map((value) => ({
            value,
            name: t(`rule.${value}`),
          }))}
          onChange={(rule) => onChange({ rule })}
        />
        {solveFor !== "serviceLevel" && (
          <NumberField
            label={t("field.maxOccupancy")}
            kind="share"
            min={0.01}
            max={1}
            optional
            placeholder={t("field.none")}
            value={question.maxOccupancy}
            onChange={(maxOccupancy) => onChange({ maxOccupancy })}
          />
        )}
        <SliderField
          label={t("field.shrinkage")}
          kind="share"
          min={0}
          max={0.95}
          sliderMax={0.5}
          value={question.shrinkage}
          onChange={(shrinkage) => onChange({ shrinkage })}
        />
      </ControlGroup>
      <ControlGroup title={t("group.lines")}>
        <NumberField
          label={t("field.trunks")}
          kind="whole"
          min={1}
          max={100_000}
          optional
          placeholder={t("field.none")}
          hint={t("field.trunksHint")}
          value={question.trunks}
          onChange={(trunks) => onChange({ trunks })}
        />
        {question.trunks !== null &&
          (["redialBlocked", "redialAbandoned"] as const).map((share) => (
            <SliderField
              key={share}
              label={t(`field.${share}`)}
              kind="share"
              min={0}
              max={1}
              value={question[share]}
              onChange={(value) => onChange({ [share]: value })}
            />
          ))}
      </ControlGroup>
    </>
  );
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
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
      <p className="field-hint">{t("lines.assumption")}</p>
    </section>
  );
}

/** All measures of the answer, and how they move when one thing moves. */
function Answer({ question }: { readonly question: Question }) {
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

interface AroundRow {
  readonly agents: number;
  readonly cells: readonly string[];
}

/** The staffing around the answer as a table, to be copied into a spreadsheet; and the link that reproduces it. */
function Around({ question }: { readonly question: Question }) {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const [copied, setCopied] = useState<"table" | "link" | null>(null);
  const middle = Math.ceil(question.agents - 1e-9);
  const first = Math.max(1, middle - 5);
  const headings = [
    "figure.agents",
    "figure.level",
    "figure.wait",
    "figure.asa",
    "figure.abandonment",
    "figure.occupancy",
  ].map((key) => t(key));
  const services = Array.from({ length: middle + 10 - first + 1 }, (_, step) => {
    const agents = first + step;
    return { agents, service: steadyQueue(loadOfQuestion(question), agents) };
  });
  const rows: AroundRow[] = services.map(({ agents, service }) => ({
    agents,
    cells: [
      format.number(agents),
      format.percent(serviceLevelBy(question.rule, service), 2),
      format.percent(service.waitProbability, 2),
      format.wait(service.asaSeconds),
      format.percent(service.abandonmentRate, 2),
      format.percent(service.occupancy, 1),
    ],
  }));
  async function copy(what: "table" | "link"): Promise<void> {
    const table = [
      headings.join("\t"),
      ...services.map(({ agents, service }) =>
        [
          agents,
          serviceLevelBy(question.rule, service),
          service.waitProbability,
          Number.isFinite(service.asaSeconds) ? service.asaSeconds : "",
          service.abandonmentRate,
          service.occupancy,
        ].join("\t"),
      ),
    ].join("\n");
    await navigator.clipboard.writeText(what === "table" ? table : window.location.href);
    setCopied(what);
    setTimeout(() => setCopied(null), 2000);
  }
  return (
    <>
      <div className="calculator-copy">
        <Button onClick={() => void copy("table")}>
          {copied === "table" ? t("copied") : t("copyTable")}
        </Button>
        <Button onClick={() => void copy("link")}>{copied === "link" ? t("copied") : t("copyLink")}</Button>
      </div>
      <DataGrid
        label={t("around")}
        rows={rows}
        rowKey={(row) => row.agents}
        height={480}
        columns={headings.map((header, column) => ({
          id: String(column),
          header,
          width: column === 0 ? 84 : 118,
          align: "right" as const,
          text: (row: AroundRow) => row.cells[column],
          tone: (row: AroundRow) =>
            row.agents === middle && column === 0 ? ("changed" as const) : undefined,
        }))}
      />
    </>
  );
}
