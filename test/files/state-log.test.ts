import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/domain/plan/plan.ts";
import { readStateLog, withMeanings } from "../../src/files/state-log.ts";
import { kindOfState } from "../../src/files/state-words.ts";

const plan = {
  timeZone: "Europe/Berlin",
  agents: [
    { id: "4711", name: "Ada Berg", email: "ada@example.org" },
    { id: "4712", name: "Ben Frey" },
  ],
} as unknown as Plan;

/** `4711 Available 08:00-12:00` in the plan's clock of 2 November, an hour ahead of UTC. */
function read(text: string): string[] {
  const outcome = readStateLog(text, "log", plan);
  if (!outcome.ok) return outcome.issues.map(({ code, column }) => `${code} ${column ?? ""}`.trim());
  const clock = (seconds: number) => new Date((seconds + 3600) * 1000).toISOString().slice(11, 16);
  return outcome.value.states.map(
    ({ agentId, state, start, end }) => `${agentId} ${state} ${clock(start)}-${clock(end)}`,
  );
}
const codesOf = (text: string) =>
  readStateLog(text, "log", plan).issues.map(({ code, line }) => `${code} ${line ?? ""}`.trim());

describe("a status log", () => {
  const expected = ["4711 Available 08:00-10:00", "4711 Lunch 10:00-10:30", "4711 Available 10:30-12:00"];

  test("is read in the plain layout, with ends, lengths, or neither", () => {
    expect(
      read(`agent,start,end,state
4711,2026-11-02 08:00,2026-11-02 10:00,Available
4711,2026-11-02 10:00,2026-11-02 10:30,Lunch
4711,2026-11-02 10:30,2026-11-02 12:00,Available`),
    ).toEqual(expected);
    expect(
      read(`agent;start;duration;state
Ada Berg;02.11.2026 08:00;2:00:00;Available
ada@example.org;02.11.2026 10:00;30:00;Lunch
"Berg, Ada";02.11.2026 10:30;5400;Available
4712;13.11.2026 08:00;60;Available`).slice(0, 3),
    ).toEqual(expected);
    expect(
      read(`agent,start,state
4711,2026-11-02T07:00:00Z,Available
4711,2026-11-02T09:00:00Z,Lunch
4711,2026-11-02T09:30:00Z,Available
4711,2026-11-02T11:00:00Z,Logged out`),
    ).toEqual(expected);
  });

  test("is read as Genesys Cloud exports a status timeline", () => {
    expect(
      read(`Agent Name,Start Time,End Time,Status,Secondary Status,Duration
Ada Berg,2026-11-02T08:00:00,2026-11-02T10:00:00,On Queue,,02:00:00
Ada Berg,2026-11-02T10:00:00,2026-11-02T10:30:00,Meal,,00:30:00
Ada Berg,2026-11-02T10:30:00,2026-11-02T12:00:00,Busy,Coaching,01:30:00`),
    ).toEqual(["4711 On Queue 08:00-10:00", "4711 Meal 10:00-10:30", "4711 Busy: Coaching 10:30-12:00"]);
  });

  test("is read as NICE CXone downloads its agent state log, by marks", () => {
    expect(
      read(`Agent_Session_ID,Agent_No,Agent_Name,Start_Date,Start_Time,Working,Available,Outstate,Duration
1,4711,Ada Berg,11/02/2026,08:00:00,0,1,,3600
1,4711,Ada Berg,11/02/2026,09:00:00,1,0,,3600
1,4711,Ada Berg,11/02/2026,10:00:00,0,0,Lunch,1800
1,4711,Ada Berg,11/30/2026,08:00:00,0,0,,60`).slice(0, 3),
    ).toEqual([
      "4711 Available 08:00-09:00",
      "4711 Working 09:00-10:00",
      "4711 Unavailable: Lunch 10:00-10:30",
    ]);
  });

  test("is read as Five9 reports agent state details", () => {
    expect(
      read(`AGENT,AGENT NAME,DATE,TIME,STATE,REASON CODE,AGENT STATE TIME
ada@example.org,Ada Berg,2026/11/02,08:00:00,Ready,,02:00:00
ada@example.org,Ada Berg,2026/11/02,10:00:00,Not Ready,Lunch,00:30:00
ada@example.org,Ada Berg,2026/11/02,10:30:00,On Call,,01:30:00`),
    ).toEqual(["4711 Ready 08:00-10:00", "4711 Not Ready: Lunch 10:00-10:30", "4711 On Call 10:30-12:00"]);
  });

  test("is read from agent events of Amazon Connect, without heart beats", () => {
    const event = (time: string, type: string, status: string) =>
      JSON.stringify({
        AgentARN: "arn:aws:connect:eu-central-1:1:instance/i/agent/a",
        EventTimestamp: `2026-11-02T${time}:00.000Z`,
        EventType: type,
        CurrentAgentSnapshot: {
          AgentStatus: { Name: status, Type: "ROUTABLE" },
          Configuration: { Username: "4711", FirstName: "Ada", LastName: "Berg" },
        },
      });
    const events = [
      event("07:00", "LOGIN", "Available"),
      event("08:00", "HEART_BEAT", "Available"),
      event("09:00", "STATE_CHANGE", "Lunch"),
      event("09:30", "STATE_CHANGE", "Available"),
      event("11:00", "LOGOUT", "Available"),
    ];
    expect(read(events.join("\n"))).toEqual(expected);
    expect(read(`[${events.join(",")}]`)).toEqual(expected);
  });

  test("says what each state means, and what somebody else says of it counts first", () => {
    const outcome = readStateLog(
      "agent,start,end,state\n4711,2026-11-02 08:00,2026-11-02 10:00,Blue\n4711,2026-11-02 10:00,2026-11-02 11:00,Pause",
      "log",
      plan,
    );
    if (!outcome.ok) throw new Error("not read");
    expect(outcome.value.meanings).toEqual([
      { state: "Blue", kind: null, seconds: 7200 },
      { state: "Pause", kind: "break", seconds: 3600 },
    ]);
    expect(outcome.issues).toMatchObject([{ code: "stateLog.unknownState", values: { state: "Blue" } }]);
    const told = withMeanings(outcome.value, [{ state: "Blue", kind: "working" }]);
    expect(told.meanings[0].kind).toBe("working");
  });

  test("names what it cannot read, and goes on", () => {
    const head = "agent,start,end,state\n";
    expect(
      codesOf(
        `${head}4711,2026-11-02 08:00,2026-11-02 10:00,Available\n4711,soon,,Available\n4711,2026-11-02 12:00,2026-11-02 11:00,Available\nEve,2026-11-02 12:00,,Available\nEve,2026-11-02 13:00,,Available`,
      ),
    ).toEqual(["stateLog.badTime 3", "stateLog.endBeforeStart 4", "stateLog.unknownPerson"]);
    expect(codesOf("name,colour\nAda,red")).toEqual(["stateLog.missingColumn 1"]);
    expect(codesOf(head)).toEqual(["stateLog.nothing"]);
    expect(codesOf("[{broken")).toEqual(["stateLog.badJson"]);
    expect(codesOf(`${head}4711,03/04/2026 08:00,03/04/2026 09:00,Available`)).toEqual([
      "stateLog.dateOrderOpen",
    ]);
  });
});

