import { detailOf, type HistoryDetail, historyDetails, intervalState, type QueueHistory } from "./demand.ts";

/**
 * The past of two queues as that of one, on the same grid. Contacts add up. Before a queue's first day, and after its
 * last, the other counts alone: a queue under a new name goes on where the old one ended. Between them an interval is
 * missing where either's is, since a part of its contacts is not known; left out of learning where either's is; and
 * open where either was. A detail that only one of them has is not known wherever the other had contacts.
 */
export function summedPast(a: QueueHistory, b: QueueHistory): QueueHistory {
  const states = [a, b].map(lifeOf);
  const state = a.state.map((_, at) => {
    const alive = states.flatMap(({ first, end }, which) =>
      at >= first && at < end ? [(which === 0 ? a : b).state[at]] : [],
    );
    // A state that both share out of their lives is that of a closed or missing interval.
    if (alive.length === 0) return Math.max(a.state[at], b.state[at]);
    for (const one of [intervalState.missing, intervalState.excluded, intervalState.open])
      if (alive.includes(one)) return one;
    return intervalState.closed;
  });
  const counts = (at: number) => state[at] === intervalState.open || state[at] === intervalState.excluded;
  const summed = (x: Float64Array | null, y: Float64Array | null) =>
    Float64Array.from(state, (_, at) => (counts(at) ? (x?.[at] ?? 0) + (y?.[at] ?? 0) : 0));
  // Within another number of seconds is another measure: that of the first stays.
  const seconds = a.inTime?.seconds ?? b.inTime?.seconds;
  const unknown: Partial<Record<HistoryDetail, Uint8Array>> = {};
  function detail(name: HistoryDetail): Float64Array | null {
    const parts = [a, b].map((queue) =>
      name === "inTime" && queue.inTime?.seconds !== seconds ? null : detailOf(queue, name),
    );
    if (parts[0] === null && parts[1] === null) return null;
    const gaps = Uint8Array.from(state, (_, at) =>
      Number(
        [a, b].some(
          (queue, which) =>
            queue.offered[at] > 0 && (parts[which] === null || queue.unknown?.[name]?.[at] === 1),
        ),
      ),
    );
    if (gaps.includes(1)) unknown[name] = gaps;
    return summed(parts[0], parts[1]).map((value, at) => (gaps[at] === 1 ? 0 : value));
  }
  const [handled, abandoned, handleSeconds, waitSeconds, inTime, redials] = historyDetails.map(detail);
  return {
    queueId: a.queueId,
    state,
    offered: summed(a.offered, b.offered),
    handled,
    abandoned,
    handleSeconds,
    ...(waitSeconds && { waitSeconds }),
    ...(inTime && seconds !== undefined && { inTime: { seconds, contacts: inTime } }),
    ...(redials && { redials }),
    ...(Object.keys(unknown).length > 0 && { unknown }),
  };
}

/** From the first interval that is known of a queue to the one after its last. */
function lifeOf({ state }: QueueHistory): { readonly first: number; readonly end: number } {
  const isKnown = (one: number) => one === intervalState.open || one === intervalState.excluded;
  return { first: state.findIndex(isKnown), end: state.findLastIndex(isKnown) + 1 };
}
