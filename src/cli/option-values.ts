import { InvalidArgumentError } from "commander";
import { isTimeZone } from "../domain/calendar/clock.ts";

/** A finite number, 0 or more. */
export function positive(text: string): number {
  const value = /^\s*\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0 && value < Infinity)) throw new InvalidArgumentError("it must be a number, 0 or more.");
  return value;
}

/** A finite number above 0. */
export function aboveZero(text: string): number {
  const value = positive(text);
  if (value === 0) throw new InvalidArgumentError("it must be a number above 0.");
  return value;
}

/** A fraction, 0 or more and below 1. */
export function shareBelowOne(text: string): number {
  const value = share(text);
  if (value === 1) throw new InvalidArgumentError("it must be a fraction below 1, such as 0.3.");
  return value;
}

/** A fraction, 0 to 1. */
export function share(text: string): number {
  const value = positive(text);
  if (value > 1) throw new InvalidArgumentError("it must be a fraction from 0 to 1, such as 0.8.");
  return value;
}

/** A whole number, `least` or more. */
export function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least)) {
      throw new InvalidArgumentError(`it must be a whole number, ${least} or more.`);
    }
    return value;
  };
}

/** A zone of the IANA list. */
export function timeZone(text: string): string {
  if (!isTimeZone(text)) throw new InvalidArgumentError("it must be an IANA zone such as Europe/Berlin.");
  return text;
}
