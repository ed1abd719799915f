import { useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { withMeasuredShrinkage } from "../../../adherence/use-shrinkage.ts";
import {
  dateOfDay,
  dayOfInterval,
  type IntervalGrid,
  localTimeOf,
} from "../../../domain/calendar/interval-grid.ts";
import type { Outcome } from "../../../domain/outcome.ts";
import { codeBook, withAgentCodes } from "../../../domain/plan/agent-codes.ts";
import { type StateKind, type StateLog, stateKinds } from "../../../domain/plan/agent-states.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { isPublished } from "../../../domain/plan/published-roster.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { toldRoster } from "../../../domain/plan/told-roster.ts";
import {
  type Adherence,
  type AdherenceFigures,
  type AgentAdherence,
  adherenceOf,
  conformanceOf,
} from "../../../domain/results/adherence.ts";
import {
  adherenceByDayCsv,
  adherenceByIntervalCsv,
  adherenceWithCodes,
} from "../../../files/adherence-csv.ts";
import { exportFileName } from "../../../files/export-names.ts";
import { CodesSwitch, useCoded } from "../../frame/codes-switch.tsx";
import { download } from "../../frame/download.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { FileButton } from "../../kit/controls/file-button.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { IssueList } from "../history/issue-list.tsx";
import { periodsWorker } from "./periods-client.ts";

interface LogFile {
  readonly name: string;
  readonly text: string;
}

/** What people really did beside the roster, from a status log. The log stays here and goes with the page. */
export function AdherenceSection() {
  const { t } = useTranslation("periods");
  const headingId = useId();
  const format = useFormat();
  const { agents } = usePlan();
  const present = useSession((state) => state.document.results.roster?.value ?? null);
  const published = useSession((state) => state.document.published);
  const [file, setFile] = useState<LogFile | null>(null);
  const [version, setVersion] = useState<number | null>(null);
  const versions = (published?.versions ?? []).flatMap(({ publishedAt, note }, at) =>
    present !== null && isPublished(published, present.grid, at + 1)
      ? [
          {
            version: at + 1,
            name: [format.instant(publishedAt, new Date(0)), note].filter(Boolean).join(" · "),
          },
        ]
      : [],
  );
  const told =
    present !== null && version !== null ? toldRoster(published, agents, present.grid, version) : null;
  const roster = told ?? present;
  return (
    <section className="periods-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("adherence.title")}
      </h2>
      <p className="periods-note">{t(roster === null ? "adherence.noRoster" : "adherence.text")}</p>
      {roster !== null && (
        <div className="periods-buttons">
          <FileButton
            label={t("adherence.open")}
            accept=".csv,.txt,.tsv,.json,.jsonl,text/csv,application/json"
            onFile={(chosen) => void chosen.text().then((text) => setFile({ name: chosen.name, text }))}
          />
          {file !== null && <span className="periods-note">{file.name}</span>}
        </div>
      )}
      {versions.length > 0 && (
        <div className="periods-fields">
          <SelectField
            label={t("adherence.beside")}
            value={String(version ?? "")}
            options={[
              { value: "", name: t("adherence.present") },
              ...versions.map(({ version: number, name }) => ({
                value: String(number),
                name: t("adherence.version", { version: number, name }),
              })),
            ]}
            hint={t("adherence.besideHint")}
            onChange={(value) => setVersion(value === "" ? null : Number(value))}
          />
        </div>
      )}
      {roster !== null && file !== null && <Measured file={file} roster={roster} />}
    </section>
  );
}

interface Answer {
  readonly meanings: StateLog["meanings"];
  readonly measured: Outcome<Adherence>;
}

function Measured({ file, roster }: { readonly file: LogFile; readonly roster: Roster }) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const issueText = useIssueText();
  const outcome = useAdherence(file, roster);
  const [agentId, setAgentId] = useState<string | null>(null);
  if (outcome === null)
    return (
      <p className="periods-note" role="status">
        {t("adherence.reading")}
      </p>
    );
  const measured = outcome.ok ? outcome.value.measured : outcome;
  const issues = [...outcome.issues, ...(outcome.ok ? measured.issues : [])];
  const meanings = outcome.ok ? outcome.value.meanings : [];
  const states = meanings.length > 0 && <States meanings={meanings} format={format} />;
  // A state that nobody knows has to be settled before figures mean much.
  const asksFirst = meanings.some(({ kind }) => kind === null);
  return (
    <>
      {measured.ok ? (
        <>
          <Finding measured={measured.value} roster={roster} />
          {asksFirst && states}
          <People measured={measured.value} chosen={agentId} onChoose={setAgentId} />
          <Intervals measured={measured.value} grid={roster.grid} agentId={agentId} />
          <SaveButtons measured={measured.value} grid={roster.grid} />
        </>
      ) : (
        <p className="periods-note periods-error">{measured.issues.slice(0, 1).map(issueText)}</p>
      )}
      {(!asksFirst || !measured.ok) && states}
      {issues.length > 0 && <IssueList issues={issues} />}
    </>
  );
}

