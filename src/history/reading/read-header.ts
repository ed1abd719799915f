import { foldedText } from "../../files/calendar-words.ts";
import type { DurationUnit } from "../../files/cell-values.ts";
import { type HeaderConcept, headerWords, totalWords } from "./header-words.ts";

/** What the name of a column says, whatever its language. */
export interface HeaderReading {
  readonly concepts: ReadonlySet<HeaderConcept>;
  /** Unit in the name: `AHT (min)`, `wait_ms`. */
  readonly unit: DurationUnit | null;
  /** Words that say nothing known, in the header's own spelling: the queue's name in `Offered_Sales`. */
  readonly rest: string;
}

interface WordIndex {
  readonly exact: Map<string, HeaderConcept[]>;
  readonly phrases: { readonly text: string; readonly concept: HeaderConcept }[];
  readonly begins: { readonly text: string; readonly concept: HeaderConcept }[];
  readonly ends: { readonly text: string; readonly concept: HeaderConcept }[];
  readonly whole: Map<string, HeaderConcept[]>;
  /** Words without blanks between them, matched anywhere. */
  readonly signs: { readonly text: string; readonly concept: HeaderConcept }[];
}

const index = indexWords();

function indexWords(): WordIndex {
  const words: WordIndex = {
    exact: new Map(),
    phrases: [],
    begins: [],
    ends: [],
    whole: new Map(),
    signs: [],
  };
  const put = (map: Map<string, HeaderConcept[]>, text: string, concept: HeaderConcept) =>
    map.set(text, [...(map.get(text) ?? []), concept]);
  for (const concept of Object.keys(headerWords) as HeaderConcept[]) {
    for (const written of new Set(Object.values(headerWords[concept]).flatMap((list) => list.split(" ")))) {
      const text = foldedText(written);
      if (text === "") continue;
      if (/[\u3040-\u9fff]/.test(text)) words.signs.push({ text, concept });
      else if (text.startsWith("=")) put(words.whole, text.slice(1), concept);
      else if (text.includes("_")) words.phrases.push({ text: text.replace("*", ""), concept });
      else if (text.endsWith("*")) words.begins.push({ text: text.slice(0, -1), concept });
      else if (text.startsWith("*")) words.ends.push({ text: text.slice(1), concept });
      else put(words.exact, text, concept);
    }
  }
  words.phrases.sort((a, b) => b.text.length - a.text.length);
  return words;
}

/** Words between others that no queue is called. */
const smallWords = new Set(
  "of the de des du la le les los las el do da dos di del della der die das van per pro por par a in and et und y e en i".split(
    " ",
  ),
);

const remembered = new Map<string, HeaderReading>();

/** Reads a header: `Ø Bearbeitungszeit (Sek.)` speaks of an average, of handling and of a duration, in seconds. */
export function readHeader(header: string): HeaderReading {
  const before = remembered.get(header);
  if (before !== undefined) return before;
  const reading = readWords(header);
  if (remembered.size > 5000) remembered.clear();
  remembered.set(header, reading);
  return reading;
}

