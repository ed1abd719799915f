import { nearestRank } from "../../numerics/order-statistics.ts";

/** How long tickets of a category took from creation to resolution, seconds. */
export interface ResolutionGroup {
  /** Category, or clock hour of creation. */
  readonly name: string;
  readonly tickets: number;
  /** Not resolved yet. */
  readonly open: number;
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
  /** Of the resolved ones: how many took at most 1, 2, 4, 8, 24, 48, 72 and 168 hours. */
  readonly within: readonly number[];
}

export interface ResolutionTimes {
  /** Slowest median first. */
  readonly byCategory: readonly ResolutionGroup[];
  /** By hour of creation, in order. */
  readonly byHour: readonly ResolutionGroup[];
  readonly all: ResolutionGroup;
}

/** Hours for which `within` counts. */
export const resolutionTargets: readonly number[] = [1, 2, 4, 8, 24, 48, 72, 168];

/** Gathers tickets while a file is read; `summary` is null when there were none. */
export function resolutionCollector(): {
  add(category: string, hour: number, seconds: number | null): void;
  summary(): ResolutionTimes | null;
} {
  const byCategory = new Map<string, (number | null)[]>();
  const byHour = Array.from({ length: 24 }, () => [] as (number | null)[]);
  let tickets = 0;
  return {
    add(category, hour, seconds) {
      const list = byCategory.get(category);
      if (list === undefined) byCategory.set(category, [seconds]);
      else list.push(seconds);
      byHour[hour].push(seconds);
      tickets++;
    },
    summary() {
      if (tickets === 0) return null;
      const categories = [...byCategory].map(([name, list]) => group(name, list));
      const hours = byHour.flatMap((list, hour) => (list.length === 0 ? [] : [group(String(hour), list)]));
      return {
        byCategory: categories.sort(
          (a, b) => (b.medianSeconds ?? -1) - (a.medianSeconds ?? -1) || a.name.localeCompare(b.name),
        ),
        byHour: hours,
        all: group("", [...byCategory.values()].flat()),
      };
    },
  };
}

function group(name: string, list: readonly (number | null)[]): ResolutionGroup {
  const times = list.filter((seconds) => seconds !== null).sort((a, b) => a - b);
  /** The time within which that share of the resolved tickets was done. */
  const at = (share: number) => (times.length === 0 ? null : nearestRank(times, share));
  return {
    name,
    tickets: list.length,
    open: list.length - times.length,
    medianSeconds: at(0.5),
    p90Seconds: at(0.9),
    within: resolutionTargets.map((hours) => times.filter((seconds) => seconds <= hours * 3600).length),
  };
}
