import { exp } from "../numerics/elementary.ts";
import { normalQuantile } from "../numerics/normal.ts";
import type { CountRequest, CountService, ServiceCounts } from "./count-service.ts";
import type { ModelledSpan } from "./service-model.ts";
import { partsOf, type ServiceTarget } from "./service-targets.ts";

/**
 * What one agent more of each group is worth to each queue, by the simulator: the same customers with and without one.
 *
 * One run for each group raises it in all intervals at once. What a contact gains is counted where it arrives, so a run
 * tells of every interval together; agents come and go by the shift, for hours, as the raise does.
 */
export interface MarginalService {
  /** With everybody as scheduled, by the first replications only: what the raised runs are to be compared with. */
  readonly base: ServiceCounts;
  /** Per group, with one agent more. */
  readonly raised: readonly ServiceCounts[];
}

export async function marginalService(
  count: CountService,
  request: Omit<CountRequest, "extra">,
  groupCount: number,
): Promise<MarginalService> {
  const [base, ...raised] = await Promise.all([
    count(request),
    ...Array.from({ length: groupCount }, (_, group) => count({ ...request, extra: { group, agents: 1 } })),
  ]);
  return { base, raised };
}

/** Intervals to either side over which gains are smoothed: a few contacts say little. */
const reach = 4;

/** A share measured as 0 or 1 is one in some thousands. */
const leastShare = 0.0005;

/** Argument of the normal distribution at which a share lies. */
export function probitOf(share: number): number {
  return normalQuantile(Math.min(1 - leastShare, Math.max(leastShare, share)));
}

export function normalDensity(z: number): number {
  return exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * Weight, per contact, of what Erlang's square-root rule says one agent is worth (1 ÷ √load), against what is measured:
 * it decides only where everybody is answered anyway and nothing can be measured.
 */
const priorWeight = 0.004;

/** What slopes are measured with. */
export interface SlopeTerms {
  readonly queueCount: number;
  readonly slotsPerInterval: number;
  /** Offered load in erlangs by interval × queues + queue. */
  readonly load: Float64Array;
  readonly serves: (group: number, queue: number) => boolean;
}

/**
 * Per group, by slot of the block: what one agent more adds to the argument of the queue's measure. Of a share that is
 * its probit: near the square-root rule's staffing a share is a normal probability whose argument rises evenly with the
 * agents. Of a mean wait it is −log.
 */
export function slopesOf(
  block: ModelledSpan,
  { base, raised }: MarginalService,
  { queue, kind }: Pick<ServiceTarget, "queue" | "kind">,
  { queueCount, slotsPerInterval, load, serves }: SlopeTerms,
): Float64Array[] {
  const first = Math.floor(block.firstSlot / slotsPerInterval);
  const count = Math.ceil((block.firstSlot + block.slotCount) / slotsPerInterval) - first;
  const cells = Array.from({ length: count }, (_, at) => (first + at) * queueCount + queue);
  const [above, below] = partsOf(kind, base);
  const contacts = Float64Array.from(cells, (cell) => below[cell] ?? 0);
  const density = Float64Array.from(cells, (cell, at) => {
    if (contacts[at] === 0) return 0;
    return kind === "asa" ? above[cell] : contacts[at] * normalDensity(probitOf(above[cell] / contacts[at]));
  });
  return raised.map((run, group) => {
    const [raisedAbove, raisedBelow] = partsOf(kind, run);
    const sign = kind === "serviceLevel" ? 1 : -1;
    const gain = Float64Array.from(cells, (cell, at) =>
      contacts[at] === 0 || raisedBelow[cell] === 0
        ? 0
        : sign * ((raisedAbove[cell] / raisedBelow[cell]) * contacts[at] - above[cell]),
    );
    const prior = (at: number) => (serves(group, queue) ? 1 / Math.sqrt(load[cells[at]] + 1) : 0);
    const smoothed = Float64Array.from({ length: count }, (_, at) => {
      let over = 0;
      let under = 0;
      for (let other = Math.max(0, at - reach); other <= Math.min(count - 1, at + reach); other++) {
        const weight = 1 - Math.abs(other - at) / (reach + 1);
        const trust = priorWeight * contacts[other];
        over += weight * (gain[other] + trust * prior(other));
        under += weight * (density[other] + trust);
      }
      return under > 0 ? Math.max(0, over / under) : 0;
    });
    return Float64Array.from(
      { length: block.slotCount },
      (_, slot) => smoothed[Math.floor((block.firstSlot + slot) / slotsPerInterval) - first],
    );
  });
}
