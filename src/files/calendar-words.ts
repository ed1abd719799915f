/**
 * How months and weekdays begin in the languages that exports are written in, without accents: English, German, French,
 * Spanish, Portuguese, Italian, Dutch, Polish, Turkish. (Chinese and Japanese number their months.)
 */
const monthBeginnings: readonly string[] = [
  "jan ene gen sty oca jän",
  "feb fev lut sub",
  "mar maa mrz mars märz maer mae",
  "apr avr abr kwi nis",
  "may mai maj mag mei",
  "jun juin giu cze haz",
  "jul juil lug lip tem",
  "aug aou aout ago sie agu",
  "sep set wrz eyl",
  "oct okt ott out paz eki",
  "nov lis kas",
  "dec dez dic gru ara",
];

const weekdayBeginnings = (
  "mon tue wed thu fri sat sun " +
  "mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag " +
  "lu ma me je ve sa di lun mar mer jeu ven sam dim " +
  "mie jue vie sab dom seg ter qua qui sex gio " +
  "wo vr za zo maa din woe don vri zat zon " +
  "pon wto wt sro sr czw pia pt sob nie nd niedz " +
  "pzt sal car per cum cmt paz pazartesi"
).split(" ");

/** Lower case, full-width forms narrowed, accents gone. */
export function foldedText(text: string): string {
  const lower = text.normalize("NFKC").toLowerCase();
  return lower
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replaceAll("ı", "i")
    .replaceAll("ł", "l")
    .replaceAll("ø", "o")
    .replaceAll("ß", "ss");
}

const months = new Map<string, number>();
for (const [index, words] of monthBeginnings.entries()) {
  for (const word of words.split(" ")) months.set(foldedText(word), index + 1);
}

/** 1 to 12 for `sept`, `Oktober`, `août` (folded, without a full stop); 0 when it is no month. */
export function monthOfWord(word: string): number {
  if (!/^[a-z]{3,}$/.test(word)) return 0;
  for (let length = Math.min(4, word.length); length >= 3; length--) {
    const month = months.get(word.slice(0, length));
    if (month !== undefined) return month;
  }
  return 0;
}

/** Whether a folded word is the name of a weekday, whole or shortened. */
export function isWeekdayWord(word: string): boolean {
  if (
    /^(星期|周|週|礼拜)?[一二三四五六日天]$|^[月火水木金土日](曜日?)?$|^[월화수목금토일](요일)?$/.test(word)
  )
    return true;
  return weekdayBeginnings.some((day) => (day.length < 3 ? word === day : word.startsWith(day)));
}

/** Monday to Sunday as they begin, language by language; what stands in several is of the first. */
const weekdays: readonly string[] = [
  "mon tue wed thu fri sat sun",
  "mo di mi do fr sa so",
  "montag dienstag mittwoch donnerstag freitag samstag sonntag",
  "lun mar mer jeu ven sam dim",
  "lun mar mie jue vie sab dom",
  "seg ter qua qui sex sab dom",
  "lun mar mer gio ven sab dom",
  "maa din woe don vri zat zon",
  "pon wto sro czw pia sob nie",
  "pon wt sr czw pt sob nd",
  "pazartesi sal car per cum cumartesi paz",
  "pzt sal car per cum cmt paz",
];

const weekdayWords = weekdays
  .flatMap((list) => list.split(" ").map((word, at) => ({ word, number: at + 1 })))
  .sort((a, b) => b.word.length - a.word.length);

/** 1 (Monday) to 7 for the folded name of a weekday, whole or shortened; 0 when it is none. */
export function weekdayOfWord(word: string): number {
  const sign = /^(?:星期|周|週|礼拜)?([一二三四五六日天])$/.exec(word)?.[1];
  if (sign !== undefined && word.length > 1) return "一二三四五六".indexOf(sign) + 1 || 7;
  const japanese = /^([月火水木金土日])(?:曜日?)?$/.exec(word)?.[1];
  if (japanese !== undefined) return "月火水木金土日".indexOf(japanese) + 1;
  const bare = word.replace(/\.$/, "");
  const found = weekdayWords.find(({ word: start }) =>
    start.length < 3 ? bare === start : bare.startsWith(start),
  );
  return found?.number ?? 0;
}
