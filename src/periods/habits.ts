import type { Issue } from "../domain/outcome.ts";
import { type StaffingCause, type StaffingError, staffingCauses } from "./staffing-error.ts";

/** A forecast against what came. */
export interface SeriesError {
  /** Contacts, or mean seconds. */
  readonly forecast: number;
  readonly came: number;
  /** Σ|error| ÷ Σcame over intervals, and over whole days; of handle times weighted by contacts handled. */
  readonly wape: number;
  readonly levelWape: number;
  /** Σ(forecast − came) ÷ Σcame; below 0: the forecast was low. */
  readonly bias: number;
}

/** What a queue's habits are judged by. */
export interface JudgedQueue {
  readonly name: string;
  /** null: nothing came in yet that is known. */
  readonly volume: SeriesError | null;
  /** null: no handle times are known. */
  readonly handleTime: SeriesError | null;
  readonly staffing: StaffingError | null;
  /** χ² per degree of freedom of the pattern within the day; about 1: chance. */
  readonly patternMisfit: number;
}

/** Less misplaced than this share of what was needed asks for no change. */
const fineShare = 0.05;
/** χ² per degree of freedom above which a pattern is another and not chance. */
const otherPattern = 2;

/**
 * Which habit to change for a queue, in one finding: the cause with the largest share in the misplaced hours, and
 * whether it went one way (then its level is wrong) or both (then it scatters). A pattern that chance alone could have
 * made is passed over.
 *
 * Codes: `habit.nothingKnown`, `habit.keep`; `habit.volumeLow`, `volumeHigh`, `volumeSwings`; `handleTimeLow`,
 * `handleTimeHigh`, `handleTimeSwings`; `habit.pattern`; `habit.staffShort`, `staffOver`, `staffPlaced`. Low: the forecast
 * was. Values: `queue`, `percent` or `hours`, 0 decimals but for small ones.
 */
export function habitOf({ name, volume, handleTime, staffing, patternMisfit }: JudgedQueue): Issue {
  const finding = (code: string, severity: Issue["severity"], values: Issue["values"] = {}): Issue => ({
    code: `habit.${code}`,
    severity,
    values: { queue: name, ...values },
  });
  if (volume === null || staffing === null) return finding("nothingKnown", "info");
  const { misplaced, net, neededHours } = staffing;
  const hours = staffing.shortHours + staffing.overHours;
  const share = neededHours > 0 ? hours / neededHours : hours > 0 ? 1 : 0;
  const least = fineShare * neededHours;
  const causes = [...staffingCauses]
    .sort((a, b) => misplaced[b] - misplaced[a])
    .filter((cause) => misplaced[cause] > 0 && (cause !== "pattern" || patternMisfit > otherPattern));
  const worst: StaffingCause | undefined = causes[0];
  if (share < fineShare || worst === undefined || misplaced[worst] < least / 2)
    return finding("keep", "info", { percent: rounded(100 * share) });
  const part = rounded(misplaced[worst]);
  if (worst === "pattern") return finding("pattern", "warning", { hours: part });
  if (worst === "staff") {
    const isOneSided = Math.abs(net.staff) >= misplaced.staff / 2;
    if (!isOneSided) return finding("staffPlaced", "warning", { hours: part });
    return finding(net.staff < 0 ? "staffShort" : "staffOver", "warning", {
      hours: rounded(Math.abs(net.staff)),
    });
  }
  const [bias, scatter] =
    worst === "volume"
      ? [volume.bias, volume.levelWape]
      : [handleTime?.bias ?? 0, handleTime?.levelWape ?? 0];
  if (Math.abs(bias) < scatter / 2)
    return finding(`${worst}Swings`, "warning", { percent: rounded(100 * scatter) });
  // Of what was forecast: "12 % more came than forecast".
  const beyond = Math.abs(1 / (1 + bias) - 1);
  return finding(`${worst}${bias < 0 ? "Low" : "High"}`, "warning", { percent: rounded(100 * beyond) });
}

function rounded(value: number): number {
  return Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}
