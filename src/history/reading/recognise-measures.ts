import type { ColumnProfile } from "./column-profiles.ts";
import type { HeaderConcept } from "./header-words.ts";
import type { ColumnRole } from "./layouts.ts";
import { sideOfThreshold } from "./parts-of-total.ts";
import type { Column } from "./recognise-moments.ts";

/** What a column is for by its name, and how plainly the name says so: 3 in so many words, 1 hardly. */
export interface NamedRole {
  readonly role: ColumnRole;
  readonly strength: number;
}

/**
 * What a column that says nothing of time is for, by its name and as far as its cells allow; null when the name says
 * nothing that is understood.
 *
 * @param contacts whether a row is a contact: durations are then of that contact and not means
 * @param timesRepeat whether times come more than once: only then is "calls" 1, 2, 3 … a number of each call
 */
export function roleByName(
  { header, name: { concepts, rest, unit }, profile }: Column,
  contacts: boolean,
  timesRepeat: boolean,
): NamedRole | null {
  const has = (...wanted: readonly HeaderConcept[]) => wanted.some((concept) => concepts.has(concept));
  const strong = (role: ColumnRole): NamedRole => ({ role, strength: 3 });
  const ignored = strong("ignore");
  // A column called "offered" is one though few of its cells are numbers: the others are refused with their lines.
  const isNumber =
    profile.kind === "number" || (profile.numberShare > 0 && has("offered") && profile.kind === "text");
  if (has("expected", "cumulative", "timeZone", "weekday", "otherMoment")) return ignored;
  if (profile.kind === "yesNo") return roleOfYesNo(has, contacts);
  if (!isNumber && profile.kind !== "time" && profile.kind !== "duration") return roleOfText(has, profile);
  const side = isNumber && !has("rate", "average", "longest") ? sideOfThreshold(header) : null;
  if (side !== null && !(side === "within" && has("serviceLevel", "within"))) {
    // A part of the answered or the abandoned, until it is known where the rest is.
    if (has("handled", "abandoned"))
      return { role: has("abandoned") ? "abandoned" : "handled", strength: 2.5 };
    if (has("contact", "offered")) return ignored;
  }
  if (has("serviceLevel") || has("within")) {
    const counted = has("handled", "contact", "count") && !has("rate");
    return strong(counted ? "inTime" : has("serviceLevel") ? "serviceLevel" : "ignore");
  }
  if (has("rate", "longest")) return ignored;
  if (has("otherFigure") && !has("offered", "handled", "abandoned", "contact", "wait", "talk", "aht"))
    return ignored;
  // The age of a ticket in hours counts neither contacts nor their handling.
  if (unit !== null && has("otherFigure") && !has("wait", "talk", "aht", "handle")) return ignored;
  const duration = roleOfDuration(has, profile, contacts);
  if (duration !== null) return duration;
  if (!isNumber) return null;
  if (has("identifier")) {
    if (has("caller")) return strong("caller");
    // Queues may have numbers; those of extensions and cost centres come in places of their own.
    if (has("queue") && (contacts || timesRepeat) && profile.distinct <= mostQueues && !isOfOneRow(profile))
      return strong("queue");
    const isOfContact = isOfOneRow(profile) && (has("contact") || isRunningNumber(profile));
    return isOfContact ? strong("contactId") : ignored;
  }
  if (has("direction") && profile.distinct <= 4) return strong("direction");
  if (has("caller")) return strong("caller");
  if (has("agent") && !has("offered", "handled", "abandoned")) return ignored;
  if (has("outbound", "transferred")) return ignored;
  if (has("abandoned")) return strong("abandoned");
  if (has("blocked")) return strong("blocked");
  if (has("handled")) return strong("handled");
  if (
    contacts &&
    has("queue") &&
    numbered.test(header) &&
    profile.distinct <= mostQueues &&
    !isOfOneRow(profile)
  )
    return strong("queue");
  if (timesRepeat && has("contact", "count") && isRunningNumber(profile) && profile.cells > 30)
    return strong("contactId");
  if (has("offered")) return { role: "offered", strength: rest === "" ? 3.25 : 3 };
  if (has("contact")) return { role: "offered", strength: has("count", "total") ? 2.5 : 2 };
  if (has("count", "total") && !has("date", "time", "hour")) return { role: "offered", strength: 1 };
  // Numbers that differ from row to row, each at a time of its own, name no queue.
  if (has("queue")) return contacts || timesRepeat || profile.distinct === 1 ? strong("queue") : null;
  return has("part") ? strong("dimension") : null;
}

