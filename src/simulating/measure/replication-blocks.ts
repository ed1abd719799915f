import type { SimulationProblem } from "../compile/problem.ts";
import { createEngine } from "../engine/engine.ts";
import { createTally, groupCount, groupCounts, queueCount, queueCounts, type Tally } from "./tally.ts";
import { addWaits, waitMoments } from "./wait-percentiles.ts";

/**
 * Work is handed out in blocks of replications. A block's sums depend on nothing but the problem and the block, and
 * blocks are added up in order, so a result has the same bits however many workers made it.
 */
export const replicationsPerBlock = 2;

const meanCount = 6;
const ratioCount = 4;
/** Moments of a queue's interval before those of follow-ups. Per mean Σx, Σx²; per ratio Σx, Σy, Σx², Σxy, Σy². */
export const followUpsFrom = meanCount * 2 + ratioCount * 5;
/** Agents on queue, occupancy, agents handling, agents free. */
export const momentsPerGroupCell = 2 + 5 + 2 + 2;

/** Whether contacts come again, go on to another queue or leave with a promise. */
export function hasFollowUps({ queues }: SimulationProblem): boolean {
  return queues.some(({ redial, transfers, callback }) => redial !== null || transfers || callback);
}

export function momentsPerQueueCell(problem: SimulationProblem): number {
  return followUpsFrom + (hasFollowUps(problem) ? 4 * 2 + 5 : 0);
}

/** Sums kept per replication, day and queue, in the order of `ReplicationDays`. */
export const daySums = 17;
export const daySum = {
  offered: 0,
  answered: 1,
  abandoned: 2,
  answeredInTime: 3,
  serviceLevelBase: 4,
  waitSeconds: 5,
  handlingSeconds: 6,
  onQueueSeconds: 7,
  blocked: 8,
  waitingTime: 9,
  serviceTime: 10,
  redialled: 11,
  transferred: 12,
  callbackTaken: 13,
  calledBack: 14,
  waitCalledBack: 15,
  callbackTime: 16,
} as const;

/** What a block of replications adds up to. Plain and transferable. */
export interface BlockSums {
  readonly block: number;
  readonly replications: number;
  readonly contacts: number;
  readonly stillThere: number;
  /** `[(interval · queues + queue) · momentsPerQueueCell + moment]` */
  readonly queueMoments: Float64Array;
  readonly groupMoments: Float64Array;
  /** `[((replication in block · days + day) · queues + queue) · daySums + sum]` */
  readonly days: Float64Array;
  /** How long answered contacts waited, as `addWaits` has it. */
  readonly waits: Float64Array;
}

/** Runs blocks of one problem: keeps the engine and its memory between them. */
export function createBlockRunner(
  problem: SimulationProblem,
  replications: number,
): (block: number) => BlockSums {
  const engine = createEngine(problem);
  const tally = createTally(problem);
  return (block) => {
    const first = block * replicationsPerBlock;
    const end = Math.min(replications, first + replicationsPerBlock);
    const { intervalCount, queues, groups, dayOffsets } = problem;
    const dayCount = dayOffsets.length - 1;
    const sums = {
      queueMoments: new Float64Array(intervalCount * queues.length * momentsPerQueueCell(problem)),
      groupMoments: new Float64Array(intervalCount * groups.length * momentsPerGroupCell),
      days: new Float64Array((end - first) * dayCount * queues.length * daySums),
      waits: new Float64Array(waitMoments(problem)),
    };
    tally.contacts = 0;
    tally.stillThere = 0;
    for (let replication = first; replication < end; replication++) {
      tally.queues.fill(0);
      tally.groups.fill(0);
      tally.waits.fill(0);
      engine(replication, tally);
      addWaits(problem, tally, sums.waits);
      addReplication(problem, tally, sums, replication - first);
    }
    const { contacts, stillThere } = tally;
    return { block, replications: end - first, contacts, stillThere, ...sums };
  };
}

