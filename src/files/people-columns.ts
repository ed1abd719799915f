import type { ColumnMeaning, PeopleField, PeopleListHabits } from "../domain/plan/people-list.ts";
import type { Queue } from "../domain/plan/queue.ts";
import { foldedText } from "./calendar-words.ts";

/**
 * Words of headings by what the column is, folded and without anything but letters and figures, in English, German,
 * French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Chinese and Japanese. A heading means the field one of
 * whose words it equals; else the one with the longest word in it.
 */
const headingWords: Readonly<Record<PeopleField, string>> = {
  key:
    "key|employee number|employee no|employee id|employee code|emp id|emp no|staff id|staff number|staff no|" +
    "personnel number|personnel no|personnel id|payroll number|payroll no|payroll id|clock number|" +
    "agent id|agent number|agent login|login|login id|user name|username|user id|worker id|person id|badge|id|" +
    "personalnummer|personal nr|persnr|pers nr|mitarbeiternummer|mitarbeiter nr|mitarbeiter id|ma nr|benutzername|kennung|" +
    "matricule|numero employe|numero de matricule|identifiant|" +
    "numero de empleado|n empleado|num empleado|id empleado|legajo|usuario|matricula|numero do funcionario|" +
    "id funcionario|matricola|codice dipendente|numero dipendente|personeelsnummer|medewerkernummer|medewerker id|" +
    "numer pracownika|nr pracownika|id pracownika|numer ewidencyjny|sicil no|sicil|personel no|calisan no|" +
    "工号|员工编号|员工号|人员编号|登录名|账号|社員番号|従業員番号|社員コード|ログイン",
  name:
    "name|full name|employee name|agent name|agent|employee|display name|mitarbeiter|mitarbeitername|vollstandiger name|" +
    "nom complet|nom et prenom|nom prenom|collaborateur|nombre completo|nombre y apellidos|empleado|nome completo|nome|" +
    "funcionario|nominativo|dipendente|nome e cognome|naam|volledige naam|medewerker|imie i nazwisko|pracownik|" +
    "ad soyad|adi soyadi|isim|calisan|姓名|名字|员工姓名|员工|氏名|名前|社員名",
  firstName:
    "first name|firstname|given name|forename|vorname|prenom|nombre|primeiro nome|nome proprio|voornaam|imie|ad|adi|" +
    "名|名 first|ファーストネーム",
  lastName:
    "last name|lastname|surname|family name|nachname|familienname|nom|nom de famille|apellido|apellidos|sobrenome|" +
    "apelido|cognome|achternaam|nazwisko|soyad|soyadi|姓|苗字",
  email:
    "email|e mail|mail|email address|e mail adresse|mailadresse|courriel|adresse mail|adresse electronique|correo|" +
    "correo electronico|endereco de email|posta elettronica|indirizzo email|e mailadres|adres e mail|e posta|eposta|" +
    "邮箱|电子邮件|邮件|メール|メールアドレス",
  team:
    "team|team name|squad|department|abteilung|gruppe|mannschaft|equipe|service|departement|equipo|departamento|" +
    "squadra|reparto|afdeling|ploeg|zespol|dzial|takim|ekip|departman|团队|小组|班组|部门|チーム|部署",
  site:
    "site|location|office|branch|standort|niederlassung|ort|lieu|bureau|sede|centro|ubicacion|oficina|localidade|filial|" +
    "local|ufficio|vestiging|locatie|kantoor|lokalizacja|oddzial|biuro|lokasyon|sube|ofis|地点|场地|职场|办公地点|" +
    "拠点|勤務地|事業所",
  contract:
    "contract|contract type|employment type|employment|vertrag|vertragsart|arbeitsvertrag|contrat|type de contrat|" +
    "contrato|tipo de contrato|contratto|tipo contratto|tipo di contratto|contracttype|umowa|rodzaj umowy|" +
    "sozlesme|sozlesme turu|合同|合同类型|合约|用工类型|契約|雇用形態|契約形態",
  weeklyHours:
    "weekly hours|hours per week|hours week|contract hours|contract hours week|contracted hours|hours|hrs week|std hours|" +
    "wochenstunden|wochenarbeitszeit|stunden pro woche|std woche|stunden|vertragsstunden|heures par semaine|" +
    "heures hebdomadaires|heures semaine|heures|horas semanales|horas por semana|horas semanais|horas|ore settimanali|" +
    "ore a settimana|ore|uren per week|weekuren|contracturen|uren|godziny tygodniowo|godzin tygodniowo|" +
    "wymiar godzin|haftalik saat|haftalik calisma saati|每周工时|周工时|每周小时|週工時|週労働時間|週時間|所定労働時間",
  skills:
    "skills|skill|skill set|queues|queue|skill group|fahigkeiten|kenntnisse|qualifikationen|warteschlangen|competences|" +
    "files d attente|competencias|habilidades|colas|filas|competenze|vaardigheden|wachtrijen|umiejetnosci|kolejki|" +
    "beceriler|yetenekler|yetkinlikler|kuyruklar|技能|技能组|队列|スキル|キュー",
  speed:
    "speed|proficiency|aht factor|handle time factor|tempo|geschwindigkeit|vitesse|velocidad|velocidade|velocita|" +
    "snelheid|szybkosc|hiz|熟练度|速度|習熟度",
  firstDay:
    "first day|start date|hire date|hired|date of hire|joined|joining date|entry date|date joined|employed from|" +
    "eintritt|eintrittsdatum|einstellungsdatum|beginn|date d embauche|date d entree|embauche|fecha de alta|" +
    "fecha de ingreso|fecha de contratacion|data de admissao|data de entrada|data assunzione|data di assunzione|" +
    "in dienst|datum in dienst|indiensttreding|data zatrudnienia|ise giris tarihi|ise giris|入职日期|入职|到岗日期|" +
    "入社日|入社年月日",
  lastDay:
    "last day|end date|termination date|leaving date|date left|employed until|austritt|austrittsdatum|date de sortie|" +
    "date de depart|fecha de baja|fecha de salida|data de saida|data de desligamento|data cessazione|data fine rapporto|" +
    "uit dienst|datum uit dienst|data zwolnienia|data odejscia|isten ayrilis|isten cikis tarihi|离职日期|离职|退職日|" +
    "退社日",
  daysNeverWorked:
    "days off|fixed days off|never works|days never worked|not available|weekly days off|rest days|freie tage|" +
    "arbeitsfreie tage|jours de repos|jours non travailles|repos|dias libres|dias de descanso|folgas|dias de folga|" +
    "giorni di riposo|giorni liberi|riposo|vrije dagen|vaste vrije dagen|dni wolne|izin gunleri|tatil gunleri|" +
    "休息日|固定休息日|不上班日|定休日|休日",
  daysWorked:
    "days worked|working days|work days|workdays|arbeitstage|jours travailles|jours de travail|dias laborables|" +
    "dias de trabajo|dias de trabalho|dias uteis|giorni lavorativi|werkdagen|dni pracy|dni robocze|calisma gunleri|" +
    "工作日|出勤日|勤務日",
  leave:
    "leave|vacation|holidays|holiday|time off|absence|absences|leave dates|pto|annual leave|urlaub|abwesenheit|conges|" +
    "absences prevues|vacaciones|ausencias|ferias|ferie|assenze|verlof|vakantie|urlop|urlopy|nieobecnosci|izin|yillik izin|" +
    "休假|年假|请假|休暇|有給",
  leaveFrom:
    "leave from|leave start|vacation from|vacation start|holiday from|absence from|absence start|urlaub von|" +
    "urlaubsbeginn|abwesend von|conge du|debut conge|debut des conges|vacaciones desde|inicio de vacaciones|ferias de|" +
    "inicio das ferias|ferie dal|inizio ferie|verlof van|urlop od|izin baslangic|休假开始|休假起|请假开始|休暇開始",
  leaveTo:
    "leave to|leave end|leave until|vacation to|vacation end|holiday to|absence to|absence end|urlaub bis|urlaubsende|" +
    "abwesend bis|conge au|fin conge|fin des conges|vacaciones hasta|fin de vacaciones|ferias ate|fim das ferias|" +
    "ferie al|fine ferie|verlof tot|urlop do|izin bitis|休假结束|休假止|请假结束|休暇終了",
};

