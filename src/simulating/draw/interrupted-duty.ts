import { log } from "../../numerics/elementary.ts";
import { mixedUint32, streamState, uniformOf } from "../../numerics/random.ts";
import type { AwayWindow, SimulationProblem } from "../compile/problem.ts";
import { type Crew, type DutyTape, dutyChange, sortTape } from "./duty-tape.ts";

/** One agent's time on queue as the shifts have it. */
interface Stretch {
  readonly agent: number;
  readonly start: number;
  /** From when no new contacts are taken; Infinity: to the end they are. */
  stop: number;
  end: number;
}

/**
 * What befalls agents whatever their shifts say: they come late, or are away with their whole group. Rewrites the duty
 * tape of a replication; where a problem has neither, leaves it as it is. Lateness is looked up by the name of the
 * agent's shift, so that two plans with the same shift see the same delay.
 */
export function dutyInterruption(
  problem: SimulationProblem,
  crew: Crew,
): (replication: number, tape: DutyTape) => void {
  const { agents, groups, lateness, seed } = problem;
  const windows = groups.map((_, g) =>
    (problem.away ?? [])
      .filter((window) => window.groups.includes(g) && window.endSeconds > window.startSeconds)
      .sort((a, b) => a.startSeconds - b.startSeconds),
  );
  if (lateness === undefined && windows.every((one) => one.length === 0)) return () => {};
  const shiftStart = new Float64Array(agents.group.length).fill(Number.POSITIVE_INFINITY);
  agents.atomAgent.forEach((agent, atom) => {
    shiftStart[agent] = Math.min(shiftStart[agent], agents.atomStart[atom]);
  });

  return (replication, tape) => {
    const late = streamState(seed, ["lateness", replication]);
    const stretches = stretchesOf(tape, crew.count);
    tape.count = 0;
    for (const stretch of stretches) {
      const { agent } = stretch;
      let pieces: readonly AwayWindow[] = windows[crew.group[agent]];
      if (lateness !== undefined && agent < shiftStart.length) {
        const key = agents.absenceKey[agent];
        if (uniformOf(mixedUint32(late[0], key)) < lateness.share) {
          const delay = -lateness.meanSeconds * log(uniformOf(mixedUint32(late[1], key)));
          const startSeconds = shiftStart[agent];
          const absent = { startSeconds, endSeconds: startSeconds + delay, groups: [], atOnce: false };
          pieces = [...pieces, absent].sort((a, b) => a.startSeconds - b.startSeconds);
        }
      }
      pushPieces(tape, stretch, pieces);
    }
    // Who is finishing a contact past the end of work has to leave it too.
    for (let agent = 0; agent < crew.count; agent++) {
      for (const { atOnce, startSeconds } of windows[crew.group[agent]]) {
        if (atOnce) push(tape, startSeconds, agent, dutyChange.leave);
      }
    }
    sortTape(tape);
  };
}

function stretchesOf(tape: DutyTape, agentCount: number): Stretch[] {
  const stretches: Stretch[] = [];
  const current: (Stretch | null)[] = new Array(agentCount).fill(null);
  for (let k = 0; k < tape.count; k++) {
    const agent = tape.agent[k];
    const running = current[agent];
    if (tape.change[k] === dutyChange.on) {
      const infinite = Number.POSITIVE_INFINITY;
      const begun = { agent, start: tape.time[k], stop: infinite, end: infinite };
      current[agent] = begun;
      stretches.push(begun);
    } else if (running !== null) {
      if (tape.change[k] === dutyChange.stop) running.stop = tape.time[k];
      else running.end = tape.time[k];
    }
  }
  return stretches;
}

/** What the windows, in order of their start, leave of a stretch. */
function pushPieces(
  tape: DutyTape,
  { agent, start, stop, end }: Stretch,
  windows: readonly AwayWindow[],
): void {
  let from = start;
  for (const { startSeconds, endSeconds, atOnce } of windows) {
    if (endSeconds <= from || startSeconds >= end) continue;
    if (startSeconds > from) {
      push(tape, from, agent, dutyChange.on);
      if (stop < startSeconds) push(tape, Math.max(from, stop), agent, dutyChange.stop);
      if (!atOnce) push(tape, startSeconds, agent, dutyChange.off);
    }
    from = endSeconds;
    if (from >= end) return;
  }
  push(tape, from, agent, dutyChange.on);
  if (stop < Number.POSITIVE_INFINITY) push(tape, Math.max(from, stop), agent, dutyChange.stop);
  if (end < Number.POSITIVE_INFINITY) push(tape, end, agent, dutyChange.off);
}

function push(tape: DutyTape, time: number, agent: number, change: number): void {
  const at = tape.count++;
  if (at >= tape.time.length) {
    const grown = 2 * at + 16;
    tape.time = copied(tape.time, new Float64Array(grown));
    tape.agent = copied(tape.agent, new Int32Array(grown));
    tape.change = copied(tape.change, new Uint8Array(grown));
  }
  tape.time[at] = time;
  tape.agent[at] = agent;
  tape.change[at] = change;
}

function copied<A extends Float64Array | Int32Array | Uint8Array>(values: A, longer: A): A {
  longer.set(values as never);
  return longer;
}
