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
