import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, isLocalDate } from "../../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../../domain/outcome.ts";
import { dayWithoutNews, type Today } from "../../../domain/plan/today.ts";
import { withWhatCame } from "../../../intraday/came-so-far.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useDesk, usePlan, useResult, useSession, useView } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ClockField } from "../../kit/controls/clock-field.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { FileButton } from "../../kit/controls/file-button.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { importWorker } from "../history/import-client.ts";

/** Puts a day in place of the plan's. */
function useToday(today: Today) {
  const { store } = useDesk();
  return {
    edit: (label: string, change: (today: Today) => Today, mergeKey?: string) =>
      store.edit(label, (plan) => ({ ...plan, today: change(plan.today ?? today) }), mergeKey),
  };
}

/** Which day, and where it stands: typed, or as the clock says. */
export function NowControls({ today }: { readonly today: Today }) {
  const { t } = useTranslation("day");
  const { store } = useDesk();
  const plan = usePlan();
  const { edit } = useToday(today);
  const lastDate = addDays(plan.firstDate, plan.dayCount - 1);
  function toDate(date: string): void {
    if (!isLocalDate(date) || date === today.date) return;
    edit("day:edit.date", (before) => dayWithoutNews(date, before.nowMinute));
    store.setView({ date });
  }
  function useClock(): void {
    const [date, time] = new Intl.DateTimeFormat("sv-SE", {
      timeZone: plan.timeZone,
      dateStyle: "short",
      timeStyle: "short",
    })
      .format(new Date())
      .split(" ");
    const nowMinute = 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5));
    edit("day:edit.now", (before) =>
      date === before.date || date < plan.firstDate || date > lastDate
        ? { ...before, nowMinute }
        : dayWithoutNews(date, nowMinute),
    );
  }
  return (
    <ControlGroup title={t("now.title")}>
      <TextField
        type="date"
        label={t("now.date")}
        value={today.date}
        error={today.date < plan.firstDate || today.date > lastDate ? t("now.outside") : null}
        onChange={toDate}
      />
      <ClockField
        label={t("now.time")}
        minute={today.nowMinute}
        isEnd
        onChange={(nowMinute) => edit("day:edit.now", (before) => ({ ...before, nowMinute }), "day.now")}
      />
      <Button onClick={useClock}>{t("now.clock")}</Button>
    </ControlGroup>
  );
}

const countKinds = ["recognised", "plain", "running"] as const;