function addReplication(
  problem: SimulationProblem,
  tally: Tally,
  sums: Pick<BlockSums, "queueMoments" | "groupMoments" | "days">,
  place: number,
): void {
  const { queues, groups, dayOffsets, intervalSeconds } = problem;
  const { queueMoments, groupMoments, days } = sums;
  const dayCount = dayOffsets.length - 1;
  const momentsPerCell = momentsPerQueueCell(problem);
  const followUps = hasFollowUps(problem);
  const servers = queues.map((_, q) =>
    groups.flatMap((group, g) => (group.serves.some((service) => service.queue === q) ? [g] : [])),
  );
  for (let day = 0; day < dayCount; day++) {
    for (let interval = dayOffsets[day]; interval < dayOffsets[day + 1]; interval++) {
      for (let q = 0; q < queues.length; q++) {
        const from = (interval * queues.length + q) * queueCounts;
        const offered = tally.queues[from + queueCount.offered];
        const answered = tally.queues[from + queueCount.answered];
        const abandoned = tally.queues[from + queueCount.abandoned];
        const inTime = tally.queues[from + queueCount.answeredInTime];
        const wait = tally.queues[from + queueCount.waitAnswered];
        const blocked = tally.queues[from + queueCount.blocked];
        const waiting = tally.queues[from + queueCount.waitingTime];
        const service = tally.queues[from + queueCount.serviceTime];
        const rule = queues[q].serviceLevelRule;
        const base =
          rule === "offered"
            ? offered
            : rule === "answered"
              ? answered + tally.queues[from + queueCount.calledBack]
              : offered - tally.queues[from + queueCount.abandonedShort];
        let handling = 0;
        let onQueue = 0;
        for (const g of servers[q]) {
          const cell = (interval * groups.length + g) * groupCounts;
          handling += tally.groups[cell + groupCount.handlingTime];
          onQueue += tally.groups[cell + groupCount.onQueueTime];
        }
        const cell = (interval * queues.length + q) * momentsPerCell;
        addMean(queueMoments, cell, offered);
        addMean(queueMoments, cell + 2, answered);
        addMean(queueMoments, cell + 4, abandoned);
        addMean(queueMoments, cell + 6, blocked);
        addMean(queueMoments, cell + 8, waiting / intervalSeconds);
        addMean(queueMoments, cell + 10, service / intervalSeconds);
        addRatio(queueMoments, cell + 12, inTime, base);
        addRatio(queueMoments, cell + 17, abandoned, offered);
        addRatio(queueMoments, cell + 22, wait, answered);
        addRatio(queueMoments, cell + 27, handling, onQueue);
        const redialled = tally.queues[from + queueCount.redialled];
        const transferred = tally.queues[from + queueCount.transferred];
        const taken = tally.queues[from + queueCount.callbackTaken];
        const calledBack = tally.queues[from + queueCount.calledBack];
        const waitCalledBack = tally.queues[from + queueCount.waitCalledBack];
        const owed = tally.queues[from + queueCount.callbackTime];
        if (followUps) {
          const at = cell + followUpsFrom;
          addMean(queueMoments, at, redialled);
          addMean(queueMoments, at + 2, transferred);
          addMean(queueMoments, at + 4, taken);
          addMean(queueMoments, at + 6, owed / intervalSeconds);
          addRatio(queueMoments, at + 8, waitCalledBack, calledBack);
        }
        if (interval < problem.warmUpIntervals) continue;
        const sum = ((place * dayCount + day) * queues.length + q) * daySums;
        days[sum + daySum.offered] += offered;
        days[sum + daySum.answered] += answered;
        days[sum + daySum.abandoned] += abandoned;
        days[sum + daySum.answeredInTime] += inTime;
        days[sum + daySum.serviceLevelBase] += base;
        days[sum + daySum.waitSeconds] += wait;
        days[sum + daySum.handlingSeconds] += handling;
        days[sum + daySum.onQueueSeconds] += onQueue;
        days[sum + daySum.blocked] += blocked;
        days[sum + daySum.waitingTime] += waiting;
        days[sum + daySum.serviceTime] += service;
        days[sum + daySum.redialled] += redialled;
        days[sum + daySum.transferred] += transferred;
        days[sum + daySum.callbackTaken] += taken;
        days[sum + daySum.calledBack] += calledBack;
        days[sum + daySum.waitCalledBack] += waitCalledBack;
        days[sum + daySum.callbackTime] += owed;
      }
      for (let g = 0; g < groups.length; g++) {
        const from = (interval * groups.length + g) * groupCounts;
        const onQueue = tally.groups[from + groupCount.onQueueTime];
        const cell = (interval * groups.length + g) * momentsPerGroupCell;
        addMean(groupMoments, cell, onQueue / intervalSeconds);
        const handling = tally.groups[from + groupCount.handlingTime];
        addRatio(groupMoments, cell + 2, handling, onQueue);
        addMean(groupMoments, cell + 7, handling / intervalSeconds);
        addMean(groupMoments, cell + 9, (onQueue - handling) / intervalSeconds);
      }
    }
  }
}

function addMean(moments: Float64Array, at: number, value: number): void {
  moments[at] += value;
  moments[at + 1] += value * value;
}

function addRatio(moments: Float64Array, at: number, above: number, below: number): void {
  moments[at] += above;
  moments[at + 1] += below;
  moments[at + 2] += above * above;
  moments[at + 3] += above * below;
  moments[at + 4] += below * below;
}
