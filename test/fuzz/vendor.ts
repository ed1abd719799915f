import { samplePlan } from "../../sample-data/plan.ts";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Outcome } from "../../src/domain/outcome.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import { readActualsCsv } from "../../src/files/actuals-csv.ts";
import { readForecastCsv } from "../../src/files/forecast-csv.ts";
import { readIntervalTable } from "../../src/files/interval-table.ts";
import { readScenarioFile, scenarioFileText } from "../../src/files/scenario-file.ts";
import { readRosterCsv } from "../../src/files/schedule-csv.ts";
import { readSetUp, setUpText } from "../../src/files/set-up-file.ts";
import { readStateLog } from "../../src/files/state-log.ts";
import { readWishesCsv } from "../../src/files/wishes-csv.ts";
import { type RandomStream, randomStream } from "../../src/numerics/random.ts";
import { below, damagedText, damagedValue, pickOf } from "./mutations.ts";
import type { Round } from "./round.ts";

const whole = samplePlan();
const plan = { ...whole, agents: whole.agents.slice(0, 12) };
const [queue] = plan.queues;
const [agent] = plan.agents;
const [template] = plan.templates;
const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, plan.firstDate, 2);
const roster: Roster = {
  grid,
  assignments: [],
  unassigned: [],
  violations: [],
  status: "optimal",
  objective: 0,
  bound: null,
  seconds: null,
};
const two = (value: number) => String(value).padStart(2, "0");
const table = (header: string, row: (at: number) => string) =>
  [header, ...Array.from({ length: 14 }, (_, at) => row(at))].join("\n");
const day = plan.firstDate;
const start = (at: number) => `${day}T${two(8 + (at >> 1))}:${at % 2 === 0 ? "00" : "30"}:00`;

/** A file that comes from another program, how it is read, and what its rows sum to where all are read. */
interface VendorFile {
  readonly text: string;
  readonly isJson?: boolean;
  readonly read: (text: string) => Outcome<unknown>;
  /** What must not be in what was read; null: nothing. */
  readonly judge?: (value: never, text: string) => string | null;
}

const files: readonly VendorFile[] = [
  {
    text: table(
      "Agent,Start Time,End Time,State,Reason",
      (at) => `${agent.name},${start(at)},${start(at + 1)},${at % 3 ? "Available" : "Not Ready"},Lunch`,
    ),
    read: (text) => readStateLog(text, "log.csv", plan),
    judge: stateLogFault as never,
  },
  {
    text: table(
      "agent_id;date;start;duration;status",
      (at) => `${agent.id};${day};${two(8 + at)}:00;600;ACD`,
    ),
    read: (text) => readStateLog(text, "log.csv", plan),
    judge: stateLogFault as never,
  },
  {
    text: JSON.stringify(
      Array.from({ length: 8 }, (_, at) => ({
        EventTimestamp: `${start(at)}Z`,
        EventType: "STATE_CHANGE",
        CurrentAgentSnapshot: {
          Configuration: { Username: agent.id, FirstName: "A", LastName: "B" },
          AgentStatus: { Name: "Available", StartTimestamp: `${start(at)}Z` },
        },
      })),
    ),
    isJson: true,
    read: (text) => readStateLog(text, "log.json", plan),
    judge: stateLogFault as never,
  },
  {
    text: table(
      "interval_start,queue,offered,aht_seconds",
      (at) => `${start(at)},${queue.name},${10 + at},240.5`,
    ),
    read: (text) => readForecastCsv(text, "forecast.csv", plan),
    judge: ((value: { queues: readonly { offered: readonly number[] }[] }, text: string) => {
      const sum = value.queues.reduce((all, { offered }) => all + offered.reduce((a, b) => a + b, 0), 0);
      return sum <= largestSum(text) ? null : "more contacts than the file holds";
    }) as never,
  },
  {
    text: table(
      "interval_start;queue;offered;aht_seconds;answered_in_time;group;agents",
      (at) => `${start(at)};${queue.id};${10 + at};240,5;${at};;`,
    ),
    read: (text) => readActualsCsv(text, "actuals.csv", grid, plan),
  },
  {
    text: table(
      "interval_start,queue,offered,aht_seconds",
      (at) => `${start(at)}+01:00,${queue.name},${10 + at},240.5`,
    ),
    read: (text) => readIntervalTable(text, "intervals.csv", ["offered", "aht_seconds"], []),
  },
  {
    text: table(
      "agent_id,agent,shift_id,date,activity,start,end,paid",
      (at) => `${agent.id},${agent.name},s${at},${day},work,${start(at)},${start(at + 4)},yes`,
    ),
    read: (text) => readRosterCsv(text, "roster.csv", plan, roster),
  },
  {
    text: table(
      "agent_id,date,wish,shift,weight",
      (at) => `${agent.id},${day.slice(0, 8)}${two(1 + at)},${at % 2 ? "off" : "on"},${template.name},${at}`,
    ),
    read: (text) => readWishesCsv(text, "wishes.csv", plan),
  },
  {
    text: scenarioFileText({
      id: "s",
      name: "Storm",
      changes: [
        { kind: "volume", queueId: queue.id, factor: 1.3, window: null },
        { kind: "absence", groupId: null, share: 0.1, window: null },
        {
          kind: "hire",
          groupId: plan.groups[0].id,
          contractId: null,
          count: 4,
          startDate: null,
          trainingWeeks: 2,
          startingPace: 1.4,
          learningWeeks: 4,
        },
      ],
    }),
    isJson: true,
    read: readScenarioFile,
  },
  { text: setUpText(plan), isJson: true, read: readSetUp },
];

/** One damaged file of another program. */
export function vendorRound(seed: number, index: number): Round {
  const chance = randomStream(seed, "vendor", index);
  const file = pickOf(files, chance);
  const text = damaged(file, chance);
  const outcome = file.read(text);
  if (outcome.ok) {
    const fault = file.judge?.(outcome.value as never, text) ?? null;
    return { end: "read", fault, isCounted: file.judge !== undefined };
  }
  const hasReason = outcome.issues.some(({ severity }) => severity === "error");
  return { end: "refused", fault: hasReason ? null : "refused without a reason", isCounted: false };
}

function damaged({ text, isJson }: VendorFile, chance: RandomStream): string {
  if (isJson !== true || below(4, chance) === 0) return damagedText(text, chance);
  return JSON.stringify(damagedValue(JSON.parse(text), chance));
}

/** States have length, lie in the log and never lie on each other. */
function stateLogFault(log: {
  readonly states: readonly { readonly agentId: string; readonly start: number; readonly end: number }[];
  readonly from: number;
  readonly until: number;
}): string | null {
  const ends = new Map<string, number>();
  for (const { agentId, start, end } of [...log.states].sort((a, b) => a.start - b.start)) {
    if (!(start < end) || !Number.isFinite(start) || !Number.isFinite(end)) return "a state of no length";
    if (start < log.from || end > log.until) return "a state outside of its log";
    if (start < (ends.get(agentId) ?? Number.NEGATIVE_INFINITY)) return "two states at one time";
    ends.set(agentId, end);
  }
  return null;
}

/** The most that all the numbers of a text can sum to, read without regard to columns. */
function largestSum(text: string): number {
  let sum = 0;
  for (const [number] of text.matchAll(/\d[\d.,'’ ]*(e[+-]?\d+)?/gi)) {
    const digits = Number(number.replace(/[^\de+-]/gi, ""));
    sum += Number.isFinite(digits) ? digits : Number.MAX_VALUE;
  }
  return sum;
}
