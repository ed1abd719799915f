import type { Weekday } from "../domain/calendar/clock.ts";
import { foldedText } from "./calendar-words.ts";

/**
 * Weekdays from Monday on by language, folded; what begins like one (two letters or more) and like no other means it.
 * Further spellings stand after a stroke. One list for each of English, German, French, Spanish, Portuguese, Italian,
 * Dutch, Polish, Turkish, Chinese and Japanese.
 */
const languages: readonly (readonly (readonly string[])[])[] = [
  "monday tuesday wednesday thursday friday saturday sunday",
  "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag|so",
  "lundi mardi mercredi jeudi vendredi samedi dimanche",
  "lunes martes miercoles jueves viernes sabado domingo",
  "segunda terca quarta quinta sexta sabado domingo",
  "lunedi martedi mercoledi giovedi venerdi sabato domenica",
  "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
  "poniedzialek|pn wtorek sroda czwartek piatek|pt sobota niedziela|nd",
  "pazartesi|pzt sali carsamba|crs persembe|prs cuma cumartesi|cmt pazar|paz",
  "一 二 三 四 五 六 日|天",
  "月 火 水 木 金 土 日",
].map((line) => line.split(" ").map((day) => day.split("|")));

const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * Reads lists of weekdays as people write them, in the language in which most of `texts` make sense: `Sat;Sun`,
 * `Sa + So`, `lun-ven`, `周六、周日`, or numbers with Monday as 1.
 *
 * @returns the reader of one cell: days in order, none for an empty cell or a dash; null where it is no such list
 */
export function weekdayReader(texts: readonly string[]): (text: string) => readonly Weekday[] | null {
  const readers = languages.map((names) => (text: string) => readDays(text, names));
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const scored = readers.map((read) => ({
    read,
    count: [...counts].reduce((sum, [text, times]) => sum + (read(text) === null ? 0 : times), 0),
  }));
  return scored.reduce((best, other) => (other.count > best.count ? other : best)).read;
}

function readDays(text: string, names: readonly (readonly string[])[]): Weekday[] | null {
  const bare = foldedText(text).trim();
  if (/^(none|keine?|aucun|-|–|—)?$/.test(bare)) return [];
  const days = new Set<Weekday>();
  for (const part of bare.split(/[,;/|+&、，；·・]|\s+(?:and|und|et|y|e|en|i|ve|o)\s+/)) {
    if (part.trim() === "") continue;
    const ends = part.split(/\s*(?:-|–|—|~|～|至| to | bis )\s*/).map((word) => word.trim());
    const read = ends.length === 2 ? ends.map((word) => dayOfWord(word, names)) : null;
    if (read !== null && read[0] !== null && read[1] !== null) {
      for (let day = read[0]; ; day = ((day % 7) + 1) as Weekday) {
        days.add(day);
        if (day === read[1]) break;
      }
      continue;
    }
    for (const word of part.trim().split(/\s+/)) {
      const day = dayOfWord(word, names);
      // Days of one character stand without anything between them: 土日.
      const read = day === null ? [...word].map((one) => dayOfWord(one, names)) : [day];
      for (const one of read) {
        if (one === null) return null;
        days.add(one);
      }
    }
  }
  return everyDay.filter((day) => days.has(day));
}

function dayOfWord(word: string, names: readonly (readonly string[])[]): Weekday | null {
  if (/^[1-7]$/.test(word)) return Number(word) as Weekday;
  const bare = word.replace(/^(星期|礼拜|周|週)/, "").replace(/(曜日|曜|\.|-feira|s)$/, "");
  const days = everyDay.filter((day) => names[day - 1].includes(bare));
  if (days.length === 1) return days[0];
  if (bare.length < 2) return null;
  const begun = everyDay.filter((day) => names[day - 1].some((name) => name.startsWith(bare)));
  return begun.length === 1 ? begun[0] : null;
}
