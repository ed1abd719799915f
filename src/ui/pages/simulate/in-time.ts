import type { Queue } from "../../../domain/plan/queue.ts";
import type { Format } from "../../kit/format.ts";

/** Within what a queue's contacts are in time: until the answer, or of work with a deadline until it is done. */
export function inTimeWords({ channel, deferred, goal }: Queue, format: Format): string {
  return channel === "deferred" && deferred
    ? format.hours(deferred.withinMinutes / 60, 1)
    : format.wait(goal.answerWithinSeconds);
}
