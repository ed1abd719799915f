import type { ClockReading } from "../../files/clock-cells.ts";
import type { Question } from "./questions.ts";
import type { Column } from "./recognise-moments.ts";

/** Share of rows from which on a number that comes again is no slip. */
const manyLegs = 0.03;

/** Numbers of contacts, and not of lines, places or things. */
const numbersContacts =
  /call|contact|interaction|conversation|session|ticket|case|unique|ucid|linked|anruf|vorgang|kontakt|llamada|chamada|appel|chiamat|oproep|通话|会话|工单/i;

/**
 * The question about a log in which the number of a contact comes again at another time: its rows may be legs or events of
 * one contact, or contacts of their own. Null: no number does.
 */
export function askLegs(
  columns: readonly Column[],
  readings: readonly (ClockReading | null)[],
  rows: readonly (readonly string[])[],
): Question | null {
  for (const { index, header, name } of columns) {
    const { concepts } = name;
    const isOther = concepts.has("agent") || concepts.has("queue") || concepts.has("caller");
    if (!concepts.has("identifier") || isOther || !numbersContacts.test(header)) continue;
    const times = new Map<string, number>();
    let [again, told] = [0, 0];
    for (const [at, reading] of readings.entries()) {
      const id = (rows[at][index] ?? "").trim();
      if (reading === null || id === "") continue;
      const instant = reading.day * 86_400 + reading.secondOfDay;
      const before = times.get(id);
      told++;
      if (before === undefined) times.set(id, instant);
      else if (before !== instant) again++;
    }
    if (again < 3 || again < told * manyLegs) continue;
    return {
      about: "columns",
      code: "import.askLegs",
      severity: "error",
      column: header,
      values: { column: header, percent: Math.round((again / told) * 100) },
      choices: (["contactId", "ignore"] as const).map((role) => ({
        name: role,
        given: { columns: [{ role, header }] },
      })),
    };
  }
  return null;
}
