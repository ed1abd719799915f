import { fail, type Issue, type Outcome, succeed } from "../../domain/outcome.ts";
import {
  dayOff,
  type KindCap,
  type Person,
  type RosterProblem,
  type Tour,
  type TourLimits,
} from "./roster-problem.ts";

/** Shift assignment in the words of the benchmark files: identifiers and a day counted from 0. */
export interface NamedAssignment {
  readonly employee: string;
  readonly day: number;
  readonly shift: string;
}

/**
 * Reads an instance of the benchmark of Curtois & Qu (sections of comma-separated rows, `#` comments, any line ends).
 * Days start on a Monday. A missing section, an unknown name or a malformed number is an issue with its line.
 * Format: schedulingbenchmarks.org, "Shift scheduling benchmark data sets".
 */
export function readCurtoisQu(text: string): Outcome<RosterProblem> {
  const issues: Issue[] = [];
  const sections = new Map<string, { line: number; fields: string[] }[]>();
  let rows: { line: number; fields: string[] }[] | null = null;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("SECTION_")) {
      rows = [];
      sections.set(line, rows);
    } else if (rows === null) {
      return fail(problemAt("roster.notAnInstance", index + 1, { text: line.slice(0, 40) }));
    } else {
      rows.push({ line: index + 1, fields: line.split(",").map((field) => field.trim()) });
    }
  }
  const needed = ["SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER"];
  for (const name of needed)
    if (!sections.get(name)?.length)
      issues.push({ code: "roster.sectionMissing", severity: "error", values: { section: name } });
  if (issues.length > 0) return { ok: false, issues };

  const whole = (text: string | undefined, line: number): number => {
    const value = text === undefined || text === "" ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || value < 0) {
      issues.push(problemAt("roster.notANumber", line, { text: text ?? "" }));
      return 0;
    }
    return value;
  };
  const section = (name: string) => sections.get(name) ?? [];

  const horizon = section("SECTION_HORIZON")[0];
  const dayCount = whole(horizon.fields[0], horizon.line);
  if (!Number.isInteger(dayCount) || dayCount < 1 || dayCount > 1000)
    return fail(...issues, problemAt("roster.horizonOutOfRange", horizon.line, { days: horizon.fields[0] }));
  const kinds = section("SECTION_SHIFTS").map(({ line, fields }) => ({
    id: fields[0],
    minutes: whole(fields[1], line),
  }));
  const kindIndex = new Map(kinds.map((kind, index) => [kind.id, index]));
  const kindOf = (id: string, line: number): number => {
    const kind = kindIndex.get(id);
    if (kind === undefined) issues.push(problemAt("roster.unknownShift", line, { shift: id }));
    return kind ?? 0;
  };
  const mayFollow = kinds.map(() => kinds.map(() => true));
  for (const { line, fields } of section("SECTION_SHIFTS")) {
    for (const next of (fields[2] ?? "").split("|").filter((id) => id !== ""))
      mayFollow[kindOf(fields[0], line)][kindOf(next, line)] = false;
  }

  const width = kinds.length + 1;
  const limitsByName = new Map<string, TourLimits>();
  const people: Person[] = section("SECTION_STAFF").map(({ line, fields }) => {
    const caps: KindCap[] = (fields[1] ?? "").split("|").flatMap((entry) => {
      const [id, maximum] = entry.split("=");
      return id === "" ? [] : [{ kinds: [kindOf(id, line)], maximum: whole(maximum, line) }];
    });
    const limits: TourLimits = limitsByName.get(fields.slice(1).join()) ?? {
      mayFollow,
      caps,
      maximumMinutes: whole(fields[2], line),
      minimumMinutes: whole(fields[3], line),
      maximumConsecutiveDays: whole(fields[4], line),
      minimumConsecutiveDays: Math.max(1, whole(fields[5], line)),
      minimumConsecutiveDaysOff: Math.max(1, whole(fields[6], line)),
      maximumWeekends: whole(fields[7], line),
      minimumMinutesOfWeek: [],
      maximumMinutesPerWeek: Infinity,
    };
    limitsByName.set(fields.slice(1).join(), limits);
    return { id: fields[0], limits, prices: new Float64Array(dayCount * width) };
  });
  const personById = new Map(people.map((person) => [person.id, person]));
  const withRequest = (
    line: number,
    fields: readonly string[],
    apply: (person: Person, day: number) => void,
  ): void => {
    const person = personById.get(fields[0]);
    const day = whole(fields[1], line);
    if (person === undefined) issues.push(problemAt("roster.unknownEmployee", line, { employee: fields[0] }));
    else if (day >= dayCount) issues.push(problemAt("roster.dayOutsideHorizon", line, { day }));
    else apply(person, day);
  };
  for (const { line, fields } of section("SECTION_DAYS_OFF"))
    for (const day of fields.slice(1).filter((field) => field !== ""))
      withRequest(line, [fields[0], day], (person, index) => {
        person.prices.fill(Infinity, index * width + 1, (index + 1) * width);
      });
  for (const { line, fields } of section("SECTION_SHIFT_ON_REQUESTS")) {
    withRequest(line, fields, (person, day) => {
      const wanted = kindOf(fields[2], line);
      const weight = whole(fields[3], line);
      for (let choice = 0; choice < width; choice++)
        if (choice !== wanted + 1) person.prices[day * width + choice] += weight;
    });
  }
  for (const { line, fields } of section("SECTION_SHIFT_OFF_REQUESTS")) {
    withRequest(line, fields, (person, day) => {
      person.prices[day * width + kindOf(fields[2], line) + 1] += whole(fields[3], line);
    });
  }

  const rowsOfCover = section("SECTION_COVER");
  const cellsOf: number[][] = Array.from({ length: dayCount * kinds.length }, () => []);
  const cover = {
    need: new Float64Array(rowsOfCover.length),
    underPrice: new Float64Array(rowsOfCover.length),
    overPrice: new Float64Array(rowsOfCover.length),
    cellsOf,
  };
  for (const [cell, { line, fields }] of rowsOfCover.entries()) {
    const day = whole(fields[0], line);
    if (day >= dayCount) {
      issues.push(problemAt("roster.dayOutsideHorizon", line, { day }));
      continue;
    }
    cellsOf[day * kinds.length + kindOf(fields[1], line)].push(cell);
    cover.need[cell] = whole(fields[2], line);
    cover.underPrice[cell] = whole(fields[3], line);
    cover.overPrice[cell] = whole(fields[4], line);
  }
  if (issues.length > 0) return { ok: false, issues };
  const days = Array.from({ length: dayCount }, (_, day) => day);
  return succeed({
    dayCount,
    weekOfDay: days.map((day) => Math.floor(day / 7)),
    weekendOfDay: days.map((day) => (day % 7 >= 5 ? Math.floor(day / 7) : -1)),
    kinds,
    cover,
    people,
  });
}

/** Tours in the benchmark's words, person by person, day by day. */
export function namedAssignments(problem: RosterProblem, tours: readonly Tour[]): NamedAssignment[] {
  return problem.people.flatMap((person, index) =>
    Array.from(tours[index]).flatMap((kind, day) =>
      kind === dayOff ? [] : [{ employee: person.id, day, shift: problem.kinds[kind].id }],
    ),
  );
}

function problemAt(code: string, line: number, values: Record<string, string | number>): Issue {
  return { code, severity: "error", line, values };
}