describe("states that overlap", () => {
  const head = "agent,start,end,state\n";
  const row = (start: string, end: string, state: string) =>
    `4711,2026-11-02 ${start},${end === "" ? "" : `2026-11-02 ${end}`},${state}`;

  test("go on after what began later has ended", () => {
    expect(read(`${head}${row("08:00", "16:30", "Available")}\n${row("10:30", "10:45", "Break")}`)).toEqual([
      "4711 Available 08:00-10:30",
      "4711 Break 10:30-10:45",
      "4711 Available 10:45-16:30",
    ]);
  });

  test("are not cut by rows of no length, nor are states without an end", () => {
    const moment = row("10:30", "10:30", "Break");
    expect(read(`${head}${row("08:00", "16:30", "Available")}\n${moment}`)).toEqual([
      "4711 Available 08:00-16:30",
    ]);
    expect(
      read(`${head}${row("08:00", "", "Available")}\n${moment}\n${row("12:00", "12:30", "Lunch")}`),
    ).toEqual(["4711 Available 08:00-12:00", "4711 Lunch 12:00-12:30"]);
    expect(codesOf(`${head}${moment}`)).toEqual(["stateLog.nothing"]);
  });

  test("are at every minute what began last among what lasts then", () => {
    const span = 40;
    const rowsDrawn = fc.array(
      fc.record({
        agentId: fc.constantFrom("4711", "4712"),
        start: fc.nat(span - 1),
        length: fc.option(fc.oneof(fc.nat(3), fc.nat(span)), { freq: 4 }),
      }),
      { minLength: 1, maxLength: 9 },
    );
    const noon = Date.UTC(2026, 10, 2, 12) / 1000;
    const textOf = (minute: number) => new Date((noon + minute * 60) * 1000).toISOString();
    fc.assert(
      fc.property(rowsDrawn, (drawn) => {
        const rows = drawn.map(({ agentId, start, length }, line) => {
          const end = length === null ? null : start + length;
          return { agentId, start, end, line, state: `state ${line}` };
        });
        const outcome = readStateLog(
          head +
            rows
              .map(
                ({ agentId, start, end, state }) =>
                  `${agentId},${textOf(start)},${end === null ? "" : textOf(end)},${state}`,
              )
              .join("\n"),
          "log",
          plan,
        );
        const lasting = rows.filter(({ start, end }) => end !== start);
        expect(outcome.ok).toBe(lasting.length > 0);
        if (!outcome.ok) return;
        const logEnd = Math.max(...lasting.map(({ start, end }) => end ?? start));
        const endOf = ({ agentId, start, end, line }: (typeof rows)[number]) => {
          const later = lasting.filter(
            (one) =>
              one.agentId === agentId && (one.start > start || (one.start === start && one.line > line)),
          );
          return end ?? Math.min(logEnd, ...later.map((one) => one.start));
        };
        const { states } = outcome.value;
        for (const agentId of ["4711", "4712"])
          for (let minute = 0; minute < 2 * span; minute++) {
            const [expected] = lasting
              .filter((one) => one.agentId === agentId && one.start <= minute && endOf(one) > minute)
              .sort((a, b) => b.start - a.start || endOf(a) - endOf(b) || b.line - a.line);
            const at = noon + minute * 60;
            const actual = states.filter(
              (one) => one.agentId === agentId && one.start <= at && one.end >= at + 60,
            );
            expect(actual.map(({ state }) => state)).toEqual(expected === undefined ? [] : [expected.state]);
          }
        for (const [at, { agentId, start }] of states.entries())
          if (at > 0 && states[at - 1].agentId === agentId)
            expect(start).toBeGreaterThanOrEqual(states[at - 1].end);
      }),
      { numRuns: 150, seed: 20261102 },
    );
  });

  test("may be 200,000 in one file", () => {
    const event = (time: string, type: string) =>
      `{"EventTimestamp":"2026-11-02T${time}Z","EventType":"${type}","CurrentAgentSnapshot":{"AgentStatus":{"Name":"Available"},"Configuration":{"Username":"4711"}}}`;
    const events = [...Array(200_000).fill(event("07:00:00", "LOGIN")), event("11:00:00", "LOGOUT")];
    expect(read(`[${events.join(",")}]`)).toEqual(["4711 Available 08:00-12:00"]);
  });
});

