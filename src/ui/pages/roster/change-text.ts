import type { TFunction } from "i18next";
import { localTimeAt, offsetMinutesAt } from "../../../domain/calendar/clock.ts";
import type { PublishedShift } from "../../../domain/plan/published-roster.ts";
import type { PersonChanges, RosterChange } from "../../../domain/plan/roster-changes.ts";
import type { Format } from "../../kit/format.ts";

/** What turns changes into sentences. */
export interface ChangeWords {
  readonly t: TFunction<"roster">;
  readonly format: Format;
  readonly timeZone: string;
  readonly planName: string;
}

/** What changed for one person, as a message to them. */
export function personText({ name, changes }: PersonChanges, words: ChangeWords): string {
  const heading = words.t("publish.heading", { agent: name, plan: words.planName });
  return [heading, ...changes.map((change) => `– ${changeText(change, words)}`)].join("\n");
}

/** `Mon 2 Nov: 08:00–16:30 Early, was 07:00–15:30 Early; breaks 10:00–10:15, 12:00–12:30`. */
export function changeText({ date, before, after }: RosterChange, words: ChangeWords): string {
  const { t, format } = words;
  const day = format.date(date);
  if (after === null) return t("publish.dropped", { day, before: shiftWords(before!, words) });
  const shift = shiftWords(after, words);
  const breaks = breakWords(after, words);
  if (before === null) return joined(t("publish.new", { day, shift }), breaks, words);
  const former = shiftWords(before, words);
  if (former !== shift) return joined(t("publish.changed", { day, shift, before: former }), breaks, words);
  return t("publish.breaksChanged", {
    day,
    shift,
    breaks: breaks || t("publish.noBreaks"),
    before: breakWords(before, words) || t("publish.noBreaks"),
  });
}

function joined(text: string, breaks: string, { t }: ChangeWords): string {
  return breaks === "" ? text : t("publish.withBreaks", { text, breaks });
}

function shiftWords({ start, end, name }: PublishedShift, words: ChangeWords): string {
  return `${clock(Date.parse(start) / 1000, words)}–${clock(Date.parse(end) / 1000, words)} ${name}`;
}

/** All that is not work; plain breaks without their name. */
function breakWords({ start, activities }: PublishedShift, words: ChangeWords): string {
  const from = Date.parse(start) / 1000;
  return activities
    .flatMap(({ kind, startMinute, endMinute }) => {
      if (kind === "work") return [];
      const times = `${clock(from + startMinute * 60, words)}–${clock(from + endMinute * 60, words)}`;
      return [kind === "break" ? times : `${times} ${words.t(`publish.activity.${kind}`)}`];
    })
    .join(words.t("publish.separator"));
}

function clock(epochSeconds: number, { format, timeZone }: ChangeWords): string {
  return format.time(localTimeAt(epochSeconds, offsetMinutesAt(epochSeconds, timeZone)).minuteOfDay);
}
