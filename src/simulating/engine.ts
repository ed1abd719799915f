import { quantile } from "../numerics/distribution.ts";
import { mixedUint32, uniformOf } from "../numerics/random.ts";
import { createContactTape } from "./contact-tape.ts";
import { createCrew, createDutyTape, dutyChange } from "./duty-tape.ts";
import type { SimulationProblem } from "./problem.ts";
import { groupCount, groupCounts, queueCount, queueCounts, type Tally } from "./tally.ts";
import { createTimingWheel } from "./timing-wheel.ts";

/** Runs one replication of its problem and adds what happened to an empty tally; a monitor hears of every contact. */
export type Engine = (replication: number, tally: Tally, monitor?: Monitor) => void;

/** Told of contacts by their numbers, which a redial keeps, and of agents. Times in seconds since the start of the span. */
export interface Monitor {
  cameOnQueue(agent: number, time: number): void;
  leftQueue(agent: number, time: number): void;
  arrived(contact: number, queue: number, time: number): void;
  answered(contact: number, agent: number, time: number): void;
  ended(contact: number, time: number): void;
  abandoned(contact: number, time: number): void;
  blocked(contact: number, time: number): void;
}

/** Where an agent stands: gone, taking contacts, on queue but taking no more, past the end and finishing. */
const duty = { off: 0, taking: 1, stopped: 2, finishing: 3 } as const;
/** Where a contact stands. */
const state = { outside: 0, waiting: 1, inService: 2, redialling: 3, done: 4 } as const;

/**
 * The event loop of one problem.
 *
 * Events come from four places: interval boundaries, the duty tape, the timing wheel (ends of service, then timers of
 * waiting contacts) and the contact tape. At equal times they are taken in that order; inside the wheel by number. So
 * the order of events is a function of the problem and the seed alone. Nothing is allocated inside the loop.
 *
 * Who serves whom: an arriving contact goes to the least loaded agents first, among them to the group with the lowest
 * preference, among those to the agent longest idle. A freed agent looks at the waiting lines of its group by level,
 * inside a level for the contact that has waited longest, its credit included.
 */
