import { mixedUint32, nextUint32, streamState, uniformOf } from "../../numerics/random.ts";
import { type SimulationProblem, stopLeadSeconds } from "../compile/problem.ts";
import { type Crew, type DutyTape, dutyChange, sortTape } from "./duty-tape.ts";
import { dutyInterruption } from "./interrupted-duty.ts";

export function createCrew(problem: SimulationProblem): Crew {
  const { agents, groups } = problem;
  const group: number[] = [...agents.group];
  const firstWithoutRoster: number[] = [];
  groups.forEach(({ staffing }, index) => {
    firstWithoutRoster.push(group.length);
    const most = staffing.reduce((a, b) => Math.max(a, b), 0);
    for (let k = 0; k < most; k++) group.push(index);
  });
  const handleFactor = new Float64Array(group.length).fill(1);
  handleFactor.set(agents.handleFactor);
  return { count: group.length, group: Int32Array.from(group), handleFactor, firstWithoutRoster };
}

interface Boundary {
  readonly time: number;
  readonly change: number;
  readonly agent: number;
  readonly atom: number;
}

/**
 * A duty tape for one problem, and what fills it for a replication.
 *
 * Shrinkage is drawn, not averaged away. An unplanned absence takes an agent's whole shift (or its window of it) with
 * the item's share as its chance. Planned absence takes turns: in every hour the share of a group's agents is off
 * queue, by systematic sampling from a random start, so the head count is right to the last fraction on average and
 * never off by more than one. Of agents without rosters, those who leave at a step down are drawn at random: leavers
 * are exchangeable, as the exact transient queue assumes.
 */