interface Word {
  readonly field: PeopleField;
  readonly word: string;
  /** Of words of one length that stand in a heading, the first counts. */
  readonly place: number;
}
const fieldOfWord = new Map<string, PeopleField>();
/** Words that mean the same within a heading; short ones stand in too many, but Chinese and Japanese words are short. */
const wholeWords = new Map<string, Word>();
const partsOfWords: Word[] = [];
const mostWords = 5;
for (const [field, words] of Object.entries(headingWords) as [PeopleField, string][])
  for (const word of words.split("|")) {
    const isLatin = /[a-z]/.test(word);
    const entry = { field, word, place: fieldOfWord.size };
    if (!fieldOfWord.has(word)) fieldOfWord.set(word, field);
    if (word.length <= (isLatin ? 4 : 1)) continue;
    if (!isLatin) partsOfWords.push(entry);
    else if (!wholeWords.has(word)) wholeWords.set(word, entry);
  }

/** The longest word that stands in a heading, and says by that what it is. */
function longestWordIn(folded: string): Word | null {
  const inside = partsOfWords.filter(({ word }) => folded.includes(word));
  const words = folded.split(" ");
  for (let from = 0; from < words.length; from++)
    for (let to = from + 1; to <= Math.min(words.length, from + mostWords); to++) {
      const entry = wholeWords.get(words.slice(from, to).join(" "));
      if (entry !== undefined) inside.push(entry);
    }
  return inside.reduce<Word | null>((best, one) => {
    const longer = one.word.length - (best?.word.length ?? 0);
    return longer > 0 || (longer === 0 && best !== null && one.place < best.place) ? one : best;
  }, null);
}

