import { z } from "zod";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { LoggedState, StateKind, StateLog, StateMeanings } from "../domain/plan/agent-states.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { clockReader, type DateOrder, parseTimeOfDay } from "./clock-cells.ts";
import { localInstants } from "./local-instants.ts";
import { nameLookup } from "./name-lookup.ts";
import { dateOrderOf } from "./people-cells.ts";
import { kindOfState } from "./state-words.ts";
import { readTable, type Table, type TableRow } from "./table-reader.ts";

/** Names of columns in exports of ACDs: the plain layout, Genesys Cloud, NICE CXone, Five9, Amazon Connect, Cisco. */
const columnNames = {
  agent:
    "agent agent_id agent_no agentid user user_id userid username user_name login agent_login employee_id employee_number " +
    "employee id key 工号 坐席 坐席工号",
  name: "agent_name name full_name agent_full_name display_name 姓名 坐席姓名",
  email: "email e-mail agent_email email_address mail 邮箱",
  date: "date day start_date event_date 日期",
  start:
    "start start_time starttime starttimestamp start_timestamp timestamp event_time eventtimestamp event_timestamp time " +
    "state_transition_time status_start_time state_start_time from began 开始时间 时间",
  end: "end end_time endtime end_timestamp status_end_time state_end_time to until 结束时间",
  duration:
    "duration duration_seconds duration_(seconds) agent_state_time state_time state_duration status_duration 时长",
  state:
    "state agent_state status agent_status current_status presence system_presence event event_type activity state_name " +
    "status_name 状态 坐席状态",
  reason:
    "reason reason_code reasoncode not_ready_reason secondary_status sub_status aux_code outstate outstate_description " +
    "unavailable_code 原因",
  working: "working",
  available: "available",
} as const;
const aliases = Object.fromEntries(
  Object.entries(columnNames).flatMap(([meant, names]) => names.split(" ").map((name) => [name, meant])),
);

/** One state as a row tells of it, before anything is made of what it leaves out. */
interface Entry {
  readonly agentId: string;
  readonly state: string;
  readonly start: number;
  readonly end: number | null;
}

/**
 * What people really did, from a file of an ACD: rows of a state with its beginning (and end or length, or none of them,
 * where it lasts until the next), as CSV, or agent events of Amazon Connect as JSON. Columns go by their headings; times
 * without an offset are the plan's clock. People are known by key, e-mail address or name, also written `Last, First`.
 *
 * A state without an end lasts until the next one of the same person, and the last until the log ends. Overlaps go to what
 * began later (of two that began together, to the shorter), and the longer state goes on after it. States of no length
 * count for nothing. A clock time beside a date that is before the start is that of the next date. A state with a reason is
 * named with it (`Not Ready: Lunch`), and the reason says what it means.
 *
 * Issues: `stateLog.nothing`, `stateLog.missingColumn`, `stateLog.badJson` fail; rows refused with their line:
 * `stateLog.badTime`, `stateLog.endBeforeStart`, and counted `stateLog.badEvents`; `stateLog.unknownPerson` (each name once, with how often),
 * `stateLog.unknownState` (counted as away until somebody says what it is), `stateLog.dateOrderOpen` (assumed).
 *
 * @param meanings what a person said of states, before what their names say
 * @example readStateLog("agent,start,end,state\nada,2026-11-02 08:00,2026-11-02 12:00,Available", "log.csv", plan)
 */
