import type { Round } from "./round.ts";

export const families = ["histories", "plans", "people", "vendor"] as const;
export type Family = (typeof families)[number];

export interface RoundsOptions {
  /**
   * More work of the processor than this for one small input counts as a hang, however busy the machine is. Absent: whoever
   * runs the rounds ends what hangs.
   */
  readonly mostMilliseconds?: number;
  /** Hears of each round before it begins. */
  readonly onRound?: (index: number) => void;
}

/** Rounds by the seed and their number: any of them can be run again by itself. */
async function roundsOf(family: Family): Promise<(seed: number, index: number) => Round | Promise<Round>> {
  if (family === "histories") return (await import("./histories.ts")).historyRound;
  if (family === "plans") return (await import("./plans.ts")).planRound;
  if (family === "people") return (await import("./people.ts")).peopleRound;
  return (await import("./vendor.ts")).vendorRound;
}

/** Figures of some rounds; `faults` by their kind, with the numbers of the rounds. */
export interface Figures {
  readonly rounds: number;
  readonly read: number;
  readonly refused: number;
  readonly counted: number;
  readonly slowestMilliseconds: number;
  readonly slowestRound: number;
  readonly faults: ReadonlyMap<string, readonly number[]>;
}

/** Runs rounds `from` to below `to`; an exception is a fault, and so is a hang. */
export async function runRounds(
  family: Family,
  seed: number,
  from: number,
  to: number,
  { mostMilliseconds = Number.POSITIVE_INFINITY, onRound }: RoundsOptions = {},
): Promise<Figures> {
  const round = await roundsOf(family);
  const counts = { rounds: to - from, read: 0, refused: 0, counted: 0 };
  const faults = new Map<string, number[]>();
  let [slowestMilliseconds, slowestRound] = [0, from];
  for (let index = from; index < to; index++) {
    onRound?.(index);
    const started = performance.now();
    const workedBefore = process.cpuUsage();
    let fault: string | null;
    try {
      const { end, isCounted, ...result } = await round(seed, index);
      counts[end]++;
      if (isCounted) counts.counted++;
      fault = result.fault;
    } catch (error) {
      fault =
        error instanceof Error ? `threw ${error.name}: ${error.message}${placeOf(error)}` : `threw ${error}`;
    }
    const milliseconds = performance.now() - started;
    const { user, system } = process.cpuUsage(workedBefore);
    if (milliseconds > slowestMilliseconds) [slowestMilliseconds, slowestRound] = [milliseconds, index];
    if ((user + system) / 1000 > mostMilliseconds) fault ??= "longer than five seconds";
    if (fault === null) continue;
    const kind = fault.replace(/\d+(\.\d+)?/g, "N").slice(0, 200);
    faults.set(kind, [...(faults.get(kind) ?? []), index]);
  }
  return { ...counts, slowestMilliseconds, slowestRound, faults };
}

/** Of an exception, the first line of our own code. */
function placeOf({ stack = "" }: Error): string {
  const place = /\/(src\/[^)\s]*?):\d+:\d+/.exec(stack);
  return place === null ? "" : ` in ${place[1]}`;
}

export function summed(parts: readonly Figures[]): Figures {
  const sum = (of: (figures: Figures) => number) => parts.reduce((total, figures) => total + of(figures), 0);
  const slowest = parts.reduce((a, b) => (b.slowestMilliseconds > a.slowestMilliseconds ? b : a));
  const faults = new Map<string, number[]>();
  for (const figures of parts)
    for (const [kind, rounds] of figures.faults) faults.set(kind, [...(faults.get(kind) ?? []), ...rounds]);
  return {
    rounds: sum(({ rounds }) => rounds),
    read: sum(({ read }) => read),
    refused: sum(({ refused }) => refused),
    counted: sum(({ counted }) => counted),
    slowestMilliseconds: slowest.slowestMilliseconds,
    slowestRound: slowest.slowestRound,
    faults,
  };
}