export function createEngine(problem: SimulationProblem): Engine {
  const { queues, groups, intervalCount, intervalSeconds } = problem;
  const queueTotal = queues.length;
  const groupTotal = groups.length;
  const handsOver = problem.atShiftEnd === "handOver";
  const crew = createCrew(problem);
  const { tape, draw: drawContacts } = createContactTape(problem);
  const { tape: dutyTape, draw: drawDuty } = createDutyTape(problem, crew);

  // Agents and their slots. An agent has a slot for each contact served at once.
  const agentTotal = crew.count;
  const agentGroup = crew.group;
  const handleFactor = crew.handleFactor;
  const groupSlots = groups.map(({ serves }) =>
    Math.max(1, ...serves.map((s) => queues[s.queue].maxContacts)),
  );
  const listsPerGroup = Math.max(1, ...groupSlots);
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
  // Agents who can take a contact: one first-in-first-out list per group and load.
  const listHead = new Int32Array(groupTotal * listsPerGroup);
  const listTail = new Int32Array(groupTotal * listsPerGroup);
  const listOf = new Int32Array(agentTotal);
  const listNext = new Int32Array(agentTotal);
  const listPrevious = new Int32Array(agentTotal);
  const idleSince = new Float64Array(agentTotal);
  const presentInGroup = new Int32Array(groupTotal);

  // Queues, their lines, and who serves them.
  const maxContacts = Int32Array.from(queues, (queue) => queue.maxContacts);
  const answerWithin = Float64Array.from(queues, (queue) => queue.answerWithinSeconds);
  const waitingPlaces = Float64Array.from(queues, (queue) => queue.waitingPlaces ?? Number.POSITIVE_INFINITY);
  const waitingInQueue = new Int32Array(queueTotal);
  const lines = queues.flatMap((queue, q) => queue.classes.map((customers) => ({ q, ...customers })));
  const lineTotal = lines.length;
  const lineQueue = Int32Array.from(lines, (line) => line.q);
  const lineCredit = Float64Array.from(lines, (line) => line.creditSeconds);
  const lineHead = new Int32Array(lineTotal);
  const lineTail = new Int32Array(lineTotal);
  const { offset: servedOffset, line: servedLine, level: servedLevel, after: servedAfter } = linesOfGroups();
  const {
    offset: serverOffset,
    group: serverGroup,
    preference: serverPreference,
    after: serverAfter,
  } = groupsOfQueues();
  /** Per queue, the waits after which another group may help, in rising order. */
  const overflowWaits = queues.map((_, q) => {
    const waits = groups.flatMap(({ serves }) =>
      serves.filter((s) => s.queue === q && s.afterSeconds > 0).map((s) => s.afterSeconds),
    );
    return [...new Set(waits)].sort((a, b) => a - b);
  });

  // Contacts: as many as the tape holds; made anew when it grows.
  let contactCapacity = 0;
  let contactState = new Uint8Array(0);
  let enqueuedAt = new Float64Array(0);
  let givesUpAt = new Float64Array(0);
  let lineNext = new Int32Array(0);
  let linePrevious = new Int32Array(0);
  let answeredBefore = new Uint8Array(0);
  let attempts = new Uint8Array(0);
  let wheel = createTimingWheel(1, 1, 1);

  // Time integrals of the running interval: each change by one counts for what is left of it.
  const waitingTime = new Float64Array(queueTotal);
  const serviceTime = new Float64Array(queueTotal);
  const inServiceOfQueue = new Int32Array(queueTotal);
  const handlingTime = new Float64Array(groupTotal);
  const handlingInGroup = new Int32Array(groupTotal);
  const onQueueTime = new Float64Array(groupTotal);
  /** The time and the end of the running interval, seconds: in an array, because numbers handed around would be boxed. */
  const clock = new Float64Array(2);
  const now = 0;
  const intervalEnd = 1;
  let counts: Float64Array = new Float64Array(0);
  let watcher: Monitor | null = null;

  function run(replication: number, tally: Tally, monitor: Monitor | null = null): void {
    watcher = monitor;
    drawContacts(replication);
    drawDuty(replication);
    reset();
    counts = tally.queues;
    const contactTotal = tape.count;
    const arrivals = tape.arrival;
    const times = wheel.times;
    let contact = 0;
    let boundary = 0;
    let interval = 0;
    clock[intervalEnd] = intervalSeconds;
    let nextInterval = intervalSeconds;
    let nextDuty = dutyTape.count > 0 ? dutyTape.time[0] : Number.POSITIVE_INFINITY;
    let nextArrival = contactTotal > 0 ? arrivals[0] : Number.POSITIVE_INFINITY;
    for (;;) {
      const node = wheel.first();
      const nextNode = node < 0 ? Number.POSITIVE_INFINITY : times[node];
      if (nextArrival < nextNode && nextArrival < nextDuty && nextArrival < nextInterval) {
        clock[now] = nextArrival;
        arrive(contact);
        contact++;
        nextArrival = contact < contactTotal ? arrivals[contact] : Number.POSITIVE_INFINITY;
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
          loseWaiting(interval);
        } else {
          // The span is over: what is in hand and waiting is seen to its end, and no longer measured by time.
          nextInterval = Number.POSITIVE_INFINITY;
        }
      }
    }
    tally.contacts += contactTotal;
    for (let c = 0; c < contactTotal; c++) {
      if (contactState[c] === state.waiting || contactState[c] === state.inService) tally.stillThere++;
    }
  }

  function reset(): void {
    if (tape.capacity > contactCapacity) {
      contactCapacity = tape.capacity;
      contactState = new Uint8Array(contactCapacity);
      enqueuedAt = new Float64Array(contactCapacity);
      givesUpAt = new Float64Array(contactCapacity);
      lineNext = new Int32Array(contactCapacity);
      linePrevious = new Int32Array(contactCapacity);
      answeredBefore = new Uint8Array(contactCapacity);
      attempts = new Uint8Array(contactCapacity);
      wheel = createWheel(contactCapacity);
    } else {
      wheel.clear();
      contactState.fill(0);
      answeredBefore.fill(0);
      attempts.fill(0);
    }
    slotContact.fill(-1);
    agentDuty.fill(duty.off);
    agentLoad.fill(0);
    agentLimit.fill(0);
    listHead.fill(-1);
    listTail.fill(-1);
    listOf.fill(-1);
    presentInGroup.fill(0);
    waitingInQueue.fill(0);
    lineHead.fill(-1);
    lineTail.fill(-1);
    waitingTime.fill(0);
    serviceTime.fill(0);
    inServiceOfQueue.fill(0);
    handlingTime.fill(0);
    handlingInGroup.fill(0);
    onQueueTime.fill(0);
  }

  /** Buckets about half the mean gap between ends of service wide, at the load of the busiest interval. */
  function createWheel(contacts: number): ReturnType<typeof createTimingWheel> {
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
    const width = Math.max(meanHandle / (2 * busy), least, 1e-6);
    const buckets = 2 ** Math.min(18, Math.max(8, Math.ceil(Math.log2(16 * busy))));
    return createTimingWheel(slotTotal + contacts, width, buckets);
  }

  function arrive(contact: number): void {
    const q = tape.queue[contact];
    const cell = (tape.interval[contact] * queueTotal + q) * queueCounts;
    counts[cell + queueCount.offered]++;
    enqueuedAt[contact] = clock[now];
    if (watcher !== null) watcher.arrived(contact, q, clock[now]);
    const agent = agentFor(q, 0);
    if (agent >= 0) {
      startService(agent, contact);
    } else if (waitingInQueue[q] >= waitingPlaces[q]) {
      counts[cell + queueCount.blocked]++;
      if (watcher !== null) watcher.blocked(contact, clock[now]);
      contactState[contact] = state.done;
      maybeRedial(contact);
    } else if (tape.patienceSeconds[contact] === 0) {
      abandon(contact);
    } else {
      joinLine(contact);
    }
  }

  /** Longest idle agent of the least loaded, most preferred groups that may serve queue `q` after such a wait; −1: nobody. */
  function agentFor(q: number, waited: number): number {
    const end = serverOffset[q + 1];
    const limit = maxContacts[q];
    for (let load = 0; load < limit; load++) {
      let best = -1;
      let bestPreference = 0;
      for (let k = serverOffset[q]; k < end; k++) {
        if (best >= 0 && serverPreference[k] > bestPreference) break;
        if (serverAfter[k] > waited) continue;
        const agent = listHead[serverGroup[k] * listsPerGroup + load];
        if (agent < 0) continue;
        if (best < 0 || idleSince[agent] < idleSince[best]) {
          best = agent;
          bestPreference = serverPreference[k];
        }
      }
      if (best >= 0) return best;
    }
    return -1;
  }

  /** First contact of the lines a group serves, for an agent with so many in hand; −1: none. */
  function contactFor(group: number, load: number): number {
    const end = servedOffset[group + 1];
    let best = -1;
    let bestLevel = 0;
    let bestSince = 0;
    for (let k = servedOffset[group]; k < end; k++) {
      if (best >= 0 && servedLevel[k] > bestLevel) break;
      const line = servedLine[k];
      const contact = lineHead[line];
      if (contact < 0) continue;
      if (load > 0 && maxContacts[lineQueue[line]] <= load) continue;
      if (servedAfter[k] > 0 && clock[now] - enqueuedAt[contact] < servedAfter[k] - 1e-9) continue;
      const since = enqueuedAt[contact] - lineCredit[line];
      if (best < 0 || since < bestSince) {
        best = contact;
        bestLevel = servedLevel[k];
        bestSince = since;
      }
    }
    return best;
  }

  function joinLine(contact: number): void {
    const q = tape.queue[contact];
    const line = tape.line[contact];
    const tail = lineTail[line];
    linePrevious[contact] = tail;
    lineNext[contact] = -1;
    if (tail >= 0) lineNext[tail] = contact;
    else lineHead[line] = contact;
    lineTail[line] = contact;
    contactState[contact] = state.waiting;
    waitingInQueue[q]++;
    waitingTime[q] += clock[intervalEnd] - clock[now];
    givesUpAt[contact] = clock[now] + tape.patienceSeconds[contact];
    setTimer(contact, 0);
  }

  /** The contact's next moment: it gives up, or after `waited` seconds another group may help. */
  function setTimer(contact: number, waited: number): void {
    let at = givesUpAt[contact];
    const waits = overflowWaits[tape.queue[contact]];
    for (let k = 0; k < waits.length; k++) {
      if (waits[k] > waited + 1e-9) {
        at = Math.min(at, enqueuedAt[contact] + waits[k]);
        break;
      }
    }
    if (at < Number.POSITIVE_INFINITY) wheel.insert(slotTotal + contact, at);
  }

  function leaveLine(contact: number): void {
    const q = tape.queue[contact];
    const line = tape.line[contact];
    const before = linePrevious[contact];
    const after = lineNext[contact];
    if (before >= 0) lineNext[before] = after;
    else lineHead[line] = after;
    if (after >= 0) linePrevious[after] = before;
    else lineTail[line] = before;
    waitingInQueue[q]--;
    waitingTime[q] -= clock[intervalEnd] - clock[now];
    wheel.remove(slotTotal + contact);
  }

  function timerOf(contact: number): void {
    if (contactState[contact] === state.redialling) {
      redial(contact);
    } else if (clock[now] >= givesUpAt[contact]) {
      leaveLine(contact);
      abandon(contact);
    } else {
      const waited = clock[now] - enqueuedAt[contact];
      const agent = agentFor(tape.queue[contact], waited + 1e-9);
      if (agent >= 0) {
        leaveLine(contact);
        startService(agent, contact);
      } else {
        setTimer(contact, waited);
      }
    }
  }

  function abandon(contact: number): void {
    const q = tape.queue[contact];
    const cell = (tape.interval[contact] * queueTotal + q) * queueCounts;
    const waited = clock[now] - enqueuedAt[contact];
    counts[cell + queueCount.abandoned]++;
    counts[cell + queueCount.waitAbandoned] += waited;
    if (waited <= answerWithin[q]) counts[cell + queueCount.abandonedShort]++;
    if (watcher !== null) watcher.abandoned(contact, clock[now]);
    contactState[contact] = state.done;
    maybeRedial(contact);
  }

  /** Chance number `purpose` of this contact's current attempt. */
  function chanceOf(contact: number, purpose: number): number {
    return uniformOf(mixedUint32(tape.key[contact], attempts[contact] * 8 + purpose));
  }

  function maybeRedial(contact: number): void {
    const { redial: rule } = queues[tape.queue[contact]];
    if (rule === null || attempts[contact] === 255 || chanceOf(contact, 1) >= rule.probability) return;
    contactState[contact] = state.redialling;
    wheel.insert(slotTotal + contact, clock[now] + quantile(rule.delay, chanceOf(contact, 2)));
  }

  function redial(contact: number): void {
    const interval = Math.floor(clock[now] / intervalSeconds);
    const queue = queues[tape.queue[contact]];
    contactState[contact] = state.done;
    if (interval >= intervalCount || queue.open[interval] === 0) return;
    attempts[contact]++;
    tape.interval[contact] = interval;
    if (queue.patience !== null)
      tape.patienceSeconds[contact] = quantile(queue.patience, chanceOf(contact, 3));
    counts[(interval * queueTotal + tape.queue[contact]) * queueCounts + queueCount.redialled]++;
    arrive(contact);
  }

  function startService(agent: number, contact: number): void {
    const q = tape.queue[contact];
    const group = agentGroup[agent];
    if (answeredBefore[contact] === 0) {
      answeredBefore[contact] = 1;
      const cell = (tape.interval[contact] * queueTotal + q) * queueCounts;
      const waited = clock[now] - enqueuedAt[contact];
      counts[cell + queueCount.answered]++;
      if (waited <= answerWithin[q]) counts[cell + queueCount.answeredInTime]++;
      counts[cell + queueCount.waitAnswered] += waited;
    }
    if (watcher !== null) watcher.answered(contact, agent, clock[now]);
    contactState[contact] = state.inService;
    const left = clock[intervalEnd] - clock[now];
    serviceTime[q] += left;
    inServiceOfQueue[q]++;
    if (listOf[agent] >= 0) leaveList(agent);
    const seconds = tape.handleSeconds[contact] * handleFactor[agent];
    const limit = maxContacts[q];
    if (limit === 1) {
      handlingTime[group] += left;
      handlingInGroup[group]++;
      agentLimit[agent] = 1;
      agentLoad[agent] = 1;
      const slot = slotOffset[agent];
      slotContact[slot] = contact;
      wheel.insert(slot, clock[now] + seconds);
      return;
    }
    const load = agentLoad[agent];
    if (load === 0) {
      handlingTime[group] += left;
      handlingInGroup[group]++;
      agentLimit[agent] = limit;
    } else {
      agentLimit[agent] = Math.min(agentLimit[agent], limit);
      changePace(agent, load, load + 1);
    }
    agentLoad[agent] = load + 1;
    let slot = slotOffset[agent];
    while (slotContact[slot] >= 0) slot++;
    slotContact[slot] = contact;
    wheel.insert(slot, clock[now] + seconds * slowdownOf(q, load + 1));
    if (load + 1 < agentLimit[agent] && agentDuty[agent] === duty.taking) joinList(agent);
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
      const q = tape.queue[contact];
      const work = (wheel.times[slot] - clock[now]) / slowdownOf(q, before);
      wheel.remove(slot);
      wheel.insert(slot, clock[now] + work * slowdownOf(q, after));
    }
  }

  /** The contact leaves the slot; the agent is not yet offered another. */
  function emptySlot(slot: number): void {
    const agent = slotAgent[slot];
    const group = agentGroup[agent];
    const q = tape.queue[slotContact[slot]];
    const left = clock[intervalEnd] - clock[now];
    serviceTime[q] -= left;
    inServiceOfQueue[q]--;
    slotContact[slot] = -1;
    const load = --agentLoad[agent];
    if (load === 0) {
      handlingTime[group] -= left;
      handlingInGroup[group]--;
      agentLimit[agent] = listsPerGroup;
    } else {
      changePace(agent, load + 1, load);
    }
  }

  function endService(slot: number): void {
    contactState[slotContact[slot]] = state.done;
    if (watcher !== null) watcher.ended(slotContact[slot], clock[now]);
    emptySlot(slot);
    offerWork(slotAgent[slot]);
  }

  /** An agent who may have room takes what waits, then stands in the list for what comes. */
  function offerWork(agent: number): void {
    if (agentDuty[agent] === duty.finishing) {
      if (agentLoad[agent] === 0) leaveQueue(agent);
      return;
    }
    if (agentDuty[agent] !== duty.taking) return;
    if (listOf[agent] >= 0) leaveList(agent);
    const group = agentGroup[agent];
    for (;;) {
      const load = agentLoad[agent];
      if (load > 0 && load >= agentLimit[agent]) return;
      const contact = contactFor(group, load);
      if (contact < 0) break;
      leaveLine(contact);
      startService(agent, contact);
      if (listOf[agent] < 0) return;
      leaveList(agent);
    }
    joinList(agent);
  }

  function joinList(agent: number): void {
    const list = agentGroup[agent] * listsPerGroup + agentLoad[agent];
    const tail = listTail[list];
    listPrevious[agent] = tail;
    listNext[agent] = -1;
    if (tail >= 0) listNext[tail] = agent;
    else listHead[list] = agent;
    listTail[list] = agent;
    listOf[agent] = list;
    idleSince[agent] = clock[now];
  }

  function leaveList(agent: number): void {
    const list = listOf[agent];
    const before = listPrevious[agent];
    const after = listNext[agent];
    if (before >= 0) listNext[before] = after;
    else listHead[list] = after;
    if (after >= 0) listPrevious[after] = before;
    else listTail[list] = before;
    listOf[agent] = -1;
  }

  function changeDuty(agent: number, change: number): void {
    if (change === dutyChange.on) {
      if (agentDuty[agent] === duty.off) {
        const group = agentGroup[agent];
        presentInGroup[group]++;
        if (watcher !== null) watcher.cameOnQueue(agent, clock[now]);
        onQueueTime[group] += clock[intervalEnd] - clock[now];
        agentLimit[agent] = listsPerGroup;
      }
      agentDuty[agent] = duty.taking;
      offerWork(agent);
      return;
    }
    if (agentDuty[agent] === duty.off) return;
    if (listOf[agent] >= 0) leaveList(agent);
    if (change === dutyChange.stop) {
      agentDuty[agent] = duty.stopped;
    } else if (agentLoad[agent] === 0) {
      leaveQueue(agent);
    } else if (handsOver) {
      handOver(agent);
    } else {
      agentDuty[agent] = duty.finishing;
    }
  }

  function leaveQueue(agent: number): void {
    const group = agentGroup[agent];
    agentDuty[agent] = duty.off;
    presentInGroup[group]--;
    if (watcher !== null) watcher.leftQueue(agent, clock[now]);
    onQueueTime[group] -= clock[intervalEnd] - clock[now];
  }

  /** Contacts in hand go to the front of their lines with what is left of them, or straight to an idle colleague. */
  function handOver(agent: number): void {
    agentDuty[agent] = duty.finishing;
    for (let slot = slotOffset[agent]; slot < slotOffset[agent + 1]; slot++) {
      const contact = slotContact[slot];
      if (contact < 0) continue;
      const q = tape.queue[contact];
      const pace = maxContacts[q] === 1 ? 1 : slowdownOf(q, agentLoad[agent]);
      tape.handleSeconds[contact] = (wheel.times[slot] - clock[now]) / (handleFactor[agent] * pace);
      wheel.remove(slot);
      emptySlot(slot);
      const colleague = agentFor(q, Number.POSITIVE_INFINITY);
      if (colleague >= 0) startService(colleague, contact);
      else returnToLine(contact);
    }
    leaveQueue(agent);
  }

  function returnToLine(contact: number): void {
    const q = tape.queue[contact];
    const line = tape.line[contact];
    const head = lineHead[line];
    lineNext[contact] = head;
    linePrevious[contact] = -1;
    if (head >= 0) linePrevious[head] = contact;
    else lineTail[line] = contact;
    lineHead[line] = contact;
    contactState[contact] = state.waiting;
    waitingInQueue[q]++;
    waitingTime[q] += clock[intervalEnd] - clock[now];
  }

  function endInterval(interval: number, tally: Tally): void {
    for (let q = 0; q < queueTotal; q++) {
      const cell = (interval * queueTotal + q) * queueCounts;
      counts[cell + queueCount.waitingTime] = waitingTime[q];
      counts[cell + queueCount.serviceTime] = serviceTime[q];
      waitingTime[q] = waitingInQueue[q] * intervalSeconds;
      serviceTime[q] = inServiceOfQueue[q] * intervalSeconds;
    }
    for (let g = 0; g < groupTotal; g++) {
      const cell = (interval * groupTotal + g) * groupCounts;
      tally.groups[cell + groupCount.onQueueTime] = onQueueTime[g];
      tally.groups[cell + groupCount.handlingTime] = handlingTime[g];
      onQueueTime[g] = presentInGroup[g] * intervalSeconds;
      handlingTime[g] = handlingInGroup[g] * intervalSeconds;
    }
  }

  /** Those who wait in a closed queue that nobody serves any more are lost. */
  function loseWaiting(interval: number): void {
    for (let q = 0; q < queueTotal; q++) {
      const queue = queues[q];
      if (waitingInQueue[q] === 0 || queue.open[interval] === 1 || queue.waitsOvernight) continue;
      let present = 0;
      for (let k = serverOffset[q]; k < serverOffset[q + 1]; k++) present += presentInGroup[serverGroup[k]];
      if (present > 0) continue;
      for (let line = 0; line < lineTotal; line++) {
        if (lineQueue[line] !== q) continue;
        for (let contact = lineHead[line]; contact >= 0; contact = lineHead[line]) {
          leaveLine(contact);
          if (answeredBefore[contact] === 0) abandon(contact);
          else contactState[contact] = state.done;
        }
      }
    }
  }

  /** Lines each group serves, by level, then queue and class. */
  function linesOfGroups() {
    const rows = groups.map(({ serves }) =>
      lines
        .flatMap((line, index) =>
          serves
            .filter((service) => service.queue === line.q)
            .map((service) => ({
              line: index,
              level: service.level + line.level,
              after: service.afterSeconds,
            })),
        )
        .sort((a, b) => a.level - b.level || a.line - b.line),
    );
    return {
      offset: offsets(rows),
      line: Int32Array.from(rows.flat(), (row) => row.line),
      level: Float64Array.from(rows.flat(), (row) => row.level),
      after: Float64Array.from(rows.flat(), (row) => row.after),
    };
  }

  /** Groups that serve each queue, by preference, then number. */
  function groupsOfQueues() {
    const rows = queues.map((_, q) =>
      groups
        .flatMap(({ serves }, group) =>
          serves
            .filter((service) => service.queue === q)
            .map(({ preference, afterSeconds }) => ({ group, preference, after: afterSeconds })),
        )
        .sort((a, b) => a.preference - b.preference || a.group - b.group),
    );
    return {
      offset: offsets(rows),
      group: Int32Array.from(rows.flat(), (row) => row.group),
      preference: Float64Array.from(rows.flat(), (row) => row.preference),
      after: Float64Array.from(rows.flat(), (row) => row.after),
    };
  }

  return run;
}

function offsets(rows: readonly (readonly unknown[])[]): Int32Array {
  const result = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => {
    result[index + 1] = result[index] + row.length;
  });
  return result;
}