export function createDutyTape(
  problem: SimulationProblem,
  crew: Crew,
): { readonly tape: DutyTape; readonly draw: (replication: number) => void } {
  const { agents, groups, intervalCount, intervalSeconds, seed } = problem;
  const stops = problem.atShiftEnd === "stopTakingContacts";
  const leads = groups.map((group) => (stops ? stopLeadSeconds(problem, group) : 0));
  const boundaries = rosterBoundaries(problem, stops, leads);
  const atomCount = agents.atomAgent.length;
  const absent = new Uint8Array(atomCount);
  const rosterless = staffingTape(groups, crew);
  const interruptDuty = dutyInterruption(problem, crew);
  const capacity = boundaries.length + rosterless.changes * (stops ? 2 : 1);
  const tape: DutyTape = {
    count: 0,
    time: new Float64Array(capacity),
    agent: new Int32Array(capacity),
    change: new Uint8Array(capacity),
  };

  function draw(replication: number): void {
    tape.count = 0;
    drawAbsences(replication);
    for (const boundary of boundaries) {
      const { atom, change } = boundary;
      if (absent[atom] === 1) continue;
      const neighbour = change === dutyChange.on ? atom - 1 : atom + 1;
      if (continues(change === dutyChange.on ? neighbour : atom) && absent[neighbour] === 0) continue;
      push(boundary.time, boundary.agent, change);
    }
    if (rosterless.changes > 0) drawStaffing(replication);
    interruptDuty(replication, tape);
  }

  /** True when the atom after this one is the same agent's and follows without a gap. */
  function continues(atom: number): boolean {
    return (
      atom >= 0 &&
      atom + 1 < atomCount &&
      agents.atomAgent[atom] === agents.atomAgent[atom + 1] &&
      agents.atomEnd[atom] === agents.atomStart[atom + 1]
    );
  }

  function drawAbsences(replication: number): void {
    absent.fill(0);
    const unplanned = streamState(seed, ["absence", replication]);
    const shares = agents.absenceShares;
    let agentBefore = -1;
    let drawn = 0;
    for (let atom = 0; atom < atomCount; atom++) {
      const agent = agents.atomAgent[atom];
      if (agent !== agentBefore) {
        agentBefore = agent;
        drawn = 0;
        for (let item = 0; item < shares.length; item++) {
          const word = mixedUint32(unplanned[item & 3] + item, agents.absenceKey[agent]);
          if (uniformOf(word) < shares[item]) drawn |= 1 << item;
        }
      }
      if ((drawn & agents.atomAbsences[atom]) !== 0) absent[atom] = 1;
    }
    const turns = streamState(seed, ["turns", replication]);
    for (let block = 0; block < agents.blockShare.length; block++) {
      const share = agents.blockShare[block];
      const start = uniformOf(nextUint32(turns));
      const first = agents.blockOffset[block];
      const size = agents.blockOffset[block + 1] - first;
      // Who comes first in the turns moves on with the block, so that nobody sits out all day.
      const shift = nextUint32(turns) % Math.max(1, size);
      for (let rank = 0; rank < size; rank++) {
        if (Math.floor((rank + 1) * share + start) > Math.floor(rank * share + start)) {
          absent[agents.blockAtoms[first + ((rank + shift) % size)]] = 1;
        }
      }
    }
  }

  function push(time: number, agent: number, change: number): void {
    const at = tape.count++;
    tape.time[at] = time;
    tape.agent[at] = agent;
    tape.change[at] = change;
  }

  function drawStaffing(replication: number): void {
    const inOrder = tape.count === 0 && !stops;
    const streams = groups.map(({ id }) => streamState(seed, ["leavers", id, replication]));
    const onDuty = groups.map((): number[] => []);
    const offDuty = groups.map((_, g) =>
      Array.from(
        { length: rosterless.most[g] },
        (_, k) => crew.firstWithoutRoster[g] + rosterless.most[g] - 1 - k,
      ),
    );
    for (let interval = 0; interval < intervalCount; interval++) {
      const time = interval * intervalSeconds;
      for (let g = 0; g < groups.length; g++) {
        const { staffing } = groups[g];
        if (staffing.length === 0) continue;
        const present = onDuty[g];
        while (present.length > staffing[interval]) {
          const at = nextUint32(streams[g]) % present.length;
          const agent = present[at];
          present[at] = present[present.length - 1];
          present.pop();
          offDuty[g].push(agent);
          if (stops) push(Math.max(0, time - leads[g]), agent, dutyChange.stop);
          push(time, agent, dutyChange.off);
        }
      }
      for (let g = 0; g < groups.length; g++) {
        const { staffing } = groups[g];
        while (staffing.length > 0 && onDuty[g].length < staffing[interval]) {
          const agent = offDuty[g].pop() as number;
          onDuty[g].push(agent);
          push(time, agent, dutyChange.on);
        }
      }
    }
    if (!inOrder) sortTape(tape);
  }

  return { tape, draw };
}

/** All times at which rostered work may start or end, in order. */
function rosterBoundaries(problem: SimulationProblem, stops: boolean, leads: readonly number[]): Boundary[] {
  const { agents } = problem;
  const boundaries: Boundary[] = [];
  for (let atom = 0; atom < agents.atomAgent.length; atom++) {
    const agent = agents.atomAgent[atom];
    const start = agents.atomStart[atom];
    const end = agents.atomEnd[atom];
    boundaries.push({ time: start, change: dutyChange.on, agent, atom });
    boundaries.push({ time: end, change: dutyChange.off, agent, atom });
    if (stops) {
      const time = Math.max(start, end - leads[agents.group[agent]]);
      boundaries.push({ time, change: dutyChange.stop, agent, atom });
    }
  }
  return boundaries.sort((a, b) => a.time - b.time || a.change - b.change || a.agent - b.agent);
}

/** How many agents each group's staffing series needs at most, and how many boundaries all series have. */
function staffingTape(
  groups: SimulationProblem["groups"],
  crew: Crew,
): { readonly most: readonly number[]; readonly changes: number } {
  let changes = 0;
  const most = groups.map(({ staffing }, g) => {
    let before = 0;
    for (const agents of staffing) {
      changes += Math.abs(agents - before);
      before = agents;
    }
    return (crew.firstWithoutRoster[g + 1] ?? crew.count) - crew.firstWithoutRoster[g];
  });
  return { most, changes };
}