/** Reads and measures in a worker, anew when the roster or what states mean changes; null meanwhile. */
function useAdherence(file: LogFile, roster: Roster): Outcome<Answer> | null {
  const { runs } = useDesk();
  const { agents, timeZone, shrinkage, leave, stateMeanings } = usePlan();
  const [answer, setAnswer] = useState<{ readonly of: LogFile; readonly outcome: Outcome<Answer> } | null>(
    null,
  );
  useEffect(() => {
    let isCurrent = true;
    const { grid, assignments } = roster;
    const plan = { agents, timeZone, shrinkage, leave, stateMeanings };
    void runs
      .job("adherence", (_, signal) =>
        periodsWorker.call(
          (worker) => worker.adherence(plan, { grid, assignments }, file),
          undefined,
          signal,
        ),
      )
      .then((outcome) => isCurrent && outcome !== null && setAnswer({ of: file, outcome }));
    return () => {
      isCurrent = false;
      runs.stop("adherence");
    };
  }, [runs, file, roster, agents, timeZone, shrinkage, leave, stateMeanings]);
  // While it is measured anew, the last answer on the same log stays in sight.
  return answer?.of === file ? answer.outcome : null;
}

/** What it comes to, and what it would be as the plan's shrinkage. */
function Finding({ measured, roster }: { readonly measured: Adherence; readonly roster: Roster }) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const { store } = useDesk();
  const isWritable = useSession((state) => state.writable);
  const { grid } = roster;
  const { total, lostSeconds, shrinkage, plannedShrinkage, firstInterval, endInterval } = measured;
  const dateOf = (interval: number) => dateOfDay(grid, dayOfInterval(grid, interval));
  const isTaken =
    shrinkage !== null && plannedShrinkage !== null && Math.abs(shrinkage - plannedShrinkage) < 0.0005;
  return (
    <>
      <p className="periods-finding">
        {t("adherence.finding", {
          dates: format.dateRange(dateOf(firstInterval), dateOf(endInterval - 1)),
          adherence: format.percent(adherenceOf(total)),
          conformance: format.percent(conformanceOf(total)),
        })}
      </p>
      {shrinkage !== null && (
        <>
          <p className="periods-note">
            {t("adherence.lost", {
              shrinkage: format.percent(shrinkage),
              planned: format.percent(plannedShrinkage),
              offline: format.hours(lostSeconds.offline / 3600),
              away: format.hours(lostSeconds.away / 3600),
              breaks: format.hours(lostSeconds.break / 3600),
            })}
          </p>
          <div className="periods-buttons">
            <Button
              disabled={!isWritable || isTaken}
              onClick={() =>
                store.edit("periods:edit.shrinkage", (plan) =>
                  withMeasuredShrinkage(plan, grid, measured, t("adherence.measured")),
                )
              }
            >
              {t("adherence.use", { shrinkage: format.percent(shrinkage) })}
            </Button>
            <span className="periods-note">{t(isTaken ? "adherence.used" : "adherence.useHint")}</span>
          </div>
        </>
      )}
    </>
  );
}

function People(props: {
  readonly measured: Adherence;
  readonly chosen: string | null;
  readonly onChoose: (agentId: string) => void;
}) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const { agents } = usePlan();
  const { measured } = props;
  const names = useMemo(() => new Map(agents.map(({ id, name }) => [id, name])), [agents]);
  // Whoever kept least to the plan first.
  const rows = useMemo(
    () =>
      [...measured.agents].sort(
        (a, b) =>
          (adherenceOf(a.total) ?? 2) - (adherenceOf(b.total) ?? 2) || (a.agentId < b.agentId ? -1 : 1),
      ),
    [measured],
  );
  const at = rows.findIndex(({ agentId }) => agentId === props.chosen);
  const columns: Column<AgentAdherence>[] = [
    {
      id: "agent",
      header: t("adherence.agent"),
      width: 180,
      text: ({ agentId }) => names.get(agentId) ?? agentId,
    },
    ...figureColumns<AgentAdherence>(t, format, ({ total }) => total),
    {
      id: "lost",
      header: t("adherence.lostHours"),
      width: 90,
      align: "right",
      text: ({ total }) => format.number((total.plannedWorkSeconds - total.workedAsPlannedSeconds) / 3600, 1),
    },
  ];
  return (
    <section aria-label={t("adherence.people")}>
      <h3 className="field-label">{t("adherence.people")}</h3>
      <DataGrid
        label={t("adherence.people")}
        rows={rows}
        rowKey={({ agentId }) => agentId}
        columns={columns}
        frozenColumns={1}
        height={320}
        selectedRows={at < 0 ? null : { first: at, end: at + 1 }}
        onSelectRows={({ first }) => rows[first] && props.onChoose(rows[first].agentId)}
      />
      <p className="periods-note">{t("adherence.definition")}</p>
    </section>
  );
}

