import { describe, expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import { channelOfName } from "../../src/files/channel-words.ts";
import { dateOrderOf, leaveOfCell, levelOfCell } from "../../src/files/people-cells.ts";
import { recogniseColumns } from "../../src/files/people-columns.ts";
import {
  type PeopleReadingOptions,
  peopleTableOfBytes,
  peopleTableOfText,
  readPeople,
} from "../../src/files/people-list.ts";
import { weekdayReader } from "../../src/files/weekday-words.ts";

const plan: Plan = samplePlan();

/** Everything of a list, read without anybody's help but what is given. */
function read(text: string, more: Partial<PeopleReadingOptions> = {}) {
  const table = peopleTableOfText(text, "hr.csv", plan.queues);
  if (!table.ok)
    return { people: [], issues: table.issues, unknownSkills: [], channelSkills: [], refusedKeys: new Set() };
  const columns = recogniseColumns(table.value.headings, plan.queues, undefined);
  const outcome = readPeople(table.value, plan, { columns, dateOrder: null, skills: [], ...more });
  return outcome.ok
    ? { ...outcome.value, issues: outcome.issues }
    : { people: [], issues: outcome.issues, unknownSkills: [], refusedKeys: new Set() };
}
const codes = ({ issues }: Pick<ReturnType<typeof read>, "issues">) =>
  issues.map(({ line, code }) =>
    [line, code.replace("people.", "")].filter((part) => part !== undefined).join(" "),
  );

describe("headings", () => {
  test.each([
    [
      "English",
      "Employee Number,Employee Name,E-mail,Team,Site,Contract,Contract Hours/Week,Skills,Hire Date,End Date,Days Off,Leave",
    ],
    [
      "German",
      "Personal-Nr.;Mitarbeiter;E-Mail;Team;Standort;Vertrag;Wochenstunden;Kenntnisse;Eintritt;Austritt;Freie Tage;Urlaub",
    ],
    [
      "French",
      "Matricule;Nom complet;Courriel;Équipe;Site;Contrat;Heures par semaine;Compétences;Date d'embauche;Date de sortie;Jours de repos;Congés",
    ],
    [
      "Spanish",
      "Número de empleado;Nombre completo;Correo electrónico;Equipo;Sede;Contrato;Horas semanales;Competencias;Fecha de alta;Fecha de baja;Días libres;Vacaciones",
    ],
    [
      "Portuguese",
      "Matrícula;Nome completo;E-mail;Equipe;Filial;Contrato;Horas semanais;Habilidades;Data de admissão;Data de saída;Folgas;Férias",
    ],
    [
      "Italian",
      "Matricola;Nominativo;E-mail;Squadra;Sede;Contratto;Ore settimanali;Competenze;Data assunzione;Data cessazione;Giorni di riposo;Ferie",
    ],
    [
      "Dutch",
      "Personeelsnummer;Naam;E-mailadres;Ploeg;Vestiging;Contract;Uren per week;Vaardigheden;In dienst;Uit dienst;Vrije dagen;Verlof",
    ],
    [
      "Polish",
      "Numer pracownika;Imię i nazwisko;Adres e-mail;Zespół;Lokalizacja;Umowa;Godziny tygodniowo;Umiejętności;Data zatrudnienia;Data zwolnienia;Dni wolne;Urlop",
    ],
    [
      "Turkish",
      "Sicil No;Ad Soyad;E-posta;Takım;Lokasyon;Sözleşme;Haftalık Saat;Beceriler;İşe Giriş Tarihi;İşten Ayrılış;İzin Günleri;Yıllık İzin",
    ],
    ["Chinese", "工号,姓名,邮箱,团队,职场,合同,每周工时,技能,入职日期,离职日期,休息日,休假"],
    ["Japanese", "社員番号,氏名,メール,チーム,拠点,契約,週労働時間,スキル,入社日,退職日,定休日,休暇"],
  ])("are known in %s", (_, line) => {
    const cells = line.split(/[,;]/);
    expect(recogniseColumns(cells, plan.queues, undefined)).toEqual([
      ...["key", "name", "email", "team", "site", "contract", "weeklyHours", "skills"],
      ...["firstDay", "lastDay", "daysNeverWorked", "leave"],
    ]);
  });

  test("a field stands in the column that says it best, and a queue in one named after it", () => {
    const headings = ["Agent ID", "ID", "Voice", "Skill Chat", "Voice mail", "Manager"];
    expect(recogniseColumns(headings, plan.queues, undefined)).toEqual([
      ...["key", "ignored", "queue:Voice", "queue:Chat", "ignored", "ignored"],
    ]);
  });

  test("what was settled for an earlier list comes first", () => {
    const columns = [
      { heading: "Manager", meaning: "team" },
      { heading: "Gone", meaning: "queue:Telex" },
    ];
    const habits = { columns, skills: [], contracts: [] };
    expect(recogniseColumns(["ID", "Team", "MANAGER ", "Gone"], plan.queues, habits)).toEqual([
      ...["key", "ignored", "team", "ignored"],
    ]);
  });

  test("lines above the headings and line ends in cells keep the numbers of lines", () => {
    const text = 'Staff on 1 Nov,,\n\nID,Name,Skills\n1,"Ada\nBerg",Voice\n,Ben,Chat\n';
    expect(read(text).people).toMatchObject([{ line: 4, key: "1", name: "Ada\nBerg" }]);
    expect(codes(read(text))).toEqual(["6 missingKey"]);
  });
});

describe("cells", () => {
  test("names in two columns, hours with a comma, skills with levels, a tick per queue", () => {
    const text = [
      "login;Vorname;Nachname;Std/Woche;Skills;Chat",
      "ab;Ada;Berg;37,5;Voice:2;x",
      "bk;Ben;Kurz;30 h;Voice;",
    ].join("\n");
    expect(read(text).people).toEqual([
      {
        ...{ line: 2, key: "ab", name: "Ada Berg", weeklyMinutes: 2250, levelsAreAll: true },
        levels: new Map([
          ["Voice", "secondary"],
          ["Chat", "primary"],
        ]),
      },
      {
        ...{ line: 3, key: "bk", name: "Ben Kurz", weeklyMinutes: 1800, levelsAreAll: true },
        levels: new Map([
          ["Voice", "primary"],
          ["Chat", "none"],
        ]),
      },
    ]);
  });

  test.each([
    ["x", "primary"],
    ["1", "primary"],
    ["Ja", "primary"],
    ["是", "primary"],
    ["2", "secondary"],
    ["Backup", "secondary"],
    ["no", "none"],
    ["–", "none"],
    ["expert", null],
  ] as const)("the level %s is %s", (text, level) => {
    expect(levelOfCell(text)).toBe(level);
  });

  test.each([
    ["Sat;Sun", [6, 7]],
    ["Sa, So", [6, 7]],
    ["samedi et dimanche", [6, 7]],
    ["sáb; dom", [6, 7]],
    ["Wed Sat Sun", [3, 6, 7]],
    ["Fr-Mo", [1, 5, 6, 7]],
    ["周六、周日", [6, 7]],
    ["土日", [6, 7]],
    ["土・日曜日", [6, 7]],
    ["土、日", [6, 7]],
    ["6/7", [6, 7]],
    ["-", []],
    ["weekend", null],
  ])("the weekdays %s are %j", (text, days) => {
    expect(weekdayReader([text])(text)).toEqual(days);
  });

  test("an abbreviation means what it means in the language of the column", () => {
    expect(weekdayReader(["Di", "Mi", "Do"])("Di")).toEqual([2]);
    expect(weekdayReader(["di", "sam", "mer"])("di")).toEqual([7]);
  });

  test.each([
    ["2026-11-02 – 2026-11-04", "ymd", ["2026-11-02", "2026-11-03", "2026-11-04"]],
    ["02/11/2026 - 03/11/2026; 9/11/2026", "dmy", ["2026-11-02", "2026-11-03", "2026-11-09"]],
    ["2.11.2026 bis 3.11.2026", "dmy", ["2026-11-02", "2026-11-03"]],
    ["2026-11-02/2026-11-03", "ymd", ["2026-11-02", "2026-11-03"]],
    ["Nov 2, 2026", "mdy", ["2026-11-02"]],
    ["2026-11-02, 2026-11-05", "ymd", ["2026-11-02", "2026-11-05"]],
    ["2026-11-04 – 2026-11-02", "ymd", null],
    ["soon", "ymd", null],
  ] as const)("leave %s", (text, order, days) => {
    expect(leaveOfCell(text, order)).toEqual(days);
  });
});

describe("a skill that is no queue's name", () => {
  const list = "Personnel no.,Name,Skills\n1,Ada,Phone;Chat\n2,Ben,Phone\n";
  const onChannel = (channel: string) => plan.queues.filter((queue) => queue.channel === channel);

  test("is the only queue of the channel it names, which is said", () => {
    expect(onChannel("voice")).toHaveLength(1);
    const outcome = read(list);
    const [{ id }] = onChannel("voice");
    expect(outcome.channelSkills).toEqual([{ text: "Phone", queueId: id, count: 2 }]);
    expect(outcome.people.map(({ key, levels }) => [key, levels?.get(id)])).toEqual([
      ["1", "primary"],
      ["2", "primary"],
    ]);
    expect(codes(outcome)).toEqual(["skillOfChannel"]);
  });

  test("is what a person says it is, or unknown where several queues are on the channel", () => {
    expect(read(list, { skills: [{ text: "Phone", queueId: null }] }).channelSkills).toEqual([]);
    const twice = {
      agents: [],
      queues: [...plan.queues, { ...onChannel("voice")[0], id: "v2", name: "Second" }],
    };
    const table = peopleTableOfText(list, "hr.csv", plan.queues);
    if (!table.ok) throw new Error("unread");
    const columns = recogniseColumns(table.value.headings, plan.queues, undefined);
    const outcome = readPeople(table.value, twice, { columns, dateOrder: null, skills: [] });
    expect(outcome.ok && outcome.value.unknownSkills).toEqual([{ text: "Phone", count: 2 }]);
  });

  test.each([
    ["Web chat - Retail", "chat"],
    ["Hotline", "voice"],
    ["E-Mail", "deferred"],
    ["热线", "voice"],
    ["Voice and chat", null],
    ["Chatham", null],
    ["Sales", null],
  ])("%s speaks of %s", (name, channel) => {
    expect(channelOfName(name)).toBe(channel);
  });
});

describe("the order of dates", () => {
  test("is that of the dates that exist in one order only, and asked where each exists in both", () => {
    expect(dateOrderOf(["03/04/1998", "15/04/1998"])).toMatchObject({ order: "dmy", other: null });
    expect(dateOrderOf(["03/04/1998", "04/15/1998"])).toMatchObject({ order: "mdy", other: null });
    expect(dateOrderOf(["1998-04-03", "5/5/1998"])).toMatchObject({ other: null });
    expect(dateOrderOf(["03/04/1998", "05/06/1999"])).toMatchObject({
      order: "dmy",
      other: "mdy",
      example: "03/04/1998",
    });
  });

  test("asked once, then as answered", () => {
    const text = "ID,Name,Skills,Hire Date\n1,Ada,Voice,03/04/1998\n";
    expect(codes(read(text))).toEqual(["dateOrderOpen"]);
    expect(read(text, { dateOrder: "mdy" }).people[0].joined).toBe("1998-03-04");
    expect(read(text, { dateOrder: "dmy" }).people[0].joined).toBe("1998-04-03");
  });
});

describe("a hostile list", () => {
  test("rows that cannot be read are refused with line and reason, and all others come in", () => {
    const rows = Array.from({ length: 1000 }, (_, at) => `${at},Person ${at},Voice,40,Sat;Sun,2001-01-05`);
    rows[10] = "10,Person 10,Voice,forty,Sat;Sun,2001-01-05";
    rows[500] = "500,Person 500,Voice,40,Sat;Sun,2001-02-30";
    rows[999] = "7,Somebody else,Voice,40,Sat;Sun,2001-01-05";
    const outcome = read(["Employee Number,Name,Skills,Weekly hours,Days off,Hire date", ...rows].join("\n"));
    expect(outcome.people).toHaveLength(997);
    expect(codes(outcome)).toEqual(["12 badHours", "502 badDate", "1001 duplicateKey"]);
    expect(outcome.issues.map(({ column }) => column)).toEqual([
      "Weekly hours",
      "Hire date",
      "Employee Number",
    ]);
    expect([...outcome.refusedKeys]).toEqual(["10", "500"]);
  });

  test.each([
    ["nothing at all", "", ["nothing"]],
    ["one column of names", "Name\nAda\nBen", ["nothing"]],
    ["nobody can be told apart", "Team,Skills\nA,Voice", ["noKey"]],
    ["no keys but addresses", "E-mail,Name\na@x.example,Ada", ["keyIsEmail"]],
    ["no keys but names", "Name,Skills\nAda,Voice", ["keyIsName"]],
    ["a key twice with other values", "ID,Name\n1,Ada\n1,Ben", ["3 duplicateKey"]],
    ["the same row twice", "ID,Name\n1,Ada\n1,Ada", ["3 duplicateKey"]],
    ["an unknown skill", "ID,Skills\n1,Voice;Telex\n2,Telex", ["unknownSkill"]],
    ["a level nobody knows", "ID,Voice\n1,expert", ["2 badLevel"]],
    ["weekdays nobody knows", "ID,Days off\n1,Sat\n2,Caturday", ["3 badDays"]],
    ["an end before the start", "ID,Hire date,End date\n1,2020-05-13,2020-05-01", ["2 endBeforeStart"]],
    ["leave that runs backwards", "ID,Leave from,Leave to\n1,2026-11-06,2026-11-02", ["2 badLeave"]],
    ["leave without a beginning", "ID,Leave from,Leave to\n1,,2026-11-02", ["2 badLeave"]],
    ["a speed of nothing", "ID,Speed\n1,0", ["2 badSpeed"]],
    ["as many dates in either order", "ID,Hire date\n1,13/01/2020\n2,01/15/2020", ["3 badDate"]],
    ["two orders of dates", "ID,Hire date\n1,13/01/2020\n2,14/01/2020\n3,01/15/2020", ["4 badDate"]],
  ])("%s", (_, text, expected) => {
    expect(codes(read(text))).toEqual(expected);
  });

  test("a formula is text, and the guard of an exported table is taken off", () => {
    const [first, second] = read('ID,Name\n1,"=HYPERLINK(""http://x.example"")"\n2,\'=1+1').people;
    expect([first.name, second.name]).toEqual(['=HYPERLINK("http://x.example")', "=1+1"]);
  });
});

test("further rows of a person add leave", () => {
  const text =
    "ID,Name,Skills,Leave from,Leave to\n1,Ada,Voice,2026-11-02,2026-11-03\n1,,,2026-11-09,\n1,Ada,Voice,2026-11-03,";
  const outcome = read(text);
  expect(outcome.issues).toEqual([]);
  expect(outcome.people).toMatchObject([{ leave: ["2026-11-02", "2026-11-03", "2026-11-09"] }]);
});

test("a skill is a queue as it was settled, or left out, and a queue's name may hold a separator", () => {
  const queues = [...plan.queues, { ...plan.queues[0], id: "sales", name: "Sales & Service" }];
  const table = peopleTableOfText("ID,Skills\n1,Phones/Telex\n2,Sales & Service+Chat (2)", "hr.csv", queues);
  if (!table.ok) throw new Error("no table");
  const outcome = readPeople(
    table.value,
    { queues, agents: [] },
    {
      columns: ["key", "skills"],
      dateOrder: null,
      skills: [
        { text: "PHONES", queueId: "Voice" },
        { text: "Telex", queueId: null },
      ],
    },
  );
  expect(outcome.ok && outcome.value.people.map(({ levels }) => [...(levels ?? [])])).toEqual([
    [["Voice", "primary"]],
    [
      ["sales", "primary"],
      ["Chat", "secondary"],
    ],
  ]);
  expect(outcome.ok && outcome.value.unknownSkills).toEqual([]);
});

test("an older encoding is the one whose headings are known", () => {
  const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const headings = (hex: string) => {
    const table = peopleTableOfBytes(bytes(hex), "hr.csv", plan.queues);
    return table.ok ? table.value.headings : [];
  };
  // 工号,姓名 in GB18030; Identifiant;Équipe in Windows-1252.
  expect(headings("b9a4bac52cd0d5c3fb0a312c41")).toEqual(["工号", "姓名"]);
  expect(headings("4964656e74696669616e743bc97175697065 0a313b41".replace(" ", ""))).toEqual([
    "Identifiant",
    "Équipe",
  ]);
});
