import { samplePlan } from "../../sample-data/plan.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { type Departure, updatePeople } from "../../src/domain/plan/update-people.ts";
import { recogniseColumns } from "../../src/files/people-columns.ts";
import { peopleTableOfBytes, readPeople } from "../../src/files/people-list.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { damagedBytes, damagedText, encodedText, pickOf } from "./mutations.ts";
import type { Round } from "./round.ts";

const whole = samplePlan();
const plan = { ...whole, agents: whole.agents.slice(0, 12) };
const document = { plan, history: null, results: noResults };
const names = [
  "Ada Byron",
  "García, José",
  "Müller",
  "王小明",
  "O'Neil",
  "Åse Ødegård",
  "İpek Yılmaz",
  "Zoë",
];

/** Lists of people as HR systems write them, in several languages. */
const lists: readonly string[] = [
  list(
    "Employee Number,Employee Name,E-mail,Team,Site,Contract,Contract Hours/Week,Skills,Hire Date,End Date,Days Off,Leave",
    (name, at) =>
      `${1000 + at},"${name}",p${at}@example.com,Team ${at % 3},North,Full,${20 + at},"Sales; Service",2024-0${1 + (at % 9)}-15,,Sun,2026-11-0${1 + (at % 9)}`,
  ),
  list(
    "Personal-Nr.;Mitarbeiter;E-Mail;Team;Standort;Vertrag;Wochenstunden;Kenntnisse;Eintritt;Austritt;Freie Tage;Urlaub",
    (name, at) =>
      `${1000 + at};${name};p${at}@example.com;T${at % 3};Süd;Vollzeit;38,5;Verkauf;15.0${1 + (at % 9)}.2024;;So;01.11.2026-05.11.2026`,
  ),
  list(
    "姓名\t工号\t班组\t技能\t入职日期",
    (name, at) => `${name}\t${1000 + at}\t一组\t电话\t2024/${1 + at}/15`,
  ),
  list(
    "First Name,Last Name,Voice,Chat,Speed,Leave from,Leave to",
    (name, at) =>
      `${name.split(" ")[0]},Nr ${at},${at % 3},${at % 2 ? "x" : ""},${90 + at}%,2026-11-0${1 + at},2026-11-1${at}`,
  ),
];

function list(header: string, row: (name: string, at: number) => string): string {
  return [header, ...names.map(row)].join("\n");
}

/** One damaged list of people: read, and taken into a plan. */
export function peopleRound(seed: number, index: number): Round {
  const chance = randomStream(seed, "people", index);
  const bytes = damagedBytes(encodedText(damagedText(pickOf(lists, chance), chance), chance), chance);
  const table = peopleTableOfBytes(bytes, "people.csv", plan.queues);
  if (!table.ok) return { end: "refused", fault: reasonIn(table.issues), isCounted: false };
  const columns = recogniseColumns(table.value.headings, plan.queues, undefined);
  const outcome = readPeople(table.value, plan, { columns, dateOrder: null, skills: [] });
  if (!outcome.ok) return { end: "refused", fault: reasonIn(outcome.issues), isCounted: false };
  const { people, refusedKeys } = outcome.value;
  const fault = (text: string): Round => ({ end: "read", fault: text, isCounted: false });
  const keys = new Set(people.map(({ key }) => key));
  if (keys.size !== people.length) return fault("a person twice");
  // Each row is a person, leave of a person above it, or refused in words.
  const refusedLines = new Set(outcome.issues.flatMap(({ line }) => (line === undefined ? [] : [line])));
  const further = outcome.issues.some(({ code }) => code === "import.furtherIssues");
  const rows = table.value.rows.length;
  const unaccounted = rows - people.length - refusedLines.size;
  const mayAddLeave = columns.some((meaning) => ["leave", "leaveFrom"].includes(meaning));
  if (!further && (unaccounted < 0 || (unaccounted > 0 && !mayAddLeave)))
    return fault(`${rows} rows, ${people.length} people and ${refusedLines.size} refused`);
  const departure = pickOf(
    [{ kind: "keep" }, { kind: "remove" }, { kind: "end", lastDate: plan.firstDate }],
    chance,
  );
  const departures = new Map(plan.agents.map(({ id }) => [id, departure as Departure]));
  const update = updatePeople(document, people, { contracts: [], refusedKeys, departures });
  const ids = update.document.plan.agents.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return fault("two people of one key in the plan");
  return { end: "read", fault: null, isCounted: unaccounted === 0 };
}

function reasonIn(issues: readonly { readonly severity: string }[]): string | null {
  return issues.some(({ severity }) => severity === "error") ? null : "refused without a reason";
}