export function readStateLog(
  text: string,
  name: string,
  plan: Pick<Plan, "agents" | "timeZone">,
  { meanings = [], dateOrder }: { readonly meanings?: StateMeanings; readonly dateOrder?: DateOrder } = {},
): Outcome<StateLog> {
  const isJson = /^\s*[[{]/.test(text);
  const rows = isJson ? connectRows(text, name) : tableRows(text, name, plan.timeZone, dateOrder);
  if (!rows.ok) return rows;
  const agentOf = personFinder(plan.agents);
  const unknown = new Map<string, number>();
  const entries = rows.value.flatMap(({ person, ...entry }): Entry[] => {
    const agent = person.map(agentOf).find((found) => found !== undefined);
    if (agent !== undefined) return entry.end === entry.start ? [] : [{ ...entry, agentId: agent.id }];
    const label = person.find((part) => part !== "") ?? "";
    unknown.set(label, (unknown.get(label) ?? 0) + 1);
    return [];
  });
  const issues: Issue[] = [
    ...rows.issues,
    ...[...unknown].map(
      ([person, count]): Issue => ({
        code: "stateLog.unknownPerson",
        severity: "warning",
        table: name,
        values: { person, count },
      }),
    ),
  ];
  if (entries.length === 0)
    return fail({ code: "stateLog.nothing", severity: "error", table: name }, ...issues);
  // A loop, because a call takes no more arguments than the stack holds, and logs have more rows.
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { start, end } of entries) {
    from = Math.min(from, start);
    until = Math.max(until, end ?? start);
  }
  const states = withoutOverlaps(entries, until);
  const log = { states, from, until, meanings: meaningsOf(states, meanings) };
  return succeed(log, [
    ...issues,
    ...log.meanings
      .filter(({ kind }) => kind === null)
      .map(
        ({ state }): Issue => ({
          code: "stateLog.unknownState",
          severity: "warning",
          table: name,
          values: { state },
        }),
      ),
  ]);
}

type Row = Omit<Entry, "agentId"> & {
  /** Key, e-mail address, name: as many as there are. */
  readonly person: readonly string[];
};

function tableRows(
  text: string,
  name: string,
  timeZone: string,
  given: DateOrder | undefined,
): Outcome<readonly Row[]> {
  const layout = { prefix: "stateLog", aliases };
  const timed = readTable(text, name, { ...layout, required: ["start"] });
  const dated = timed.ok ? timed : readTable(text, name, { ...layout, required: ["date"] });
  if (!dated.ok) return timed.ok ? dated : fail(...timed.issues);
  const table = dated.value;
  const order = orderOf(table, given);
  const clock = clockReader(order);
  const instantsOf = localInstants(timeZone);
  const instants: Instants = (dateText, timeText, daysLater = 0) => {
    const reading = clock(dateText, timeText);
    return reading === null ? [] : instantsOf({ ...reading, day: reading.day + daysLater });
  };
  const rows = table.rows.flatMap((row): Row[] => {
    const state = stateOf(row);
    if (state === null) return [];
    const [date, time] = [row.cell("date"), row.cell("start")];
    const [start] =
      date === "" || (parseTimeOfDay(time) === null && time !== "")
        ? instants(time, null)
        : instants(date, time === "" ? null : time);
    if (start === undefined) {
      row.refuse("badTime", time === "" ? "date" : "start");
      return [];
    }
    const end = endOf(row, start, date, instants);
    if (end === undefined) return [];
    const person = [row.cell("agent"), row.cell("email"), row.cell("name")].filter((part) => part !== "");
    return [{ person, state, start, end }];
  });
  if (rows.length === 0) return table.failure("nothing");
  return succeed(rows, table.issues());
}

/** All instants that a date and a time may mean, in the order of time: two in an hour that comes twice. */
type Instants = (dateText: string, timeText: string | null, daysLater?: number) => readonly number[];

/** null: the row leaves it out. undefined: it was refused. */
function endOf(row: TableRow, start: number, date: string, instants: Instants): number | null | undefined {
  const written = row.cell("end");
  if (written !== "") {
    const time = date === "" ? null : parseTimeOfDay(written);
    const readings = time === null ? instants(written, null) : instants(date, written);
    // By the clock and not 24 hours later: nights over a clock change are an hour longer or shorter.
    const isOvernight = time !== null && time < (parseTimeOfDay(row.cell("start")) ?? 86_400);
    const end = [...readings, ...(isOvernight ? instants(date, written, 1) : [])].find((at) => at >= start);
    if (end === undefined)
      row.refuse(readings.length === 0 || time !== null ? "badTime" : "endBeforeStart", "end");
    return end;
  }
  const duration = row.cell("duration");
  if (duration === "") return null;
  const seconds = secondsOf(duration);
  if (seconds !== null) return start + seconds;
  row.refuse("badTime", "duration");
  return undefined;
}

/** `3725`, `62:05`, `1:02:05`, `1 02:03:04` (days first), decimals rounded. */
function secondsOf(text: string): number | null {
  if (/^\d+([.,]\d+)?$/.test(text)) return Math.round(Number(text.replace(",", ".")));
  const [, days, rest] = /^(?:(\d+)[ .])?((?:\d+:)?\d+:\d\d)(?:[.,]\d+)?$/.exec(text) ?? [];
  if (rest === undefined) return null;
  return rest.split(":").reduce((sum, part) => 60 * sum + Number(part), 0) + 86_400 * Number(days ?? 0);
}

/** A state's name, with its reason; NICE CXone's state log tells it by marks instead. null: the row says nothing. */
function stateOf(row: TableRow): string | null {
  const [state, reason] = [row.cell("state"), row.cell("reason")];
  const named = /^(0|none|null|-|n\/a)?$/i.test(reason) ? "" : reason;
  if (state !== "") return named === "" ? state : `${state}: ${named}`;
  const [working, available] = [row.cell("working"), row.cell("available")];
  if (working === "" && available === "") return named === "" ? null : named;
  if (/^[1-4]$/.test(working)) return "Working";
  if (/^(1|true)$/i.test(available)) return "Available";
  return named === "" ? "Unavailable" : `Unavailable: ${named}`;
}

function orderOf(table: Table, given: DateOrder | undefined): DateOrder {
  if (given !== undefined) return given;
  const texts = table.rows.flatMap((row) =>
    [row.cell("date"), row.cell("start"), row.cell("end")].flatMap((cell) => cell.split(/[T ]/)[0] ?? []),
  );
  const { order, other, example } = dateOrderOf(texts.filter((text) => /\d[-/.]\d/.test(text)));
  if (other !== null) table.remark("dateOrderOpen", "warning", { text: example ?? "", order });
  return order;
}

/** Agent events of Amazon Connect: a list, or one object a line. */
function connectRows(text: string, name: string): Outcome<readonly Row[]> {
  const events = eventsOf(text);
  if (events === null) return fail({ code: "stateLog.badJson", severity: "error", table: name });
  let unread = 0;
  const rows = events.flatMap((given): Row[] => {
    const read = connectEventSchema.safeParse(given);
    if (!read.success) unread++;
    if (!read.success || read.data.EventType === "HEART_BEAT") return [];
    const { AgentARN, EventTimestamp, EventType, CurrentAgentSnapshot: current } = read.data;
    const start = Date.parse(EventTimestamp) / 1000;
    const person = current?.Configuration;
    const name = [person?.FirstName, person?.LastName].filter((part) => part).join(" ");
    const state = EventType === "LOGOUT" ? "Offline" : (current?.AgentStatus?.Name ?? null);
    if (state === null) return [];
    const known = [person?.Username, name, AgentARN?.split("/").at(-1)].filter((part) => part != null);
    return [{ person: known.filter((part) => part !== ""), state, start, end: null }];
  });
  const issues: Issue[] =
    unread === 0
      ? []
      : [{ code: "stateLog.badEvents", severity: "warning", table: name, values: { count: unread } }];
  return rows.length === 0
    ? fail({ code: "stateLog.nothing", severity: "error", table: name }, ...issues)
    : succeed(rows, issues);
}

const text = z.string().nullish();
/** What is read of an agent event of Amazon Connect; one that is otherwise cannot be read. */
const connectEventSchema = z.looseObject({
  AgentARN: text,
  EventTimestamp: z.string().refine((instant) => !Number.isNaN(Date.parse(instant))),
  EventType: text,
  CurrentAgentSnapshot: z
    .looseObject({
      AgentStatus: z.looseObject({ Name: text }).nullish(),
      Configuration: z.looseObject({ Username: text, FirstName: text, LastName: text }).nullish(),
    })
    .nullish(),
});

function eventsOf(text: string): readonly object[] | null {
  const parsed = (part: string): unknown => JSON.parse(part);
  const asObjects = (list: unknown[]) => list.filter((one) => typeof one === "object" && one !== null);
  try {
    const whole = parsed(text);
    return asObjects(Array.isArray(whole) ? whole : [whole]);
  } catch {
    try {
      return asObjects(
        text
          .split(/\r?\n/)
          .filter((line) => line.trim() !== "")
          .map(parsed),
      );
    } catch {
      return null;
    }
  }
}

function personFinder(agents: Plan["agents"]): (text: string) => Plan["agents"][number] | undefined {
  const find = nameLookup(
    agents,
    ({ id }) => id,
    ({ email, id }) => email ?? id,
    ({ name }) => name,
    // As many systems write it.
    ({ name }) => {
      const parts = name.split(" ");
      return `${parts.at(-1)}, ${parts.slice(0, -1).join(" ")}`;
    },
  );
  return (text) => find(text);
}

/** Per person in the order of time: at each moment the state that began last among those that last then. */
function withoutOverlaps(entries: readonly Entry[], until: number): LoggedState[] {
  const ofAgent = new Map<string, Entry[]>();
  for (const entry of entries) {
    const entriesOfAgent = ofAgent.get(entry.agentId);
    if (entriesOfAgent === undefined) ofAgent.set(entry.agentId, [entry]);
    else entriesOfAgent.push(entry);
  }
  return [...ofAgent.keys()].sort().flatMap((id) => layered(withEnds(ofAgent.get(id)!, until)));
}

/** One person's states, those without an end until the next begins. */
function withEnds(entries: readonly Entry[], until: number): LoggedState[] {
  const sorted = [...entries].sort((a, b) => a.start - b.start);
  return sorted
    .map((entry, at) => ({ ...entry, end: entry.end ?? sorted[at + 1]?.start ?? until }))
    .filter(({ start, end }) => end > start);
}

/** One person's states, each where none that began later lies on it. */
function layered(states: readonly LoggedState[]): LoggedState[] {
  const pieces: LoggedState[] = [];
  /** States that have begun, the last one on top; those beneath go on when it ends. */
  const begun: LoggedState[] = [];
  let at = Number.NEGATIVE_INFINITY;
  const advance = (to: number) => {
    for (let top = begun.at(-1); top !== undefined && at < to; top = begun.at(-1)) {
      const end = Math.min(top.end, to);
      if (end > at) pieces.push({ ...top, start: at, end });
      at = Math.max(at, end);
      if (top.end <= at) begun.pop();
    }
    at = to;
  };
  for (const state of [...states].sort((a, b) => a.start - b.start || b.end - a.end)) {
    advance(state.start);
    begun.push(state);
  }
  advance(Number.POSITIVE_INFINITY);
  return pieces;
}

function meaningsOf(states: readonly LoggedState[], told: StateMeanings): StateLog["meanings"] {
  const seconds = new Map<string, number>();
  for (const { state, start, end } of states) seconds.set(state, (seconds.get(state) ?? 0) + end - start);
  const kinds = new Map(told.map(({ state, kind }) => [state, kind]));
  return [...seconds]
    .map(([state, total]) => ({
      state,
      kind: kinds.get(state) ?? kindByName(state),
      seconds: total,
    }))
    .sort((a, b) => b.seconds - a.seconds || (a.state < b.state ? -1 : 1));
}

/** A reason says more than the state it belongs to. */
function kindByName(state: string): StateKind | null {
  const [whole, reason] = state.split(": ");
  return (reason === undefined ? null : kindOfState(reason)) ?? kindOfState(whole);
}

/** The log with other meanings of its states. */
export function withMeanings(log: StateLog, told: StateMeanings): StateLog {
  return { ...log, meanings: meaningsOf(log.states, told) };
}
