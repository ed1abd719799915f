import { expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan/plan.ts";
import type { Shift } from "../../../src/domain/plan/shift.ts";
import type { SimulationInput } from "../../../src/simulating/compile/simulation-input.ts";
import { findBottleneck } from "../../../src/simulating/measure/bottleneck.ts";
import { simulateContacts } from "../../../src/simulating/simulate-contacts.ts";
import { flatForecast, smallDocument } from "../../app/sample-document.ts";

const mailTeam = { id: "mails", name: "Mails", queueIds: ["mail"] };
const callTeam = { id: "calls", name: "Calls", queueIds: ["voice"] };

/** Calls double on Wednesday (day 2) from 10:00 to 13:00; the mail team has little to do. */
function input(groups: Plan["groups"], mailAgents: number): SimulationInput {
  const document = smallDocument();
  const [voice] = document.plan.queues;
  const forecast = flatForecast(document, 60);
  const [calls] = forecast.queues;
  const offered = calls.offered.map((contacts, hour) => (hour >= 58 && hour < 61 ? contacts * 2 : contacts));
  const shift = (groupId: string, k: number, day: number): Shift => ({
    id: `${groupId}${day}-${k}`,
    templateId: "t",
    groupId,
    date: `2026-11-0${2 + day}`,
    startMinute: day * 1440,
    endMinute: day * 1440 + 1440,
    activities: [{ kind: "work", startMinute: day * 1440, endMinute: day * 1440 + 1440, paid: true }],
    pinned: false,
  });
  const shifts = Array.from({ length: 7 }, (_, day) => [
    ...Array.from({ length: 6 }, (_, k) => shift("calls", k, day)),
    ...Array.from({ length: mailAgents }, (_, k) => shift("mails", k, day)),
  ]).flat();
  return {
    plan: {
      ...document.plan,
      queues: [
        { ...voice, patienceSeconds: 300 },
        { ...voice, id: "mail", name: "Mail", patienceSeconds: 300 },
      ],
      groups,
    },
    forecast: {
      ...forecast,
      queues: [
        { ...calls, offered },
        { ...calls, queueId: "mail", offered: calls.offered.map(() => 10) },
      ],
    },
    schedule: { grid: forecast.grid, shifts } as unknown as SimulationInput["schedule"],
    roster: null,
  };
}

async function run(groups: Plan["groups"], mailAgents = 4) {
  const given = input(groups, mailAgents);
  const outcome = await simulateContacts(given);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const range = { first: 0, end: 7 * 24 };
  return { result: outcome.value, found: findBottleneck(outcome.value, given.plan.queues, groups, range) };
}

test("the queue, the hours and the idle team are named, and teaching that team the skill does help", async () => {
  const { result, found } = await run([callTeam, mailTeam]);
  expect(found).toMatchObject({ queueId: "voice", first: 58, busiest: { groupId: "calls" } });
  expect(found!.end).toBeGreaterThanOrEqual(61);
  expect(found!.end).toBeLessThanOrEqual(63);
  expect(found!.serviceLevel).toBeLessThan(0.7);
  expect(found!.missingContacts).toBeGreaterThan(20);
  expect(found!.idle!.groupId).toBe("mails");
  // Ten contacts of three minutes an hour keep half an agent of four busy.
  expect(found!.idle!.freeAgents).toBeCloseTo(3.5, 0);
  const taught = await run([callTeam, { ...mailTeam, queueIds: ["mail", "voice"] }]);
  const level = (of: typeof result) => of.queues[0].intervals.serviceLevel.mean[59];
  expect(level(taught.result)).toBeGreaterThan(level(result) + 0.2);
});

test("where nobody else is there, the busy team is named; in hours that hold there is no bottleneck", async () => {
  const { result, found } = await run([callTeam, mailTeam], 0);
  expect(found).not.toBeNull();
  const voice = smallDocument().plan.queues;
  const calls = findBottleneck(result, voice, [callTeam, mailTeam], { first: 0, end: 7 * 24 });
  expect(calls).toMatchObject({ queueId: "voice", idle: null, busiest: { groupId: "calls" } });
  expect(calls!.busiest!.occupancy).toBeGreaterThan(0.85);
  expect(findBottleneck(result, voice, [callTeam, mailTeam], { first: 24, end: 48 })).toBeNull();
});
