import { addDays, weekdayOf } from "../../src/domain/calendar/clock.ts";
import { randomStream } from "../../src/numerics/random.ts";

/**
 * Text of an export as a telephone system writes it, nothing like the sample: American dates, half-hours on a
 * twelve-hour clock, two skills, averages as h:mm:ss. Forty weeks of a mail-order house, Monday to Saturday from eight
 * to eight, ending on Saturday, 31 October 2026; `size` times 1,100 calls a day.
 */
export function vendorExport(size: number): string {
  const days = 280;
  const first = addDays("2026-10-31", 1 - days);
  const random = randomStream(11, "vendor export");
  const skills = [
    { name: "Orders", perDay: 820, talk: 205, wrap: 40 },
    { name: "Returns & complaints", perDay: 310, talk: 290, wrap: 75 },
  ];
  const byWeekday = [1.25, 1.08, 1, 0.98, 0.95, 0.6];
  const lines = [
    "Date,Time,Skill Name,Calls Offered,Calls Answered,Calls Abandoned,Avg Talk Time,Avg After Call Work,Avg Speed of Answer",
  ];
  for (let day = 0; day < days; day++) {
    const date = addDays(first, day);
    const weekday = weekdayOf(date);
    if (weekday === 7) continue;
    const [year, month, dayOfMonth] = date.split("-").map(Number);
    for (let slot = 16; slot < 40; slot++) {
      const hour = slot / 2;
      const shape = Math.exp(-(((hour - 10.5) / 2.2) ** 2)) + 0.75 * Math.exp(-(((hour - 16.5) / 2.6) ** 2));
      for (const skill of skills) {
        const mean =
          (size * skill.perDay * byWeekday[weekday - 1] * (shape + 0.12) * (1 + 0.0006 * day)) / 20.6;
        const offered = Math.max(0, Math.round(mean + 3.8 * Math.sqrt(mean) * (random.uniform() - 0.5)));
        const abandoned = Math.round(offered * 0.08 * random.uniform());
        const about = (seconds: number) => Math.round(seconds * (0.9 + 0.2 * random.uniform()));
        lines.push(
          [
            `${month}/${dayOfMonth}/${year}`,
            `${((Math.floor(hour) + 11) % 12) + 1}:${slot % 2 === 0 ? "00" : "30"} ${hour < 12 ? "AM" : "PM"}`,
            skill.name,
            offered,
            offered - abandoned,
            abandoned,
            clock(about(skill.talk)),
            clock(about(skill.wrap)),
            clock(about(18)),
          ].join(","),
        );
      }
    }
  }
  return `${lines.join("\r\n")}\r\n`;
}

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
