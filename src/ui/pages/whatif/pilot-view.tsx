import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LocalDate } from "../../../domain/calendar/clock.ts";
import { dateOfDay, dayOfDate } from "../../../domain/calendar/interval-grid.ts";
import { succeed } from "../../../domain/outcome.ts";
import type { Actuals } from "../../../domain/plan/actuals.ts";
import { exportFileName } from "../../../files/export-names.ts";
import type { PilotReview } from "../../../scenarios/searches/pilot.ts";
import { download } from "../../frame/download.ts";
import { usePlan, useSession } from "../../frame/session-context.tsx";
import { Waterfall } from "../../kit/charts/waterfall.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { figureWords } from "./figure-words.ts";
import { pilotSheet, readPilotActuals } from "./pilot.ts";
import { useAnalysis } from "./use-analysis.ts";
import { ask } from "./whatif-analyses.ts";

interface Question {
  readonly name: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

interface Reviews {
  readonly tried: PilotReview;
  /** As many days before, by the plan as it is; null where nothing is told of them. */
  readonly before: PilotReview | null;
}

/** The scenario tried on some days or with one group: actuals against what was forecast, split by cause. */
export function PilotView({ subject }: { readonly subject: AnalysisSubject }) {
  const { t } = useTranslation("whatif");
  const { t: issueWords } = useTranslation("issues");
  const format = useFormat();
  const plan = usePlan();
  const history = useSession((state) => state.document.history);
  const { grid } = subject.base.forecast;
  const [from, setFrom] = useState(() => dateOfDay(grid, subject.days.first));
  const [to, setTo] = useState(() => dateOfDay(grid, subject.days.end - 1));
  const [groupId, setGroupId] = useState("");
  const [actuals, setActuals] = useState<{ name: string; value: Actuals } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { state, trouble, running, run } = useAnalysis<Question, Reviews>("pilot");
  const first = dayOfDate(grid, from);
  const last = dayOfDate(grid, to);
  const days = first === null || last === null || last < first ? null : { first, end: last + 1 };
  const known = actuals?.value ?? null;
  const load = async (file: File) => {
    const outcome = readPilotActuals(await file.text(), file.name, subject.base);
    const words = outcome.issues.map(({ code, values, line }) => issueWords(code, { line, ...values }));
    setSaid(words.length === 0 ? null : words.slice(0, 3).join(" "));
    if (outcome.ok) setActuals({ name: file.name, value: outcome.value });
  };
  const start = () => {
    if (known === null || days === null) return;
    const input = {
      ...subject.base,
      groupId: groupId === "" ? null : groupId,
      queueId: subject.queueId,
      actuals: known,
      replications: plan.simulation.replications,
    };
    return run({ name: subject.name, from, to }, async (onProgress, signal) => {
      const tried = await ask(
        "reviewPilot",
        { ...input, changes: subject.changes, days },
        onProgress,
        signal,
      );
      if (!tried.ok) return tried;
      const count = Math.min(days.end - days.first, days.first);
      const daysBefore = { first: days.first - count, end: days.first };
      const before =
        count === 0
          ? null
          : await ask("reviewPilot", { ...input, changes: [], days: daysBefore }, onProgress, signal);
      return succeed({ tried: tried.value, before: before?.ok ? before.value : null });
    });
  };
  const fromHistory = () => {
    const outcome = readPilotActuals(history, "", subject.base);
    if (outcome.ok) setActuals({ name: t("pilot.history"), value: outcome.value });
    setSaid(outcome.ok ? null : issueWords(outcome.issues[0].code, outcome.issues[0].values));
  };
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("pilot.text")}</p>
      <div className="whatif-fields">
        <TextField label={t("field.fromDate")} type="date" value={from} onChange={setFrom} />
        <TextField label={t("field.toDate")} type="date" value={to} onChange={setTo} />
        <SelectField
          label={t("pilot.group")}
          value={groupId}
          options={[
            { value: "", name: t("allGroups") },
            ...plan.groups.map(({ id, name }) => ({ value: id, name })),
          ]}
          onChange={setGroupId}
        />
      </div>
      <div className="run-stage">
        <Button
          disabled={days === null}
          onClick={() =>
            days !== null &&
            download(
              new Blob([pilotSheet(subject.base, subject.changes, days)], { type: "text/csv" }),
              exportFileName(plan.name, "actuals", "csv"),
            )
          }
        >
          {t("pilot.sheet")}
        </Button>
        <Button onClick={() => input.current?.click()}>{t("pilot.load")}</Button>
        {history !== null && <Button onClick={fromHistory}>{t("pilot.useHistory")}</Button>}
        <Button look="primary" disabled={running || known === null || days === null} onClick={start}>
          {t("pilot.run")}
        </Button>
        {trouble !== null && <span className="whatif-issue">{trouble}</span>}
      </div>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label={t("pilot.load")}
        onChange={async (event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) await load(file);
        }}
      />
      {days === null && <p className="whatif-issue">{t("pilot.badDays")}</p>}
      {actuals !== null && <p className="field-hint">{t("pilot.loaded", { name: actuals.name })}</p>}
      {said !== null && (
        <p className="whatif-issue" role="status">
          {said}
        </p>
      )}
      {state !== null && (
        <PilotResult
          name={state.question.name}
          period={format.dateRange(state.question.from, state.question.to)}
          review={state.answer.tried}
        />
      )}
      {state !== null && state.answer.before !== null && (
        <PilotResult name={t("base")} period={t("pilot.before")} review={state.answer.before} />
      )}
      {state !== null && (
        <p className="whatif-note">
          {t("pilot.method", { replications: state.answer.tried.replications, seed: plan.seed })}
        </p>
      )}
    </div>
  );
}

