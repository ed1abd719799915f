import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { addDays, weekdayOf } from "../../../domain/calendar/clock.ts";
import { type Agent, burdens, type Roster } from "../../../domain/plan/roster.ts";
import { attendanceOf } from "../../../rostering/place-meetings.ts";
import { meetingsOf } from "../../../stages/roster.ts";
import { usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { PersonAgreements } from "./person-agreements.tsx";
import { sharesOf } from "./roster-answers.ts";
import type { RosterPlace } from "./roster-edits.ts";
import { datesOf, isRefusal, type RosterRow, rowMaker } from "./roster-rows.ts";
import { momentText, shiftText, type TemplateLook } from "./shift-words.ts";

/** One person's weeks, hours, wishes and what the ledger holds for them. */
export function PersonView(props: {
  readonly roster: Roster;
  readonly agentId: string | null;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly onChoose: (agentId: string) => void;
  readonly onOpen: (place: Partial<RosterPlace>) => void;
}) {
  const { roster, looks } = props;
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const agents = useMemo(() => [...plan.agents].sort((a, b) => a.name.localeCompare(b.name)), [plan.agents]);
  const at = Math.max(
    0,
    agents.findIndex(({ id }) => id === props.agentId),
  );
  const agent = agents[at];
  const row = useMemo(
    () => rowMaker()(plan, roster, null).find((candidate) => candidate.agent.id === agent.id),
    [plan, roster, agent.id],
  );
  if (!row) return null;
  const step = (by: number) => props.onChoose(agents[(at + by + agents.length) % agents.length].id);
  return (
    <div className="person">
      <div className="roster-tools">
        <SelectField
          label={t("person.choose")}
          value={agent.id}
          options={agents.map(({ id, name }) => ({ value: id, name }))}
          onChange={props.onChoose}
        />
        <Button onClick={() => step(-1)}>{t("person.previous")}</Button>
        <Button onClick={() => step(1)}>{t("person.next")}</Button>
      </div>
      <Facts agent={agent} />
      <Overall roster={roster} agentId={agent.id} />
      <Meetings roster={roster} agentId={agent.id} />
      <Weeks roster={roster} row={row} looks={looks} onOpen={props.onOpen} />
      <div className="person-columns">
        <Shares roster={roster} agentId={agent.id} />
        <Wishes roster={roster} row={row} looks={looks} onOpen={props.onOpen} />
      </div>
      <PersonAgreements agent={agent} />
    </div>
  );
}

function Facts({ agent }: { readonly agent: Agent }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const plan = usePlan();
  const contract = plan.contracts.find(({ id }) => id === agent.contractId);
  const group = plan.groups.find(({ id }) => id === agent.groupId);
  const queues = plan.queues.filter(({ id }) => group?.queueIds.includes(id)).map(({ name }) => name);
  return (
    <p className="person-facts">
      {[
        agent.team,
        `${group?.name ?? agent.groupId} (${format.list(queues)})`,
        contract &&
          t("person.contract", {
            name: contract.name,
            least: format.number(contract.minimumMinutesPerWeek / 60, 0),
            most: format.hours(contract.maximumMinutesPerWeek / 60),
          }),
        t("person.joined", { date: format.date(agent.joined, "full") }),
        t("person.aht", { factor: format.number(agent.proficiency, 2) }),
      ]
        .filter(Boolean)
        .join(" · ")}
    </p>
  );
}

/** The meetings that somebody takes part in, and when; those without a time are missed, or not held. */
function Meetings({ roster, agentId }: { readonly roster: Roster; readonly agentId: string }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const plan = usePlan();
  const nameOf = new Map(plan.meetings?.map(({ id, name }) => [id, name]));
  const own = useMemo(
    () =>
      attendanceOf(roster.grid, meetingsOf(plan.meetings ?? [], plan.agents), roster.assignments).filter(
        (one) => one.agentId === agentId,
      ),
    [roster, plan.meetings, plan.agents, agentId],
  );
  if (own.length === 0) return null;
  return (
    <ul className="violation-list" aria-label={t("meetings.ofPerson")}>
      {own.map(({ meetingId, week, startMinute }) => (
        <li key={`${meetingId} ${week}`}>
          {nameOf.get(meetingId)}:{" "}
          {startMinute === null ? t("meetings.notThere") : momentText(roster.grid, startMinute, format)}
        </li>
      ))}
    </ul>
  );
}

/** What the roster as a whole breaks for a person, such as a fair share of nights. */
function Overall({ roster, agentId }: { readonly roster: Roster; readonly agentId: string }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const broken = roster.violations.filter(
    (violation) => violation.agentId === agentId && violation.date === null,
  );
  if (broken.length === 0) return null;
  return (
    <ul className="violation-list" aria-label={t("violations.label")}>
      {broken.map(({ rule, penalty }, index) => (
        <li key={`${rule} ${index}`}>
          {t(penalty === null ? "cell.hardRule" : "cell.softRule", {
            rule: t(`rule.${rule}`),
            price: format.number(penalty, penalty !== null && Number.isInteger(penalty) ? 0 : 1),
          })}
        </li>
      ))}
    </ul>
  );
}

/** The whole plan as a calendar, a week a line, with the hours of each beside what the contract allows. */
function Weeks(props: {
  readonly roster: Roster;
  readonly row: RosterRow;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly onOpen: (place: Partial<RosterPlace>) => void;
}) {
  const { roster, row, looks } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const plan = usePlan();
  const contract = plan.contracts.find(({ id }) => id === row.agent.contractId);
  const days = row.cells.map((cell, day) => ({ cell, day }));
  const weekday = (day: number) => ((weekdayOf(roster.grid.firstDate) - 1 + day) % 7) + 1;
  const weeks: (typeof days)[] = [];
  for (const entry of days) {
    if (entry.day === 0 || weekday(entry.day) === 1) weeks.push([]);
    weeks[weeks.length - 1].push(entry);
  }
  const dates = datesOf(roster.grid);
  return (
    <table className="person-weeks" aria-label={t("person.weeks", { agent: row.agent.name })}>
      <thead>
        <tr>
          {([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
            <th key={day} scope="col">
              {format.weekday(day)}
            </th>
          ))}
          <th scope="col">{t("column.hours")}</th>
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => {
          const minutes = week.reduce((sum, { cell }) => sum + paid(cell.assignment?.shift.activities), 0);
          const isOver = contract !== undefined && minutes > contract.maximumMinutesPerWeek;
          const before = weekday(week[0].day) - 1;
          return (
            <tr key={week[0].day}>
              {before > 0 && <td colSpan={before} />}
              {week.map(({ cell, day }) => {
                const { assignment, broken, isOff } = cell;
                const date = dates[day];
                const look = assignment && looks.get(assignment.shift.templateId);
                const isHard = broken.some(({ penalty }) => penalty === null);
                return (
                  <td key={day} className={isOff ? "is-off" : undefined}>
                    <button
                      type="button"
                      className={isHard ? "person-day is-hard" : "person-day"}
                      onClick={() => props.onOpen({ agentId: row.agent.id, date })}
                    >
                      <small>{format.date(date, "day")}</small>
                      {assignment ? (
                        <span className={`person-shift series-${look?.series ?? 0}`}>
                          {shiftText(assignment.shift, roster.grid, format)}
                        </span>
                      ) : (
                        <span>{isOff ? t("cell.away") : " "}</span>
                      )}
                      {broken.map(({ rule, penalty }) => (
                        <em key={rule}>
                          {t(penalty === null ? "cell.hardRule" : "cell.softRule", {
                            rule: t(`rule.${rule}`),
                            price: format.number(penalty),
                          })}
                        </em>
                      ))}
                    </button>
                  </td>
                );
              })}
              {week.length + before < 7 && <td colSpan={7 - week.length - before} />}
              <td className={isOver ? "is-number is-hard" : "is-number"}>{format.number(minutes / 60, 1)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const measures = [...burdens, "wishesGranted"] as const;

/** What this roster gives, what earlier periods left in the ledger, and what everybody has on average. */
function Shares({ roster, agentId }: { readonly roster: Roster; readonly agentId: string }) {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const plan = usePlan();
  const document = useSession((state) => state.document);
  const shares = useMemo(() => sharesOf(document, roster), [document, roster]);
  const own = shares.find((share) => share.agentId === agentId);
  const carried = plan.ledger?.find((entry) => entry.agentId === agentId);
  if (!own) return null;
  const mean = (measure: (typeof measures)[number]) =>
    shares.reduce((sum, share) => sum + amountOf(share, measure), 0) / Math.max(1, shares.length);
  return (
    <table className="person-table" aria-label={t("person.shares")}>
      <thead>
        <tr>
          <th scope="col">{t("person.shares")}</th>
          <th scope="col">{t("person.here")}</th>
          <th scope="col">{t("person.mean")}</th>
          <th scope="col">{t("person.carried")}</th>
          <th scope="col">{t("person.together")}</th>
        </tr>
      </thead>
      <tbody>
        {measures
          .filter((measure) => measure in own)
          .map((measure) => {
            const here = amountOf(own, measure);
            const before = carried?.[measure] ?? 0;
            return (
              <tr key={measure}>
                <th scope="row">{t(`measure.${measure}`)}</th>
                <td>{format.number(here, 0)}</td>
                <td>{format.number(mean(measure), 1)}</td>
                <td>{carried ? format.number(before, 1) : "—"}</td>
                <td>{format.number(here + before, Number.isInteger(before) ? 0 : 1)}</td>
              </tr>
            );
          })}
      </tbody>
    </table>
  );
}

function amountOf(share: object, measure: string): number {
  return Number((share as Readonly<Record<string, unknown>>)[measure] ?? 0);
}

function Wishes(props: {
  readonly roster: Roster;
  readonly row: RosterRow;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly onOpen: (place: Partial<RosterPlace>) => void;
}) {
  const { roster, row, looks } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const last = addDays(roster.grid.firstDate, roster.grid.dayCount - 1);
  const wishes = row.agent.wishes.filter(({ date }) => date >= roster.grid.firstDate && date <= last);
  const refused = new Set(
    row.cells.flatMap(({ broken }) => broken.filter(isRefusal).map(({ date }) => date)),
  );
  if (wishes.length === 0) return <p className="inherited">{t("person.noWishes")}</p>;
  return (
    <table className="person-table" aria-label={t("person.wishes")}>
      <thead>
        <tr>
          <th scope="col">{t("person.wishes")}</th>
          <th scope="col">{t("person.weight")}</th>
          <th scope="col">{t("person.granted")}</th>
        </tr>
      </thead>
      <tbody>
        {wishes.map(({ date, kind, templateId, weight }) => (
          <tr key={`${date} ${kind}`}>
            <th scope="row">
              <button
                type="button"
                className="link-button"
                onClick={() => props.onOpen({ agentId: row.agent.id, date })}
              >
                {[
                  format.date(date),
                  t(`wish.${kind}`),
                  templateId === null ? "" : (looks.get(templateId)?.name ?? templateId),
                ]
                  .filter((part) => part !== "")
                  .join(", ")}
              </button>
            </th>
            <td>{format.number(weight, Number.isInteger(weight) ? 0 : 1)}</td>
            <td className={refused.has(date) ? "is-refused" : undefined}>
              {t(refused.has(date) ? "person.no" : "person.yes")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function paid(
  activities:
    | readonly { readonly paid: boolean; readonly startMinute: number; readonly endMinute: number }[]
    | undefined,
): number {
  return (activities ?? []).reduce(
    (sum, { paid, startMinute, endMinute }) => sum + (paid ? endMinute - startMinute : 0),
    0,
  );
}