/** Of queues that have numbers for names. */
const mostQueues = 60;
const numbered = /(^|[^\p{L}])(no|nr|num|number|nummer|número|numéro)\.?$/iu;

type Has = (...wanted: readonly HeaderConcept[]) => boolean;

function roleOfYesNo(has: Has, contacts: boolean): NamedRole | null {
  if (has("abandoned")) return { role: "wasAbandoned", strength: 3 };
  if (has("handled")) return { role: "wasAnswered", strength: 3 };
  return contacts && has("outcome") ? { role: "wasAnswered", strength: 1 } : { role: "ignore", strength: 3 };
}

function roleOfText(has: Has, profile: ColumnProfile): NamedRole | null {
  const strong = (role: ColumnRole): NamedRole => ({ role, strength: 3 });
  if (has("wait")) return null;
  if (has("direction")) return strong("direction");
  if (has("caller")) return strong("caller");
  if (has("identifier") && !has("queue"))
    return strong(has("agent") || !isOfOneRow(profile) ? "ignore" : "contactId");
  if (has("agent")) return strong("ignore");
  if (has("outcome")) return { role: "outcome", strength: has("contact") ? 3 : 2 };
  if (has("channel")) return strong("channel");
  if (has("queue")) return strong("queue");
  if (has("part")) return strong("dimension");
  return has("handled", "abandoned") ? { role: "outcome", strength: 1 } : null;
}

function roleOfDuration(has: Has, profile: ColumnProfile, contacts: boolean): NamedRole | null {
  const strong = (role: ColumnRole): NamedRole => ({ role, strength: has("average", "total") ? 3.5 : 3 });
  const total = has("total") && !has("average");
  const clock = profile.kind === "time" || profile.kind === "duration";
  // How long those waited who gave up is neither a handle time nor the wait of the answered.
  if (has("abandoned", "blocked") && (clock || has("time", "average", "duration"))) return strong("ignore");
  const timed = clock || has("time", "duration", "average", "hour", "minute");
  // A wrap-up code is the name of a reason.
  if (has("identifier") && !timed && !has("aht", "total")) return null;
  if (has("asa") || (has("wait") && has("average") && !contacts))
    return strong(contacts ? "waitSeconds" : "asaSeconds");
  if (has("wait")) return strong(contacts ? "waitSeconds" : total ? "waitTotalSeconds" : "asaSeconds");
  if (has("wrap")) return strong(total && !contacts ? "acwTotalSeconds" : "acwSeconds");
  if (has("hold") && timed) return strong(total && !contacts ? "ignore" : "holdSeconds");
  if (has("aht")) return strong("ahtSeconds");
  if (has("talk") && (timed || contacts || total || !has("count")))
    return strong(total && !contacts ? "talkTotalSeconds" : "talkSeconds");
  const perContact = contacts ? "handleTotalSeconds" : total ? "handleTotalSeconds" : "ahtSeconds";
  if (has("handle") && (timed || total || (!has("count", "contact") && !clock))) return strong(perContact);
  if (has("average") && (has("time", "duration") || clock)) return { role: "ahtSeconds", strength: 2 };
  if (has("handled") && has("time")) return { role: contacts ? "waitSeconds" : "asaSeconds", strength: 1 };
  if (has("duration") || (has("contact") && timed))
    return { role: perContact, strength: has("duration") ? 2 : 1 };
  return null;
}

/** Whether a column may name its row: nearly every cell is another, unlike extensions and cost centres. */
function isOfOneRow({ distinct, cells }: ColumnProfile): boolean {
  return distinct >= cells * 0.8;
}

/** Numbers that go up from row to row, as those of tickets do. */
export function isRunningNumber({ numbers, distinct, cells }: ColumnProfile): boolean {
  if (numbers === null || !numbers.whole || cells < 10) return false;
  if (numbers.rising < 0.95) return false;
  return numbers.running > 0.8 || (distinct === cells && cells > 20);
}

/** Numbers that may be counts of contacts, in a column whose name does not say: no running number, no code, no constant. */
export function mayBeCounts(profile: ColumnProfile): boolean {
  const { numbers, distinct, cells } = profile;
  if (numbers === null || numbers.least < 0 || isRunningNumber(profile)) return false;
  if (cells > 3 && distinct === 1 && numbers.least !== 0) return false;
  // Extensions 1000 to 1019: far from nought, and close to each other.
  return !(
    numbers.whole &&
    numbers.least >= 100 &&
    numbers.most < numbers.least * 1.1 &&
    cells > distinct * 2
  );
}
