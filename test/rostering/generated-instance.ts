import { type RandomStream, randomStream } from "../../src/numerics/random.ts";

/** Shape of an instance in the benchmark's file format. */
export interface InstanceShape {
  readonly weeks: number;
  readonly staff: number;
  readonly kinds: number;
}

/** Shapes like those of the published set, by its numbers. */
export const publishedShapes: Readonly<Record<string, InstanceShape>> = {
  5: { weeks: 4, staff: 16, kinds: 2 },
  7: { weeks: 4, staff: 20, kinds: 3 },
  9: { weeks: 4, staff: 36, kinds: 4 },
  11: { weeks: 4, staff: 50, kinds: 6 },
  13: { weeks: 4, staff: 120, kinds: 18 },
  14: { weeks: 6, staff: 32, kinds: 4 },
  15: { weeks: 6, staff: 45, kinds: 6 },
  16: { weeks: 8, staff: 20, kinds: 3 },
  17: { weeks: 8, staff: 32, kinds: 4 },
  18: { weeks: 12, staff: 22, kinds: 3 },
  19: { weeks: 12, staff: 40, kinds: 5 },
  20: { weeks: 26, staff: 50, kinds: 6 },
  21: { weeks: 26, staff: 100, kinds: 8 },
  22: { weeks: 52, staff: 50, kinds: 10 },
  23: { weeks: 52, staff: 100, kinds: 16 },
  24: { weeks: 52, staff: 150, kinds: 32 },
};

/** Starts of the day: early, day, late, night; who starts later may not start earlier the day after. */
const bands = ["e", "d", "l", "n"];

/**
 * An instance of a shape, drawn from a seed: kinds in four bands, three sorts of contract, skills, leave, wishes, and
 * cover that asks for about what everybody together can work.
 */
export function generatedInstance({ weeks, staff, kinds }: InstanceShape, seed: number): string {
  const chance = randomStream(seed, "instance");
  const days = weeks * 7;
  const shifts = Array.from({ length: kinds }, (_, index) => {
    const band = kinds === 1 ? 1 : Math.min(3, Math.floor((index * Math.min(4, kinds)) / kinds));
    return {
      id: `${bands[band]}${index}`,
      band,
      minutes: kinds > 4 && band === 3 ? 600 : index % 7 === 5 ? 720 : 480,
    };
  });
  const lines = ["SECTION_HORIZON", "# All instances start on a Monday", String(days), "", "SECTION_SHIFTS"];
  for (const { id, band, minutes } of shifts)
    lines.push(
      `${id},${minutes},${shifts
        .filter((next) => next.band < band)
        .map((next) => next.id)
        .join("|")}`,
    );
  lines.push("", "SECTION_STAFF");
  const people = Array.from({ length: staff }, (_, index) => `P${index}`);
  const skills = people.map((id, index) => {
    const caps = shifts.map(({ id: shift, band }) => {
      const maximum =
        chance.uniform() < 0.3 ? 0 : band === 3 && kinds > 3 && chance.uniform() < 0.7 ? weeks : days;
      return { shift, maximum };
    });
    // Somebody who may only do a few nights could not work their hours.
    if (caps.every(({ maximum }) => maximum < days)) caps[0].maximum = days;
    const isPart = index % 7 === 6;
    const isLong = index % 5 === 4;
    const most = (isPart ? 1080 : 2160) * weeks;
    const least = most - 240 * weeks;
    const run = isPart ? "5,1,2" : isLong ? "6,2,3" : "5,2,2";
    lines.push(
      `${id},${caps.map(({ shift, maximum }) => `${shift}=${maximum}`).join("|")},${most},${least},${run},${Math.max(1, Math.floor(weeks / 2))}`,
    );
    return caps.filter(({ maximum }) => maximum > 0).map(({ shift }) => shift);
  });
  lines.push("", "SECTION_DAYS_OFF");
  for (const id of people) {
    const off = Array.from({ length: Math.max(1, Math.floor(weeks / 4)) }, () =>
      Math.floor(chance.uniform() * days),
    );
    lines.push([id, ...new Set(off)].join());
  }
  const wish = (id: string, day: number, shift: string) =>
    `${id},${day},${shift},${1 + Math.floor(chance.uniform() * 3)}`;
  lines.push("", "SECTION_SHIFT_ON_REQUESTS");
  for (const [index, id] of people.entries()) {
    for (let start = 0; start + 4 < days; start += 9) {
      const shift = pick(skills[index], chance);
      for (let day = start; day < start + 1 + Math.floor(chance.uniform() * 4); day++)
        lines.push(wish(id, day, shift));
    }
  }
  lines.push("", "SECTION_SHIFT_OFF_REQUESTS");
  for (const [index, id] of people.entries())
    for (let day = 6; day < days; day += 11) lines.push(wish(id, day, pick(skills[index], chance)));
  lines.push("", "SECTION_COVER");
  const perDay = (staff * 0.62) / kinds;
  for (let day = 0; day < days; day++)
    for (const { id } of shifts)
      lines.push(`${day},${id},${Math.max(0, Math.round(perDay * (0.6 + 0.8 * chance.uniform())))},100,1`);
  return `${lines.join("\n")}\n`;
}

function pick<T>(list: readonly T[], chance: RandomStream): T {
  return list[Math.floor(chance.uniform() * list.length)];
}
