import { addDays, type LocalDate } from "../src/domain/calendar/clock.ts";
import type { Agent, Contract, LedgerEntry, Wish } from "../src/domain/plan/roster.ts";
import { type RandomStream, randomStream } from "../src/numerics/random.ts";

/** Eighty invented people. Names are drawn from lists; any likeness is chance. */

const firstNames = [
  "Aylin Amara Anton Beatriz Benedikt Bintou Carla Chiara Cem Dalia Daniel Dilan Edda Elif Emeka Enzo Esra Farid",
  "Femi Franka Giulia Goran Greta Hana Hevin Ida Igor Ines Jakob Jasmin Jelena Jonas Kaito Karim Katja Kofi Lale",
  "Lars Leila Lena Linh Luca Maja Malik Mara Mateo Mei Milan Mina Nadia Nils Noor Olga Omar Paula Pavel Quynh",
  "Rafael Rana Ronja Samir Selma Sofia Sora Svea Tarek Thea Tomasz Uma Vera Viktor Wanda Xaver Yara Yusuf Zeynep",
  "Zora Minh Aiko Bruno",
]
  .join(" ")
  .split(" ");
const lastNames = [
  "Abebe Adler Ahmadi Albers Arslan Baumann Becker Berisha Bianchi Brandt Cakir Castro Chen Cohen Dang Demir Diallo",
  "Dietrich Dogan Eberle Ekman Engel Farah Ferrari Fiedler Fischer Fontana Garcia Geiger Haddad Hartmann Hassan",
  "Heller Hoang Ibrahim Ivanova Jansen Kaya Keller Kessler Kim Klein Kowalska Kraus Kurz Lange Lindgren Lopes",
  "Maier Marino Mensah Meyer Moreau Nguyen Novak Okafor Ortega Osei Park Petrov Pham Pohl Popescu Quast Rahimi Rossi",
  "Sanders Sato Schuster Sharma Silva Stein Tanaka Toure Ulrich Vogt Weber Winkler Yilmaz Ziegler",
]
  .join(" ")
  .split(" ");

export const sampleAgentCount = 80;

export const sampleContracts: readonly Contract[] = [
  {
    id: "full",
    name: "Full time, 40 h",
    minimumMinutesPerWeek: 28 * 60,
    maximumMinutesPerWeek: 40 * 60,
    maximumConsecutiveDays: 6,
    minimumConsecutiveDays: 2,
    minimumConsecutiveDaysOff: 2,
    maximumWeekends: 2,
    minimumRestMinutes: 11 * 60,
  },
  {
    id: "part",
    name: "Part time, 25 h",
    minimumMinutesPerWeek: 12 * 60,
    maximumMinutesPerWeek: 25 * 60,
    maximumConsecutiveDays: 5,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
    maximumWeekends: 3,
    minimumRestMinutes: 11 * 60,
  },
  {
    id: "student",
    name: "Student, up to 20 h",
    minimumMinutesPerWeek: 0,
    maximumMinutesPerWeek: 20 * 60,
    maximumConsecutiveDays: 4,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
    maximumWeekends: null,
    minimumRestMinutes: 11 * 60,
  },
];

const teams = ["Isar", "Lech", "Inn", "Amper", "Alz"];

/** The eighty, in order of id; `firstDate` and `dayCount` are the planned days their wishes and days off fall into. */
export function sampleAgents(seed: number, firstDate: LocalDate, dayCount: number): Agent[] {
  const surnames = shuffled(lastNames, randomStream(seed, "surnames"));
  return Array.from({ length: sampleAgentCount }, (_, index) => {
    const chance = randomStream(seed, "agent", index);
    return {
      id: sampleAgentId(index),
      name: `${firstNames[index]} ${surnames[index]}`,
      team: teams[index % teams.length],
      groupId: oneOf(chance, [
        ["voice", 0.5],
        ["chat", 0.2],
        ["both", 0.3],
      ]),
      contractId: oneOf(chance, [
        ["full", 0.65],
        ["part", 0.23],
        ["student", 0.12],
      ]),
      proficiency: Math.round(100 * (0.85 + 0.3 * chance.uniform())) / 100,
      joined: addDays("2012-01-01", Math.floor(5200 * Math.sqrt(chance.uniform()))),
      daysOff: daysOff(chance, firstDate, dayCount),
      wishes: wishes(chance, firstDate, dayCount),
      ...lastingWishes(seed, index),
    };
  });
}