function PilotResult(props: {
  readonly name: string;
  readonly period: string;
  readonly review: PilotReview;
}) {
  const { name, period, review } = props;
  const format = useFormat();
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const words = figureWords(t, format, "serviceLevel", plan.currency);
  const largest = [...review.steps]
    .filter(({ effect }) => Math.abs(effect.value) > effect.halfWidth)
    .sort((a, b) => Math.abs(b.effect.value) - Math.abs(a.effect.value))[0];
  const sentence = [
    review.actual === null
      ? t("pilot.expected", {
          forecast: format.percent(review.forecast.value),
          now: format.percent(review.steps.at(-1)?.serviceLevel.value ?? null),
        })
      : t("pilot.answer", {
          forecast: format.percent(review.forecast.value),
          actual: format.percent(review.actual),
        }),
    largest === undefined
      ? t("pilot.noCause")
      : t(largest.cause === "chance" ? "pilot.beyondChance" : "pilot.largest", {
          cause: t(`pilot.cause.${largest.cause}`),
          points: words.difference(largest.effect),
        }),
    review.ahtKnown ? "" : t("pilot.noAht"),
    review.agentsKnown ? "" : t("pilot.noAgents"),
  ]
    .filter((part) => part !== "")
    .join(" ");
  let level = review.forecast.value;
  const bars = [
    {
      name: t("pilot.forecast"),
      from: null,
      to: level,
      halfWidth: review.forecast.halfWidth,
      text: format.percent(level),
    },
    ...review.steps.map(({ cause, effect }) => {
      const before = level;
      level += effect.value;
      return {
        name: t(`pilot.cause.${cause}`),
        from: before,
        to: level,
        halfWidth: effect.halfWidth,
        text: format.signed(effect.value * 100, 1),
      };
    }),
    ...(review.actual === null
      ? []
      : [
          {
            name: t("pilot.actual"),
            from: null,
            to: review.actual,
            halfWidth: 0,
            text: format.percent(review.actual),
          },
        ]),
  ];
  return (
    <>
      <p className="whatif-answer" role="status">
        {sentence}
      </p>
      <Waterfall
        title={t("pilot.title", { name, period })}
        summary={sentence}
        bars={bars}
        formatValue={(value) => format.percent(value, 0)}
        valueName={t("measure.serviceLevel")}
      />
    </>
  );
}
