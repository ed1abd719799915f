import { type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { isRecord, readPlanDocument } from "./plan-document.ts";

type Parts = Record<string, unknown>;

/** What takes the place of a part of a plan of which nothing can be kept. */
const plainParts: Readonly<Record<string, unknown>> = {
  name: "?",
  currency: "EUR",
  firstDate: "2026-01-05",
  dayCount: 28,
  shrinkage: [],
  forecast: { model: "auto", holidays: null },
  requirement: { method: "stationary", wholeAgents: true },
  templates: [],
  scheduling: { solver: "auto", seconds: 10, gap: 0.01, costPerHourShort: 60, costPerHourOver: 12 },
  contracts: [],
  agents: [],
  simulation: { replications: 40, atShiftEnd: "finishContact" },
  scenarios: [],
  seed: 1,
};
/** Every round leaves out all that was found wrong; what refers to that is found wrong in the next. */
const mostRounds = 200;
const byPlace = new Intl.Collator("en", { numeric: true });

/**
 * As much of a document as holds together: whatever keeps it from opening is left out, the smallest part that holds it (an
 * entry of a list, else an optional field), or else the part of the plan is begun anew.
 *
 * Issues: `planFile.repaired` with what was left out; fails as `readPlanDocument` does where nothing is left to leave out.
 */
export function repairedDocument(value: unknown): Outcome<PlanDocument> {
  let outcome = readPlanDocument(value);
  // What has no end, or is no plan at all, cannot be copied either.
  if (outcome.ok || !isRecord(value) || outcome.issues.some(({ code }) => isHopeless(code))) return outcome;
  // A plan is plain JSON; history and results are as they are.
  const plan = JSON.parse(JSON.stringify(value.plan ?? null)) as unknown;
  if (!isRecord(plan)) return outcome;
  const leftOut: string[] = [];
  const begunAnew = new Set<string>();
  for (let round = 0; !outcome.ok && round < mostRounds; round++) {
    const before = leftOut.length;
    const paths = outcome.issues.flatMap((issue) => faultyPaths(plan, issue));
    const removals = new Map(
      paths.map((path) => removalOf(plan, path)).map((path) => [path.join("."), path]),
    );
    // From the back, so that no entry moves before its turn.
    const places = [...removals.keys()].sort((a, b) => byPlace.compare(b, a));
    for (const place of places) {
      const path = removals.get(place)!;
      if (path.length > 1) removeAt(plan, path);
      else if (path[0] in plainParts && !begunAnew.has(place)) {
        plan[place] = JSON.parse(JSON.stringify(plainParts[place]));
        begunAnew.add(place);
      } else continue;
      leftOut.push(`plan.${place}`);
    }
    if (leftOut.length === before) return outcome;
    outcome = readPlanDocument({ ...value, plan });
  }
  if (!outcome.ok) return outcome;
  const values = { count: leftOut.length, parts: [...new Set(leftOut)].slice(0, 5).join(", ") };
  return succeed(outcome.value, [
    { code: "planFile.repaired", severity: "warning", values },
    ...outcome.issues,
  ]);
}

/** Whether nothing of a document can be made out. */
function isHopeless(code: string): boolean {
  return ["planFile.damaged", "planFile.notAPlan", "planFile.newerVersion"].includes(code);
}

/** What of the plan an issue is about, as keys from the plan inwards: of entries with the same id all but the first. */
function faultyPaths(plan: Parts, { code, column, values }: Issue): readonly (readonly string[])[] {
  if (code === "planFile.endlessTransfers") {
    return (plan.queues as Parts[]).flatMap((queue, at) =>
      "transfers" in queue ? [["queues", `${at}`, "transfers"]] : [],
    );
  }
  const path = code === "planFile.repeatedAgent" ? ["agents"] : (column ?? "").split(".").slice(1);
  if (path.length === 0) return [];
  if (code !== "planFile.repeatedId" && code !== "planFile.repeatedAgent") return [path];
  const list = path.reduce((part, key) => part[key] as Parts, plan) as unknown as readonly Parts[];
  const same = [...list.keys()].filter((at) => list[at].id === values?.id);
  return same.slice(1).map((at) => [...path, `${at}`]);
}

/** The path of the innermost entry of a list on a path, or else of the innermost field that is there. */
function removalOf(plan: Parts, path: readonly string[]): readonly string[] {
  const holders: unknown[] = [plan];
  for (const key of path) {
    const holder = holders[holders.length - 1];
    if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) break;
    holders.push((holder as Parts)[key]);
  }
  for (let depth = holders.length - 2; depth >= 0; depth--) {
    if (Array.isArray(holders[depth])) return path.slice(0, depth + 1);
  }
  return path.slice(0, Math.max(1, holders.length - 1));
}

/** Takes an entry out of its list, or a field out of its part. */
function removeAt(plan: Parts, path: readonly string[]): void {
  const holder = path.slice(0, -1).reduce<Parts | undefined>((part, key) => part?.[key] as Parts, plan);
  const last = path[path.length - 1];
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else if (holder !== undefined) delete holder[last];
}
