/**
 * An independent judge of rosters in the benchmark's format, written from its rules alone: it reads the instance text
 * itself and shares no code with reader, rules or search. Use it to trust a printed objective.
 */
export interface Verdict {
  /** One line per broken hard rule: `A day 5: E may not follow L`. Empty for a valid roster. */
  readonly faults: readonly string[];
  /** Unmet requests plus cover, whatever the faults. */
  readonly objective: number;
}

/** Judges `assignments` (day counted from 0) against an instance. Throws RangeError when the instance has no horizon. */
export function judgeRoster(
  instanceText: string,
  assignments: readonly { readonly employee: string; readonly day: number; readonly shift: string }[],
): Verdict {
  const rowsOf = (section: string): string[][] => {
    const lines = instanceText.split(/\r?\n|\r/).map((line) => line.trim());
    const begin = lines.indexOf(section);
    if (begin < 0) return [];
    const length = lines.slice(begin + 1).findIndex((line) => line.startsWith("SECTION_"));
    return lines
      .slice(begin + 1, length < 0 ? undefined : begin + 1 + length)
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.split(","));
  };
  const days = Number(rowsOf("SECTION_HORIZON")[0]?.[0]);
  if (!(days > 0)) throw new RangeError("instance without a horizon");
  const minutes = new Map(rowsOf("SECTION_SHIFTS").map(([id, length]) => [id, Number(length)]));
  const forbiddenAfter = new Map(
    rowsOf("SECTION_SHIFTS").map(([id, , after]) => [id, new Set((after ?? "").split("|"))]),
  );
  const staff = rowsOf("SECTION_STAFF");
  const faults: string[] = [];
  const plan = new Map<string, string[]>(staff.map(([id]) => [id, new Array<string>(days).fill("")]));
  for (const { employee, day, shift } of assignments) {
    const row = plan.get(employee);
    if (!row) faults.push(`${employee}: not in the staff`);
    else if (!(Number.isInteger(day) && day >= 0 && day < days))
      faults.push(`${employee} day ${day}: outside the horizon`);
    else if (!minutes.has(shift)) faults.push(`${employee} day ${day}: no shift ${shift}`);
    else if (row[day] !== "") faults.push(`${employee} day ${day}: two shifts`);
    else row[day] = shift;
  }

  for (const [id, most, maxMinutes, minMinutes, maxRun, minRun, minOff, maxWeekends] of staff) {
    const row = plan.get(id)!;
    for (const entry of most.split("|")) {
      const [shift, limit] = entry.split("=");
      const count = row.filter((worked) => worked === shift).length;
      if (shift !== "" && count > Number(limit))
        faults.push(`${id}: ${count} shifts ${shift}, at most ${limit}`);
    }
    const total = row.reduce((sum, shift) => sum + (minutes.get(shift) ?? 0), 0);
    if (total > Number(maxMinutes)) faults.push(`${id}: ${total} minutes, at most ${maxMinutes}`);
    if (total < Number(minMinutes)) faults.push(`${id}: ${total} minutes, at least ${minMinutes}`);
    for (let day = 1; day < days; day++) {
      if (row[day - 1] !== "" && row[day] !== "" && forbiddenAfter.get(row[day - 1])?.has(row[day]))
        faults.push(`${id} day ${day}: ${row[day]} may not follow ${row[day - 1]}`);
    }
    // Runs as text: w worked, o off. Those that touch an end of the horizon may be longer than we see.
    const pattern = row.map((shift) => (shift === "" ? "o" : "w")).join("");
    for (const run of pattern.matchAll(/w+|o+/g)) {
      const length = run[0].length;
      const inside = run.index > 0 && run.index + length < days;
      const worked = run[0][0] === "w";
      if (worked && length > Number(maxRun))
        faults.push(`${id} day ${run.index}: ${length} days in a row, at most ${maxRun}`);
      if (worked && inside && length < Number(minRun))
        faults.push(`${id} day ${run.index}: ${length} days in a row, at least ${minRun}`);
      if (!worked && inside && length < Number(minOff))
        faults.push(`${id} day ${run.index}: ${length} days off, at least ${minOff}`);
    }
    let weekends = 0;
    for (let saturday = 5; saturday < days; saturday += 7)
      if (row[saturday] !== "" || (row[saturday + 1] ?? "") !== "") weekends++;
    if (weekends > Number(maxWeekends)) faults.push(`${id}: ${weekends} weekends, at most ${maxWeekends}`);
  }
  for (const [id, ...offDays] of rowsOf("SECTION_DAYS_OFF")) {
    for (const day of offDays)
      if (day.trim() !== "" && plan.get(id)?.[Number(day)])
        faults.push(`${id} day ${day}: works on a day off`);
  }

  let objective = 0;
  for (const [id, day, shift, weight] of rowsOf("SECTION_SHIFT_ON_REQUESTS"))
    if (plan.get(id)?.[Number(day)] !== shift) objective += Number(weight);
  for (const [id, day, shift, weight] of rowsOf("SECTION_SHIFT_OFF_REQUESTS"))
    if (plan.get(id)?.[Number(day)] === shift) objective += Number(weight);
  for (const [day, shift, need, under, over] of rowsOf("SECTION_COVER")) {
    let present = 0;
    for (const row of plan.values()) if (row[Number(day)] === shift) present++;
    objective +=
      Math.max(0, Number(need) - present) * Number(under) +
      Math.max(0, present - Number(need)) * Number(over);
  }
  return { faults, objective };
}