/** What came so far: a file chosen or dropped, or a table pasted, in any layout a history may have. */
export function CameControls({ today, grid }: { readonly today: Today; readonly grid: IntervalGrid }) {
  const { t } = useTranslation("day");
  const id = useId();
  const { store, runs } = useDesk();
  const plan = usePlan();
  const { queueId } = useView();
  const { edit } = useToday(today);
  const issueText = useIssueText();
  const incoming = useSession((state) => state.incoming);
  const [text, setText] = useState("");
  const [counts, setCounts] = useState<(typeof countKinds)[number]>("recognised");
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const isKnown = today.came.length > 0;

  async function read(name: string, data: Blob): Promise<void> {
    const bytes = new Uint8Array(await data.arrayBuffer());
    const outcome = await runs.job("import", (_, signal) =>
      importWorker.call(
        (worker) =>
          worker.importHistory({
            source: { name, data: bytes },
            mapping: null,
            ...(counts === "recognised" ? {} : { given: { counts } }),
            timeZone: plan.timeZone,
            intervalMinutes: plan.intervalMinutes,
            queueId: queueId ?? plan.queues[0].id,
          }),
        undefined,
        signal,
      ),
    );
    if (outcome === null) return;
    const taken = outcome.ok ? withWhatCame(plan, grid, today, outcome.value.history) : outcome;
    setIssues(
      [...outcome.issues, ...(taken === outcome ? [] : taken.issues)].filter(
        ({ severity }) => severity !== "info",
      ),
    );
    if (!outcome.ok || !taken.ok) return;
    const next = taken.value as Today;
    edit("day:edit.came", () => next);
    setText("");
  }

  useEffect(() => {
    if (incoming === null) return;
    store.dispatch({ type: "incoming", file: null });
    void read(incoming.name, incoming.data);
  }, [incoming]);

  return (
    <ControlGroup title={t("came.title")}>
      <p className="day-note">{t("came.hint")}</p>
      <FileButton
        label={t("came.choose")}
        accept=".csv,.tsv,.txt,.xlsx,.gz,.zip,text/csv"
        onFile={(file) => void read(file.name, file)}
      />
      <div className="field">
        <label htmlFor={id} className="field-label">
          {t("came.paste")}
        </label>
        <textarea
          id={id}
          className="input day-paste"
          rows={4}
          value={text}
          placeholder={t("came.example", { date: today.date })}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <SelectField
        label={t("came.counts")}
        value={counts}
        options={countKinds.map((value) => ({ value, name: t(`came.count.${value}`) }))}
        onChange={setCounts}
      />
      <div className="day-buttons">
        <Button
          look="primary"
          disabled={!/\S[\s\S]*[\n\r]\s*\S/.test(text)}
          onClick={() => void read(t("came.pasted"), new Blob([text], { type: "text/csv" }))}
        >
          {t("came.read")}
        </Button>
        {isKnown && (
          <Button onClick={() => edit("day:edit.forget", (before) => ({ ...before, came: [] }))}>
            {t("came.forget")}
          </Button>
        )}
      </div>
      {issues.length > 0 && (
        <ul className="day-issues" role="alert">
          {issues.slice(0, 6).map((issue, at) => (
            <li key={`${issue.code} ${at}`}>{issueText(issue)}</li>
          ))}
        </ul>
      )}
    </ControlGroup>
  );
}

/** Who is away sick today. */
export function SickControls({ today }: { readonly today: Today }) {
  const { t } = useTranslation("day");
  const format = useFormat();
  const plan = usePlan();
  const roster = useResult("roster");
  const { edit } = useToday(today);
  const [chosen, setChosen] = useState("");
  const isSick = new Set(today.sick.map(({ agentId }) => agentId));
  const atWork = (roster?.value.assignments ?? [])
    .filter(({ agentId, shift }) => shift.date === today.date && !isSick.has(agentId))
    .map(({ agentId }) => plan.agents.find(({ id }) => id === agentId))
    .filter((agent) => agent !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const agentId = atWork.some(({ id }) => id === chosen) ? chosen : (atWork[0]?.id ?? "");
  const mark = (fromMinute: number) =>
    edit("day:edit.sick", (before) => ({ ...before, sick: [...before.sick, { agentId, fromMinute }] }));
  return (
    <ControlGroup title={t("sick.title")}>
      {atWork.length > 0 && (
        <>
          <SelectField
            label={t("sick.who")}
            value={agentId}
            options={atWork.map(({ id, name }) => ({ value: id, name }))}
            onChange={setChosen}
          />
          <div className="day-buttons">
            <Button onClick={() => mark(0)}>{t("sick.allDay")}</Button>
            <Button onClick={() => mark(today.nowMinute)}>{t("sick.fromNow")}</Button>
          </div>
        </>
      )}
      <ul className="day-sick" aria-label={t("sick.list")}>
        {today.sick.map(({ agentId: id, fromMinute }) => {
          const name = plan.agents.find((agent) => agent.id === id)?.name ?? id;
          const from =
            fromMinute === 0 ? t("sick.wholeDay") : t("sick.since", { time: format.time(fromMinute) });
          return (
            <li key={id}>
              <span>
                {name}, {from}
              </span>
              <Button
                look="quiet"
                aria-label={t("sick.backName", { name })}
                onClick={() =>
                  edit("day:edit.well", (before) => ({
                    ...before,
                    sick: before.sick.filter((one) => one.agentId !== id),
                  }))
                }
              >
                {t("sick.back")}
              </Button>
            </li>
          );
        })}
      </ul>
      <p className="day-note">{t("sick.note")}</p>
    </ControlGroup>
  );
}
