import { expect, test } from "vitest";
import type { Queue } from "../../src/domain/plan/queue.ts";
import { smallDocument } from "../app/sample-document.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();

test("erlang: agents for a goal, and a batch that agrees to twelve digits", () => {
  const goal = shiftwright("erlang --offered 100 --aht 180 --service-level 0.8".split(" "));
  expect(JSON.parse(goal.output)).toMatchObject({ agents: 14, offeredLoadErlangs: 10 });
  const batch = shiftwright(
    ["erlang", "--batch", "-"],
    "lambda_per_hour,aht_s,agents,patience_s,target_s\n200,180,13,,20\n200,180,13,300,20\n",
  );
  const [header, patient, impatient] = batch.output.trim().split("\n");
  expect(header).toBe(
    "lambda_per_hour,aht_s,agents,patience_s,target_s,p_wait,service_level,asa_s,p_abandon,occupancy",
  );
  expect(Number(patient.split(",")[6])).toBeCloseTo(0.7956, 4);
  expect(Number(impatient.split(",")[6])).toBeCloseTo(0.8581777000307627, 12);
  const trunks = shiftwright(
    "erlang --offered 100 --aht 180 --agents 9 --trunks 14 --redial-blocked 0.7".split(" "),
  );
  expect(JSON.parse(trunks.output).attemptsPerContact).toBeGreaterThan(1);
});

test("erlang and require: wrong usage ends with 2, a hopeless goal or table with 1 and its line", () => {
  expect(shiftwright(["erlang", "--offered", "100"]).status).toBe(2);
  expect(shiftwright("erlang --offered 100 --aht 180 --service-level 80".split(" ")).status).toBe(2);
  const hopeless = shiftwright("erlang --offered 100 --aht 180 --service-level 1".split(" "));
  expect(hopeless.status).toBe(1);
  expect(hopeless.error).toContain("requirement.goalOutOfReach");
  const table = shiftwright(
    ["require", "-"],
    "interval_start,queue,offered,aht_seconds\n2026-11-02T09:00:00+01:00,voice,100,180\n2026-11-02T09:30:00+01:00,voice,many,180\n",
  );
  expect(table.status).toBe(1);
  expect(table.error).toContain("-:3 [offered]");
});

test("require: a forecast in, agents out, by every method, twice the same bytes", () => {
  const forecast = `interval_start,queue,offered,offered_lower80,offered_upper80,offered_lower95,offered_upper95,aht_seconds\n${[
    100, 140, 60,
  ]
    .map(
      (offered, at) =>
        `2026-11-02T0${8 + Math.floor(at / 2)}:${at % 2 === 0 ? "00" : "30"}:00+01:00,voice,${offered},${offered - 30},${offered + 30},0,0,180`,
    )
    .join("\n")}\n`;
  const first = shiftwright(["require", "-", "--shrinkage", "0.3", "--whole-agents"], forecast);
  const rows = first.output.trim().split("\n");
  expect(rows[0]).toBe(
    "interval_start,queue,required_agents,scheduled_agents,service_level,asa_seconds,abandonment_rate,occupancy",
  );
  expect(rows[1]).toContain("2026-11-02T08:00:00+01:00,voice,14,20,0.88835");
  expect(shiftwright(["require", "-", "--shrinkage", "0.3", "--whole-agents"], forecast).output).toBe(
    first.output,
  );
  const bindingBy = (...options: string[]) =>
    JSON.parse(
      shiftwright(["require", "-", "--json", ...options], forecast).output,
    ).queues[0].bindingGoal.filter(Boolean);
  expect(bindingBy()).toEqual(["serviceLevel", "serviceLevel", "serviceLevel"]);
  expect(bindingBy("--max-occupancy", "0.6", "--minimum-agents", "15")).toEqual([
    "maxOccupancy",
    "maxOccupancy",
    "minimumAgents",
  ]);
  const agentsBy = (...options: string[]) =>
    shiftwright(["require", "-", ...options], forecast)
      .output.trim()
      .split("\n")
      .slice(1)
      .map((row) => Number(row.split(",")[2]));
  const mean = agentsBy();
  for (const [at, agents] of agentsBy("--spread", "expectedService").entries())
    expect(agents).toBeGreaterThan(mean[at]);
  for (const agents of agentsBy("--method", "transient", "--patience", "200"))
    expect(Number.isInteger(agents)).toBe(true);
});

test("require --plan: deferred work of a plan goes into the gaps its groups leave", () => {
  const document = smallDocument();
  const [voice] = document.plan.queues;
  const mail: Queue = {
    ...voice,
    id: "mail",
    name: "Mail",
    channel: "deferred",
    deferred: { withinMinutes: 240, backlogContacts: 0, gapShare: 1 },
  };
  const times = ["08:00", "08:30", "09:00", "09:30"];
  const forecast = `interval_start,queue,offered,aht_seconds\n${times
    .flatMap((time) => [
      `2026-11-02T${time}:00+01:00,${voice.id},60,180`,
      `2026-11-02T${time}:00+01:00,mail,4,300`,
    ])
    .join("\n")}\n`;
  const agentsOf = (gapShare: number): number[] => {
    const plan = {
      ...document.plan,
      queues: [voice, { ...mail, deferred: { withinMinutes: 240, backlogContacts: 0, gapShare } }],
      groups: [{ ...document.plan.groups[0], queueIds: [voice.id, "mail"] }],
    };
    const file = scratch.file("plan.json", JSON.stringify(plan));
    const run = shiftwright(["require", "-", "--plan", file], forecast);
    expect(run.error).toBe("");
    return run.output
      .trim()
      .split("\n")
      .filter((row) => row.includes(",mail,"))
      .map((row) => Number(row.split(",")[2]));
  };
  const alone = agentsOf(0).reduce((sum, agents) => sum + agents, 0);
  const blended = agentsOf(1).reduce((sum, agents) => sum + agents, 0);
  expect(alone).toBeGreaterThan(2);
  expect(blended).toBe(0);
});