/** A heading as it is compared: folded, words with one blank between. */
export function foldedHeading(heading: string): string {
  return foldedText(heading)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * What each column is: as it was settled for an earlier list, else by the words of its heading, or by the queue it is
 * named after. Every field is found once, in the column whose heading says it best; the others are left out.
 */
export function recogniseColumns(
  headings: readonly string[],
  queues: readonly Queue[],
  habits: PeopleListHabits | undefined,
): ColumnMeaning[] {
  const settled = new Map(habits?.columns.map(({ heading, meaning }) => [foldedHeading(heading), meaning]));
  const scored = headings.map((heading) => {
    const folded = foldedHeading(heading);
    const before = settled.get(folded);
    if (before !== undefined && isMeaning(before, queues)) return { meaning: before, score: Infinity };
    return bestMeaning(folded, queues);
  });
  return scored.map(({ meaning, score }, at) => {
    const isFirstBest = scored.every(
      (other, place) =>
        other.meaning !== meaning || other.score < score || (other.score === score && place >= at),
    );
    return isFirstBest ? meaning : "ignored";
  });
}

/** What files of contacts do not say of those who handled them; one of the first suffices beside one of all. */
const telling: readonly ColumnMeaning[] = [
  "contract",
  "weeklyHours",
  "daysNeverWorked",
  "daysWorked",
  "leave",
  "leaveFrom",
];
const likely: readonly ColumnMeaning[] = [...telling, "email"];

/** Whether the headings are those of a list of people: who, and at least two things that one says of people. */
export function saysPeople(headings: readonly string[], queues: readonly Queue[]): boolean {
  const meanings = recogniseColumns(headings, queues, undefined);
  const count = (of: readonly ColumnMeaning[]) => of.filter((meaning) => meanings.includes(meaning)).length;
  return count(["key", "name", "lastName"]) > 0 && count(telling) > 0 && count(likely) > 1;
}

/** Whether a word is a meaning that a column can have in a plan with these queues. */
export function isMeaning(word: string, queues: readonly Queue[]): word is ColumnMeaning {
  if (word === "ignored" || Object.hasOwn(headingWords, word)) return true;
  return word.startsWith("queue:") && queues.some(({ id }) => word === `queue:${id}`);
}

const exactly = 1000;
/** Longer texts are no headings: what is looked for there would be found by chance. */
const longestHeading = 60;

function bestMeaning(
  folded: string,
  queues: readonly Queue[],
): { readonly meaning: ColumnMeaning; readonly score: number } {
  let best: { meaning: ColumnMeaning; score: number } = { meaning: "ignored", score: 0 };
  const offer = (meaning: ColumnMeaning, score: number) => {
    if (score > best.score) best = { meaning, score };
  };
  if (folded === "" || folded.length > longestHeading) return best;
  for (const { id, name } of queues) {
    const names = [foldedHeading(name), foldedHeading(id)].filter((one) => one !== "");
    if (names.includes(folded)) offer(`queue:${id}`, 2 * exactly);
    else
      for (const one of names)
        if (holds(folded, `skill ${one}`) || holds(folded, `${one} level`))
          offer(`queue:${id}`, exactly + one.length);
  }
  const field = fieldOfWord.get(folded);
  if (field !== undefined) offer(field, exactly);
  if (best.score >= exactly) return best;
  const within = longestWordIn(folded);
  if (within !== null) offer(within.field, within.word.length);
  return best;
}

function holds(folded: string, word: string): boolean {
  return /[a-z]/.test(word) ? ` ${folded} `.includes(` ${word} `) : folded.includes(word);
}