/** One person's intervals, or everybody's together. */
function Intervals(props: {
  readonly measured: Adherence;
  readonly grid: IntervalGrid;
  readonly agentId: string | null;
}) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const { agents } = usePlan();
  const { measured, grid, agentId } = props;
  const person = measured.agents.find((agent) => agent.agentId === agentId);
  const name = agents.find(({ id }) => id === agentId)?.name;
  const title = person ? t("adherence.intervalsOf", { agent: name ?? agentId }) : t("adherence.intervals");
  const rows = useMemo(
    () =>
      (person?.intervals ?? measured.intervals).flatMap((figures, at) =>
        figures.plannedSeconds > 0 || figures.workedSeconds > 0
          ? [{ interval: measured.firstInterval + at, figures }]
          : [],
      ),
    [person, measured],
  );
  const columns: Column<(typeof rows)[number]>[] = [
    {
      id: "time",
      header: t("adherence.interval"),
      width: 180,
      text: ({ interval }) => {
        const { date, minuteOfDay } = localTimeOf(grid, interval);
        return `${format.date(date)} ${format.time(minuteOfDay)}`;
      },
    },
    ...figureColumns<(typeof rows)[number]>(t, format, ({ figures }) => figures),
  ];
  return (
    <section aria-label={title}>
      <h3 className="field-label">{title}</h3>
      <DataGrid
        label={title}
        rows={rows}
        rowKey={({ interval }) => interval}
        columns={columns}
        frozenColumns={1}
        height={280}
      />
    </section>
  );
}

function figureColumns<Row>(
  t: ReturnType<typeof useTranslation<"periods">>["t"],
  format: ReturnType<typeof useFormat>,
  of: (row: Row) => AdherenceFigures,
): Column<Row>[] {
  const column = (
    id: "planned" | "plannedWork" | "worked" | "adherence" | "conformance",
    text: (row: Row) => string,
  ) => ({ id, header: t(`adherence.${id}`), width: 120, align: "right", text }) as const;
  const hours = (seconds: number) => format.number(seconds / 3600, 2);
  return [
    column("planned", (row) => hours(of(row).plannedSeconds)),
    {
      ...column("adherence", (row) => format.percent(adherenceOf(of(row)))),
      tone: (row) => lowTone(of(row)),
    },
    column("plannedWork", (row) => hours(of(row).plannedWorkSeconds)),
    column("worked", (row) => hours(of(row).workedSeconds)),
    column("conformance", (row) => format.percent(conformanceOf(of(row)))),
  ];
}

/** Less than four fifths in the planned activity. */
function lowTone(figures: AdherenceFigures): "short" | undefined {
  const share = adherenceOf(figures);
  return share !== null && share < 0.8 ? "short" : undefined;
}

/** What each state was taken for, longest first, to be corrected; what is said is remembered for the next log. */
function States(props: {
  readonly meanings: StateLog["meanings"];
  readonly format: ReturnType<typeof useFormat>;
}) {
  const { t } = useTranslation("periods");
  const { store } = useDesk();
  const { meanings, format } = props;
  function say(state: string, kind: StateKind): void {
    store.edit("periods:edit.stateMeaning", (plan) => ({
      ...plan,
      stateMeanings: [...(plan.stateMeanings ?? []).filter((one) => one.state !== state), { state, kind }],
    }));
  }
  return (
    <section aria-label={t("adherence.states")}>
      <h3 className="field-label">{t("adherence.states")}</h3>
      <table className="periods-table periods-states">
        <tbody>
          {meanings.map(({ state, kind, seconds }) => (
            <tr key={state}>
              <th scope="row">{state}</th>
              <td>
                <select
                  className="input select"
                  aria-label={t("adherence.meaningOf", { state })}
                  value={kind ?? ""}
                  onChange={(event) => say(state, event.target.value as StateKind)}
                >
                  {kind === null && <option value="">{t("adherence.kind.unknown")}</option>}
                  {stateKinds.map((one) => (
                    <option key={one} value={one}>
                      {t(`adherence.kind.${one}`)}
                    </option>
                  ))}
                </select>
              </td>
              <td>{format.hours(seconds / 3600, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SaveButtons({ measured, grid }: { readonly measured: Adherence; readonly grid: IntervalGrid }) {
  const { t } = useTranslation("periods");
  const { store } = useDesk();
  const plan = usePlan();
  const coded = useCoded();
  const table = (write: (measured: Adherence, plan: Pick<Plan, "agents">) => string) => {
    if (!coded) return write(measured, plan);
    const { document } = store.state();
    return write(adherenceWithCodes(measured, codeBook(document)), withAgentCodes(document).plan);
  };
  const save = (part: string, text: string) =>
    download(new Blob([text], { type: "text/csv" }), exportFileName(plan.name, part, "csv"));
  return (
    <div className="periods-buttons">
      <Button onClick={() => save("adherence-days", table(adherenceByDayCsv))}>
        {t("adherence.csvDays")}
      </Button>
      <Button
        onClick={() =>
          save(
            "adherence-intervals",
            table((of, who) => adherenceByIntervalCsv(of, who, grid)),
          )
        }
      >
        {t("adherence.csvIntervals")}
      </Button>
      <CodesSwitch />
    </div>
  );
}
