import { quantile } from "../../numerics/distribution.ts";
import { mixedUint32, uniformOf } from "../../numerics/random.ts";
import { type ContactTape, createContactTape } from "../compile/contact-tape.ts";
import { createDayLevels } from "../compile/day-levels.ts";
import { type Crew, type DutyTape, dutyChange } from "../compile/duty.ts";
import { createCrew, createDutyTape } from "../compile/duty-tape.ts";
import type { SimulationProblem } from "../compile/problem.ts";
import { clockAt, createGauge } from "../measure/gauge.ts";
import { groupCount, groupCounts, queueCount, queueCounts, type Tally } from "../measure/tally.ts";
import { waitBin, waitBins } from "../measure/wait-bins.ts";
import { createFreeAgents } from "./free-agents.ts";
import type { Monitor } from "./monitor.ts";
import { agentRuleOf, contactRuleOf } from "./routing.ts";
import { createTimingWheel, type TimingWheel } from "./timing-wheel.ts";
import { createWaitingLines, linesOf } from "./waiting-lines.ts";

/** Runs one replication of its problem and adds what happened to an empty tally; a monitor hears of every contact. */
export type Engine = (replication: number, tally: Tally, monitor?: Monitor) => void;

/** Where an agent stands: gone, taking contacts, on queue but taking no more, past the end and finishing. */
const duty = { off: 0, taking: 1, stopped: 2, finishing: 3 } as const;
/** Where a contact stands; `toCallBack`: off the line, and yet in it. */
const state = { outside: 0, waiting: 1, inService: 2, redialling: 3, done: 4, toCallBack: 5 } as const;
/** What a contact's own chance decides, besides what it was drawn with. */
const chance = {
  redial: 1,
  redialDelay: 2,
  redialPatience: 3,
  callback: 4,
  transfer: 5,
  transferHandle: 6,
  transferPatience: 7,
} as const;

/** The engine of one problem. Its event loop is made for as many contacts as the tape holds, and anew should it grow. */
export function createEngine(problem: SimulationProblem): Engine {
  const crew = createCrew(problem);
  const { tape, draw: drawContacts } = createContactTape(problem);
  const { tape: dutyTape, draw: drawDuty } = createDutyTape(problem, crew);
  let capacity = 0;
  let loop: ReturnType<typeof createLoop> | null = null;
  return (replication, tally, monitor) => {
    drawContacts(replication);
    drawDuty(replication);
    if (loop === null || tape.capacity > capacity) {
      capacity = tape.capacity;
      loop = createLoop(problem, crew, tape, dutyTape);
    }
    loop(tally, monitor ?? null);
  };
}

/**
 * The event loop of one problem.
 *
 * Events come from four places: interval boundaries, the duty tape, the timing wheel (ends of service, then timers of
 * waiting contacts) and the contact tape. At equal times they are taken in that order; inside the wheel by number. So
 * the order of events is a function of the problem and the seed alone. Nothing is allocated inside the loop.
 *
 * Who serves whom is a rule (`routing.ts`). What a problem does not use costs nothing: the constants that say so are
 * folded away when the loop is compiled. V8 folds them only while there is one loop in the process: a second engine
 * runs at about half to two thirds of the speed, whatever its problem. So a worker is best given one problem.
 */
