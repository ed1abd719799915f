import { dutyChange } from "../draw/duty-tape.ts";
import { agentDuty } from "./agents.ts";
import type { Floor } from "./floor.ts";
import type { Recorder } from "./recorder.ts";
import type { ContactRule } from "./routing.ts";
import type { Service } from "./service.ts";
import type { Waiting } from "./waiting.ts";

export type DutyChanges = ReturnType<typeof createDutyChanges>;

/** Agents come on queue, take what waits for them, and leave when their shift, a break or an event says so. */
export function createDutyChanges(
  floor: Floor,
  recorder: Recorder,
  waiting: Waiting,
  service: Service,
  contactFor: ContactRule,
) {
  const { problem, agents, freeAgents, busyTime } = floor;
  const { interruptions: interrupts, busyTime: ranksByBusy } = floor.uses;
  const { group, duty, load, limit, maxLoad } = agents;
  const { listOf } = freeAgents;
  const { off, taking, stopped, finishing } = agentDuty;
  const handsOver = problem.atShiftEnd === "handOver";

  /** @param kind one of `dutyChange` */
  function change(agent: number, kind: number): void {
    if (kind === dutyChange.on) comeOnQueue(agent);
    else if (duty[agent] !== off) stopTaking(agent, kind);
  }

  function comeOnQueue(agent: number): void {
    if (duty[agent] === off) {
      recorder.cameOnQueue(agent);
      limit[agent] = maxLoad;
      if (ranksByBusy) busyTime.start(agent);
    } else if (duty[agent] === finishing) recorder.finishes(agent, false);
    duty[agent] = taking;
    offerWork(agent);
  }

  function stopTaking(agent: number, kind: number): void {
    if (listOf[agent] >= 0) freeAgents.leave(agent);
    if (kind === dutyChange.stop) {
      duty[agent] = stopped;
    } else if (load[agent] === 0) {
      leaveQueue(agent);
    } else {
      duty[agent] = finishing;
      recorder.finishes(agent, true);
      if (!handsOver && kind !== dutyChange.leave) return;
      service.passOnAll(agent);
      leaveQueue(agent);
    }
  }

  function leaveQueue(agent: number): void {
    if (duty[agent] === finishing) recorder.finishes(agent, false);
    duty[agent] = off;
    if (ranksByBusy) busyTime.pass(agent, false);
    recorder.leftQueue(agent);
  }

  /** An agent who may have room takes what waits, then stands in the list for what comes. */
  function offerWork(agent: number): void {
    if (duty[agent] === finishing) {
      if (load[agent] === 0) leaveQueue(agent);
      return;
    }
    if (duty[agent] !== taking) return;
    if (listOf[agent] >= 0) freeAgents.leave(agent);
    for (;;) {
      if (load[agent] > 0 && load[agent] >= limit[agent]) {
        if (interrupts) service.mayBeInterrupted(agent);
        return;
      }
      const contact = contactFor(group[agent], load[agent]);
      if (contact < 0) break;
      waiting.leave(contact);
      service.start(agent, contact);
      if (listOf[agent] < 0) return;
      freeAgents.leave(agent);
    }
    service.becomeFree(agent);
  }

  return { change, offerWork };
}