/** What one in six likes in general, or can only do: mornings, evenings, a partner's shifts; school hours. */
function lastingWishes(seed: number, index: number): Pick<Agent, "preferences" | "availability"> {
  const chance = randomStream(seed, "preferences", index);
  const kind = chance.uniform();
  if (kind < 0.05) return { preferences: { startTime: { kind: "early", weight: 1 } } };
  if (kind < 0.09) return { preferences: { startTime: { kind: "late", weight: 1 } } };
  if (kind < 0.12) return { preferences: { daysOffTogether: { weight: 1 } } };
  if (kind < 0.15 && index > 0) {
    const agentId = sampleAgentId(wholeBelow(chance, index));
    return { preferences: { partner: { agentId, kind: "sameDaysOff", weight: 1 } } };
  }
  if (kind > 0.97) {
    const schoolDays = [1, 2, 3, 4, 5].map((weekday) => ({ fromMinute: 480, toMinute: 990, weekday }));
    return { availability: schoolDays };
  }
  return {};
}

function sampleAgentId(index: number): string {
  return `A${String(index + 1).padStart(3, "0")}`;
}

/** What the eighty bring with them from October, so that fairness has something to make up for. */
export function sampleLedger(seed: number): LedgerEntry[] {
  return Array.from({ length: sampleAgentCount }, (_, index) => {
    const chance = randomStream(seed, "ledger", index);
    const wishes = wholeBelow(chance, 4);
    return {
      agentId: sampleAgentId(index),
      nights: 0,
      weekends: wholeBelow(chance, 3),
      lates: 2 + wholeBelow(chance, 8),
      undesired: 0,
      wishes,
      wishesGranted: Math.min(wishes, wholeBelow(chance, 4)),
    };
  });
}

/** One in six is on holiday for a while; one in four has a single day (a course, an appointment). */
function daysOff(chance: RandomStream, firstDate: LocalDate, dayCount: number): LocalDate[] {
  const kind = chance.uniform();
  const length = kind < 1 / 6 ? 5 + wholeBelow(chance, 8) : kind < 5 / 12 ? 1 : 0;
  const start = wholeBelow(chance, dayCount - length + 1);
  return Array.from({ length }, (_, day) => addDays(firstDate, start + day));
}

function wishes(chance: RandomStream, firstDate: LocalDate, dayCount: number): Wish[] {
  const count = wholeBelow(chance, 4);
  const days = shuffled(
    Array.from({ length: dayCount }, (_, day) => day),
    chance,
  ).slice(0, count);
  return days
    .sort((a, b) => a - b)
    .map((day) => ({
      date: addDays(firstDate, day),
      kind: chance.uniform() < 0.7 ? ("shiftOff" as const) : ("shiftOn" as const),
      templateId: null,
      weight: 1 + wholeBelow(chance, 3),
    }));
}

function oneOf(chance: RandomStream, shares: readonly (readonly [string, number])[]): string {
  let remaining = chance.uniform();
  for (const [name, share] of shares) {
    if (remaining < share) return name;
    remaining -= share;
  }
  return shares[0][0];
}

function wholeBelow(chance: RandomStream, limit: number): number {
  return Math.floor(chance.uniform() * limit);
}

function shuffled<T>(items: readonly T[], chance: RandomStream): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = wholeBelow(chance, last + 1);
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}