function readWords(header: string): HeaderReading {
  const { text, unit } = withoutUnit(header);
  const concepts = new Set<HeaderConcept>();
  const add = (found: readonly HeaderConcept[] | undefined) => {
    for (const concept of found ?? []) concepts.add(concept);
    return found !== undefined && found.length > 0;
  };
  if (/%/.test(header)) concepts.add("rate");
  if (/#/.test(header)) concepts.add("count");
  if (/ø/i.test(header)) concepts.add("average");
  const words = wordsOf(text);
  add(index.whole.get(words.map(({ folded }) => folded).join(" ")));
  const known = new Set<number>(words.flatMap(({ folded }, at) => (smallWords.has(folded) ? [at] : [])));
  let joined = `_${words.map(({ folded }) => folded).join("_")}_`;
  for (const { text: phrase, concept } of index.phrases) {
    const at = joined.indexOf(`_${phrase}`);
    if (at < 0) continue;
    concepts.add(concept);
    const before = joined.slice(0, at).split("_").length - 1;
    const length = phrase.split("_").length;
    for (let word = before; word < before + length; word++) known.add(word);
    joined = joined.replace(`_${phrase}`, `_${Array.from({ length }, () => "").join("_")}`);
  }
  for (const [at, { folded }] of words.entries()) {
    if (known.has(at)) continue;
    if (add(index.exact.get(folded)) || addPatterns(folded)) known.add(at);
  }
  const signs = foldedText(text).replace(/\s+/g, "");
  let ofSigns = false;
  for (const { text: sign, concept } of index.signs) {
    if (!(sign.length === 1 ? signs.endsWith(sign) : signs.includes(sign))) continue;
    concepts.add(concept);
    ofSigns = true;
  }
  const rest = words.filter(
    (word, at) =>
      (!known.has(at) || isName(word.folded)) && !(ofSigns && /[\u3040-\u9fff]/.test(word.folded)),
  );
  return { concepts, unit, rest: rest.map(({ written }) => written).join(" ") };

  function addPatterns(word: string): boolean {
    const beginning = index.begins.filter((pattern) => word.startsWith(pattern.text));
    const ending = index.ends.filter(
      (pattern) => word.length > pattern.text.length && word.endsWith(pattern.text),
    );
    return add([...beginning, ...ending].map(({ concept }) => concept));
  }
}

const names: ReadonlySet<HeaderConcept> = new Set(["queue", "part", "channel", "agent", "otherFigure"]);

/** Whether a word may as well be the name of a queue: `Offered_Sales`. */
function isName(word: string): boolean {
  return index.exact.get(word)?.every((concept) => names.has(concept)) ?? false;
}

/** Words of a header: split at anything that is neither letter nor digit, and where a capital follows a small letter. */
function wordsOf(text: string): { readonly written: string; readonly folded: string }[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((written) => ({ written, folded: foldedText(written) }));
}

const units: readonly (readonly [DurationUnit, RegExp])[] = [
  [
    "milliseconds",
    /^(ms|msec|msecs|millis|milliseconds?|millisekunden|milisegundos|millisecondes|毫秒|ミリ秒)$/,
  ],
  [
    "seconds",
    /^(s|secs?|seconds?|seks?|sekunden?|segs?|segundos?|secondes?|secondi|seconden|sekundy|sn|saniye|秒|秒钟|(hh?:)?mm?:ss?|(hh?:)?mm?:ss?\.\d*)$/,
  ],
  ["minutes", /^(m|mins?|minutes?|minuten|minutos?|minuti|minuty|dk|dakika|分|分钟|分鐘)$/],
  ["hoursMinutes", /^(hh?:mm?)$/],
  ["hours", /^(h|hrs?|hours?|std|stunden?|horas?|heures?|ore|uren|godziny?|saat|小时|小時)$/],
  ["days", /^(d|days?|tage?|dias?|jours?|giorni|dagen|dni|gun)$/],
];

const notLast =
  /^(heures?|horas?|ore|hours?|saat|gun|days?|dias?|jours?|giorni|dni|dagen|tage?|stunden?|minute|minuto|minuut)$/;

/** The unit of a header, in brackets or at its end, and what is left without it. */
function withoutUnit(header: string): { readonly text: string; readonly unit: DurationUnit | null } {
  const unitOf = (text: string) => {
    const bare = foldedText(text)
      .trim()
      .replace(/^(in|en|em|w|in the)\s+/, "")
      .replace(/\.$/, "");
    return units.find(([, pattern]) => pattern.test(bare))?.[0] ?? null;
  };
  for (const bracket of header.matchAll(/[([（［{]\s*([^)\]）］}]*)[)\]）］}]/g)) {
    const unit = unitOf(bracket[1]);
    if (unit !== null) return { text: header.replace(bracket[0], " "), unit };
  }
  const told = /^(.*\S)[\s_]+(?:in|en|em|w)[\s_]+([\p{L}:]+)$/iu.exec(header.trim());
  const unitTold = told === null ? null : unitOf(told[2]);
  if (told !== null && unitTold !== null) return { text: told[1], unit: unitTold };
  const parts = /^(.*[^\s_,;:/.-])[\s_,;:/.-]+(?:(?:in|en|em|w)[\s_]+)?([^\s_,;/-]+)$/iu.exec(header.trim());
  // A last word of one letter is a unit only as in `aht_s`; `date et heure` and `minute of day` end with no unit.
  const named =
    parts !== null &&
    /^(s|ms|.[a-z:]{2,}|秒|秒钟|分钟|毫秒)$/i.test(parts[2]) &&
    !notLast.test(foldedText(parts[2]));
  const unit = named ? unitOf(parts[2]) : null;
  return parts === null || unit === null ? { text: header, unit: null } : { text: parts[1], unit };
}

const totals = new Set(totalWords.split(" ").map((word) => foldedText(word).replaceAll("_", " ")));

/** Whether a cell says that its row sums up others: `Total`, `Summe:`, `合计`, `Total 01/09/2025`. */
export function isTotalWord(text: string): boolean {
  const folded = foldedText(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (totals.has(folded)) return true;
  return /\d/.test(folded) && totals.has(folded.split(" ")[0]) && folded.length < 40;
}
