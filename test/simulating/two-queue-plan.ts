import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import type { SimulationInput } from "../../src/simulating/compile/simulation-input.ts";
import { scheduleOf } from "../builders.ts";

export const grid = createIntervalGrid("Europe/Berlin", 30, "2026-11-02", 2);

export function shift(
  id: string,
  startMinute: number,
  endMinute: number,
  breakAt: number | null,
  groupId = "voice",
): Shift {
  const work = (from: number, to: number) => ({
    kind: "work" as const,
    startMinute: from,
    endMinute: to,
    paid: true,
  });
  return {
    id,
    templateId: "t",
    groupId,
    date: "2026-11-02",
    startMinute,
    endMinute,
    activities:
      breakAt === null
        ? [work(startMinute, endMinute)]
        : [
            work(startMinute, breakAt),
            { kind: "break", startMinute: breakAt, endMinute: breakAt + 30, paid: true },
            work(breakAt + 30, endMinute),
          ],
    pinned: false,
  };
}

/** Two queues open 08:00–18:00 on two days; one dedicated group each and one that serves both. */
export function input(change: Partial<SimulationInput["plan"]> = {}): SimulationInput {
  const intervals = 96;
  const open = Uint8Array.from({ length: intervals }, (_, i) => (i % 48 >= 16 && i % 48 < 36 ? 1 : 0));
  const offered = (mean: number) => Float64Array.from(open, (isOpen) => isOpen * mean);
  const goal = {
    serviceLevel: 0.8,
    answerWithinSeconds: 20,
    serviceLevelRule: "offered" as const,
    maxAsaSeconds: null,
    maxAbandonment: null,
    maxOccupancy: null,
  };
  const forecast = (queueId: string, mean: number, aht: number) => ({
    queueId,
    open,
    offered: offered(mean),
    offeredLower80: offered(mean),
    offeredUpper80: offered(mean),
    offeredLower95: offered(mean),
    offeredUpper95: offered(mean),
    dispersion: new Float64Array(intervals).fill(0.02),
    dayFactorVariance: 0.01,
    ahtSeconds: new Float64Array(intervals).fill(aht),
    model: "given",
    backtest: [],
    notes: [],
  });
  const shifts = [0, 1440].flatMap((day) => [
    ...Array.from({ length: 8 }, (_, k) =>
      shift(`v${day}-${k}`, day + 480, day + 1080, day + 660 + 30 * (k % 4)),
    ),
    ...Array.from({ length: 3 }, (_, k) =>
      shift(`c${day}-${k}`, day + 480, day + 1080, day + 660 + 60 * k, "chat"),
    ),
    ...Array.from({ length: 2 }, (_, k) => shift(`b${day}-${k}`, day + 480, day + 1080, null, "both")),
  ]);
  return {
    plan: {
      queues: [
        {
          id: "Voice",
          name: "Voice",
          channel: "voice",
          goal,
          patienceSeconds: 180,
          defaultAhtSeconds: 240,
          concurrency: null,
          openingHours: null,
        },
        {
          id: "Chat",
          name: "Chat",
          channel: "chat",
          goal: { ...goal, answerWithinSeconds: 60 },
          patienceSeconds: 300,
          defaultAhtSeconds: 480,
          concurrency: { maxContacts: 2, slowdown: [1, 1.25] },
          openingHours: null,
        },
      ],
      groups: [
        { id: "voice", name: "Voice", queueIds: ["Voice"] },
        { id: "chat", name: "Chat", queueIds: ["Chat"] },
        { id: "both", name: "Both", queueIds: ["Voice", "Chat"] },
      ],
      agents: [],
      shrinkage: [],
      simulation: {
        replications: 20,
        atShiftEnd: "finishContact",
        uncertainDemand: false,
        handleTimeCv: null,
        halfWidth: null,
      },
      seed: 7,
      ...change,
    },
    forecast: { grid, queues: [forecast("Voice", 50, 240), forecast("Chat", 10, 480)] },
    schedule: scheduleOf(grid, shifts),
    roster: null,
  };
}