test.each([
  ["a night on which clocks go back", "2026-10-24,22:00,06:00", 9 * 60],
  ["a night on which clocks go forward", "2026-03-28,22:00,06:00", 7 * 60],
  ["a night without a change", "2026-11-02,22:00,06:00", 8 * 60],
  ["the hour that comes twice", "2026-10-25,02:50,02:10", 20],
  ["a night from the date of a skipped time to that time", "2026-03-29,22:00,02:30", 270],
  ["a morning over a change", "2026-10-25,01:30,03:30", 180],
])("beside a date, clock times over %s are as long as they were: %s", (_, cells, minutes) => {
  const outcome = readStateLog(`date,start,end,agent,state\n${cells},4711,Available`, "log", plan);
  if (!outcome.ok) throw new Error("not read");
  expect(outcome.value.states.map(({ start, end }) => (end - start) / 60)).toEqual([minutes]);
});

test("a state that ends at a time the clock skips is refused, and not read as a day long", () => {
  const head = "date,start,end,agent,state\n";
  expect(codesOf(`${head}2026-03-29,01:30,02:30,4711,Available`)).toContain("stateLog.badTime 2");
  expect(codesOf(`${head}2026-03-28,22:00,02:30,4711,Available`)).toContain("stateLog.badTime 2");
});

test("with dates on both ends, a state in the hour that comes twice ends at the second reading", () => {
  expect(read("agent,start,end,state\n4711,2026-10-25 02:50,2026-10-25 02:10,Available")).toEqual([
    "4711 Available 01:50-02:10",
  ]);
});

test.each([
  ["On Queue", "working"],
  ["AfterCallWork", "working"],
  ["Interacting", "working"],
  ["Not Ready", "away"],
  ["Unavailable", "away"],
  ["Available", "working"],
  ["Lunch break", "break"],
  ["Logged Out", "offline"],
  ["Team meeting", "away"],
  ["Mittagspause", "break"],
  ["小休", "break"],
  ["Xyz", null],
])("%s is %s", (state, kind) => {
  expect(kindOfState(state)).toBe(kind);
});
