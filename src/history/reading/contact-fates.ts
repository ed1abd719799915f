import { foldedText } from "../../files/calendar-words.ts";

/** How a logged contact ended. `elsewhere`: it never reached the queue, or was made from here; it is no demand. */
export type ContactFate = "answered" | "abandoned" | "elsewhere";

const yes = new Set(
  "y yes true 1 x ja j si s sim oui o vrai verdadero vero tak t prawda evet e ✓ ✔ 是 有 はい ○ 〇".split(" "),
);
const no = new Set(
  "n no false 0 nein nao non faux falso nie nee falsch hayir h ✗ ✘ 否 无 いいえ × ✕".split(" "),
);

/** What a cell of yes and no says; null when it says something else. */
export function answerOfText(text: string): boolean | null {
  const folded = foldedText(text).trim();
  if (yes.has(folded)) return true;
  return no.has(folded) ? false : null;
}

/** Words by which logs say that a contact was lost, in the languages headers are read in; folded. */
const lost =
  /\bhang|hung|hang ?up|abandon|\blost\b|missed|no[ _-]?answer|not[ _-]?answered|unanswered|\bdropped|\bcancel|timeout|timed out|\bbusy\b|congestion|voicemail|rejected|failed|aufgelegt|verloren|abgebrochen|verpasst|besetzt|(nicht|nie) (angenommen|beantwortet)|perdid|perdu|manque|raccroche|non (repondu|traite|decroche)|no (atendid|contestad)|nao (atendid|respondid)|colgad|desligad|pers[ao]\b|mancat|non rispost|gemist|opgehangen|afgebroken|niet (beantwoord|opgenomen)|porzucon|utracon|nieodebran|rozlaczon|kacan|kacirilan|cevapsiz|terk|vazgec|未接|放弃|放棄|挂断|呼损|漏接|不在|切断|未応答|離脱/;

const elsewhere =
  /phantom|\btest\b|internal|outbound|outgoing|ausgehend|\bintern\b|sortant|saliente|interno|uitgaand|wychodzac|wewnetrzn|giden|dahili|呼出|外呼|发信|発信|内線|内线|转出/;

/** How a contact ended, by the word its log has for it. Words that say nothing of a loss are an answer. */
export function fateOfOutcome(outcome: string): ContactFate {
  const folded = foldedText(outcome).trim();
  if (elsewhere.test(folded)) return "elsewhere";
  return lost.test(folded) || /^(n|no|ng)$/.test(folded) ? "abandoned" : "answered";
}

/** How logs say that a contact was answered. */
const reached =
  /answer|\bansw|complet|accept|handled|connected|success|\bok$|resolved|closed|transfer|angenommen|beantwort|verbunden|repondu|traite|decroche|atendid|contestad|respondid|rispost|gestit|opgenomen|odebran|cevapland|接听|接通|応答|应答/;

/** Whether a word is one by which logs say how a contact ended. */
export function isKnownOutcome(text: string): boolean {
  const folded = foldedText(text).trim();
  return lost.test(folded) || elsewhere.test(folded) || reached.test(folded);
}

/** Whether a row's direction makes it demand: calls that came in, as opposed to those made or kept inside. */
export function isInbound(direction: string): boolean {
  return !/^(out|o|aus|sal|sor|usc|uit|wych|gid|ext_?out)|outbound|outgoing|internal|intern\b|interno|呼出|外呼|発信|内線/.test(
    foldedText(direction).trim(),
  );
}
