import type { SimulationProblem } from "../compile/problem.ts";
import type { ContactTape } from "../draw/contact-tape.ts";
import { createContactDraw } from "../draw/draw-contacts.ts";
import { createCrew, createDutyTape } from "../draw/draw-duty.ts";
import type { Crew, DutyTape } from "../draw/duty-tape.ts";
import type { Tally } from "../measure/tally.ts";
import { createArrivals } from "./arrivals.ts";
import { createCallbacks } from "./callbacks.ts";
import { contactState } from "./contacts.ts";
import { createDutyChanges } from "./duty-changes.ts";
import { createFloor } from "./floor.ts";
import { clockAt } from "./gauge.ts";
import { createLeaving } from "./leaving.ts";
import { type Monitor, watched } from "./monitor.ts";
import { createPresentFloor } from "./present-floor.ts";
import { createRecorder } from "./recorder.ts";
import { agentRuleOf, contactRuleOf } from "./routing.ts";
import { createService } from "./service.ts";
import { createTransfers } from "./transfers.ts";
import { createWaiting } from "./waiting.ts";

/** Runs one replication of its problem and adds what happened to an empty tally. */
export type Engine = (replication: number, tally: Tally) => void;

/** The engine of one problem; a monitor is told of every contact and agent. The event loop is made for as many contacts as the tape holds, and again should it grow. */
export function createEngine(problem: SimulationProblem, monitor?: Monitor): Engine {
  const crew = createCrew(problem);
  const { tape, draw: drawContacts } = createContactDraw(problem);
  const { tape: dutyTape, draw: drawDuty } = createDutyTape(problem, crew);
  let capacity = 0;
  let runTapes: ReturnType<typeof createEventLoop> | null = null;
  return (replication, tally) => {
    drawContacts(replication);
    drawDuty(replication);
    if (runTapes === null || tape.capacity > capacity) {
      capacity = tape.capacity;
      runTapes = createEventLoop(problem, crew, tape, dutyTape, monitor);
    }
    runTapes(tally);
  };
}

/**
 * The event loop of one problem: runs through what the tapes hold, which it leaves as they are.
 *
 * Events come from four places: interval boundaries, the duty tape, the timing wheel (ends of service, then timers of
 * contacts) and the contact tape. At equal times they are taken in that order; inside the wheel by number. So the order
 * of events is a function of the problem and the seed alone. Nothing is allocated inside the loop.
 *
 * The parts of the floor are made once and captured by the functions that work on them, not handed from call to call:
 * V8 then folds arrays, lengths and what the problem does not use into the compiled code. It does so for one engine in a
 * process: a second one, even of the same problem, runs at half the speed. So a worker is best given one problem.
 *
 * V8 inlines calls until 920 bytes of bytecode have come together in one compiled function; whatever is over costs a call
 * per contact. So what runs at every event is kept short: `start` with the recorder's `served` in it just fits.
 */
export function createEventLoop(
  problem: SimulationProblem,
  crew: Crew,
  tape: ContactTape,
  dutyTape: DutyTape,
  monitor?: Monitor,
): (tally: Tally) => void {
  const { intervalCount, intervalSeconds } = problem;
  const floor = createFloor(problem, crew, tape);
  const { clock, agents, contacts, wheel, gauge } = floor;
  const { slotAgent, slotContact, slotCount } = agents;
  const { state, givesUpAt, enqueuedAt } = contacts;
  const { arrival } = tape;
  const { now, untilIntervalEnd } = clockAt;
  const { callbacks: offersCallbacks, transfers: hasTransfers } = floor.uses;
  const { redialling } = contactState;
  const never = Number.POSITIVE_INFINITY;
  const { times } = wheel;
  const agentFor = agentRuleOf(floor);
  const contactFor = contactRuleOf(floor);
  const counting = createRecorder(floor);
  const recorder = monitor === undefined ? counting : watched(counting, monitor, floor);
  const waiting = createWaiting(floor);
  const service = createService(floor, recorder, waiting, agentFor);
  const leaving = createLeaving(floor, recorder, waiting);
  const arrivals = createArrivals(floor, recorder, waiting, service, leaving, agentFor);
  const callbacks = createCallbacks(floor, recorder);
  const transfers = createTransfers(floor, arrivals);
  const dutyChanges = createDutyChanges(floor, recorder, waiting, service, contactFor);
  const present = createPresentFloor(floor, dutyTape, recorder, waiting, service, dutyChanges, agentFor);
  const firstInterval = problem.present?.interval ?? 0;

  function run(tally: Tally): void {
    floor.clear();
    recorder.start(tally);
    // In variables of this function, not of the closure around it, numbers stay in registers.
    let contact = present === null ? 0 : present.contactCount;
    let change = present === null ? 0 : present.stand();
    let interval = firstInterval;
    let arrivalAt = contact < tape.count ? arrival[contact] : never;
    let dutyAt = change < dutyTape.count ? dutyTape.time[change] : never;
    let intervalAt = (firstInterval + 1) * intervalSeconds;
    let intervalEnd = intervalAt;
    while (true) {
      const node = wheel.first();
      const nodeAt = node < 0 ? never : times[node];
      const at = Math.min(intervalAt, dutyAt, nodeAt, arrivalAt);
      clock[now] = at;
      clock[untilIntervalEnd] = intervalEnd - at;
      if (at === never) break;
      if (at === intervalAt) {
        recorder.closeInterval(interval);
        interval++;
        // After the span, what is in hand and waiting is seen to its end, and no longer measured by time.
        intervalAt = interval < intervalCount ? (interval + 1) * intervalSeconds : never;
        if (interval < intervalCount) {
          intervalEnd = intervalAt;
          clock[untilIntervalEnd] = intervalEnd - at;
          leaving.loseAtClosing(interval);
        }
      } else if (at === dutyAt) {
        dutyChanges.change(dutyTape.agent[change], dutyTape.change[change]);
        change++;
        dutyAt = change < dutyTape.count ? dutyTape.time[change] : never;
      } else if (at === nodeAt) {
        wheel.remove(node);
        if (node < slotCount) endService(node);
        else endTimer(node - slotCount);
      } else {
        arrivals.arrive(contact);
        contact++;
        arrivalAt = contact < tape.count ? arrival[contact] : never;
      }
    }
    tally.contacts += tape.count;
    tally.stillThere += gauge.unfinishedContacts();
  }

  function endService(slot: number): void {
    const contact = slotContact[slot];
    service.end(slot);
    if (hasTransfers) transfers.mayTransfer(contact);
    dutyChanges.offerWork(slotAgent[slot]);
  }

  function endTimer(contact: number): void {
    if (state[contact] === redialling) {
      arrivals.redial(contact);
      return;
    }
    if (clock[now] >= givesUpAt[contact]) {
      waiting.leave(contact);
      leaving.abandon(contact);
      return;
    }
    const waited = clock[now] - enqueuedAt[contact];
    const agent = agentFor(contacts.queue[contact], waited + 1e-9);
    if (agent >= 0) {
      waiting.leave(contact);
      service.start(agent, contact);
      return;
    }
    if (offersCallbacks) callbacks.offer(contact);
    waiting.setTimer(contact, waited);
  }

  return run;
}
