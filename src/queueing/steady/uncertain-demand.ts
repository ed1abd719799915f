import { cutGammaNodes, gammaNodes, type QuadratureNodes } from "../../numerics/gamma-nodes.ts";
import {
  leastAgents,
  likelyAgents,
  type ServiceTargets,
  targetSlack,
  targetsOutOfReach,
} from "./required-agents.ts";
import { checkLoad, type QueueLoad, type QueueService, steadyQueue } from "./steady-queue.ts";

/**
 * Service to be expected when the arrival rate itself is uncertain: the load's rate times a gamma factor of mean 1.
 * Shares are of contacts, so that busy hours weigh as much as they have contacts; occupancy is over time.
 * The steady state is taken in each case, so an interval that is overwhelmed counts as if it lasted.
 *
 * @param variance of the factor (cv²), 0 for a rate that is known
 * @example expectedService({arrivalsPerSecond: 10 / 180, ahtSeconds: 180, patienceSeconds: null, answerWithinSeconds: 20}, 0.01, 14).serviceLevelOffered // 0.856
 */
export function expectedService(load: QueueLoad, variance: number, agents: number): QueueService {
  checkLoad(load);
  if (!(variance >= 0)) throw new RangeError(`variance must be 0 or more, got ${variance}`);
  const offeredLoad = load.arrivalsPerSecond * load.ahtSeconds;
  if (variance === 0 || offeredLoad === 0) return steadyQueue(load, agents);
  const patient = load.patienceSeconds === null;
  const nodes: QuadratureNodes = patient
    ? cutGammaNodes(variance, agents / offeredLoad)
    : gammaNodes(variance, 9);
  let waits = 0;
  let inTime = 0;
  let late = 0;
  let virtual = 0;
  let waitSeconds = 0;
  let answeredWait = 0;
  let abandoned = 0;
  let waiting = 0;
  let busy = 0;
  let covered = 0;
  let contacts = 0;
  for (let at = 0; at < nodes.places.length; at++) {
    const factor = nodes.places[at];
    const service = steadyQueue({ ...load, arrivalsPerSecond: load.arrivalsPerSecond * factor }, agents);
    const time = nodes.weights[at];
    const share = time * factor;
    covered += time;
    contacts += share;
    waits += share * service.waitProbability;
    inTime += share * service.serviceLevelOffered;
    late += share * (1 - service.waitWithinProbability);
    virtual += share * service.virtualWaitWithinProbability;
    waitSeconds += share * service.meanWaitSeconds;
    answeredWait += share * (1 - service.abandonmentRate) * service.asaSeconds;
    abandoned += share * service.abandonmentRate;
    waiting += time * service.meanWaiting;
    busy += time * service.occupancy;
  }
  // Beyond the cut all wait, for ever, and every agent is busy.
  const overwhelmed = patient ? Math.max(0, 1 - contacts) : 0;
  const endless = patient && 1 - covered > 1e-9;
  return {
    waitProbability: Math.min(1, waits + overwhelmed),
    // Weights of nodes sum to 1 but for rounding.
    serviceLevelOffered: Math.min(1, inTime),
    serviceLevelAnswered: Math.min(1, inTime / (1 - abandoned)),
    serviceLevelShortAbandonsExcluded: inTime / Math.max(inTime, inTime + late + overwhelmed),
    waitWithinProbability: Math.max(0, 1 - late - overwhelmed),
    virtualWaitWithinProbability: Math.min(1, virtual),
    asaSeconds: endless ? Number.POSITIVE_INFINITY : answeredWait / (1 - abandoned),
    meanWaitSeconds: endless ? Number.POSITIVE_INFINITY : waitSeconds,
    meanWaiting: endless ? Number.POSITIVE_INFINITY : waiting,
    abandonmentRate: Math.min(1, abandoned),
    occupancy: Math.min(1, busy + (patient ? Math.max(0, 1 - covered) : 0)),
  };
}

/** Fewest agents whose expected service keeps the targets under that uncertainty; as `requiredAgents` otherwise. */
export function requiredForExpected(
  load: QueueLoad,
  variance: number,
  targets: ServiceTargets,
  step: 0 | 1,
  near?: number,
): number | null {
  const offeredLoad = load.arrivalsPerSecond * load.ahtSeconds;
  if (offeredLoad === 0) return 0;
  if (targetsOutOfReach(load, targets)) return null;
  return leastAgents(
    (agents) => targetSlack(targets, expectedService(load, variance, agents)),
    near ?? likelyAgents(load, targets) + offeredLoad * Math.sqrt(variance),
    Math.sqrt(offeredLoad) / 2,
    step,
    1e-5,
  );
}