function createLoop(problem: SimulationProblem, crew: Crew, tape: ContactTape, dutyTape: DutyTape) {
  const { queues, groups, intervalCount, intervalSeconds, dayOffsets } = problem;
  const queueTotal = queues.length;
  const groupTotal = groups.length;
  const handsOver = problem.atShiftEnd === "handOver";
  const contactTotal = tape.capacity;
  const {
    arrival,
    queue: queueOf,
    line: lineOf,
    interval: intervalOf,
    handleSeconds,
    patienceSeconds,
  } = tape;
  const clock = new Float64Array(2);
  const { now, intervalEnd } = clockAt;

  const reserves = groups.some(({ serves }) => serves.some(({ keepFree = 0 }) => keepFree > 0));

  // Agents and their slots. An agent has a slot for each contact served at once.
  const agentTotal = crew.count;
  const agentGroup = crew.group;
  const handleFactor = crew.handleFactor;
  const groupSlots = groups.map(({ serves }) =>
    Math.max(1, ...serves.map((s) => queues[s.queue].maxContacts)),
  );
  const loads = Math.max(1, ...groupSlots);
  const slotOffset = new Int32Array(agentTotal + 1);
  for (let a = 0; a < agentTotal; a++) slotOffset[a + 1] = slotOffset[a] + groupSlots[agentGroup[a]];
  const slotTotal = slotOffset[agentTotal];
  const slotAgent = new Int32Array(slotTotal);
  for (let a = 0; a < agentTotal; a++) slotAgent.fill(a, slotOffset[a], slotOffset[a + 1]);
  const slotContact = new Int32Array(slotTotal);
  const agentDuty = new Uint8Array(agentTotal);
  const agentLoad = new Int32Array(agentTotal);
  /** Contacts the agent may hold at once, given those in hand. */
  const agentLimit = new Int32Array(agentTotal);
  const freeAgents = createFreeAgents(agentTotal, groupTotal, loads, reserves);
  const { listOf } = freeAgents;

  // Queues and their lines.
  const maxContacts = Int32Array.from(queues, (queue) => queue.maxContacts);
  const answerWithin = Float64Array.from(queues, (queue) => queue.answerWithinSeconds);
  const waitingPlaces = Float64Array.from(queues, (queue) => queue.waitingPlaces ?? Number.POSITIVE_INFINITY);
  const { lines, quietLine } = linesOf(queues);
  const waiting = createWaitingLines(lines.length, contactTotal);
  /** Per queue, the waits after which another group may help, in rising order. */
  const overflowWaits = queues.map((_, q) => {
    const waits = groups.flatMap(({ serves }) =>
      serves.filter((s) => s.queue === q && s.afterSeconds > 0).map((s) => s.afterSeconds),
    );
    return [...new Set(waits)].sort((a, b) => a - b);
  });
  const callbackAfter = Float64Array.from(
    queues,
    (queue) => queue.callback?.afterSeconds ?? Number.POSITIVE_INFINITY,
  );
  const interruptible = Uint8Array.from(queues, (queue) => Number(queue.interruptible === true));
  const { doneInTime } = dueTimes(problem);

  // What of all this the problem uses.
  const offersCallbacks = queues.some((queue) => queue.callback !== undefined);
  const interrupts = queues.some((queue) => queue.interruptible === true);
  const transfers = queues.some((queue) => queue.transfers !== undefined);
  const turnsAway = queues.some((queue) => queue.turnedAway !== undefined);
  const hasDeadlines = queues.some((queue) => queue.doneWithinSeconds !== undefined);
  const ranksByLevel = problem.contactRule === "furthestBelowGoal";
  const ranksByBusy = problem.agentRule === "leastBusy";

  // Contacts and their events: first the ends of service, one per slot, then the contacts' own timers.
  const contactState = new Uint8Array(contactTotal);
  const enqueuedAt = new Float64Array(contactTotal);
  const givesUpAt = new Float64Array(contactTotal);
  /** 1: answered before, 2: promised a call-back: when service begins, that is no longer counted as an answer. */
  const settled = new Uint8Array(contactTotal);
  const attempts = new Uint8Array(contactTotal);
  const wheel = createWheel();

  // What is going on, and for how long in the running interval.
  const waitingGauge = createGauge(queueTotal, clock);
  const serviceGauge = createGauge(queueTotal, clock);
  const callbackGauge = createGauge(queueTotal, clock);
  const onQueueGauge = createGauge(groupTotal, clock);
  const handlingGauge = createGauge(groupTotal, clock);
  const dayLevels = createDayLevels(queues);
  // Handling and time on queue of each agent up to the last change, where a rule asks for it.
  const agentSince = new Float64Array(ranksByBusy ? agentTotal : 0);
  const agentOnQueue = new Float64Array(ranksByBusy ? agentTotal : 0);
  const agentHandling = new Float64Array(ranksByBusy ? agentTotal : 0);
  /** Day of each interval; those of the warm-up are in a day of their own after the last. */
  const dayOf = new Int32Array(intervalCount);
  for (let day = 0; day + 1 < dayOffsets.length; day++) dayOf.fill(day, dayOffsets[day], dayOffsets[day + 1]);
  dayOf.fill(dayOffsets.length - 1, 0, problem.warmUpIntervals);
  let counts: Float64Array = new Float64Array(0);
  let waits: Float64Array = new Float64Array(0);
  let watcher: Monitor | null = null;

  const floor = {
    problem,
    lines,
    waiting,
    agents: freeAgents,
    clock,
    enqueuedAt,
    shortfall: dayLevels.shortfall,
    busyShare,
  };
  const agentFor = agentRuleOf(floor);
  const contactFor = contactRuleOf(floor);

  function run(tally: Tally, monitor: Monitor | null): void {
    watcher = monitor;
    clear();
    counts = tally.queues;
    waits = tally.waits;
    const contactCount = tape.count;
    const times = wheel.times;
    let contact = 0;
    let boundary = 0;
    let interval = 0;
    clock[intervalEnd] = intervalSeconds;
    let nextInterval = intervalSeconds;
    let nextDuty = dutyTape.count > 0 ? dutyTape.time[0] : Number.POSITIVE_INFINITY;
    let nextArrival = contactCount > 0 ? arrival[0] : Number.POSITIVE_INFINITY;
    for (;;) {
      const node = wheel.first();
      const nextNode = node < 0 ? Number.POSITIVE_INFINITY : times[node];
      if (nextArrival < nextNode && nextArrival < nextDuty && nextArrival < nextInterval) {
        clock[now] = nextArrival;
        arrive(contact);
        contact++;
        nextArrival = contact < contactCount ? arrival[contact] : Number.POSITIVE_INFINITY;
      } else if (nextNode <= nextArrival && nextNode < nextDuty && nextNode < nextInterval) {
        wheel.remove(node);
        clock[now] = nextNode;
        if (node < slotTotal) endService(node);
        else timerOf(node - slotTotal);
      } else if (nextDuty < nextInterval) {
        clock[now] = nextDuty;
        changeDuty(dutyTape.agent[boundary], dutyTape.change[boundary]);
        boundary++;
        nextDuty = boundary < dutyTape.count ? dutyTape.time[boundary] : Number.POSITIVE_INFINITY;
      } else {
        if (nextInterval === Number.POSITIVE_INFINITY) break;
        clock[now] = nextInterval;
        endInterval(interval, tally);
        interval++;
        if (interval < intervalCount) {
          nextInterval = (interval + 1) * intervalSeconds;
          clock[intervalEnd] = nextInterval;
          if (ranksByLevel && dayOf[interval] !== dayOf[interval - 1]) dayLevels.clear();
          loseWaiting(interval);
        } else {
          // The span is over: what is in hand and waiting is seen to its end, and no longer measured by time.
          nextInterval = Number.POSITIVE_INFINITY;
        }
      }
    }
    tally.contacts += contactCount;
    for (let c = 0; c < contactCount; c++) {
      const stands = contactState[c];
      if (stands === state.waiting || stands === state.inService || stands === state.toCallBack)
        tally.stillThere++;
    }
  }

  function clear(): void {
    wheel.clear();
    contactState.fill(0);
    settled.fill(0);
    attempts.fill(0);
    slotContact.fill(-1);
    agentDuty.fill(duty.off);
    agentLoad.fill(0);
    agentLimit.fill(0);
    freeAgents.clear();
    waiting.clear();
    for (const gauge of [waitingGauge, serviceGauge, callbackGauge, onQueueGauge, handlingGauge])
      gauge.clear();
    dayLevels.clear();
    agentOnQueue.fill(0);
    agentHandling.fill(0);
  }

  /** Buckets about a third of the mean gap between ends of service wide, at the load of the busiest interval: timers lie between. */
  function createWheel(): TimingWheel {
    let peakLoad = 1;
    let work = 0;
    let offered = 0;
    for (let interval = 0; interval < intervalCount; interval++) {
      let load = 0;
      for (const queue of queues) {
        load += (queue.offered[interval] * queue.ahtSeconds[interval]) / intervalSeconds;
        offered += queue.offered[interval];
      }
      work += load * intervalSeconds;
      peakLoad = Math.max(peakLoad, load);
    }
    const busy = Math.max(1, Math.min(peakLoad, agentTotal));
    const meanHandle = offered > 0 ? work / offered : intervalSeconds;
    const least = (intervalCount * intervalSeconds) / 2 ** 29;
    const width = Math.max(meanHandle / (3 * busy), least, 1e-6);
    const buckets = 2 ** Math.min(18, Math.max(8, Math.ceil(Math.log2(16 * busy))));
    return createTimingWheel(slotTotal + contactTotal, width, buckets);
  }

  /** First of the counts of the queue and interval at which the contact came. */
  function cellOf(contact: number): number {
    return (intervalOf[contact] * queueTotal + queueOf[contact]) * queueCounts;
  }

  function arrive(contact: number): void {
    const q = queueOf[contact];
    const cell = cellOf(contact);
    counts[cell + queueCount.offered]++;
    enqueuedAt[contact] = clock[now];
    if (watcher !== null) watcher.arrived(contact, q, clock[now]);
    if (turnsAway && isTurnedAway(q)) {
      block(contact, cell);
      return;
    }
    const agent = agentFor(q, 0);
    if (agent >= 0) {
      startService(agent, contact);
    } else if (waitingGauge.level[q] >= waitingPlaces[q]) {
      block(contact, cell);
    } else if (patienceSeconds[contact] === 0) {
      abandon(contact);
    } else {
      joinLine(contact);
    }
  }

  function isTurnedAway(q: number): boolean {
    const stretches = queues[q].turnedAway;
    if (stretches === undefined) return false;
    let passed = 0;
    while (passed < stretches.length && stretches[passed] <= clock[now]) passed++;
    return passed % 2 === 1;
  }

  function block(contact: number, cell: number): void {
    counts[cell + queueCount.blocked]++;
    if (ranksByLevel) dayLevels.count(queueOf[contact], false);
    if (watcher !== null) watcher.blocked(contact, clock[now]);
    contactState[contact] = state.done;
    maybeRedial(contact);
  }

  function joinLine(contact: number): void {
    waiting.append(contact, lineOf[contact]);
    contactState[contact] = state.waiting;
    waitingGauge.up(queueOf[contact]);
    givesUpAt[contact] = clock[now] + patienceSeconds[contact];
    setTimer(contact, -1);
  }

  /** The contact's next moment: it gives up, or after `waited` seconds (−1: from now on) another group may help or a call-back is offered. */
  function setTimer(contact: number, waited: number): void {
    const q = queueOf[contact];
    let at = givesUpAt[contact];
    const helps = overflowWaits[q];
    for (let k = 0; k < helps.length; k++) {
      if (helps[k] > waited + 1e-9) {
        at = Math.min(at, enqueuedAt[contact] + helps[k]);
        break;
      }
    }
    if (offersCallbacks && callbackAfter[q] > waited + 1e-9 && contactState[contact] === state.waiting) {
      at = Math.min(at, enqueuedAt[contact] + callbackAfter[q]);
    }
    if (at < Number.POSITIVE_INFINITY) wheel.insert(slotTotal + contact, at);
  }

  function leaveLine(contact: number): void {
    const q = queueOf[contact];
    waiting.remove(contact, lineOf[contact]);
    if (offersCallbacks && contactState[contact] === state.toCallBack) callbackGauge.down(q);
    else waitingGauge.down(q);
    wheel.remove(slotTotal + contact);
  }

  function timerOf(contact: number): void {
    if (contactState[contact] === state.redialling) {
      redial(contact);
      return;
    }
    if (clock[now] >= givesUpAt[contact]) {
      leaveLine(contact);
      abandon(contact);
      return;
    }
    const waited = clock[now] - enqueuedAt[contact];
    const agent = agentFor(queueOf[contact], waited + 1e-9);
    if (agent >= 0) {
      leaveLine(contact);
      startService(agent, contact);
      return;
    }
    if (offersCallbacks) maybeCallBack(contact, waited);
    setTimer(contact, waited);
  }

  function abandon(contact: number): void {
    const q = queueOf[contact];
    const cell = cellOf(contact);
    const waited = clock[now] - enqueuedAt[contact];
    counts[cell + queueCount.abandoned]++;
    counts[cell + queueCount.waitAbandoned] += waited;
    if (waited <= answerWithin[q]) counts[cell + queueCount.abandonedShort]++;
    if (ranksByLevel) dayLevels.count(q, false);
    if (watcher !== null) watcher.abandoned(contact, clock[now]);
    contactState[contact] = state.done;
    maybeRedial(contact);
  }

  /** One of the `chance`s of this contact's current attempt. */
  function chanceOf(contact: number, purpose: number): number {
    return uniformOf(mixedUint32(tape.key[contact], attempts[contact] * 8 + purpose));
  }

  function maybeRedial(contact: number): void {
    const { redial: rule } = queues[queueOf[contact]];
    if (rule === null || attempts[contact] === 255) return;
    if (chanceOf(contact, chance.redial) >= rule.probability) return;
    contactState[contact] = state.redialling;
    wheel.insert(
      slotTotal + contact,
      clock[now] + quantile(rule.delay, chanceOf(contact, chance.redialDelay)),
    );
  }

  function redial(contact: number): void {
    contactState[contact] = state.done;
    comeAgain(contact, queueOf[contact], queueCount.redialled, chance.redialPatience);
  }

  /** The contact comes once more, to this queue or another; false: it is closed by now. */
  function comeAgain(contact: number, q: number, counted: number, patienceChance: number): boolean {
    const interval = Math.floor(clock[now] / intervalSeconds);
    const { patience, open } = queues[q];
    if (interval >= intervalCount || open[interval] === 0) return false;
    attempts[contact]++;
    intervalOf[contact] = interval;
    if (patience !== null) patienceSeconds[contact] = quantile(patience, chanceOf(contact, patienceChance));
    counts[(interval * queueTotal + q) * queueCounts + counted]++;
    arrive(contact);
    return true;
  }

  /** Who has waited just so long that a call-back is offered, and accepts, waits for it off the line. */
  function maybeCallBack(contact: number, waited: number): void {
    const q = queueOf[contact];
    const { callback } = queues[q];
    if (callback === undefined || contactState[contact] !== state.waiting || settled[contact] > 0) return;
    if (Math.abs(waited - callback.afterSeconds) > 1e-6) return;
    if (chanceOf(contact, chance.callback) >= callback.acceptShare) return;
    counts[cellOf(contact) + queueCount.callbackTaken]++;
    if (ranksByLevel) dayLevels.count(q, false);
    if (watcher !== null) watcher.promised(contact, clock[now]);
    settled[contact] = 2;
    givesUpAt[contact] = Number.POSITIVE_INFINITY;
    waitingGauge.down(q);
    callbackGauge.up(q);
    contactState[contact] = state.toCallBack;
    if (callback.inTurn) return;
    waiting.remove(contact, lineOf[contact]);
    lineOf[contact] = quietLine[q];
    waiting.append(contact, quietLine[q]);
  }

  function countAnswer(contact: number, q: number): void {
    settled[contact] = 1;
    const cell = cellOf(contact);
    const waited = clock[now] - enqueuedAt[contact];
    counts[cell + queueCount.answered]++;
    counts[cell + queueCount.waitAnswered] += waited;
    waits[(dayOf[intervalOf[contact]] * queueTotal + q) * waitBins + waitBin(waited)]++;
    // With a deadline it is known only when it is done.
    if (!(hasDeadlines && queues[q].doneWithinSeconds !== undefined)) {
      countLevel(cell, q, waited <= answerWithin[q]);
    }
  }

  /** Of one who was promised to be called back. */
  function countCallBack(contact: number): void {
    if (contactState[contact] !== state.toCallBack) return;
    const cell = cellOf(contact);
    counts[cell + queueCount.calledBack]++;
    counts[cell + queueCount.waitCalledBack] += clock[now] - enqueuedAt[contact];
  }

  function countLevel(cell: number, q: number, inTime: boolean): void {
    if (inTime) counts[cell + queueCount.answeredInTime]++;
    if (ranksByLevel) dayLevels.count(q, inTime);
  }

  function startService(agent: number, contact: number): void {
    const q = queueOf[contact];
    if (settled[contact] === 0) countAnswer(contact, q);
    else if (offersCallbacks) countCallBack(contact);
    if (interrupts && listOf[agent] >= freeAgents.interruptibleFrom) interrupt(agent);
    if (watcher !== null) watcher.answered(contact, agent, clock[now]);
    contactState[contact] = state.inService;
    serviceGauge.up(q);
    if (listOf[agent] >= 0) freeAgents.leave(agent);
    if (maxContacts[q] > 1) {
      holdBeside(agent, contact, q);
      return;
    }
    if (ranksByBusy) passTime(agent);
    handlingGauge.up(agentGroup[agent]);
    agentLimit[agent] = 1;
    agentLoad[agent] = 1;
    const slot = slotOffset[agent];
    slotContact[slot] = contact;
    wheel.insert(slot, clock[now] + handleSeconds[contact] * handleFactor[agent]);
    if (interrupts) mayBeInterrupted(agent);
  }

  /** A contact of a queue of which an agent holds several goes into a slot of its own. */
  function holdBeside(agent: number, contact: number, q: number): void {
    const limit = maxContacts[q];
    const load = agentLoad[agent];
    if (load === 0) {
      if (ranksByBusy) passTime(agent);
      handlingGauge.up(agentGroup[agent]);
      agentLimit[agent] = limit;
    } else {
      agentLimit[agent] = Math.min(agentLimit[agent], limit);
      changePace(agent, load, load + 1);
    }
    agentLoad[agent] = load + 1;
    let slot = slotOffset[agent];
    while (slotContact[slot] >= 0) slot++;
    slotContact[slot] = contact;
    const seconds = handleSeconds[contact] * handleFactor[agent];
    wheel.insert(slot, clock[now] + seconds * slowdownOf(q, load + 1));
    if (load + 1 < agentLimit[agent] && agentDuty[agent] === duty.taking) joinList(agent);
  }

  function joinList(agent: number): void {
    freeAgents.join(agent, agentGroup[agent] * loads + agentLoad[agent], clock[now]);
  }

  /** Stands with those whom an urgent contact may interrupt, if what is in hand allows it. */
  function mayBeInterrupted(agent: number): void {
    const contact = slotContact[slotOffset[agent]];
    if (agentDuty[agent] !== duty.taking || contact < 0 || interruptible[queueOf[contact]] === 0) return;
    freeAgents.join(agent, freeAgents.interruptibleFrom + agentGroup[agent], clock[now]);
  }

  /** What the agent has in hand goes to a free colleague, or to the front of its line with what is left of it. */
  function interrupt(agent: number): void {
    freeAgents.leave(agent);
    const slot = slotOffset[agent];
    const contact = slotContact[slot];
    putBack(slot, handleFactor[agent]);
    const colleague = agentFor(queueOf[contact], Number.POSITIVE_INFINITY);
    if (colleague >= 0) startService(colleague, contact);
    else returnToLine(contact);
  }

  function slowdownOf(q: number, load: number): number {
    const { slowdown } = queues[q];
    return slowdown[Math.min(load, slowdown.length) - 1];
  }

  /** The agent's contacts in hand go on at the pace of another number at once. */
  function changePace(agent: number, before: number, after: number): void {
    for (let slot = slotOffset[agent]; slot < slotOffset[agent + 1]; slot++) {
      const contact = slotContact[slot];
      if (contact < 0) continue;
      const q = queueOf[contact];
      const work = (wheel.times[slot] - clock[now]) / slowdownOf(q, before);
      wheel.remove(slot);
      wheel.insert(slot, clock[now] + work * slowdownOf(q, after));
    }
  }

  /** The contact leaves the slot; the agent is not yet offered another. */
  function emptySlot(slot: number): void {
    const agent = slotAgent[slot];
    serviceGauge.down(queueOf[slotContact[slot]]);
    slotContact[slot] = -1;
    const load = --agentLoad[agent];
    if (load === 0) {
      if (ranksByBusy) passTime(agent, 1);
      handlingGauge.down(agentGroup[agent]);
      agentLimit[agent] = loads;
    } else {
      changePace(agent, load + 1, load);
    }
  }

  /** The contact in a slot is given up with what is left of it, at the pace of an average agent. */
  function putBack(slot: number, pace: number): void {
    handleSeconds[slotContact[slot]] = (wheel.times[slot] - clock[now]) / pace;
    wheel.remove(slot);
    emptySlot(slot);
  }

  function endService(slot: number): void {
    const contact = slotContact[slot];
    contactState[contact] = state.done;
    if (watcher !== null) watcher.ended(contact, clock[now]);
    if (hasDeadlines && settled[contact] === 1) countDone(contact);
    if (interrupts && listOf[slotAgent[slot]] >= 0) freeAgents.leave(slotAgent[slot]);
    emptySlot(slot);
    if (transfers) maybeTransfer(contact);
    offerWork(slotAgent[slot]);
  }

  function countDone(contact: number): void {
    const q = queueOf[contact];
    if (queues[q].doneWithinSeconds === undefined) return;
    countLevel(cellOf(contact), q, doneInTime(q, enqueuedAt[contact], clock[now]));
  }

  /** A share of those served goes on to another queue: the same customer, with work and patience of that queue. */
  function maybeTransfer(contact: number): void {
    const targets = queues[queueOf[contact]].transfers;
    if (targets === undefined || attempts[contact] === 255) return;
    let rest = chanceOf(contact, chance.transfer);
    for (const { queue: q, share, ahtSeconds } of targets) {
      rest -= share;
      if (rest >= 0) continue;
      const interval = Math.min(intervalCount - 1, Math.floor(clock[now] / intervalSeconds));
      const { open, handleTime, patience } = queues[q];
      if (open[interval] === 0) return;
      const length = quantile(handleTime, chanceOf(contact, chance.transferHandle));
      handleSeconds[contact] = (ahtSeconds ?? queues[q].ahtSeconds[interval]) * length;
      if (patience === null) patienceSeconds[contact] = Number.POSITIVE_INFINITY;
      queueOf[contact] = q;
      lineOf[contact] = tape.lineOf(q, tape.key[contact]);
      settled[contact] = 0;
      comeAgain(contact, q, queueCount.transferred, chance.transferPatience);
      return;
    }
  }

  /** An agent who may have room takes what waits, then stands in the list for what comes. */
  function offerWork(agent: number): void {
    if (agentDuty[agent] === duty.finishing) {
      if (agentLoad[agent] === 0) leaveQueue(agent);
      return;
    }
    if (agentDuty[agent] !== duty.taking) return;
    if (listOf[agent] >= 0) freeAgents.leave(agent);
    const group = agentGroup[agent];
    for (;;) {
      const load = agentLoad[agent];
      if (load > 0 && load >= agentLimit[agent]) {
        if (interrupts) mayBeInterrupted(agent);
        return;
      }
      const contact = contactFor(group, load);
      if (contact < 0) break;
      leaveLine(contact);
      startService(agent, contact);
      if (listOf[agent] < 0) return;
      freeAgents.leave(agent);
    }
    joinList(agent);
  }

  function changeDuty(agent: number, change: number): void {
    if (change === dutyChange.on) {
      if (agentDuty[agent] === duty.off) {
        if (watcher !== null) watcher.cameOnQueue(agent, clock[now]);
        onQueueGauge.up(agentGroup[agent]);
        agentLimit[agent] = loads;
        if (ranksByBusy) agentSince[agent] = clock[now];
      }
      agentDuty[agent] = duty.taking;
      offerWork(agent);
      return;
    }
    if (agentDuty[agent] === duty.off) return;
    if (listOf[agent] >= 0) freeAgents.leave(agent);
    if (change === dutyChange.stop) {
      agentDuty[agent] = duty.stopped;
    } else if (agentLoad[agent] === 0) {
      leaveQueue(agent);
    } else if (handsOver || change === dutyChange.leave) {
      handOver(agent);
    } else {
      agentDuty[agent] = duty.finishing;
    }
  }

  function leaveQueue(agent: number): void {
    agentDuty[agent] = duty.off;
    if (ranksByBusy) passTime(agent);
    if (watcher !== null) watcher.leftQueue(agent, clock[now]);
    onQueueGauge.down(agentGroup[agent]);
  }

  /** Adds what passed since the agent's last change; `handled` 1: with a contact in hand. */
  function passTime(agent: number, handled = 0): void {
    const passed = clock[now] - agentSince[agent];
    agentSince[agent] = clock[now];
    agentOnQueue[agent] += passed;
    agentHandling[agent] += passed * handled;
  }

  function busyShare(agent: number): number {
    const onQueue = agentOnQueue[agent] + clock[now] - agentSince[agent];
    return onQueue > 0 ? agentHandling[agent] / onQueue : 0;
  }

  /** Contacts in hand go to the front of their lines with what is left of them, or straight to an idle colleague. */
  function handOver(agent: number): void {
    agentDuty[agent] = duty.finishing;
    for (let slot = slotOffset[agent]; slot < slotOffset[agent + 1]; slot++) {
      const contact = slotContact[slot];
      if (contact < 0) continue;
      const q = queueOf[contact];
      const pace = maxContacts[q] === 1 ? 1 : slowdownOf(q, agentLoad[agent]);
      putBack(slot, handleFactor[agent] * pace);
      const colleague = agentFor(q, Number.POSITIVE_INFINITY);
      if (colleague >= 0) startService(colleague, contact);
      else returnToLine(contact);
    }
    leaveQueue(agent);
  }

  function returnToLine(contact: number): void {
    waiting.prepend(contact, lineOf[contact]);
    contactState[contact] = state.waiting;
    waitingGauge.up(queueOf[contact]);
  }

  function endInterval(interval: number, tally: Tally): void {
    for (let q = 0; q < queueTotal; q++) {
      const cell = (interval * queueTotal + q) * queueCounts;
      counts[cell + queueCount.waitingTime] = waitingGauge.close(q, intervalSeconds);
      counts[cell + queueCount.serviceTime] = serviceGauge.close(q, intervalSeconds);
      if (offersCallbacks) counts[cell + queueCount.callbackTime] = callbackGauge.close(q, intervalSeconds);
    }
    for (let g = 0; g < groupTotal; g++) {
      const cell = (interval * groupTotal + g) * groupCounts;
      tally.groups[cell + groupCount.onQueueTime] = onQueueGauge.close(g, intervalSeconds);
      tally.groups[cell + groupCount.handlingTime] = handlingGauge.close(g, intervalSeconds);
    }
  }

  /** Those who wait in a closed queue that nobody serves any more are lost; who was promised a call-back is not. */
  function loseWaiting(interval: number): void {
    for (let q = 0; q < queueTotal; q++) {
      const queue = queues[q];
      if (waitingGauge.level[q] === 0 || queue.open[interval] === 1 || queue.waitsOvernight) continue;
      const someone = groups.some(
        ({ serves }, g) => onQueueGauge.level[g] > 0 && serves.some((service) => service.queue === q),
      );
      if (someone) continue;
      for (let line = 0; line < lines.length; line++) {
        if (lines[line].queue !== q) continue;
        for (let contact = waiting.head[line]; contact >= 0; ) {
          const behind = waiting.next[contact];
          if (contactState[contact] === state.waiting) {
            leaveLine(contact);
            if (settled[contact] === 0) abandon(contact);
            else contactState[contact] = state.done;
          }
          contact = behind;
        }
      }
    }
  }

  return run;
}

/** Whether contacts are done in time, where time is counted while their queue is open. */
function dueTimes({ queues, intervalCount, intervalSeconds }: SimulationProblem) {
  /** Per queue with a deadline, seconds open before each interval. */
  const openBefore = queues.map(({ open, doneWithinSeconds }) => {
    const before = new Float64Array(doneWithinSeconds === undefined ? 0 : intervalCount + 1);
    for (let k = 0; k + 1 < before.length; k++) before[k + 1] = before[k] + open[k] * intervalSeconds;
    return before;
  });
  /** Seconds open up to a time; after the span every second counts. */
  function openUntil(q: number, time: number): number {
    const interval = Math.min(intervalCount, Math.floor(time / intervalSeconds));
    const rest = time - interval * intervalSeconds;
    return (
      openBefore[q][interval] + (interval === intervalCount || queues[q].open[interval] === 1 ? rest : 0)
    );
  }
  return {
    doneInTime(q: number, arrived: number, done: number): boolean {
      const { doneWithinSeconds } = queues[q];
      return (
        doneWithinSeconds !== undefined && openUntil(q, done) - openUntil(q, arrived) <= doneWithinSeconds
      );
    },
  };
}
